"""What was seen: the evidence of a verdict about a statement, enough for a person to see it again."""

from __future__ import annotations

from typing import Literal

from macrohard.truth.check import Record
from macrohard.truth.standalone import visible


class Execution(Record):
    """A command that was run in the sandbox, in a fresh copy of the repository, and what it did."""

    kind: Literal["execution"] = "execution"
    command: str
    """As a person types it in the repository; of a function, its call."""
    argv: tuple[str, ...]
    """What was run; the copy of the repository is `/work`, the packages of its environment are in `/packages`."""
    exit_status: int | None
    """None when it was stopped."""
    ending: str
    """As in `sandbox.Ending`."""
    seconds: float
    stdout_sha256: str
    stderr_sha256: str
    shown: str
    """The end of what it printed, made safe to print."""


class Quotation(Record):
    """Words that stand in a file of the repository."""

    kind: Literal["quotation"] = "quotation"
    path: str
    """Relative to the repository."""
    sha256: str
    """Of the whole file."""
    line: int
    """The first line of the quotation, counted from 1."""
    quotation: str
    """Byte for byte, but for characters that are not safe to print."""


class Timing(Record):
    """How long a command took, several times over; the median with its interval by order statistics."""

    kind: Literal["timing"] = "timing"
    command: str
    argv: tuple[str, ...]
    milliseconds: tuple[float, ...]
    """All samples, in the order in which they were taken; a first run that warms up is left out."""
    median: float
    low: float
    high: float
    level: float
    """How sure it is that the true median lies between `low` and `high`."""


class Excerpt(Record):
    """Words that stand in a source: `text[start:end]` of what was read of it."""

    kind: Literal["excerpt"] = "excerpt"
    address: str
    """The file, as the user named it or below the folder that the user named, or the web address."""
    place: str
    """Where in the original it begins: a line, a page, a row and column, a path in JSON."""
    dated: str
    """When the source was changed last or, from the web, fetched: ISO 8601, UTC."""
    sha256: str
    """Of the bytes of the source."""
    text_sha256: str
    """Of the text that was read of it."""
    start: int
    end: int
    quotation: str
    """Exactly the characters from `start` to `end`."""

    @property
    def where(self) -> str:
        """The source and the place in it, safe to print."""
        return visible(f"{self.address}, {self.place}" if self.place else self.address)


class Computation(Record):
    """A number of the text, computed again from others in the same sentence."""

    kind: Literal["computation"] = "computation"
    formula: str
    """Such as '(120 − 80) ÷ 80 = 50 %', with what it really comes to."""
    start: int
    """Of the number, in the text that was checked."""
    end: int


Evidence = Execution | Quotation | Timing | Excerpt | Computation
