"""The part of the results page about functions with hidden tests: Macrohard, the bare model, other systems."""

from __future__ import annotations

from typing import Any

from bench.machine import load
from bench.page_parts import share_told
from bench.page_peers import peers_figures, peers_part

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
        "done; for Macrohard it is what it calls verified.\n\n" + "\n\n".join(tables)
    )


def _set_part(name: str, title: str) -> str:
    result = load(f"functions-{name}")
    peers = peers_part(title.lower(), {} if result is None else result["tasks"])
    if result is None:
        return f"### {title}\n\n{peers}" if peers else ""
    text = f"### {title}\n\n`{result['command']}`. "
    if result["n"] < SIZES[name]:
        text += f"{result['n']} of the {SIZES[name]} tasks are sampled so far, in an order drawn at random (seed {result['seed']}). "
    parts = [f"{text.rstrip()}\n\n{_HEAD}" + "\n".join(_own_rows(result)), _more(result), peers]
    return "\n\n".join(part for part in parts if part)


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
    """The paired test, the confidence and the tokens."""
    paired, n = result["against_bare"], result["n"]
    sure = ", ".join(
        f"{title} {measured['value']:.3f} ({measured['interval_95'][0]:.3f} to {measured['interval_95'][1]:.3f})"
        for title, measured in (("AUROC", result["auroc"]), ("ECE", result["ece"]))
        if measured["value"] is not None
    )
    return (
        f"Against one greedy answer on the same {n} tasks: {paired['only_ours']} only Macrohard has right, "
        f"{paired['only_theirs']} only the bare model; exact McNemar p = {paired['p']}. Confidence: {sure}. Completion tokens a "
        f"function, median: {result['tokens_median']}, against {result['best_of_tokens_median']} of eight replies and "
        f"{result['best_of_with_tests_tokens_median']} of these with the tests that choose among them."
    )


def functions_figures() -> list[str]:
    """The lines of the README, one for each set that was measured."""
    lines = []
    for name, title in SETS.items():
        if result := load(f"functions-{name}"):
            wrong = result["called_and_wrong"]
            low, high = wrong["interval_95"]
            some = f", {result['n']} of its {SIZES[name]} tasks so far" if result["n"] < SIZES[name] else ""
            lines.append(
                f"- `implement` on {title}{some}: {result['right']['share']:.0%} right, where one greedy answer of the same model is "
                f"right in {result['bare_right']['share']:.0%}. Of {wrong['n']} functions that it calls verified {wrong['count']} "
                f"{'is' if wrong['count'] == 1 else 'are'} wrong ({low:.1%} to {high:.1%})."
            )
            lines += peers_figures(title.lower(), result["tasks"])
    return lines
