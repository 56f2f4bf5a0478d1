"""Statements about tests: 'all 214 tests pass', '3 tests fail', 'no test failures'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from macrohard.answers.evidence import Execution
from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.workplace import Workplace, typed
from macrohard.truth.standalone import visible

_KINDS = r"(?:(?:unit|integration|existing|new|regression|other|functional|automated|python)\s+)*"
_ARE = r"(?:(?:now|still|all|are|is|have|has|were|currently|do|does)\s+)*"
_MANY = r"(?P<{0}>\d[\d,]*)"
_PASS = re.compile(
    rf"\b(?:all\s+(?:of\s+)?)?(?:the\s+)?(?:{_MANY.format('count')}\s*(?:(?:/|of|out\s+of)\s*{_MANY.format('of')}\s*)?)?"
    rf"{_KINDS}tests?(?:\s+(?:suite|cases?|run))?:?\s+{_ARE}(?:pass(?:es|ed|ing)?|succeed(?:s|ed)?|green)\b"
    rf"|\b{_MANY.format('passed')}(?:\s*/\s*{_MANY.format('whole')})?\s+(?:tests?\s+)?(?:passed|passing)\b",
    re.IGNORECASE,
)
_FAIL = re.compile(
    rf"\b(?:(?:only\s+)?{_MANY.format('count')}|(?P<none>no|zero|none\s+of\s+the))\s+{_KINDS}"
    rf"(?:tests?\s+{_ARE}(?:fail(?:s|ed|ing|ures?)?|broken)|fail(?:ed|ing)\s+tests?|(?:test\s+)?failures?)\b",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)\b")
_RAN = re.compile(r"(?m)^Ran (\d+) tests? in ")
_DETAIL = re.compile(r"(failures|errors|skipped|expected failures|unexpected successes)=(\d+)")
_TEST_FILE = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$")


@dataclass(frozen=True, slots=True)
class Tested:
    """What a run of all tests said."""

    passed: int
    failed: int
    """Failures and errors together."""
    skipped: int
    seen: Execution


def tests(sentence: Sentence) -> Iterator[Saying]:
    """'All 214 tests pass', '214 passed', '3 of 5 tests pass', '2 tests fail', 'no failures'."""
    for found in stated(sentence, _PASS):
        count = _number(found["count"] or found["passed"])
        yield Saying(found.start(), found.end(), partial(_passing, count, _number(found["of"] or found["whole"])))
    for found in stated(sentence, _FAIL):
        yield Saying(found.start(), found.end(), partial(_failing, 0 if found["none"] else _number(found["count"])))


def _number(text: str | None) -> int | None:
    return int(text.replace(",", "")) if text else None


def _passing(count: int | None, whole: int | None, place: Workplace) -> Decision:
    found = tested(place)
    if isinstance(found, str):
        return undecided(found)
    told = _told(found)
    if whole is not None and whole != count:  # it is said that some do not pass
        return supported(found.passed == count and found.passed + found.failed == whole, told, found.seen)
    if found.failed or not found.passed:
        return supported(False, told, found.seen)
    if count is not None and found.passed != count:
        return Decision(Standing.PARTLY, f"{told} They pass, but they are not {count}.", (found.seen,))
    return Decision(Standing.SUPPORTED, told, (found.seen,))


def _failing(count: int | None, place: Workplace) -> Decision:
    found = tested(place)
    if isinstance(found, str):
        return undecided(found)
    return supported(found.failed == count, _told(found), found.seen)


def _told(found: Tested) -> str:
    skipped = f", {found.skipped} skipped" if found.skipped else ""
    return f"{found.passed} passed, {found.failed} failed{skipped}."


def tested(place: Workplace) -> Tested | str:
    """What all tests of the repository say, run once; or why they cannot be run."""
    return place.once("tests", lambda: _run(place))


def runner_of(place: Workplace) -> tuple[str, ...] | str:
    """The module that runs the tests, with its options; or why none can."""
    if place.environment and place.environment.has("pytest"):
        return ("pytest", "-q", "--color=no", "-p", "no:cacheprovider")
    files = [path for path in place.root.rglob("*.py") if _TEST_FILE.search(path.relative_to(place.root).as_posix())]
    if not files:
        return "There are no test files (test_*.py)."
    if any(re.search(r"^\s*(?:import|from) pytest\b", _read(place, path), re.MULTILINE) for path in files) or not any(
        "unittest" in _read(place, path) for path in files
    ):
        return "Its tests need pytest: name an environment that has it with --environment."
    folder = place.root / "tests"
    apart = ("-s", "tests") if folder.is_dir() and not (folder / "__init__.py").is_file() else ()
    return ("unittest", "discover", *apart)


def _read(place: Workplace, path: object) -> str:
    return place.text(str(path).removeprefix(f"{place.root}/")) or ""


def _run(place: Workplace) -> Tested | str:
    runner = runner_of(place)
    if isinstance(runner, str):
        return runner
    argv = ("python3", "-m", *runner)
    with place.folder() as folder:
        seen, completed = place.run(typed(argv), argv, folder)
    if seen.ending != "exit":
        return f"The tests were stopped by the limit of {seen.ending}; give more time with --max-minutes."
    output = completed.stdout.decode(errors="replace") + "\n" + completed.stderr.decode(errors="replace")
    return _pytest(output, seen) if runner[0] == "pytest" else _unittest(output, seen)


def _pytest(output: str, seen: Execution) -> Tested | str:
    """The last line that counts; an exit status that does not fit to it counts as a failure."""
    lines = [line for line in output.splitlines() if _SUMMARY.search(line)]
    if not lines:
        return f"pytest ended with status {seen.exit_status} and counted no tests: {_last(output)}"
    counts = {kind.rstrip("s"): int(number) for number, kind in _SUMMARY.findall(lines[-1])}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    return Tested(counts.get("passed", 0), failed or int(seen.exit_status != 0), counts.get("skipped", 0), seen)


def _unittest(output: str, seen: Execution) -> Tested | str:
    ran = _RAN.search(output)
    if ran is None:
        return f"unittest ended with status {seen.exit_status} and counted no tests: {_last(output)}"
    counts = {kind: int(number) for kind, number in _DETAIL.findall(output)}
    failed = sum(counts.get(kind, 0) for kind in ("failures", "errors", "unexpected successes"))
    skipped = counts.get("skipped", 0)
    return Tested(int(ran.group(1)) - failed - skipped, failed or int(seen.exit_status != 0), skipped, seen)


def _last(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    return visible(lines[-1], 200) if lines else "it printed nothing"
