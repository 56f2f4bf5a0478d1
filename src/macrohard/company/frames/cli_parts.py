"""The fixed parts of a command-line program, as text."""

MAIN = '''"""Start {name} with `python -m {package}`."""

from {package}.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
'''

HEAD = '''"""The command line of {name}: reads the arguments, calls one function, prints what it returns."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
'''

LIKE_A_NUMBER = '''LIKE_A_NUMBER = re.compile(r"-\\.?\\d")
"""`-1e3` and `-2+3` are arguments and no options, as newer versions of Python read them."""
'''

NUMBER = '''def number(text: str) -> int | float:
    """A whole number where the text is one, else one with decimals; none that is too large to count with."""
    value = float(text)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"not a number: {text}")
    try:
        return int(text)
    except ValueError:
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
    """Print a result: a list line by line, nothing for nothing. Raises ValueError when it cannot be written."""
    if result is None or result == "":
        return
    lines = list(map(str, result)) if isinstance(result, (list, tuple)) else [str(result).removesuffix("\\n")]
    try:
        print("".join(line + "\\n" for line in lines), end="", flush=True)
    except OSError as error:
        # Python would try to write what is left once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(141) from None
        raise ValueError(f"the result cannot be written: {error}") from error
'''

ENTRY = '''def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = build_parser().parse_args(arguments)
    try:
        show(call(options))
    except (ValueError, OverflowError) as error:
        print(f"error: {{error}}", file=sys.stderr)
        return {status}
    except KeyboardInterrupt:
        return 130
    return 0
'''

STORAGE = '''"""Keeps the records in {file} in the current folder."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

if sys.platform != "win32":
    import fcntl

PATH = "{file}"


@contextlib.contextmanager
def stored() -> Iterator[list[dict[str, Any]]]:
    """The records, for one command at a time in this folder; what it has changed is kept when it ends well.

    Raises ValueError when the file cannot be read or written.
    """
    with _alone():
        records = load()
        before = copy.deepcopy(records)
        yield records
        if records != before:
            save(records)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait for other commands in this folder, where the system can tell."""
    if sys.platform == "win32":
        yield
        return
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            folder = os.open(".", os.O_RDONLY)
            stack.callback(os.close, folder)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield


def load() -> list[dict[str, Any]]:
    """The records; none when the file does not exist yet. Raises ValueError when it does not hold a list of records."""
    try:
        with open(PATH, encoding="utf-8") as file:
            records = json.load(file)
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"cannot read {{PATH}}: {{error}}") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ValueError(f"{{PATH}} does not hold a list of records")
    return records


def save(records: list[dict[str, Any]]) -> None:
    """Write the records whole or not at all, where a link leads. Raises ValueError when the file cannot be written."""
    path = os.path.realpath(PATH)
    part = f"{{path}}.{{os.getpid()}}.part"
    try:
        text = json.dumps(records, ensure_ascii=False, indent=2)
        with open(part, "w", encoding="utf-8") as file:
            file.write(text + "\\n")
        if os.path.exists(path):
            shutil.copymode(path, part)
        os.replace(part, path)
    except (OSError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"cannot write {{PATH}}: {{error}}") from error
    finally:
        with contextlib.suppress(OSError):  # it has taken its place
            os.unlink(part)
'''
