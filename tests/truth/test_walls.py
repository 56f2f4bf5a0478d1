"""The truth room inside the real walls."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.sandbox import Sandbox, open_sandbox
from macrohard.truth import Check, Context, Expectation, Source, Step, audit, run_check

from .conftest import PROGRAM_WORDS, roman_check


@pytest.fixture(scope="module")
def walls() -> Sandbox:
    return open_sandbox()


def probe(code: str, **expect: object) -> Check:
    step = Step(argv=("{python}", "-c", code), expect=Expectation.model_validate(expect))
    return Check(id="probe", statement="it works", source=Source.HOST, steps=(step,))


def test_a_check_passes_and_is_produced_again(project: Path, walls: Sandbox) -> None:
    run = run_check(roman_check(), project, PROGRAM_WORDS, walls)
    assert run.failure == ""
    assert run.recheck(Context(project, walls)).holds


def test_state_survives_from_step_to_step(project: Path, walls: Sandbox) -> None:
    steps = (
        Step(argv=("{python}", "-c", "open('state', 'w').write('1')"), expect=Expectation(files={"state": "1"})),
        Step(argv=("{python}", "-c", "print(open('state').read())"), expect=Expectation(stdout="1")),
    )
    check = Check(id="s", statement="it remembers", source=Source.HOST, steps=steps)
    assert run_check(check, project, PROGRAM_WORDS, walls).failure == ""


def test_the_program_cannot_read_or_change_what_judges_it(delivered: Path, walls: Sandbox) -> None:
    look = probe("import os; print(sorted(os.listdir('/project')))", stdout="['src']")
    assert run_check(look, delivered, PROGRAM_WORDS, walls).failure == ""
    write = probe("open('/project/src/roman/__init__.py', 'w')")
    assert "traceback" in run_check(write, delivered, PROGRAM_WORDS, walls).failure


def test_audit_in_the_walls(delivered: Path, walls: Sandbox) -> None:
    assert audit(delivered, walls).holds
    source = delivered / "src/roman/__init__.py"
    source.write_text(source.read_text().replace('"IV"', '"IIII"'))
    report = audit(delivered, walls)
    assert [claim.id for claim in report.claims if claim.finding == "fails"] == ["C01", "C03"]
