"""What the jury works with: nothing is run twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial

import pytest

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import frame
from macrohard.company.jury import Court, Memory, choose
from macrohard.company.plan import units_by_check
from macrohard.sandbox import Command, Completed, Sandbox, open_sandbox

from .test_choice import ADDS, RIGHT, SAME, TRIPLE, brief_of, checks_from


@dataclass
class Counting:
    """The real sandbox, and which programs were run in it."""

    name: str = "counting"
    inside: Sandbox = field(default_factory=open_sandbox)
    programs: list[str] = field(default_factory=list)

    def run(self, command: Command) -> Completed:
        """As the sandbox does."""
        self.programs += [str(program) for program in json.loads(command.stdin)["programs"]]
        return self.inside.run(command)


def court(memory: Memory, sandbox: Sandbox, *doubles: str) -> Court:
    brief = brief_of("double", "triple")
    checks = checks_from(brief, "double(3) returns 6. triple(2) returns 6.")
    units, _ = units_by_check(brief, checks)
    candidates = [
        [Candidate(function="double", source=source) for source in doubles],
        [Candidate(function="triple", source=TRIPLE)],
    ]
    return Court(
        names=["double", "triple"], candidates=candidates, assemble=partial(frame, brief), checks=checks, probes=[],
        units=units, sandbox=sandbox, memory=memory,
    )  # fmt: skip


def test_a_later_round_runs_only_what_is_new() -> None:
    memory, first, second = Memory(), Counting(), Counting()
    assert choose(court(memory, first, ADDS, RIGHT)).pick == (1, 0)
    assert any("x + 2" in program for program in first.programs)
    assert choose(court(memory, second, ADDS, RIGHT, SAME)).pick[0] in {1, 2}
    assert len(second.programs) == 1 and "x + x" in second.programs[0]


def test_a_candidate_is_known_by_its_source_and_not_by_its_place() -> None:
    memory, again = Memory(), Counting()
    choose(court(memory, Counting(), ADDS, RIGHT))
    assert choose(court(memory, again, RIGHT, ADDS)).pick == (0, 0)
    assert again.programs == []


HANGS = "def double(x):\n    while True:\n        pass"
UNREADABLE = "import no_such_module\ndef double(x):\n    return 2 * x"
SIBLING = "def triple(x):\n    return double(x) + x"


def judged(doubles: list[str], triples: list[str], *also: str) -> tuple[int, ...]:
    brief = brief_of("double", "triple")
    checks = checks_from(brief, " ".join(["double(3) returns 6. double(4) returns 8. triple(2) returns 6.", *also]))
    units, _ = units_by_check(brief, checks)
    candidates = [
        [Candidate(function="double", source=source) for source in doubles],
        [Candidate(function="triple", source=source) for source in triples],
    ]
    made = Court(["double", "triple"], candidates, partial(frame, brief), checks, [], units, open_sandbox())
    choice = choose(made)
    assert not choice.failed
    return choice.pick


@pytest.mark.parametrize("other", [HANGS, UNREADABLE])
def test_what_one_function_does_to_all_is_not_held_against_another(other: str) -> None:
    """What hangs keeps further checks from being run, and what cannot be read keeps the whole module from it."""
    wrong = "def triple(x):\n    return x + 4"
    assert judged([other, RIGHT], [TRIPLE, wrong], "triple(3) returns 9.") == (1, 0)
    assert judged([RIGHT, other], [wrong, TRIPLE], "triple(3) returns 9.") == (0, 1)


def test_a_function_is_judged_beside_the_one_that_it_calls() -> None:
    assert judged([ADDS, RIGHT], [SIBLING], "triple(3) returns 9.") == (1, 0)
