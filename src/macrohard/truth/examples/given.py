"""Examples given on the command line: --example 'to-int XIV => 14'."""

from __future__ import annotations

import re

from macrohard.errors import UserError
from macrohard.truth.examples.calls import find_calls
from macrohard.truth.examples.shapes import CommandExample, Example, Line
from macrohard.truth.examples.shell import read_command

_EXIT = re.compile(r"(?:exits?(?:\s+with)?|error)\s+(?:(?:exit\s+)?(?:status|code)\s+)?([0-9]{1,3})")


def parse_given(text: str, program: str) -> Example:
    """Read 'ARGS => OUTPUT', 'ARGS => exit 2', 'ARGS => error' or 'call(…) => value'; raises UserError when it is none.

    In OUTPUT `\\n` stands for a new line. An error of which no exit status is said has an assumed one.
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
    return CommandExample(lines=(_line(words, read.stdin, output.strip()),), quotation=text)


def _line(words: tuple[str, ...], stdin: str, output: str) -> Line:
    exits = _EXIT.fullmatch(output)
    if exits:
        status = int(exits[1])
        return Line(words=words, stdin=stdin, exit_status=status, error=status != 0)
    if output == "error":
        return Line(words=words, stdin=stdin, exit_status=2, error=True, assumed=True)
    return Line(words=words, stdin=stdin, stdout=output.replace("\\n", "\n"))
