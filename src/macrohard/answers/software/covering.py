"""Statements about coverage: 'coverage is above 90 %', '92 % test coverage'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import partial

from macrohard.answers.evidence import Execution
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.suite import runner_of
from macrohard.answers.software.workplace import Workplace, typed

_LEAST = r"(?:(?P<above>\b(?:above|over|more\s+than|exceeds)|>(?!=))\s*|(?P<least>\bat\s+least|>=|≥)\s*)?"
_PERCENT = r"(?P<percent>\d{1,3}(?:\.\d+)?)\s*(?:%|percent)"
_COVERAGE = r"(?:(?:test|code|line|overall|total)\s+)*coverage"
_SAID = [
    re.compile(
        rf"\b{_COVERAGE}(?:\s+(?:is|of|at|stands|sits|reaches|reached|increased|rose|to|now|currently))*\s*[:=]?\s*{_LEAST}{_PERCENT}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_LEAST}(?<![\d.]){_PERCENT}\s+{_COVERAGE}\b", re.IGNORECASE),
]
_ASIDE = "tests/*,*/tests/*,test_*.py,*/test_*.py,*_test.py,conftest.py,*/conftest.py,setup.py,noxfile.py,docs/*"
_TOTAL = re.compile(rb"^[ \t]*(\d{1,3}(?:\.\d{1,9})?)[ \t\r]*$", re.MULTILINE)


def coverage(sentence: Sentence) -> Iterator[Saying]:
    """'Coverage is above 90 %' and '92 % test coverage'."""
    for pattern in _SAID:
        for found in stated(sentence, pattern):
            bound = ">" if found["above"] else ">=" if found["least"] else ""
            yield Saying(found.start(), found.end(), partial(_decide, Decimal(found["percent"]), bound))


def _decide(said: Decimal, bound: str, place: Workplace) -> Decision:
    measured = place.once("coverage", lambda: _measure(place))
    if isinstance(measured, str):
        return undecided(measured)
    percent, seen = measured
    step = Decimal(1).scaleb(said.as_tuple().exponent)  # type: ignore[arg-type]  # it is finite, so that this is a number
    rounded = {percent.quantize(step, ROUND_HALF_UP), percent.quantize(step, ROUND_FLOOR)}
    holds = {">": percent > said, ">=": percent >= said, "": said in rounded}[bound]
    return supported(holds, f"Coverage is {percent} %, as coverage.py counts it.", seen)


def _measure(place: Workplace) -> tuple[Decimal, Execution] | str:
    """The percentage with two decimals, and the run of the tests; or why there is none."""
    if place.environment is None or not place.environment.has("coverage"):
        return "Coverage cannot be measured: name an environment that has the package `coverage` with --environment."
    runner = runner_of(place)
    if isinstance(runner, str):
        return runner
    argv = ("python3", "-m", "coverage", "run", *_sources(place), "-m", *runner)
    told = ("python3", "-m", "coverage", "report", "--format=total", "--precision=2")
    with place.folder() as folder:
        seen, _ = place.run(typed(argv), argv, folder)
        if seen.exit_status != 0:
            return f"The tests ended with status {seen.exit_status} ({seen.ending}) while coverage was measured."
        _, completed = place.run(typed(told), told, folder)
    total = _TOTAL.search(completed.stdout)
    return (Decimal(total.group(1).decode()), seen) if total else "coverage.py reported no total."


def _sources(place: Workplace) -> tuple[str, ...]:
    """What is measured: as the project's settings say; without any, its packages and modules and not its tests."""
    said = [place.text(path) or "" for path in (".coveragerc", "pyproject.toml", "setup.cfg", "tox.ini")]
    if said[0] or any("coverage:run" in text or "tool.coverage.run" in text for text in said):
        return ()
    return ("--source=src",) if (place.root / "src").is_dir() else ("--source=.", f"--omit={_ASIDE}")
