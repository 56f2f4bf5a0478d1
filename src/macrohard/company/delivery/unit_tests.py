"""The tests of a delivered project: the checks that passed, as `unittest` methods that need nothing but Python."""

from __future__ import annotations

import pprint
import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.polish import polish
from macrohard.truth import PROGRAM, Check, Claim, Step, Verdict
from macrohard.truth.standalone import visible

_HEAD = '''"""The checks that {name} passed when it was delivered. Run them with `python3 -m unittest`."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"


def settled(text: str) -> str:
    """Text without spaces at line ends and without empty lines at the end."""
    return "\\n".join(line.rstrip() for line in text.split("\\n")).rstrip("\\n")


def contents(folder: str) -> dict[str, str | bytes | int]:
    """What lies below the folder: the target of a link, the bytes of a file, the kind of anything else but folders."""
    found: dict[str, str | bytes | int] = {{}}
    for place, folders, files in os.walk(folder):
        for path in (os.path.join(place, name) for name in [*files, *folders]):
            mode = os.lstat(path).st_mode
            if stat.S_ISLNK(mode):
                found[path] = os.readlink(path)
            elif not stat.S_ISDIR(mode):
                found[path] = Path(path).read_bytes() if stat.S_ISREG(mode) else stat.S_IFMT(mode)
    return found


class Checks(unittest.TestCase):
    """One method a check."""

    def run_steps(self, files: dict[str, str], *steps: dict[str, object]) -> None:
        """Run commands one after the other in one folder that holds `files`, each as it is expected."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
                Path(folder, path).write_text(text, encoding="utf-8")
            for step in steps:
                self.run_step(folder, **step)  # type: ignore[arg-type]

    def run_step(
        self,
        folder: str,
        argv: tuple[str, ...],
        stdin: str = "",
        status: int | None = 0,
        stdout: str | None = None,
        contains: tuple[str, ...] = (),
        error: bool = False,
        unchanged: bool = False,
        says: tuple[str, ...] = (),
        leaves: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Run one command and compare what it did."""
        before = contents(folder) if unchanged else {{}}
        done = subprocess.run(
            [sys.executable, *argv],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=folder,
            env={{**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}},
            timeout=30,
            check=False,
        )
        self.assertNotIn("Traceback (most recent call last)", done.stderr)
        if status is not None:
            self.assertEqual(done.returncode, status, done.stderr)
        if stdout is not None:
            self.assertEqual(settled(done.stdout), settled(stdout))
        for part in contains:
            self.assertIn(part, done.stdout)
        for part in says:
            self.assertIn(part, done.stderr)
        if error:
            self.assertTrue(done.stderr.strip())
        for path, text in leaves:
            self.assertEqual(settled(Path(folder, path).read_text(encoding="utf-8")), settled(text))
        if unchanged:
            self.assertEqual(contents(folder), before)
'''


def files(brief: Brief, claims: Sequence[Claim]) -> dict[str, str]:
    """Path in the project -> text; one test for each verified claim."""
    verified = [claim for claim in claims if claim.verdict is Verdict.VERIFIED and claim.evidence]
    methods = "".join(_method(brief, claim.id, run.check) for claim in verified for run in claim.evidence)
    text = _HEAD.format(name=brief.name) + methods + '\n\nif __name__ == "__main__":\n    unittest.main()\n'
    path = f"tests/test_{brief.package}.py"
    return {**polish({path: text}), "tests/__init__.py": ""}


def _method(brief: Brief, claim: str, check: Check) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", check.statement.lower()).strip("_")[:60].strip("_")
    statement = visible(re.sub(r"\s+", " ", check.statement), 400).replace("\\", "\\\\").replace('"', "'")
    steps = "".join(f"            {{{', '.join(_arguments(brief, step))}}},\n" for step in check.steps)
    return (
        f'\n    def test_{claim.lower()}_{name}(self) -> None:\n        """{statement}."""\n'
        f"        self.run_steps(\n            {pprint.pformat(check.files)},\n{steps}        )\n"
    )


def _arguments(brief: Brief, step: Step) -> Iterator[str]:
    program = step.argv[0] == PROGRAM
    yield f"'argv': {('-m', brief.package, *step.argv[1:]) if program else tuple(step.argv[1:])!r}"
    if step.stdin:
        yield f"'stdin': {step.stdin!r}"
    if step.expect.exit_status != 0:
        yield f"'status': {step.expect.exit_status!r}"
    if step.expect.stdout is not None:
        yield f"'stdout': {step.expect.stdout!r}"
    if step.expect.stdout_contains:
        yield f"'contains': {step.expect.stdout_contains!r}"
    if step.expect.stderr_contains:
        yield f"'says': {step.expect.stderr_contains!r}"
    if step.expect.files:
        yield f"'leaves': {tuple(sorted(step.expect.files.items()))!r}"
    if step.expect.error_message:
        yield "'error': True"
    if step.expect.unchanged:
        yield "'unchanged': True"
