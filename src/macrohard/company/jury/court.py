"""What the jury works with: candidates assembled into programs, run on checks, and what they did."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import Program
from macrohard.company.trial import CHANCE, SKIPPED, STEP_SECONDS, Job, Seen, run_steadily
from macrohard.company.users.roundtripping import walked
from macrohard.sandbox import Sandbox
from macrohard.truth import PROGRAM, Check, Step
from macrohard.truth.standalone import judge, settled
from macrohard.truth.syntax import names_in, parse

Pick = tuple[int, ...]
"""For each function, in the order of the brief, the index of its candidate."""
_Key = tuple[tuple[str, ...], str]
Memory = dict[_Key, list[Seen]]
"""What programs did on checks: (sources of the functions that the check runs through, check id) -> each step."""
Assemble = Callable[[Sequence[str]], Program]
"""Turns the sources of all functions into a program."""
Behaviour = tuple[tuple[object, ...], ...]
"""Exit status and settled output of each step: what two programs must share to behave alike."""
_PLACE = re.compile(r'^ *File "([^"\n]*)", line \d+(?:, in (.*))?$', re.MULTILINE)
"""In a traceback; what cannot be compiled has no function."""
_PROGRAMS = "/tmp/programs/"
"""Where the trial lays programs out."""


@dataclass
class Court:
    """Candidates of every function, a way to assemble them, and the checks."""

    names: Sequence[str]
    """The functions, in order."""
    candidates: Sequence[Sequence[Candidate]]
    assemble: Assemble
    checks: Sequence[Check]
    probes: Sequence[Check]
    """Inputs without an expectation: only whether programs agree on them counts."""
    units: Mapping[str, frozenset[str]]
    """Check id -> the functions that it runs through."""
    sandbox: Sandbox
    first_word: int = 2
    """Of a command line: the place of the first word that is no name of a command."""
    step_seconds: float = STEP_SECONDS
    """After so long a step is stopped."""
    memory: Memory = field(default_factory=dict)
    """What was run before; courts of the same checks and frame may share one."""
    _failures: dict[_Key, str] = field(default_factory=dict)
    _behaviours: dict[_Key, Behaviour] = field(default_factory=dict)
    _keys: dict[tuple[Pick, str], tuple[_Key, _Key]] = field(default_factory=dict)

    def expects(self, check: Check) -> bool:
        """True for a check, False for a probe, of which nothing is expected."""
        return check.id in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(check.id for check in self.checks)

    def run(self, picks: Sequence[Pick], checks: Sequence[Check]) -> None:
        """Run these checks for these programs, in one sandbox, those that were run before left out."""
        while wanted := self._unknown(picks, checks):
            self._run(wanted)

    def _unknown(self, picks: Sequence[Pick], checks: Sequence[Check]) -> dict[_Key, tuple[Pick, Check]]:
        """What was not run before, one program for each thing that is to be seen."""
        return {
            self._both(pick, check)[0]: (pick, check)
            for pick in picks
            for check in checks
            if self._place(pick, check) not in self.memory
        }

    def _run(self, wanted: Mapping[_Key, tuple[Pick, Check]]) -> None:
        programs = list(dict.fromkeys(pick for pick, _ in wanted.values()))
        assembled = [self.program(pick) for pick in programs]
        jobs = [Job(programs.index(pick), check) for pick, check in wanted.values()]
        start = assembled[0].start
        seen = run_steadily([program.files for program in assembled], start, jobs, self.sandbox, self.step_seconds)
        for (key, (pick, check)), steps in zip(wanted.items(), seen, strict=True):
            self.memory[self._whole_key(pick, check) if _is_of_all(steps) else key] = steps

    def _place(self, pick: Pick, check: Check) -> _Key:
        """Where the result of a program that was run is kept."""
        own, whole = self._both(pick, check)
        return whole if whole in self.memory else own

    def _both(self, pick: Pick, check: Check) -> tuple[_Key, _Key]:
        """Its key and its whole key, made once: they are asked for again and again."""
        if (pick, check.id) not in self._keys:
            self._keys[pick, check.id] = self._key(pick, check), self._whole_key(pick, check)
        return self._keys[pick, check.id]

    def _whole_key(self, pick: Pick, check: Check) -> _Key:
        """What is kept under it was seen of the program as a whole, and says nothing of single functions."""
        return tuple(items[index].source for items, index in zip(self.candidates, pick, strict=True)), check.id

    def _key(self, pick: Pick, check: Check) -> _Key:
        """What a result is kept under: a check sees only the functions that it runs through, so that programs that
        differ in others need not be run again."""
        sources = {
            name: items[index].source for name, items, index in zip(self.names, self.candidates, pick, strict=True)
        }
        involved = _involved(self.units[check.id] or sources.keys(), sources)
        return tuple(source if name in involved else "" for name, source in sources.items()), check.id

    def draft(self, number: int) -> Pick | None:
        """The pick of a draft of the whole program; None when not all of its functions are candidates."""
        places = [
            next((place for place, item in enumerate(items) if number in item.drafts), None)
            for items in self.candidates
        ]
        found = tuple(place for place in places if place is not None)
        return found if len(found) == len(places) else None

    def program(self, pick: Pick) -> Program:
        """The program made of these candidates."""
        return self.assemble([self.candidates[unit][index].source for unit, index in enumerate(pick)])

    def seen(self, pick: Pick, check: Check) -> list[Seen]:
        """What each step did."""
        return self.memory[self._place(pick, check)]

    def failure(self, pick: Pick, check: Check) -> str:
        """What the program breaks of the check, or ''."""
        key = self._place(pick, check)
        if key not in self._failures:
            self._failures[key] = self._failure(pick, check)
        return self._failures[key]

    def _failure(self, pick: Pick, check: Check) -> str:
        steps = self.seen(pick, check)
        if steps[-1]["ending"] == CHANCE:
            return "it does not do the same each time"
        for step, seen in zip(check.steps, steps, strict=False):
            broken = judge(step.expect.model_dump(), seen)
            if broken:
                return broken
        return "" if len(steps) == len(check.steps) else "it was stopped before the end"

    def behaviour(self, pick: Pick, check: Check) -> Behaviour:
        """How the program behaves on the inputs of a check."""
        key = self._place(pick, check)
        if key not in self._behaviours:
            steps = self.memory[key]
            self._behaviours[key] = tuple(
                (seen["exit_status"], seen["ending"], settled(seen["stdout"]), *seen["changed"]) for seen in steps
            )
        return self._behaviours[key]

    def differ(self, pick: Pick, other: Pick, check: Check) -> bool:
        """Whether the inputs of a check show a difference between two programs; what was skipped shows none."""
        skipped = any(self.seen(program, check)[-1]["ending"] == SKIPPED for program in (pick, other))
        return not skipped and self.behaviour(pick, check) != self.behaviour(other, check)

    def crashed(self, pick: Pick, check: Check) -> str:
        """The first step that crashed and the end of its traceback, or ''."""
        for step, seen in zip(check.steps, self.seen(pick, check), strict=False):
            if "Traceback (most recent call last)" in seen["stderr"]:
                tail = "\n".join(seen["stderr"].rstrip().split("\n")[-6:])
                return f"{_given(step)}\n\n{tail}"
        return ""


def _is_of_all(steps: Sequence[Seen]) -> bool:
    """Whether it was skipped since another job hung, or ended while the module was read, which any function may have caused."""
    file, function = (_PLACE.findall(steps[-1]["stderr"]) or [("", "")])[-1]
    return steps[-1]["ending"] == SKIPPED or (file.startswith(_PROGRAMS) and function in {"", "<module>"})


def _involved(units: Iterable[str], sources: Mapping[str, str]) -> set[str]:
    """The functions that a check runs through, and those that these call."""
    involved, waiting = set[str](), set(units)
    while waiting:
        name = waiting.pop()
        involved.add(name)
        waiting |= (_names_in(sources[name]) & sources.keys()) - involved
    return involved


@lru_cache(maxsize=4096)
def _names_in(source: str) -> frozenset[str]:
    return frozenset(names_in(parse(source)))


def _given(step: Step) -> str:
    if step.argv[0] != PROGRAM:
        return "A call ends in a traceback:"
    read = f" with {step.stdin!r} on standard input" if step.stdin else ""
    return f"The command line `{shlex.join(step.argv[1:])}`{read} ends in a traceback:"


def units_of(check: Check, commands: Mapping[str, str], only: str | None, calls: Sequence[str]) -> frozenset[str]:
    """The functions a check runs through.

    `commands` maps the name of a command to its function; `only` is the function of a program without commands;
    `calls` are the functions of a library, found by name in the code of a step.
    """
    found: set[str] = set()
    for step in check.steps:
        if step.argv[0] != PROGRAM:
            found |= {name for name in calls if f"import {name}\n" in step.argv[-1]}
            found |= {commands[name] for name in walked(step) if name in commands}
        elif only is not None:
            found.add(only)
        elif len(step.argv) > 1 and step.argv[1] in commands:
            found.add(commands[step.argv[1]])
    return frozenset(found)
