"""Runs inside the walls of a peer: the model is asked once, with its likeliest words, and the code of its reply is written down.

python3 one_answer.py ADDRESS INSTRUCTION FILE
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from pathlib import Path

_BLOCK = re.compile(r"```(?:python)?[^\S\n]*\n(.*?)(?:```|\Z)", re.DOTALL)


def main() -> int:
    """1 where the reply holds no code."""
    address, instruction, file = sys.argv[1:]
    asked = {"messages": [{"role": "user", "content": instruction}], "temperature": 0}
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/chat/completions", json.dumps(asked).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        reply = json.load(answer)["choices"][0]["message"]["content"]
    print(reply)
    found = _BLOCK.search(reply)
    if found:
        Path(file).write_text(found[1], encoding="utf-8")
    return 0 if found else 1


if __name__ == "__main__":
    raise SystemExit(main())
