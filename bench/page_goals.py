"""The part of the results page that holds what was measured against what was set out for, before anything was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.machine import load
from bench.page_functions import SETS, SIZES


@dataclass(frozen=True, slots=True)
class _Goal:
    figure: str
    goal: str
    shown: Callable[[dict[str, Any]], str]
    reached: Callable[[dict[str, Any]], bool]


_RIGHT = {"humaneval-plus": 0.8, "mbpp-plus": 0.7}
_GOALS = (
    _Goal(
        "called verified and wrong, of all called verified",
        "≤ 3%",
        lambda result: _percent(result["called_and_wrong"]),
        lambda result: bool(result["called_and_wrong"]["share"] <= 0.03),
    ),
    _Goal(
        "called verified, of all right",
        "≥ 75%",
        lambda result: _percent(result["right_and_called"]),
        lambda result: bool(result["right_and_called"]["share"] >= 0.75),
    ),
    _Goal(
        "calibration error (ECE)",
        "≤ 0.04",
        lambda result: f"{result['ece']['value']:.3f}",
        lambda result: bool(result["ece"]["value"] <= 0.04),
    ),
    _Goal(
        "AUROC of the confidence",
        "≥ 0.90",
        lambda result: f"{result['auroc']['value']:.3f}",
        lambda result: bool(result["auroc"]["value"] >= 0.9),
    ),
    _Goal(
        "median tokens a function, against eight replies",
        "≤ 0.6",
        lambda result: f"{_tokens(result):.1f}",
        lambda result: _tokens(result) <= 0.6,
    ),
    _Goal(
        "more right than one greedy answer (exact McNemar)",
        "p < 0.01",
        lambda result: f"p = {result['against_bare']['p']}",
        lambda result: bool(result["against_bare"]["p"] < 0.01),
    ),
)


def goals_part() -> str:
    """One row a goal, one column a set; '' before anything was measured."""
    results = {name: result for name in SETS if (result := load(f"functions-{name}"))}
    if not results:
        return ""
    heads = [f"{SETS[name]}, {result['n']} of {SIZES[name]}" for name, result in results.items()]
    rows = ["| " + " | ".join(["right", _right_goals(results), *(_right(*item) for item in results.items())]) + " |"]
    rows += [_row(goal, results) for goal in _GOALS]
    return (
        "### What was set out for, and what was reached\n\nThe goals were set before anything was measured. What was tried to come closer, "
        "and what each attempt gave, stands in [the log](log.md); choosing alone cannot give more right functions than there are tasks with "
        "a right candidate, the ceiling in the tables above.\n\n"
        f"| figure | goal | {' | '.join(heads)} |\n|---|---|{'---|' * len(heads)}\n" + "\n".join(rows)
    )


def _row(goal: _Goal, results: dict[str, dict[str, Any]]) -> str:
    cells = [_cell(goal.shown(result), reached=goal.reached(result)) for result in results.values()]
    return f"| {goal.figure} | {goal.goal} | {' | '.join(cells)} |"


def _right_goals(results: dict[str, dict[str, Any]]) -> str:
    return ", ".join(f"≥ {_RIGHT[name]:.0%}" for name in results)


def _right(name: str, result: dict[str, Any]) -> str:
    """Of a set that is not finished, the tasks that were begun count too: they need not be like the others."""
    share = result["right"]["count"] / result["drawn"]
    begun = f" of {result['drawn']} begun" if result["drawn"] > result["n"] else ""
    return _cell(f"{share:.1%}{begun}", reached=share >= _RIGHT[name])


def _cell(text: str, *, reached: bool) -> str:
    return f"{text}, reached" if reached else f"{text}, **not reached**"


def _percent(share: dict[str, Any]) -> str:
    return f"{share['share']:.1%} ({share['count']} of {share['n']})"


def _tokens(result: dict[str, Any]) -> float:
    return float(result["tokens_median"] / result["best_of_tokens_median"])
