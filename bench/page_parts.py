"""The parts of the results page about what programs are made with: the tester, the engines, the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scipy.stats import binomtest  # type: ignore[import-untyped]

from bench.machine import gigabytes, load


def taken(result: Mapping[str, Any]) -> str:
    """When and where something was measured, and with which weights if with any."""
    told = [result["date"][:10], f"{result['cores']} cores of {result['processor']}", f"Python {result['python']}"]
    if digest := result.get("model_digest"):
        told += [f"{result['engine']} with weights {digest}" if "engine" in result else f"weights {digest}"]
    if commit := result.get("commit"):
        told += [f"commit {commit[:12]}{commit[40:]}"]
    return ", ".join(told)


def at_once(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """'up to 4 at once', which the seconds of builds depend on; '' where each was alone."""
    most = max(row.get("at_once", 1) for row in rows.values())
    return f"up to {most} at once" if most > 1 else ""


def tester_part() -> str:
    """What the expectations of the tester are worth."""
    result = load("tester")
    if result is None:
        return ""
    rows = [
        f"| {name} | {_share(result[name]['written'])} | {_share(result[name]['confirmed'])} |"
        for name in ("values", "errors")
    ]
    return (
        f"## The tester\n\n`{result['command']}`, {taken(result)}; {len(result['requests'])} of the twelve example requests, seed "
        f"{result['seed']}: how many cases that the embedded model writes expect the right thing, before and after it is "
        "asked again without seeing what it had expected. 95 % intervals by Wilson.\n\n"
        "| cases that expect | right as written | right when confirmed |\n|---|---|---|\n" + "\n".join(rows)
    )


def _share(counted: dict[str, int]) -> str:
    right, n = counted["right"], counted["n"]
    low, high = wilson(right, n)
    return f"{right} of {n}, {right / max(n, 1):.0%} ({low:.0%} to {high:.0%})"


def engines_part() -> str:
    """Inference engines side by side."""
    result = load("engines")
    if result is None:
        return ""
    measured = {name: row for name, row in result["engines"].items() if "version" in row}
    absent = [name for name in result["engines"] if name not in measured]
    columns = ["prompt_tokens_per_second", *(f"tokens_per_second_{count}" for count in (1, 4, 8, 16))]
    lines = [
        f"| {name} {row['version']} | " + " | ".join(_spread(row[column]) for column in columns)
        + f" | {gigabytes(row['peak_memory_bytes']['max'])} |"
        for name, row in measured.items()
    ]  # fmt: skip
    ratios = [
        f"| {name} | " + " | ".join(str(result["ratio_to_openvino_genai"][name][column]) for column in columns) + " | |"
        for name in measured
        if name != "openvino-genai"
    ]
    rounds = max(row["n"] for row in measured.values())
    return (
        f"## Engines\n\n`python bench/engines.py`, {result['date']}, {result['machine']['cores']} cores of "
        f"{result['machine']['processor']}, weights {result['weights']}; tokens per second, all engines in turn in each of "
        f"{rounds} rounds, median (least to most); replies of {result['reply_tokens']} tokens. mistral.rs takes one request "
        "at a time from Python. Each computes as it does by itself; Macrohard has openvino-genai compute in 32-bit floats."
        + (f" Not installed: {', '.join(absent)}." if absent else "")
        + "\n\n"
        "| engine | prompt | 1 reply | 4 at once | 8 at once | 16 at once | peak memory |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(lines)
        + "\n\nRatio to openvino-genai, median of the ratios within each round:\n\n"
        "| engine | prompt | 1 reply | 4 at once | 8 at once | 16 at once | |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(ratios)
    )


def _spread(numbers: dict[str, float]) -> str:
    return f"{numbers['median']:.0f} ({numbers['min']:.0f} to {numbers['max']:.0f})"


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not n:
        return 0.0, 1.0
    found = binomtest(right, n).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def share_told(count: int, n: int) -> str:
    """A share with its interval; 'none' of nothing."""
    if not n:
        return "none"
    low, high = wilson(count, n)
    return f"{count} of {n}, {count / n:.1%} ({low:.1%} to {high:.1%})"


def sandbox_part() -> str:
    """What starting the sandbox costs."""
    result = load("sandbox_start")
    if result is None:
        return ""
    lines = [
        f"| `{name}` | {cost['median']:.1f} | {cost['median_interval_95'][0]:.1f} to {cost['median_interval_95'][1]:.1f} "
        f"| {cost['n']} |"
        for name, program in result["programs"].items()
        for cost in [program["overhead_ms"]]
    ]
    return (
        f"## Starting the sandbox\n\n`python bench/sandbox_start.py`, {result['date'][:10]}, against starting the same "
        f"program without walls, in turn; {result['machine']['cores']} cores of {result['machine']['processor']}.\n\n"
        "| program | median overhead ms | 95 % interval | n |\n|---|---|---|---|\n"
        + "\n".join(lines)
        + "\n\nPlain `python3` is slower outside than inside, because only outside it looks through installed packages."
    )


def trials_part() -> str:
    """What comparing candidates costs."""
    result = load("trials")
    if result is None:
        return ""
    lines = [
        f"| {name} | {found['median']} | {found['min']} to {found['max']} |"
        for name, found in result["wall_seconds"].items()
    ]
    return (
        f"## Comparing candidates\n\n`{result['command']}`, {result['date'][:10]}: {result['checks']} small checks of each program in "
        f"the sandbox, wall seconds, n = {result['n']}; {result['cores']} cores of {result['processor']}.\n\n"
        "| programs | median s | least to most |\n|---|---|---|\n" + "\n".join(lines)
    )
