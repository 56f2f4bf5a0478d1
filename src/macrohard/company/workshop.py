"""The workshop: candidates are written and judged in rounds until every given example holds and no function is
doubtful, or ideas run out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from macrohard.company.engineers.engineering import Candidate, joined, repair_candidates
from macrohard.company.engineers.guarding import guarded
from macrohard.company.engineers.stubs import Stub
from macrohard.company.engineers.writing import write_candidates
from macrohard.company.frames import Program
from macrohard.company.jury import Choice, Court, Killed, Memory, choose, killed_by_checks
from macrohard.company.jury.probes import probes_from
from macrohard.company.progress import Event, Progress
from macrohard.company.prompts import engineer as prompts
from macrohard.company.rounds import ROUNDS, Need, Round, needs
from macrohard.company.runs.durable import Steps
from macrohard.company.users.roundtrips import is_round_trip
from macrohard.models import Model
from macrohard.sandbox import Sandbox
from macrohard.truth import Check
from macrohard.truth.check import Record

DEFAULT_CANDIDATES = 8
"""Per function. Of eight answers of the embedded model at least one is right for 97 % of the first 32 tasks of
HumanEval+; half of them are often enough, and what is hard gets more."""

_USUAL_ROUNDS = 3
"""Of writing: together they draw the candidates that the fit knows of every function."""

ASTRAY_COUNT, ASTRAY_TEMPERATURE = 8, 1.0
"""Of the attempts to mend what does not undo another function: with two at 0.5 the embedded model repeated itself, of eight
at 1.0 one or two were right."""


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
    first_word: int = 2
    """Of a command line: the place of the first word that is no name of a command."""
    memory: Memory = field(default_factory=dict)
    """What was run in earlier rounds; not kept when a run is resumed, where it is only missed."""


class Judged(Record):
    """What the jury chose."""

    choice: Choice
    guards: list[list[Candidate]]
    """For each function what was added to its candidates: chosen ones that crashed, with a guard."""


def first_candidates(workshop: Workshop, progress: Progress) -> list[list[Candidate]]:
    """The candidates of the first round, which need no check."""
    everyone = range(len(workshop.stubs))
    progress(_asking(workshop, everyone, ROUNDS[0]))
    return _write(workshop, everyone, ROUNDS[0], 1, None, [])


def make(
    workshop: Workshop,
    steps: Steps,
    progress: Progress,
    first: Sequence[Sequence[Candidate]] = (),
    doubted: Callable[[Sequence[str]], Workshop] | None = None,
) -> tuple[list[Candidate], Choice] | None:
    """The chosen candidate of each function, and the choice; None when some function could not be written at all.

    `first` are the candidates of the first round, where they were written before. `doubted` is called once, with the
    functions that are still in need when the usual candidates are drawn, and gives the workshop with further checks of them.
    """
    found: list[list[Candidate]] = [list(items) for items in first] or [[] for _ in workshop.stubs]
    choice: Choice | None = None
    for number, turn in enumerate(ROUNDS, 1):
        if number > 1 or not first:
            wanted = _wanted(workshop, found, choice, turn)
            if not wanted:
                break
            progress(_asking(workshop, wanted, turn))
            write = partial(_write, workshop, wanted, turn, number, choice, found)
            new = steps.step(f"candidates {number}", list[list[Candidate]], write)
            found = [joined(old, added) for old, added in zip(found, new, strict=True)]
        if not all(found):
            continue
        found, choice = _chosen(f"choose {number}", workshop, found, steps, progress)
        if number == _USUAL_ROUNDS and doubted and (names := _in_need(workshop, choice)):
            workshop = doubted(names)
            found, choice = _chosen("choose with further checks", workshop, found, steps, progress)
    if choice is None:
        return None
    killed = steps.step("mutants", dict[str, Killed], partial(_killed, workshop, found, choice))
    choice = choice.model_copy(update={"killed": killed})
    return [candidates[index] for candidates, index in zip(found, choice.pick, strict=True)], choice


def _chosen(
    name: str, workshop: Workshop, found: Sequence[Sequence[Candidate]], steps: Steps, progress: Progress
) -> tuple[list[list[Candidate]], Choice]:
    """A step of the jury: the candidates with those that were guarded, and the choice among them."""
    progress(_judging(found))
    judged = steps.step(name, Judged, partial(_judge, workshop, found))
    return [joined(old, added) for old, added in zip(found, judged.guards, strict=True)], judged.choice


def _in_need(workshop: Workshop, choice: Choice) -> list[str]:
    """The functions that need anything more, in their order."""
    names = [stub.name for stub in workshop.stubs]
    need = needs(names, choice, workshop.checks, workshop.last, workshop.model.digest)
    return [name for name in names if need[name] > Need.NONE or need.get(None, Need.NONE) > Need.NONE]


def _judge(workshop: Workshop, found: Sequence[Sequence[Candidate]]) -> Judged:
    """Choose; guard what crashes and choose anew."""
    court = court_of(workshop, found)
    choice = choose(court)
    guards = [_guards(candidates, choice, unit, court) for unit, candidates in enumerate(found)]
    if any(guards):
        choice = choose(court_of(workshop, [joined(old, new) for old, new in zip(found, guards, strict=True)]))
    return Judged(choice=choice, guards=guards)


def _guards(candidates: Sequence[Candidate], choice: Choice, unit: int, court: Court) -> list[Candidate]:
    if court.names[unit] not in choice.crashes:
        return []
    return list(filter(None, [guarded(candidates[choice.pick[unit]])]))


def _killed(workshop: Workshop, found: Sequence[Sequence[Candidate]], choice: Choice) -> dict[str, Killed]:
    """How many small changes of each chosen function its checks notice."""
    court = court_of(workshop, found)
    return {name: killed_by_checks(court, choice.pick, unit) for unit, name in enumerate(court.names)}


def _wanted(workshop: Workshop, found: Sequence[Sequence[Candidate]], choice: Choice | None, turn: Round) -> list[int]:
    """The functions that need candidates: the missing ones, then those that a round is for."""
    if choice is None:
        return [index for index, candidates in enumerate(found) if not candidates]
    names = [stub.name for stub in workshop.stubs]
    need = needs(names, choice, workshop.checks, workshop.last, workshop.model.digest)
    named = {name for name, much in need.items() if much >= turn.need}
    return list(range(len(names))) if named == {None} else [index for index, name in enumerate(names) if name in named]


def _write(
    workshop: Workshop,
    wanted: Sequence[int],
    turn: Round,
    number: int,
    choice: Choice | None,
    found: Sequence[Sequence[Candidate]],
) -> list[list[Candidate]]:
    """New candidates for the wanted functions, with mended ones of those that crash; drafts bring others besides."""
    seed = workshop.seed + 1000 * number
    count, bold = _count(workshop, turn), turn.temperature
    new = write_candidates(workshop.stubs, wanted, workshop.model, count, bold, seed, together=workshop.together)
    if choice is not None:
        mended = _mended(workshop, wanted, choice, found, seed)
        new = [joined(items, added) for items, added in zip(new, mended, strict=True)]
    return new


def _mended(
    workshop: Workshop, wanted: Sequence[int], choice: Choice, found: Sequence[Sequence[Candidate]], seed: int
) -> list[list[Candidate]]:
    """The chosen candidates that crash, or do not undo what they must, mended by the model."""
    chosen = {workshop.stubs[index].name: (workshop.stubs[index], found[index][choice.pick[index]]) for index in wanted}
    crashed = [(*chosen[name], prompts.crashing(crash)) for name, crash in choice.crashes.items() if name in chosen]
    astray = [
        (*chosen[name], prompts.astray(choice.failed[check.id]))
        for check in workshop.checks
        if is_round_trip(check) and check.id in choice.failed and (name := workshop.last.get(check.id)) in chosen
    ]
    mended = repair_candidates(crashed, workshop.model, seed)
    mended += repair_candidates(astray, workshop.model, seed, ASTRAY_COUNT, ASTRAY_TEMPERATURE)
    return [[candidate for candidate in mended if candidate.function == stub.name] for stub in workshop.stubs]


def court_of(workshop: Workshop, found: Sequence[Sequence[Candidate]]) -> Court:
    """The jury's court for these candidates: all checks, and inputs near them."""
    probes, probed = probes_from(workshop.checks, workshop.inputs, workshop.units, workshop.first_word)
    return Court(
        names=[stub.name for stub in workshop.stubs],
        candidates=found,
        assemble=workshop.assemble,
        checks=workshop.checks,
        probes=probes,
        units={**workshop.units, **probed},
        sandbox=workshop.sandbox,
        first_word=workshop.first_word,
        memory=workshop.memory,
    )


def _count(workshop: Workshop, turn: Round) -> int:
    """Candidates of one function in this round."""
    return max(1, round(workshop.count * turn.share))


def _asking(workshop: Workshop, wanted: Sequence[int], turn: Round) -> Event:
    names = ", ".join(workshop.stubs[index].name for index in wanted)
    return Event("engineers", f"Writing {_count(workshop, turn) * len(wanted)} candidates for {names}.")


def _judging(found: Sequence[Sequence[Candidate]]) -> Event:
    return Event("jury", f"Running {sum(map(len, found))} different candidates on shared inputs.")
