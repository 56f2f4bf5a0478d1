"""The shapes of an example: command lines with what they print, or a call with what it returns."""

from __future__ import annotations

import shlex

from pydantic import Field

from macrohard.truth.check import Record


class Line(Record):
    """One command line and what it must do."""

    words: tuple[str, ...]
    """The command line as a shell would split it, the program's name first."""
    stdin: str = ""
    stdout: str | None = None
    """None: nothing was said about what it prints."""
    exit_status: int = 0
    error: bool = False
    """True: it must print an error."""
    message: tuple[str, ...] = ()
    """What the error says, where it is told: parts that stand in it."""
    unchanged: bool = False
    """True: it must change no file in its folder."""
    assumed: bool = False
    """True: nobody said which status an error has, so it is that of the program."""
    prepares: bool = False
    """True: nothing is said about it; it is run because of the lines after it."""

    @property
    def typed(self) -> str:
        """The line as one types it in a shell, with its standard input."""
        command = shlex.join(self.words)
        if not self.stdin:
            return command
        end = "-- " if self.stdin.startswith("-") else ""
        return f"printf {end}{shlex.quote(_for_printf(self.stdin))} | {command}"


def _for_printf(text: str) -> str:
    """The text as the format of `printf`."""
    plain = text.replace("\\", "\\\\").replace("%", "%%").replace("\n", "\\n").replace("\t", "\\t")
    return "".join(
        item if item.isprintable() else "".join(f"\\{byte:03o}" for byte in item.encode(errors="surrogatepass"))
        for item in plain
    )


class CommandExample(Record):
    """Command lines that are run one after the other in the same folder."""

    lines: tuple[Line, ...]
    files: dict[str, str] = Field(default_factory=dict)
    quotation: str
    """The words in which it was given, verbatim."""
    detached: bool = False
    """True: it stands in a sentence or below another one, and nobody says what was done before it in its folder."""


class CallExample(Record):
    """A call of a function, with the value it returns or the exception it raises."""

    function: str
    expression: str
    """The call as Python, for example `slugify("Hello, World!")`."""
    result: str | None = None
    """The value as a Python literal; None when it raises."""
    raises: str | None = None
    """The name of the exception."""
    quotation: str


Example = CommandExample | CallExample
