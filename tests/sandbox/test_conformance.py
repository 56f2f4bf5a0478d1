from __future__ import annotations

import subprocess
import sys

import pytest

from macrohard.sandbox import Sandbox
from macrohard.sandbox.conformance import HOSTILE, SHORT, Result, run_conformance


@pytest.fixture(scope="module")
def results(sandbox: Sandbox) -> dict[str, Result]:
    return {result.name: result for result in run_conformance(sandbox)}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_is_contained(results: dict[str, Result], name: str) -> None:
    assert results[name].breach is None


def test_there_are_at_least_forty() -> None:
    assert len(HOSTILE) >= 40


def test_the_short_selection_is_quick(sandbox: Sandbox) -> None:
    found = run_conformance(sandbox, SHORT)
    assert [result.name for result in found] == list(SHORT)
    assert all(result.contained for result in found)
    assert sum(result.seconds for result in found) < 10  # about one second on an idle machine


def test_a_low_priority_of_our_own_is_no_breach() -> None:
    """As under `nice`: the processes of the host are compared with what they were."""
    code = (
        "from macrohard.sandbox import open_sandbox\n"
        "from macrohard.sandbox.conformance import run_conformance\n"
        "print([item.breach for item in run_conformance(open_sandbox(), ['take-priority'])])"
    )
    done = subprocess.run(["nice", "-n", "5", sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[None]\n"


def test_an_unknown_name_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(KeyError):
        run_conformance(sandbox, ["no-such-program"])
