"""The part of the results page that holds what was measured against what was set out for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.machine import load
from bench.page_functions import SETS, SIZES

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Goal:
    figure: str
    told: str
    value: Callable[[Result], float | None]
    """None where there is nothing to count."""
    reached: Callable[[float], bool]
    shown: Callable[[Result], str]


_RIGHT = {"humaneval-plus": 0.8, "mbpp-plus": 0.7}
_GOALS = (
    _Goal(
        "called verified and wrong, of all called verified",
        "≤ 3%",
        lambda result: _share(result["called_and_wrong"]),
        lambda share: share <= 0.03,
        lambda result: _percent(result["called_and_wrong"]),
    ),
    _Goal(
        "called verified, of all right",
        "≥ 75%",
        lambda result: _share(result["right_and_called"]),
        lambda share: share >= 0.75,
        lambda result: _percent(result["right_and_called"]),
    ),
    _Goal(
        "calibration error (ECE)",
        "≤ 0.04",
        lambda result: result["ece"]["value"],
        lambda error: error <= 0.04,
        lambda result: f"{result['ece']['value']:.4f}",
    ),
    _Goal(
        "AUROC of the confidence",
        "≥ 0.90",
        lambda result: result["auroc"]["value"],
        lambda area: area >= 0.9,
        lambda result: f"{result['auroc']['value']:.4f}",
    ),
    _Goal(
        "median tokens a function, against eight replies",
        "≤ 0.6",
        lambda result: _tokens(result),
        lambda times: times <= 0.6,
        lambda result: f"{_tokens(result):.2f}",
    ),
    _Goal(
        "more right than one greedy answer (exact McNemar)",
        "p < 0.01",
        lambda result: _chance(result["against_bare"]),
        lambda chance: chance < 0.01,
        lambda result: f"p = {result['against_bare']['p']}",
    ),
)


def goals_part() -> str:
    """One row a goal, one column a set; '' before anything was measured."""
    results = {name: result for name in SETS if (result := load(f"functions-{name}"))}
    if not results:
        return ""
    heads = [f"{SETS[name]}, {result['n']} of {SIZES[name]}" for name, result in results.items()]
    rights = ", ".join(f"≥ {_RIGHT[name]:.0%}" for name in results)
    rows = [["right", rights, *(_right(*item) for item in results.items())]]
    rows += [[goal.figure, goal.told, *(_cell_of(goal, result) for result in results.values())] for goal in _GOALS]
    return (
        "### What was set out for, and what was reached\n\nThe goals come from the order for this work, which was given before Macrohard was "
        "measured on these sets. What was tried to come closer, and what each attempt gave, stands in [the log](log.md); choosing alone cannot "
        "give more right functions than there are tasks with a right candidate, the ceiling in the tables above.\n\n"
        f"| figure | goal | {' | '.join(heads)} |\n|---|---|{'---|' * len(heads)}\n"
        + "\n".join(f"| {' | '.join(row)} |" for row in rows)
    )


def _right(name: str, result: Result) -> str:
    """Of a set that is not finished, the tasks that were begun count too: they need not be like the others."""
    share = result["right"]["count"] / result["drawn"]
    begun = f" of {result['drawn']} begun" if result["drawn"] > result["n"] else ""
    return _cell(f"{share:.1%}{begun}", reached=share >= _RIGHT[name])


def _cell_of(goal: _Goal, result: Result) -> str:
    value = goal.value(result)
    return "–" if value is None else _cell(goal.shown(result), reached=goal.reached(value))


def _cell(text: str, *, reached: bool) -> str:
    return f"{text}, reached" if reached else f"{text}, **not reached**"


def _share(counted: dict[str, Any]) -> float | None:
    return counted["count"] / counted["n"] if counted["n"] else None


def _percent(counted: dict[str, Any]) -> str:
    return f"{counted['count'] / counted['n']:.1%} ({counted['count']} of {counted['n']})"


def _tokens(result: Result) -> float | None:
    eight = result["best_of_tokens_median"]
    return result["tokens_median"] / eight if eight else None


def _chance(paired: dict[str, Any]) -> float:
    """Of a difference like this in our favour; 1 where there is none."""
    return float(paired["p"]) if paired["only_ours"] > paired["only_theirs"] else 1.0
