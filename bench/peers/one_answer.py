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
    """1 where the reply holds no code."""
    address, instruction, file, form = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    reply = ask(address, form.format(stub=shown(file, instruction)), 0.0)
    print(reply)
    code = code_in(reply)
    if code is not None:
        file.write_text(code, encoding="utf-8")
    return 0 if code is not None else 1


def shown(file: Path, instruction: str) -> str:
    """What the form asks about: what stands in the file, or the instruction where there is none."""
    return (file.read_text(encoding="utf-8") if file.is_file() else instruction).strip()


def ask(address: str, prompt: str, temperature: float) -> str:
    """One reply."""
    asked = {"messages": [{"role": "user", "content": prompt}], "temperature": temperature}
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/chat/completions", json.dumps(asked).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["choices"][0]["message"]["content"])


def code_in(reply: str) -> str | None:
    """The first block of code."""
    found = _BLOCK.search(reply)
    return found[1] if found else None


if __name__ == "__main__":
    raise SystemExit(main())
