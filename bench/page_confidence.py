"""The part of the results page about confidence: what the fit promises on tasks that it had not seen."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.functions.stopping import MOST_WRONG
from bench.machine import load
from bench.measures import error_by_chance
from bench.page_parts import taken
from bench.plots import calibration_plot


def confidence_part() -> str:
    """How sure, and how far that can be believed."""
    result = load("fit")
    if result is None:
        return ""
    parts = {"all": result, **result.get("sets", {})}
    lines = {name: _line(part) for name, part in parts.items()}
    rows = (f"| {figure} | {' | '.join(line[figure] for line in lines.values())} |\n" for figure in lines["all"])
    return (
        f"## How sure\n\n`{result['command']} --data DIR`, {taken(result)}; {result['tasks']} tasks of `{result['set']}`, each "
        f"function chosen among 4, 8 or 16 candidates, more only while the jury is not sure, with the checks of the tester only where "
        f"it is not sure then; seed {result['seed']}. "
        "The probability is fitted by logistic regression. Probabilities, and what is called verified, are by cross-validation: the "
        "weights have not seen the task that they are used for, and the threshold was chosen on the tasks of the other folds, from probabilities "
        "whose weights had. But the features and the penalty were chosen on all of "
        "these tasks, and after how many candidates a function ends is decided by the threshold of all, so that others may fare worse "
        "(the sets above say how much). 95 % intervals by bootstrap over the tasks and by Wilson. Right is what passes the shown and hidden "
        "asserts or examples and does what its author's function does on up to sixty further inputs like those; where reading found "
        "that the author's function, and not the text, is to blame for a difference (`bench/functions/distrusted.py`), the asserts alone "
        "decide. Tasks for which no reply held the function are left out, and those whose hidden tests want words that stand neither in the task nor in the input, "
        "a rule that was made when such tasks were seen to be wrong with a high probability, or that the author's own function fails; the sets that are reported on are not "
        "filtered so. Nothing that is reported elsewhere was fitted on.\n\n"
        "![Reliability, and risk against coverage](images/confidence.svg)\n\n"
        f"| figure | {' | '.join(lines)} |\n|---{'|---' * len(lines)}|\n{''.join(rows)}\n"
        f"A function is called verified from {result['threshold']:.1%} on, a threshold chosen on all tasks. Candidates a function, "
        f"mean: {result['mean_candidates']}."
    )


def _line(part: dict[str, Any]) -> dict[str, str]:
    """The figures of all tasks or of those of one set."""
    low, high = part["called_wrong_interval_95"]
    tasks, called, wrong = part["tasks"], part["called"], part["called_wrong"]
    return {
        "AUROC": f"{part['auroc']['value']:.3f} ({_bounds(part['auroc'])})",
        "ECE": error_told(part),
        "right": f"{part['right']} of {tasks}",
        "called verified": f"{called} of {tasks}",
        "wrong among these": f"{wrong} of {called} ({low:.1%} to {high:.1%})",
        "right ones that are called verified": f"{called - wrong} of {part['right']}",
    }


def error_told(part: dict[str, Any]) -> str:
    """The calibration error, and what it would be if every probability held."""
    mean, most = error_by_chance(np.array([said for said, _ in part["ended"]]))
    return f"{part['ece']['value']:.3f} (if every probability held: {mean:.3f} on the mean, in 95 of 100 cases below {most:.3f})"


def _bounds(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{low:.3f} to {high:.3f}"


def confidence_picture() -> str | None:
    """The plot as SVG; None when nothing was fitted."""
    result = load("fit")
    return None if result is None else calibration_plot(result, MOST_WRONG)
