"""Plots for the results page, the same bytes for the same numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from bench.page_parts import wilson

_BLUE, _GREY, _RED = "#1f5fa8", "#8a8f98", "#c0392b"


def calibration_plot(result: dict[str, Any], most_wrong: float) -> str:
    """SVG: what is said against what comes true, and how much of what is called verified is wrong."""
    figure = _figure(8.4)
    left, right = figure.subplots(1, 2)
    _reliability(left, result["reliability"], "tasks")
    _risk(right, result["ended"], result["threshold"], most_wrong)
    return _svg(figure)


def reliability_plot(result: dict[str, Any], what: str) -> str:
    """SVG: what is said against what comes true."""
    figure = _figure(4.4)
    _reliability(figure.subplots(), result["reliability"], what)
    return _svg(figure)


def _figure(width: float) -> Figure:
    mpl.rcParams.update({"svg.hashsalt": "macrohard", "svg.fonttype": "path", "font.size": 9})
    return Figure(figsize=(width, 3.7), layout="constrained")


def _svg(figure: Figure) -> str:
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _reliability(axes: Any, bins: Sequence[dict[str, float]], what: str) -> None:
    """Each group by what was said of it: the share that is right, with its 95 % interval."""
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, linestyle="--", label="as said")
    total = sum(item["n"] for item in bins)
    for item in bins:
        low, high = wilson(round(item["right"] * item["n"]), int(item["n"]))
        axes.plot([item["said"]] * 2, [low, high], color=_BLUE, linewidth=1, alpha=0.6)
    axes.scatter(
        [item["said"] for item in bins],
        [item["right"] for item in bins],
        [12 + 650 * item["n"] / total for item in bins],
        color=_BLUE,
        zorder=3,
        label=f"{what}, by size of group",
    )
    axes.set(xlabel="probability that was said", ylabel="share that is right", xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    axes.set_title("Does it hold what it says?", loc="left")
    axes.legend(frameon=False, loc="lower right")


def _risk(axes: Any, ended: Sequence[Sequence[float]], threshold: float, most_wrong: float) -> None:
    """The surest tasks first: the share of wrong ones among them."""
    wrong = np.cumsum([1 - right for _, right in ended]) / np.arange(1, len(ended) + 1)
    coverage = np.arange(1, len(ended) + 1) / len(ended)
    axes.plot(100 * coverage, 100 * wrong, color=_BLUE, linewidth=1.5, drawstyle="steps-post")
    axes.axhline(100 * most_wrong, color=_RED, linewidth=1, linestyle="--")
    axes.text(99, 100 * most_wrong, "at most so much", color=_RED, ha="right", va="top")
    called = 100 * sum(said >= threshold for said, _ in ended) / len(ended)
    axes.axvline(called, color=_GREY, linewidth=1, linestyle=":")
    side = {"ha": "right", "x": called - 1} if called > 50 else {"ha": "left", "x": called + 1}
    axes.text(y=0.95, s="called verified", color=_GREY, va="top", transform=axes.get_xaxis_transform(), **side)
    axes.set(xlabel="tasks called verified, %", ylabel="of these wrong, %", xlim=(0, 100), ylim=(0, None))
    axes.set_title("What does silence buy?", loc="left")
