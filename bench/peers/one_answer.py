"""Runs inside the walls of a peer: the model is asked once, with its likeliest words, and the code of its reply is written down.

python3 one_answer.py ADDRESS INSTRUCTION FILE
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from pathlib import Path

_ASKED = (
    "Please provide a self-contained Python script that solves the following problem in a markdown code block:\n"
    "```\n{problem}\n```\n"
)
"""The chat format of EvalPlus."""
_BLOCK = re.compile(r"```(?:python)?[^\S\n]*\n(.*?)(?:```|\Z)", re.DOTALL)


def main() -> int:
    """1 where the reply holds no code. The problem is what stands in the file, or the instruction where there is none."""
    address, instruction, file = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    problem = file.read_text(encoding="utf-8") if file.is_file() else instruction
    asked = {"messages": [{"role": "user", "content": _ASKED.format(problem=problem.strip())}], "temperature": 0}
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
