"""Mutants: the chosen function with one small change each, to see whether its checks would notice.

Checks that let many mutants pass say little about the function. A mutant that behaves like the original on all inputs
that were tried counts as equal to it, not as missed.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from macrohard.company.engineers.engineering import Candidate
from macrohard.company.jury.court import Court, Pick
from macrohard.company.jury.seeding import seeded
from macrohard.company.jury.untold import untold
from macrohard.company.report import Untold
from macrohard.truth import Check, Source
from macrohard.truth.check import Record
from macrohard.truth.syntax import parse, unparse

MOST_MUTANTS = 16
"""Of one function, spread evenly over its source."""
_STEP_SECONDS = 0.5
"""Less than for candidates: a small change often makes a loop endless."""
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
"""Changes that every catalogue of mutation operators has: relations, arithmetic, connectives, constants, negations
(Offutt et al., An experimental determination of sufficient mutant operators, 1996)."""


class Killed(Record):
    """How many mutants of a function its checks notice."""

    mutants: int
    """Those that behave otherwise than the original on some input that was tried."""
    killed: int
    """Those of them that break a check which the original passes."""
    made: int = 0
    """All mutants, also those that showed on no input; 0 in what older versions kept."""
    untold: tuple[Untold, ...] = ()
    """Inputs on which the others show, of which nobody said what is right."""


def killed_by_checks(court: Court, pick: Pick, unit: int) -> Killed:
    """Run the checks of people and of the tester, the probes, and inputs made of its constants, on the mutants of the chosen function."""
    sources = mutants_of(court.candidates[unit][pick[unit]].source)
    if not sources:
        return Killed(mutants=0, killed=0)
    trial = _trial(court, pick, unit, sources)
    original, *others = _picks(trial, unit)
    inputs = _inputs(trial, original, court.names[unit])
    trial.run(others, inputs)
    passed = [check for check in inputs if _counts(trial, check) and not trial.failure(original, check)]
    changed = [other for other in others if any(trial.differ(original, other, check) for check in inputs)]
    killed = [other for other in changed if any(_breaks(trial, original, other, check) for check in passed)]
    living = [other for other in changed if other not in killed]
    asked = untold(trial, original, living, [check for check in inputs if not trial.expects(check)])
    return Killed(mutants=len(changed), killed=len(killed), made=len(others), untold=asked)


def _trial(court: Court, pick: Pick, unit: int, sources: Sequence[str]) -> Court:
    """Where the chosen function and these mutants of it are the candidates, and inputs made of its constants are tried too."""
    chosen, name = court.candidates[unit][pick[unit]], court.names[unit]
    only = [[items[index]] for items, index in zip(court.candidates, pick, strict=True)]
    only[unit] = [chosen, *(Candidate(function=chosen.function, source=source) for source in sources)]
    more = seeded(court, unit, chosen.source)
    return replace(
        court,
        candidates=only,
        probes=[*court.probes, *more],
        units={**court.units, **{probe.id: frozenset({name}) for probe in more}},
        step_seconds=_STEP_SECONDS,
        memory={},
        _failures={},
        _keys={},
        _behaviours={},
    )


def _picks(trial: Court, unit: int) -> list[Pick]:
    """The program as it was chosen, then with each mutant."""
    return [
        tuple(number if index == unit else 0 for index in range(len(trial.names)))
        for number in range(len(trial.candidates[unit]))
    ]


def _inputs(trial: Court, original: Pick, name: str) -> list[Check]:
    """The checks of a function, and the inputs on which it ends by itself: on others a mutant would tell nothing."""
    found = [check for check in [*trial.checks, *trial.probes] if name in trial.units[check.id]]
    trial.run([original], found)
    return [check for check in found if trial.expects(check) or trial.seen(original, check)[-1]["ending"] == "exit"]


def _counts(court: Court, check: Check) -> bool:
    return court.expects(check) and check.source is not Source.HOST


def _breaks(court: Court, original: Pick, other: Pick, check: Check) -> bool:
    """A check that was skipped breaks nothing."""
    return court.differ(original, other, check) and bool(court.failure(other, check))


def mutants_of(source: str) -> list[str]:
    """Up to sixteen programs that differ from this one in one place inside the function or its helpers."""
    tree = parse(source)
    places = sum(1 for _ in _changes(tree))
    step = max(1, places / MOST_MUTANTS)
    wanted = {int(number * step) for number in range(min(places, MOST_MUTANTS))}
    found: dict[str, None] = {}
    for number in sorted(wanted):
        changed = copy.deepcopy(tree)
        for index, change in enumerate(_changes(changed)):
            if index == number:
                change()
                break
        found[unparse(ast.fix_missing_locations(changed))] = None
    found.pop(unparse(tree), None)
    return list(found)


_Change = Callable[[], None]


def _changes(tree: ast.Module) -> Iterator[_Change]:
    """One change for each place that can be changed; only one of them may be made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
            yield partial(setattr, node, "ops", [_COMPARED[type(node.ops[0])](), *node.ops[1:]])
        elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
            yield partial(setattr, node, "op", _COUNTED[type(node.op)]())
        elif isinstance(node, ast.BoolOp):
            yield partial(setattr, node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        elif isinstance(node, ast.If | ast.While | ast.IfExp):
            yield partial(setattr, node, "test", ast.UnaryOp(op=ast.Not(), operand=node.test))
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield partial(setattr, node, "value", node.value + 1)
        elif isinstance(node, ast.Return) and node.value is not None:
            yield partial(setattr, node, "value", ast.Constant(value=None))
