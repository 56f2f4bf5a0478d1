"""The part of the results page about functions with hidden tests: Macrohard, the bare model, other systems."""

from __future__ import annotations

from typing import Any

from bench.machine import RESULTS, load
from bench.page_parts import wilson

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
    peers = [peer for peer in _peers() if peer["set"] == title.lower()]
    if result is None and not peers:
        return ""
    rows = [] if result is None else _own_rows(result)
    rows += [_row(peer["peer"], list(peer["tasks"].values())) for peer in peers]
    commands = [item["command"] for item in [result, *peers] if item is not None]
    text = f"### {title}\n\n" + ", ".join(f"`{command}`" for command in commands) + ". "
    if result is not None and result["n"] < SIZES[name]:
        text += f"{result['n']} of the {SIZES[name]} tasks are sampled so far, in an order drawn at random (seed {result['seed']}). "
    text = text.rstrip() + "\n\n" + _HEAD + "\n".join(rows)
    return text if result is None else f"{text}\n\n{_more(result)}"


def _peers() -> list[dict[str, Any]]:
    files = sorted((RESULTS / "peers").glob("*.json"))
    return [found for file in files if (found := load(f"peers/{file.stem}"))]


def _own_rows(result: dict[str, Any]) -> list[str]:
    tasks = list(result["tasks"].values())
    bare = [{"right": task["bare"], "claimed": True} for task in tasks]
    best = [{"right": task["best_of"], "claimed": task["best_of_claimed"]} for task in tasks]
    own = [{"right": task["right"], "claimed": task["called"]} for task in tasks]
    ceiling = f"| any candidate (ceiling of choosing) | {len(tasks)} | {_share(sum(task['any'] for task in tasks), len(tasks))} | | | |"
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
        f"| {name} | {n} | {_share(right, n)} | {len(claimed)} | {_share(wrong, len(claimed))} "
        f"| {_share(len(claimed) - wrong, right)} |"
    )


def _share(count: int, n: int) -> str:
    if not n:
        return "none"
    low, high = wilson(count, n)
    return f"{count} of {n}, {count / n:.1%} ({low:.1%} to {high:.1%})"


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
        f"function, median: {result['tokens_median']}, against {result['best_of_tokens_median']} of eight replies."
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
    return lines
