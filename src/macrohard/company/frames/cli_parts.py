"""The fixed parts of a command-line program, as text."""

MAIN = '''"""Start {name} with `python -m {package}`."""

from {package}.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
'''

HEAD = '''"""The command line of {name}: reads the arguments, calls one function, prints what it returns."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
'''

LIKE_A_NUMBER = '''LIKE_A_NUMBER = re.compile(r"-\\.?\\d")
"""`-1e3` and `-2+3` are arguments and no options, as newer versions of Python read them."""
'''

NUMBER = '''def number(text: str) -> int | float:
    """A whole number where the text is one, else one with decimals."""
    try:
        return int(text)
    except ValueError:
        value = float(text)
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError(f"not a number: {text}") from None
        return value
'''

TEXT_OF = '''def text_of(path: str) -> str:
    """The text of a file."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(f"cannot read {path}: {error}") from error
'''

PARSER = '''class Parser(argparse.ArgumentParser):
    """Ends with the exit status that was asked for when the arguments are wrong."""

    def error(self, message: str) -> NoReturn:
        """Show how it is used and what was wrong."""
        self.print_usage(sys.stderr)
        self.exit({status}, f"error: {{message}}\\n")
'''

SHOW = '''def show(result: object) -> None:
    """Print a result: a list line by line, nothing for nothing."""
    if result is None or result == "" or result == []:
        return
    text = "\\n".join(map(str, result)) if isinstance(result, list | tuple) else str(result)
    sys.stdout.write(text if text.endswith("\\n") else text + "\\n")
'''

ENTRY = '''def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = build_parser().parse_args(arguments)
    try:
        show(call(options))
    except ValueError as error:
        print(f"error: {{error}}", file=sys.stderr)
        return {status}
    return 0
'''

STORAGE = '''"""Keeps the records in {file} in the current folder."""

from __future__ import annotations

import json
import os
from typing import Any

PATH = "{file}"


def load() -> list[dict[str, Any]]:
    """The records; none when the file does not exist yet. Raises ValueError when it is not ours."""
    try:
        with open(PATH, encoding="utf-8") as file:
            records = json.load(file)
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise ValueError(f"cannot read {{PATH}}: {{error}}") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ValueError(f"{{PATH}} does not hold a list of records")
    return records


def save(records: list[dict[str, Any]]) -> None:
    """Write the records whole or not at all. Raises ValueError when the file cannot be written."""
    part = f"{{PATH}}.part"
    try:
        with open(part, "w", encoding="utf-8") as file:
            json.dump(records, file, ensure_ascii=False, indent=2)
            file.write("\\n")
        os.replace(part, PATH)
    except (OSError, TypeError) as error:
        raise ValueError(f"cannot write {{PATH}}: {{error}}") from error
'''
