"""The programs of round trips: each runs the commands of a delivered program, there and back, with many values."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from macrohard.truth import PYTHON, Expectation, Step

_BACK = "all come back"
_WALK = re.compile(r"^ +(?:there|back) = shown\((.*), \*others, \w+\)$", re.MULTILINE)
_SHOWN = '''import contextlib
import io
import runpy
import shlex
import sys


def shown(*words):
    """What the program prints, without the end of its last line; None when it ends with an error.

    Each time it is imported anew, as a process of its own would: what it keeps in memory helps nobody.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == {package!r}]:
        del sys.modules[name]
    stream, sys.argv = io.StringIO(), [{package!r}, *words]
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_module({package!r}, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            if end.code:
                return None
    return stream.getvalue().rstrip("\\n")


'''
BOTH_WAYS = (
    _SHOWN
    + '''from decimal import Decimal


def same(one, on_the_way, other):
    """Equal texts; for numbers equal numbers, and decimal ones to one in the last place where they were rounded on the way."""
    if one == other or not {numbers}:
        return one == other
    rounded = {rounded} and "." in on_the_way and "." in other
    try:
        return abs(Decimal(one) - Decimal(other)) <= rounded * Decimal(10) ** Decimal(other).as_tuple().exponent
    except ArithmeticError:
        return False


taken = 0
for *others, value in {values!r}:
    there = shown({there!r}, *others, value)
    if there is not None:
        taken += 1
        back = shown({back!r}, *others, there)
        if back is None or not (same(value, there, back) or (*others, value) in {loose!r} and shown({there!r}, *others, back) == there):
            line = shlex.join([{package!r}, {back!r}, *others, there])
            sys.exit(f"`{{line}}` {{'is refused' if back is None else f'prints {{back!r}}'}}, but {{value!r}} should come back")
print("{told}" if taken else "every value is refused")
'''
)
NOTHING_ELSE = (
    _SHOWN
    + '''def returned(there):
    """What comes back, whatever its case and the spaces around it; None when it is refused."""
    back = shown({back!r}, *others, there)
    return back if back is None else back.strip().casefold()


for *others, value in {values!r}:
    there = shown({there!r}, *others, value)
    if there is not None and returned(there) != value.strip().casefold():
        line = shlex.join([{package!r}, {there!r}, *others, value])
        sys.exit(f"`{{line}}` prints {{there!r}}, which does not lead back to {{value!r}}: it is invalid input and must be an error")
print("{told}")
'''
)
"""The command that must refuse stands last in it, since it is the one to be mended."""


def walk(
    template: str,
    package: str,
    there: str,
    back: str,
    values: Sequence[tuple[str, ...]],
    *,
    loose: Sequence[tuple[str, ...]],
    numbers: bool,
    rounded: bool,
) -> Step:
    """The step that runs one of the programs above on these words of the command `there`.

    Of the `loose` ones among them what leads to the same place may come back, of the others they themselves. With `numbers` the last of them is compared as one, with `rounded` as one that may have been rounded.
    """
    names = {"package": package, "there": there, "back": back, "values": values}
    code = template.format(**names, told=_BACK, loose=loose, numbers=numbers, rounded=rounded)
    return Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout=_BACK))


def walked(step: Step) -> list[str]:
    """The commands that a step of a round trip runs, the one that undoes the other last; none for another step."""
    return [ast.literal_eval(name) for name in _WALK.findall(step.argv[-1])] if step.argv[0] == PYTHON else []


def gives_back(step: Step) -> bool:
    """True for a step that shows that what goes in comes back, False for one that shows that nothing else is taken."""
    return bool(walked(step)) and "def same(" in step.argv[-1]
