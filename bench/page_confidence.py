"""The part of the results page about confidence: what the fit promises on tasks that it had not seen."""

from __future__ import annotations

from typing import Any

from bench.functions.stopping import MOST_WRONG
from bench.machine import load
from bench.plots import calibration_plot


def confidence_part() -> str:
    """How sure, and how far that can be believed."""
    result = load("fit")
    if result is None:
        return ""
    low, high = result["called_wrong_interval_95"]
    return (
        f"## How sure\n\n`{result['command']} --data DIR`, {result['date'][:10]}, {result['tasks']} tasks of `{result['set']}`, each "
        f"function chosen among 4, 8 or 16 candidates, more only while the jury is not sure, with the checks of the tester only where "
        f"it is not sure then; seed {result['seed']}; model "
        f"{result['model_digest']}. The probability is fitted by logistic regression; every figure here is by "
        "cross-validation, on tasks that neither the fit nor the choice of its threshold had seen, 95 % intervals by bootstrap "
        "over the tasks and by Wilson. Tasks for which no reply held the function are left out, and those whose hidden tests want "
        "words that stand neither in the task nor in the input. "
        "Nothing that is reported elsewhere was fitted on.\n\n"
        "![Reliability, and risk against coverage](images/confidence.svg)\n\n"
        "| figure | value | 95 % interval |\n|---|---|---|\n"
        f"| AUROC | {result['auroc']['value']:.3f} | {_bounds(result['auroc'])} |\n"
        f"| ECE | {result['ece']['value']:.3f} | {_bounds(result['ece'])} |\n"
        f"| right among these tasks | {result['right']} of {result['tasks']} | |\n"
        f"| called verified | {result['called']} of {result['tasks']} | |\n"
        f"| wrong among these | {result['called_wrong']} of {result['called']} | {low:.1%} to {high:.1%} |\n"
        f"| right ones that are called verified | {result['called'] - result['called_wrong']} of {result['right']} | |\n"
        f"| candidates a function, mean | {result['mean_candidates']} | |\n"
        f"| threshold that is shipped, chosen on all tasks | {result['threshold']:.1%} | |"
    )


def _bounds(measured: dict[str, Any]) -> str:
    low, high = measured["interval_95"]
    return f"{low:.3f} to {high:.3f}"


def confidence_picture() -> str | None:
    """The plot as SVG; None when nothing was fitted."""
    result = load("fit")
    return None if result is None else calibration_plot(result, MOST_WRONG)
