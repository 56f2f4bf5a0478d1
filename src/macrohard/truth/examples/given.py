"""Examples given on the command line: --example 'to-int XIV => 14'."""

from __future__ import annotations

import re

from macrohard.errors import UserError
from macrohard.truth.examples.calls import find_calls
from macrohard.truth.examples.shapes import CommandExample, Example, Line
from macrohard.truth.examples.shell import read_command

_EXIT = re.compile(r"^(?:exit|error)(?:\s+(?:status\s+)?([0-9]{1,3}))?$", re.IGNORECASE)


def parse_given(text: str, program: str, error_status: int = 2) -> Example:
    """Read 'ARGS => OUTPUT', 'ARGS => exit 2' or 'call(…) => value'; raises UserError when it is none of them.

    In OUTPUT `\\n` stands for a new line. An error of which no exit status is said ends with `error_status`.
    """
    arguments, arrow, output = text.partition("=>")
    if not arrow:
        raise UserError(f"The example {text!r} has no '=>': write it as 'ARGS => OUTPUT'.")
    calls = find_calls(f"{arguments.strip()} => {output.strip()}")
    if len(calls) == 1 and arguments.strip() == calls[0].expression:
        return calls[0].model_copy(update={"quotation": text})
    read = read_command(f"{program} {arguments.strip()}")
    if read is None:
        raise UserError(f"The example {text!r} cannot be read as a command line: check its quotes.")
    # Whoever writes the program's name before the arguments means the same.
    words = read.words[1:] if read.words[1:2] == (program,) else read.words
    return CommandExample(lines=(_line(words, read.stdin, output.strip(), error_status),), quotation=text)


def _line(words: tuple[str, ...], stdin: str, output: str, error_status: int) -> Line:
    exits = _EXIT.match(output)
    if exits:
        return Line(words=words, stdin=stdin, exit_status=int(exits.group(1) or error_status), error=True)
    return Line(words=words, stdin=stdin, stdout=output.replace("\\n", "\n"))
