"""Statements about tests: 'all 214 tests pass', '1 failed, 2 passed', 'no test failures'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.suite import Tested, tested
from macrohard.answers.software.workplace import Workplace

_SOME = r"(?P<some>(?:new|unit|integration|regression|other|functional|end-to-end)\s+)?(?:(?:automated|existing|python)\s+)*"
_ARE = r"(?:(?:now|still|all|are|is|have|has|were|currently|do|does)\s+)*"
_N = r"\d[\d,]*"
_TESTS = r"tests?(?:\s+(?:suite|cases?|run))?"
_PASS = re.compile(
    rf"\b(?P<all>all\s+(?:of\s+)?)?(?:the\s+)?(?:(?:full|whole|entire)\s+)?(?:(?P<count>{_N})\s*(?:(?:/|of|out\s+of)\s*(?P<of>{_N})\s*)?)?"
    rf"{_SOME}{_TESTS}:?\s+{_ARE}(?:pass(?:es|ed|ing)?|succeed(?:s|ed)?|green)\b"
    rf"|\b(?P<passed>{_N})(?:\s*/\s*(?P<whole>{_N}))?\s+(?:tests?\s+)?(?:passed|passing|green)\b",
    re.IGNORECASE,
)
_FAIL = re.compile(
    rf"\b(?:(?:only\s+)?(?P<count>{_N})(?:\s*(?:/|of|out\s+of)\s*(?P<of>{_N}))?|(?P<none>no|zero|none\s+of\s+the))\s+"
    rf"(?:tests?\s+{_ARE}(?:fail(?:s|ed|ing)?|broken)|fail(?:s|ed|ing)?(?:\s+tests?)?|test\s+failures?)\b"
    r"|\bno\s+(?P<bare>failures)\b",
    re.IGNORECASE,
)


def tests(sentence: Sentence) -> Iterator[Saying]:
    """'All 214 tests pass', '214 passed', '3 of 5 tests pass', '2 tests fail', 'no failures'."""
    for found in stated(sentence, _PASS):
        numbers = _number(found["count"] or found["passed"]), _number(found["of"] or found["whole"])
        failing = _FAIL.search(sentence.words) is not None
        yield Saying(found.start(), found.end(), partial(_passing, *numbers, bool(found["some"]), failing))
    for found in stated(sentence, _FAIL):
        count = _number(found["count"]) or 0
        yield Saying(found.start(), found.end(), partial(_failing, count, _number(found["of"])))


def _number(text: str | None) -> int | None:
    return int(text.replace(",", "")) if text else None


def _passing(count: int | None, whole: int | None, some: bool, failing: bool, place: Workplace) -> Decision:
    """`some`: it is said of a part of the tests, which nobody can tell from the others; `failing`: and others fail."""
    found = tested(place)
    if isinstance(found, str):
        return undecided(found)
    ran = found.passed + found.failed
    if some and (found.failed or count is not None):
        return undecided(f"{_told(found)} Which of the tests are meant cannot be told.", found.seen)
    if whole is not None and whole != count:  # it is said that some do not pass
        return supported(found.passed == count and ran == whole, _told(found), found.seen)
    if found.failed and not failing:
        return supported(False, _told(found), found.seen)
    if count is not None and found.passed != count:
        verdict = Standing.CONTRADICTED if failing else Standing.PARTLY
        return Decision(verdict, f"{_told(found)} Those that pass are not {count}.", (found.seen,))
    return Decision(Standing.SUPPORTED, _told(found), (found.seen,))


def _failing(count: int, whole: int | None, place: Workplace) -> Decision:
    found = tested(place)
    if isinstance(found, str):
        return undecided(found)
    holds = found.failed == count and whole in (None, found.passed + found.failed)
    return supported(holds, _told(found), found.seen)


def _told(found: Tested) -> str:
    skipped = f", {found.skipped} skipped or expected to fail" if found.skipped else ""
    return f"{found.passed} passed, {found.failed} failed{skipped}."
