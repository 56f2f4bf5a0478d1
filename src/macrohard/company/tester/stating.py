"""The words of claims about command lines: what was done before, what is printed, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from macrohard.truth.examples import Line
from macrohard.truth.standalone import settled, visible

_LONGEST = 400
"""Characters of a statement, which is one line whatever stands in the example, without what was done before."""
_LONGEST_NAMED = 80
"""Characters of each command that was run before."""
_MOST_NAMED = 3
_LONGEST_INPUT = 40
_LONGEST_INPUTS = 250
"""Characters of inputs that are named; the others are counted."""
_BETWEEN = " / "
"""Parts the lines of an output in a statement."""


def statement_of(line: Line, before: Sequence[Line] = ()) -> str:
    """'`roman to-int XIV` prints `14`', in the words of the check, on one line; `before` was run first."""
    return after(before) + visible(_statement(line), _LONGEST)


def after(before: Sequence[Line]) -> str:
    """'After `todo add tea`, ', to begin a statement with; empty where nothing was run before."""
    if not before:
        return ""
    named = ", ".join(f"`{visible(line.typed, _LONGEST_NAMED)}`" for line in before[:_MOST_NAMED])
    more = len(before) - _MOST_NAMED
    return f"After {named}{f' and {more} more command' + 's' * (more > 1) if more > 0 else ''}, "


def inputs_named(inputs: Sequence[str]) -> str:
    """'`?`, `Zq` and nothing', to be told in a claim: each input cut when long, and those counted that are too many."""
    shown = [f"`{visible(item, _LONGEST_INPUT)}`" if item else "nothing" for item in inputs]
    ends = list(accumulate(len(item) + 2 for item in shown))
    most = max(1, sum(end <= _LONGEST_INPUTS for end in ends))
    more = len(shown) - most
    *first, last = [*shown[:most], *([f"{more} more"] if more > 0 else [])]
    return f"{', '.join(first)} and {last}" if first else last


def on_one_line(stdout: str) -> str:
    """What is printed with ` / ` between its lines, where that leaves no doubt where they end; else with the end of each line,
    which `visible` writes as a backslash and an n."""
    lines = stdout.rstrip("\n").split("\n")
    joined = _BETWEEN.join(lines)
    return joined if joined.split(_BETWEEN) == lines else "\n".join((*lines, ""))


def _statement(line: Line) -> str:
    command = line.typed
    ends = f"exits with status {line.exit_status}"
    if line.error or line.stdout is None:
        return f"`{command}` {_ends(line, ends)}"
    shown = on_one_line(line.stdout)
    aside = ", but for spaces at line ends" if settled(line.stdout) != line.stdout.rstrip("\n") else ""
    prints = f"prints {f'`{shown}`' if shown else 'nothing'}{aside}"
    return f"`{command}` {prints}{f' and {ends}' if line.exit_status else ''}"


def _ends(line: Line, ends: str) -> str:
    says = [
        *(["prints an error"] if line.error else []),
        ends,
        *(["changes no file in its folder"] if line.unchanged else []),
    ]
    return " and ".join(item for item in (", ".join(says[:-1]), says[-1]) if item)
