"""A right program for each request that is measured, and inputs whose result the request decides.

They are the answer key of `python -m bench.keys`: no part of Macrohard sees them while it builds.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


class Refused(ValueError):
    """The request calls this input an error."""


@dataclass(frozen=True, slots=True)
class Session:
    """Command lines given one after the other in one folder."""

    lines: Sequence[str]
    """As typed, after the name of the program."""
    stdin: str = ""
    """For the last line."""
    files: Mapping[str, str] = field(default_factory=dict)


Kept = list[dict[str, object]]
Run = Callable[[Sequence[str], str, Mapping[str, str], Kept], str]
"""Words, standard input, files of the folder and what is kept -> what is printed. Raises Refused."""


@dataclass(frozen=True, slots=True)
class Command:
    """The key of a command-line program."""

    run: Run
    sessions: Sequence[Session]

    @property
    def size(self) -> int:
        """How many results it holds."""
        return len(self.sessions)


@dataclass(frozen=True, slots=True)
class Library:
    """The key of a library: its functions, and calls of them."""

    functions: Mapping[str, Callable[..., object]]
    calls: Sequence[str]

    @property
    def size(self) -> int:
        """How many results it holds."""
        return len(self.calls)


Reference = Command | Library


def key_of(request: str) -> Reference:
    """The answer key of a request, such as '01-roman'. Raises KeyError when there is none."""
    module = importlib.import_module(f"bench.references.{_MODULES[request]}")
    found: Reference = module.REFERENCE
    return found


_MODULES = {
    "01-roman": "roman",
    "02-slugs": "slugs",
    "03-temp": "temp",
    "04-wc": "counts",
    "05-leap": "leap",
    "06-stats": "ministats",
    "07-todo": "todo",
    "08-expenses": "spend",
    "09-textkit": "textkit",
    "10-cipher": "cipher",
    "11-inventory": "stock",
    "12-csvtool": "csvtool",
    "21-lent": "lent",
    "22-raffle": "raffle",
    "23-setlist": "setlist",
    "24-oldmoney": "oldmoney",
    "25-contracts": "contracts",
    "26-labels": "labels",
    "31-darts": "darts",
    "32-stitches": "stitches",
    "33-milk": "milk",
    "34-plants": "plants",
    "35-rescale": "rescale",
    "36-bustimes": "bustimes",
    "37-rowclub": "rowclub",
    "38-seats": "seats",
    "41-gapfill": "gapfill",
    "42-slate": "slate",
    "43-molar": "molar",
    "44-noisy": "noisy",
    "45-bdays": "bdays",
    "46-peaks": "peaks",
    "47-quotes": "quotes",
    "48-bakeplan": "bakeplan",
}
