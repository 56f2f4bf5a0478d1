"""The tests of a repository, run once: with pytest where its environment has it, else with unittest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from macrohard.answers.evidence import Execution
from macrohard.answers.software.workplace import Workplace, hindrance, typed
from macrohard.truth.standalone import visible

_RESULT = ".macrohard-junit.xml"
_SUITE = re.compile(r"<testsuite\b[^<>]{0,2000}>")
_READ = 65536
_COUNTED = re.compile(r'\b(tests|failures|errors|skipped)="(\d{1,9})"')
_RAN = re.compile(r"(?m)^Ran (\d{1,9}) tests? in ")
_DETAIL = re.compile(r"(failures|errors|skipped|expected failures|unexpected successes)=(\d{1,9})\b")
TEST_FILE = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$")


@dataclass(frozen=True, slots=True)
class Tested:
    """What a run of all tests said."""

    passed: int
    failed: int
    """Failures and errors together."""
    skipped: int
    """Skipped, or failed as they are expected to."""
    seen: Execution


def tested(place: Workplace) -> Tested | str:
    """What all tests of the repository say; or why they cannot be run."""
    return place.once("tests", lambda: _run(place))


def runner_of(place: Workplace) -> tuple[str, ...] | str:
    """The module that runs the tests, with its options; or why none can."""
    if place.environment and place.environment.has("pytest"):
        return ("pytest", "-q", "--color=no", "-p", "no:cacheprovider")
    files = {path: place.text(path) or "" for path in place.python_files() if TEST_FILE.search(path)}
    if not files:
        return "There are no test files (test_*.py)."
    if any(re.search(r"^\s*(?:import|from) pytest\b", text, re.MULTILINE) for text in files.values()) or not any(
        "unittest" in text for text in files.values()
    ):
        return "Its tests need pytest: name an environment that has it with --environment."
    folder = place.root / "tests"
    apart = folder.is_dir() and not (folder / "__init__.py").is_file()
    lost = next((path for path in files if not _is_discovered(place.root, path, "tests" if apart else "")), None)
    if lost is not None:
        return f"unittest does not find `{visible(lost)}`: name an environment that has pytest with --environment."
    return ("unittest", "discover", *(("-s", "tests") if apart else ()))


def _is_discovered(root: Path, path: str, start: str) -> bool:
    """Whether unittest looks into it: its name begins with 'test', and each folder on the way is a package."""
    parts = path.split("/")
    if start:
        if parts[0] != start:
            return False
        parts, root = parts[1:], root / start
    folders = [root.joinpath(*parts[: depth + 1]) for depth in range(len(parts) - 1)]
    return parts[-1].startswith("test") and all((folder / "__init__.py").is_file() for folder in folders)


def _run(place: Workplace) -> Tested | str:
    runner = runner_of(place)
    if isinstance(runner, str):
        return runner
    shown = ("python3", "-m", *runner)
    argv = (*shown, f"--junitxml={_RESULT}") if runner[0] == "pytest" else shown
    with place.folder() as folder:
        seen, completed = place.run(typed(shown), argv, folder)
        counted = _beginning(folder / _RESULT)
    if seen.ending != "exit":
        return f"The tests were stopped by the limit of {seen.ending}; give more time with --max-minutes."
    output = completed.stdout.decode(errors="replace") + "\n" + completed.stderr.decode(errors="replace")
    found = _pytest(counted, seen) if runner[0] == "pytest" else _unittest(output, seen)
    if isinstance(found, Tested) and found.failed and (why := hindrance(output, place)):
        return f"Some tests cannot be run. {why}"
    return found if isinstance(found, Tested) else f"{found} ({_last(output)})."


def _beginning(result: Path) -> str:
    """Of a file that tests may write what they like into; the counts stand at its top."""
    if not result.is_file() or result.is_symlink():
        return ""
    with result.open("rb") as file:
        return file.read(_READ).decode(errors="replace")


def _pytest(counted: str, seen: Execution) -> Tested | str:
    """What its result file says; an exit status that does not fit to it counts as a failure."""
    suite = _SUITE.search(counted)
    if suite is None:
        return f"pytest ended with status {seen.exit_status} and without a result"
    counts = {kind: int(number) for kind, number in _COUNTED.findall(suite.group())}
    failed = counts.get("failures", 0) + counts.get("errors", 0)
    passed = counts.get("tests", 0) - failed - counts.get("skipped", 0)
    if passed + failed <= 0:
        return f"pytest ended with status {seen.exit_status} and ran no test"
    return Tested(passed, failed or int(seen.exit_status != 0), counts.get("skipped", 0), seen)


def _unittest(output: str, seen: Execution) -> Tested | str:
    ran = [int(number) for number in _RAN.findall(output)]
    if not ran or not ran[-1]:
        return f"unittest ended with status {seen.exit_status} and ran no test"
    counts = {kind: int(number) for kind, number in _DETAIL.findall(output.rpartition("\nRan ")[2])}
    failed = sum(counts.get(kind, 0) for kind in ("failures", "errors", "unexpected successes"))
    skipped = counts.get("skipped", 0) + counts.get("expected failures", 0)
    return Tested(ran[-1] - failed - skipped, failed or int(seen.exit_status != 0), skipped, seen)


def _last(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    return visible(lines[-1], 200) if lines else "it printed nothing"
