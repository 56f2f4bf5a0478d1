"""The part of the results page about functions with hidden tests: Macrohard, the bare model, other systems."""

from __future__ import annotations

from typing import Any

from bench.machine import load
from bench.page_confidence import error_told
from bench.page_parts import share_told, taken, wilson
from bench.page_peers import peers_part, peers_rows

SETS = {"humaneval-plus": "HumanEval+", "mbpp-plus": "MBPP+"}
SIZES = {"humaneval-plus": 164, "mbpp-plus": 378}
_HEAD = (
    "| system | n | right | says that it is done | of these wrong | right and said so |\n|---|---|---|---|---|---|\n"
)


def functions_part() -> str:
    """One table for each set that was measured."""
    tables = [table for name, title in SETS.items() if (table := _set_part(name, title))]
    if not tables:
        return ""
    return (
        "## Functions with hidden tests\n\nEach system gets the stub with its docstring and nothing else; the hidden tests are "
        "applied by the harness afterwards. Shares with 95 % intervals by Wilson. The bare model says of everything that it is "
        "done; for Macrohard it is what it calls verified. The best of eight is what the model would hand in if it tried eight of the "
        "replies that Macrohard drew on the examples and on the cases that it wrote for Macrohard, confirmed or not: most examples first, "
        "then most cases; it says that it is done where all pass. `report` chooses anew among the replies in `bench/results/samples`, which "
        "`sample` and `judge` wrote before, over several days; the date is that of the choosing. The sets are those of `bench/functions/tasks.py`. Nothing was fitted on either set. HumanEval+ was looked at again and again, though, while Macrohard was made: what it "
        "showed led to stricter labels for the fit, to more forms of examples that are read, and to one of two rules being kept "
        "(`docs/log.md`). MBPP+ was looked at less, and is the better witness; it was reported again whenever more of it was judged.\n\n"
        + "\n\n".join(tables)
    )


def _set_part(name: str, title: str) -> str:
    result = load(f"functions-{name}")
    peers = peers_part(title.lower(), {} if result is None else result["tasks"])
    if result is None:
        return f"### {title}\n\n{peers}" if peers else ""
    text = f"### {title}\n\n`{result['command']}`, {taken(result)}; seed {result['seed']}. "
    if result["n"] < SIZES[name]:
        text += f"{result['n']} of the {SIZES[name]} tasks are judged so far, in an order drawn at random. {_unfinished(result)}"
    parts = [f"{text.rstrip()}\n\n{_HEAD}" + "\n".join(_own_rows(result)), _more(result), peers]
    return "\n\n".join(part for part in parts if part)


def _unfinished(result: dict[str, Any]) -> str:
    """What the tasks might hide that were begun and not finished, which need not be like the others; '' where there are none."""
    n, drawn, right = result["n"], result["drawn"], result["right"]["count"]
    if n == drawn:
        return ""
    return f"They lie among the first {drawn}; if none of the {drawn - n} unfinished ones came out right, {right / drawn:.1%} of these would be. "


def _own_rows(result: dict[str, Any]) -> list[str]:
    tasks = list(result["tasks"].values())
    bare = [{"right": task["bare"], "claimed": True} for task in tasks]
    best = [{"right": task["best_of"], "claimed": task["best_of_claimed"]} for task in tasks]
    own = [{"right": task["right"], "claimed": task["called"]} for task in tasks]
    ceiling = f"| any candidate (ceiling of choosing) | {len(tasks)} | {share_told(sum(task['any'] for task in tasks), len(tasks))} | | | |"
    return [
        _row("the model, one greedy answer", bare),
        _row("the model, best of eight by its own tests", best),
        _row("Macrohard", own),
        ceiling,
    ]


def _row(name: str, tasks: list[dict[str, Any]]) -> str:
    n, right = len(tasks), sum(task["right"] for task in tasks)
    claimed = [task for task in tasks if task["claimed"]]
    wrong = sum(not task["right"] for task in claimed)
    return (
        f"| {name} | {n} | {share_told(right, n)} | {len(claimed)} | {share_told(wrong, len(claimed))} "
        f"| {share_told(len(claimed) - wrong, right)} |"
    )


def _more(result: dict[str, Any]) -> str:
    """The paired tests, the confidence and the tokens."""
    paired, best, n = result["against_bare"], result["against_best_of"], result["n"]
    return (
        f"Against one greedy answer on the same {n} tasks: {paired['only_ours']} only Macrohard has right, "
        f"{paired['only_theirs']} only the bare model; exact McNemar p = {paired['p']}. Against the best of eight: {best['only_ours']} and "
        f"{best['only_theirs']}; p = {best['p']}. {_sure(result)} Completion tokens a "
        f"function, median: {result['tokens_median']}, against {result['best_of_tokens_median']} of eight replies and "
        f"{result['best_of_with_tests_tokens_median']} of these with all that the tester wrote, whose cases choose among them.{_twins(result)}"
    )


def _twins(result: dict[str, Any]) -> str:
    """What the figures would be without tasks that were fitted on in other words; '' where there are none."""
    same = result.get("twins", [])
    if not same:
        return ""
    left = [task for name, task in result["tasks"].items() if name not in same]
    called = [task for task in left if task["called"]]
    return (
        f" Tasks of which one with the same words was fitted on: {', '.join(same)}; without them {sum(task['right'] for task in left)} of "
        f"{len(left)} are right, and of {len(called)} called verified {sum(not task['right'] for task in called)} are wrong."
    )


def _sure(result: dict[str, Any]) -> str:
    """How the probabilities fare; of tasks without a candidate none was told."""
    curve = result["auroc"]
    if curve["value"] is None:
        return ""
    low, high = curve["interval_95"]
    return (
        f"Confidence: it said {said_on_the_mean(result):.1%} on the mean; AUROC {curve['value']:.3f} ({low:.3f} to {high:.3f}), "
        f"ECE {error_told(result)}."
    )


def said_on_the_mean(result: dict[str, Any]) -> float:
    """The mean probability of all tasks; 0 where there was no candidate."""
    return float(sum(said for said, _ in result["ended"]) / result["n"])


def functions_figures() -> list[str]:
    """The lines of the README, one for each set that was measured."""
    lines = []
    for name, title in SETS.items():
        if result := load(f"functions-{name}"):
            wrong = result["called_and_wrong"]
            low, high = wilson(wrong["count"], wrong["n"])
            some = f", {result['n']} of its {SIZES[name]} tasks so far" if result["n"] < SIZES[name] else ""
            lines.append(
                f"- `implement` on {title}{some}, choosing anew among stored replies: {result['right']['share']:.0%} right, where one greedy answer of the same model is "
                f"right in {result['bare_right']['share']:.0%} (exact McNemar p = {result['against_bare']['p']}). It had said {said_on_the_mean(result):.0%} on the mean. Of {wrong['n']} functions that it calls verified {wrong['count']} "
                f"{'is' if wrong['count'] == 1 else 'are'} wrong ({low:.1%} to {high:.1%})."
            )
    return lines


def functions_rows() -> list[str]:
    """The rows of the README's table of other systems."""
    found = {title: result for name, title in SETS.items() if (result := load(f"functions-{name}"))}
    return [row for title, result in found.items() for row in peers_rows(title.lower(), title, result["tasks"])]
