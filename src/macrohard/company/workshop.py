"""The workshop: candidates are written and judged in rounds until every given example holds and no function is
doubtful, or ideas run out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from macrohard.company.durable import Steps
from macrohard.company.engineering import Candidate, joined, repair_candidates
from macrohard.company.frames import Program
from macrohard.company.jury import Choice, Court, choose
from macrohard.company.jury.probes import probes_from
from macrohard.company.progress import Event, Progress
from macrohard.company.stubs import Stub
from macrohard.company.writing import write_candidates
from macrohard.models import Model
from macrohard.sandbox import Sandbox
from macrohard.truth import Check, Source

DEFAULT_CANDIDATES = 8
"""Per function and round. Of eight answers of the embedded model at least one is right for 97 % of the first 32
tasks of HumanEval+; later rounds add more where they are needed."""
_TEMPERATURES = (0.8, 0.9, 1.0)
"""One round for each, a little bolder each time."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What is worked on, and with what."""

    stubs: Sequence[Stub]
    checks: Sequence[Check]
    inputs: Sequence[Check]
    """What candidates are compared on besides, whatever these checks expect."""
    units: Mapping[str, frozenset[str]]
    """Check id -> the functions that it runs through."""
    last: Mapping[str, str]
    """Check id -> the function that its last step calls, where it is one of ours."""
    assemble: Callable[[Sequence[str]], Program]
    model: Model
    sandbox: Sandbox
    count: int
    seed: int
    together: bool = False
    """True: the functions share stored records, so half of the candidates are written as whole programs."""


def make(workshop: Workshop, steps: Steps, progress: Progress) -> tuple[list[Candidate], Choice] | None:
    """The chosen candidate of each function, and the choice; None when some function could not be written at all."""
    found: list[list[Candidate]] = [[] for _ in workshop.stubs]
    choice: Choice | None = None
    for number, temperature in enumerate(_TEMPERATURES, 1):
        wanted = _wanted(workshop, found, choice)
        progress(_asking(workshop, wanted))
        write = partial(_write, workshop, wanted, temperature, number, choice, found)
        new = steps.step(f"candidates {number}", list[list[Candidate]], write)
        found = [joined(old, added) for old, added in zip(found, new, strict=True)]
        if not all(found):
            continue
        progress(_judging(found))
        choice = steps.step(f"choose {number}", Choice, partial(choose, court_of(workshop, found)))
        if not _unsettled(workshop, choice):
            break
    if choice is None:
        return None
    return [candidates[index] for candidates, index in zip(found, choice.pick, strict=True)], choice


def _wanted(workshop: Workshop, found: Sequence[Sequence[Candidate]], choice: Choice | None) -> list[int]:
    """The functions that need candidates: the missing ones, then those that are not settled; all where none is named."""
    if choice is None:
        return [index for index, candidates in enumerate(found) if not candidates]
    named = _unsettled(workshop, choice)
    return [index for index, stub in enumerate(workshop.stubs) if stub.name in named] or list(range(len(found)))


def _unsettled(workshop: Workshop, choice: Choice) -> set[str | None]:
    """The functions in which a broken example ends; without any, those of which the jury doubts or in which a check of
    the tester fails that nothing speaks against. None stands for a check that ends in no single one."""
    open_ones = [check for check in workshop.checks if check.id in choice.failed and check.id not in choice.disputed]
    broken = {workshop.last.get(check.id) for check in open_ones if check.source is not Source.TESTER}
    return broken or {workshop.last.get(check.id) for check in open_ones} | set(choice.doubtful)


def _write(
    workshop: Workshop,
    wanted: Sequence[int],
    temperature: float,
    number: int,
    choice: Choice | None,
    found: Sequence[Sequence[Candidate]],
) -> list[list[Candidate]]:
    """New candidates for the wanted functions, with mended ones of those that crash; drafts bring others besides."""
    seed = workshop.seed + 1000 * number
    new = write_candidates(
        workshop.stubs, wanted, workshop.model, workshop.count, temperature, seed, together=workshop.together
    )
    if choice is not None:
        crashed = [
            (workshop.stubs[index], found[index][choice.pick[index]], choice.crashes[workshop.stubs[index].name])
            for index in wanted
            if workshop.stubs[index].name in choice.crashes
        ]
        for candidate in repair_candidates(crashed, workshop.model, seed):
            new[next(i for i, stub in enumerate(workshop.stubs) if stub.name == candidate.function)].append(candidate)
    return new


def court_of(workshop: Workshop, found: Sequence[Sequence[Candidate]]) -> Court:
    """The jury's court for these candidates: all checks, and inputs near them."""
    probes, probed = probes_from(workshop.checks, workshop.inputs, workshop.units)
    return Court(
        names=[stub.name for stub in workshop.stubs],
        candidates=found,
        assemble=workshop.assemble,
        checks=workshop.checks,
        probes=probes,
        units={**workshop.units, **probed},
        sandbox=workshop.sandbox,
    )


def _asking(workshop: Workshop, wanted: Sequence[int]) -> Event:
    names = ", ".join(workshop.stubs[index].name for index in wanted)
    return Event("engineers", f"Writing {workshop.count * len(wanted)} candidates for {names}.")


def _judging(found: Sequence[Sequence[Candidate]]) -> Event:
    return Event("jury", f"Running {sum(map(len, found))} different candidates on shared inputs.")
