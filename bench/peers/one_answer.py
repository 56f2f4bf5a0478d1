"""Runs inside the walls of a peer: the model is asked once, with its likeliest words, and the code of its reply is written down.

python3 one_answer.py ADDRESS INSTRUCTION FILE FORM
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from pathlib import Path

_BLOCK = re.compile(r"```(?:python)?[^\S\n]*\n(.*?)(?:```|\Z)", re.DOTALL)


def main() -> int:
    """1 where the reply holds no code. What the form asks about is what stands in the file, or the instruction where there is none."""
    address, instruction, file, form = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    stub = file.read_text(encoding="utf-8") if file.is_file() else instruction
    asked = {"messages": [{"role": "user", "content": form.format(stub=stub.strip())}], "temperature": 0}
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/chat/completions", json.dumps(asked).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        reply = json.load(answer)["choices"][0]["message"]["content"]
    print(reply)
    found = _BLOCK.search(reply)
    if found:
        file.write_text(found[1], encoding="utf-8")
    return 0 if found else 1


if __name__ == "__main__":
    raise SystemExit(main())
