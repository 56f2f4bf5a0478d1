"""The report on a set: how often Macrohard is right, what it calls verified, and how that compares with the bare model.

Candidates come from the store, so that nothing is asked of the model: each function is chosen among 4, 8 or 16 of them, more
only while the shipped calibration is not sure, with checks of the tester only where it is not sure then, and among up to 48 while
it breaks an example, as the product does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import numpy as np
from scipy.stats import binomtest  # type: ignore[import-untyped]

from bench.functions.examples import Stage, at_stages, stages_of, way_of
from bench.functions.kept import Kept
from bench.functions.replay import best_by_own_tests, digest, first_replies, plain_replies
from bench.functions.sampling import in_order
from bench.functions.tasks import Task
from bench.functions.verdicts import judged_tasks
from bench.measures import area_under_curve, calibration_error, interval, reliability, share, surest_first
from macrohard.models.parallel import each
from macrohard.sandbox import Sandbox, open_sandbox
from macrohard.truth.confidence import Calibration

BEST_OF = 8
"""Replies of the system that the tokens are held against."""
_AT_ONCE = 2


def report(name: str, every: Sequence[Task], calibration: Calibration) -> dict[str, Any]:
    """What is known of the judged tasks of a set, and among how many they lie in the order in which they are sampled."""
    judged, rows, known = judged_tasks(name, every)
    sandbox, kept = open_sandbox(), Kept()
    found = each(lambda task: ended(task, rows[task.id], known[task.id], calibration, sandbox, kept), judged, _AT_ONCE)
    drawn = 1 + max((place for place, task in enumerate(in_order(every)) if task in judged), default=-1)
    return {"n": len(found), "drawn": drawn, **summary(found), "tasks": {row["task"]: row for row in found}}


def ended(
    task: Task,
    row: Mapping[str, Any],
    verdicts: Mapping[str, Any],
    calibration: Calibration,
    sandbox: Sandbox,
    kept: Kept,
) -> dict[str, Any]:
    """How one task ends; without a candidate it is declined."""
    told = {"task": task.id, "bare": verdicts["bare"], "any": any(verdicts["candidates"].values())}
    (own,) = kept.get(["own tests", BEST_OF, task.stub, row], lambda: [_by_own_tests(task, row, sandbox)])
    told |= {"best_of": verdicts["candidates"].get(own["best"], False), "best_of_claimed": own["claimed"]}
    told |= {"best_of_tokens": _written(plain_replies(row, BEST_OF))}
    told |= {"own_tests_tokens": row["tokens"]["tester"]["completion"]}
    right, said, called, used = False, 0.0, False, Stage(len(row["replies"]), tester=True)
    for seen in _on_the_way(task, row, verdicts["candidates"], sandbox, kept):
        used, right = Stage(seen["count"], seen["tester"]), seen["right"]
        said = calibration.probability(seen["features"])
        called = said >= calibration.threshold and not seen["barred"]
        if called:
            break
    tokens = _written(first_replies(row, used.count)) + (row["tokens"]["tester"]["completion"] if used.tester else 0)
    ending = {"candidates": used.count, "tester": used.tester, "tokens": tokens}
    return {**told, "right": right, "said": said, "called": called, **ending}


def _on_the_way(
    task: Task, row: Mapping[str, Any], verdicts: Mapping[str, bool], sandbox: Sandbox, kept: Kept
) -> list[dict[str, Any]]:
    """What is measured at each stage of `implement`, whether or not it stops before."""
    stages = stages_of(task, row, way_of(task))
    about = ["on the way", task.stub, row, verdicts]
    return kept.get(about, lambda: list(at_stages(task, row, verdicts, stages, sandbox)))


def _by_own_tests(task: Task, row: Mapping[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    best, claimed = best_by_own_tests(task, row, BEST_OF, sandbox)
    return {"best": digest(best.source) if best else "", "claimed": claimed}


def _written(replies: Sequence[Mapping[str, Any]]) -> int:
    """Completion tokens."""
    return sum(reply["tokens"] for reply in replies)


def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The figures of a set; each task counts once."""
    called = [row for row in rows if row["called"]]
    written = [row for row in rows if row["said"]]  # without a candidate nothing was said
    said, right = np.array([row["said"] for row in written]), np.array([float(row["right"]) for row in written])
    return {
        "bare_right": share(sum(row["bare"] for row in rows), len(rows)),
        "best_of_right": share(sum(row["best_of"] for row in rows), len(rows)),
        "right": share(sum(row["right"] for row in rows), len(rows)),
        "any_right": share(sum(row["any"] for row in rows), len(rows)),
        "called": share(len(called), len(rows)),
        "called_and_wrong": share(sum(not row["right"] for row in called), len(called)),
        "right_and_called": share(sum(row["right"] for row in called), sum(row["right"] for row in rows)),
        "auroc": interval(area_under_curve, said, right),
        "ece": interval(calibration_error, said, right),
        "against_bare": mcnemar([(row["right"], row["bare"]) for row in rows]),
        "against_best_of": mcnemar([(row["right"], row["best_of"]) for row in rows]),
        "tokens_median": median(row["tokens"] for row in rows),
        "best_of_tokens_median": median(row["best_of_tokens"] for row in rows),
        "best_of_with_tests_tokens_median": median(row["best_of_tokens"] + row["own_tests_tokens"] for row in rows),
        "reliability": reliability(said, right),
        "ended": surest_first(said, right),
    }


def mcnemar(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """Exact McNemar test of two systems on the same tasks: two-sided binomial test of those that only one solves."""
    ours = sum(mine and not theirs for mine, theirs in pairs)
    theirs = sum(other and not mine for mine, other in pairs)
    p = binomtest(ours, ours + theirs).pvalue if ours + theirs else 1.0
    return {"only_ours": ours, "only_theirs": theirs, "p": float(f"{p:.3g}")}
