"""What the jury works with: nothing is run twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial

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
