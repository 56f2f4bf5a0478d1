"""Writes the results page and the figures of the README from the result files.

python -m bench.page [--check]
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from bench.machine import RESULTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "results.md"
README = ROOT / "README.md"
START, END = "<!-- results: written by `python -m bench.page` -->", "<!-- end of results -->"


def main() -> int:
    """Write both files, or with --check tell whether they are what the result files say."""
    written = {PAGE: page(), README: with_figures(README.read_text(encoding="utf-8"))}
    stale = [path.name for path, text in written.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        print(f"stale: {', '.join(stale)}" if stale else "results are up to date")
        return bool(stale)
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return 0


def load(name: str) -> dict[str, Any] | None:
    """A result file; None when it was not measured."""
    path = RESULTS / f"{name}.json"
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found


def page() -> str:
    """The whole page."""
    parts = [
        (
            "# Results\n\nWritten by `python -m bench.page` from the files in `bench/results/`, which the commands below "
            "wrote. Wall times were taken on a shared machine with two cores and are lone values: they say what to expect, "
            "not how two things compare."
        )
    ]
    parts += [requests_part(), keys_part(), tester_part(), stubs_part(), engines_part(), sandbox_part()]
    return "\n\n".join(part for part in parts if part) + "\n"


def requests_part() -> str:
    """The twelve example requests, one line each, and everything that was not verified."""
    result = load("requests")
    if result is None:
        return ""
    rows: dict[str, dict[str, Any]] = result["requests"]
    lines = [
        "## The example requests\n\n" + _measured(result, rows),
        "| request | outcome | verified | unverified | refuted | audit of a clone | wall s | model s | tokens out |\n"
        "|---|---|---|---|---|---|---|---|---|\n" + "\n".join(_row(name, row) for name, row in sorted(rows.items())),
        (
            "Peak memory of the process that holds the weights: "
            f"{_gigabytes(max(row['model_server_peak_bytes'] or 0 for row in rows.values()))}; of the builder: "
            f"{_gigabytes(max(row['builder_peak_bytes'] for row in rows.values()))}."
        ),
        "### What was not verified, and why",
        "\n".join(_open(name, row) for name, row in sorted(rows.items()) if row["not_verified"]),
    ]
    return "\n\n".join(lines)


def keys_part() -> str:
    """How far each program is right beyond its claims."""
    result = load("keys")
    if result is None:
        return ""
    rows = result["requests"]
    lines = [
        (
            "## Beyond the claims\n\n`python -m bench.keys`, the same programs on inputs whose result the request decides and "
            "that nobody saw while they were built (`bench/references`). A claim covers the inputs that it names; this tells "
            "how far a program is right beyond them."
        ),
        "| request | right | first that is wrong |\n|---|---|---|\n"
        + "\n".join(
            f"| {name} | {row['right']} of {row['n']} | {_first_wrong(row)} |" for name, row in sorted(rows.items())
        ),
    ]
    return "\n\n".join(lines)


def _first_wrong(row: dict[str, Any]) -> str:
    if not row["wrong"]:
        return ""
    first = row["wrong"][0]
    return f"`{first['statement']}`: {first['reason']}".replace("|", "\\|").replace("\n", " / ")


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
        f"## The tester\n\n`{result['command']}`, {result['date'][:10]}, {len(result['requests'])} requests, seed "
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
        + f" | {_gigabytes(row['peak_memory_bytes']['max'])} |"
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
        "at a time from Python." + (f" Not installed: {', '.join(absent)}." if absent else "") + "\n\n"
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
    z, share = 1.959964, right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def stubs_part() -> str:
    """The stub file of ten functions."""
    result = load("stubs")
    if result is None:
        return ""
    row = f"| {result['file']} " + _row("", result).removeprefix("|  ")
    return (
        "## Ten stubs\n\n" + _measured(result, {"": result}) + "\n\n"
        "| file | outcome | verified | unverified | refuted | audit | wall s | model s | tokens out |\n"
        "|---|---|---|---|---|---|---|---|---|\n" + row + ("\n\n" + _open("", result) if result["not_verified"] else "")
    )


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


def _measured(result: dict[str, Any], rows: dict[str, dict[str, Any]]) -> str:
    digests = sorted({row["model_digest"] for row in rows.values() if row["model_digest"]})
    return (
        f"`{result['command']}`, {result['date'][:10]}, n = {result['n']}, seed {result['seed']}, one run each; "
        f"{result['cores']} cores of {result['processor']}, Python {result['python']}; model {', '.join(digests)}."
    )


def _row(name: str, row: dict[str, Any]) -> str:
    cost = row["cost"] or {}
    audit = row.get("audit")
    holds = f"{audit['findings'].get('holds', 0)} of {audit['verified']} hold" if audit else "nothing delivered"
    counts = f"{row['verified']} | {row['unverified']} | {row['refuted']}"
    used = f"{row['wall_seconds']} | {cost.get('model_seconds', '')} | {cost.get('completion_tokens', '')}"
    return f"| {name} | {row['outcome']} | {counts} | {holds} | {used} |"


def _open(name: str, row: dict[str, Any]) -> str:
    head = f"- {name}:\n" if name else ""
    indent = "  " if name else ""
    return head + "\n".join(
        f"{indent}- {item['verdict']}: {item['statement']}" + (f" ({item['reason']})" if item["reason"] else "")
        for item in row["not_verified"]
    )


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"


def with_figures(text: str) -> str:
    """The README with its figures between the marks."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{figures()}{END}{after}"


def figures() -> str:
    """One line for each thing that was measured."""
    lines = []
    if result := load("requests"):
        rows = result["requests"].values()
        audited = [row["audit"] for row in rows if row.get("audit")]
        hold = sum(audit["findings"].get("holds", 0) for audit in audited)
        called = sum(audit["verified"] for audit in audited)
        outcomes = {name: sum(row["outcome"] == name for row in rows) for name in ("verified", "delivered", "declined")}
        lines.append(
            f"- Of {result['n']} of the twelve [example requests](examples/requests) that were measured so far, {outcomes['verified']} ended with every claim "
            f"verified, {outcomes['delivered']} were delivered with unverified claims, {outcomes['declined']} declined. "
            f"An audit of fresh clones confirmed {hold} of {called} claims that were called verified."
        )
    if result := load("stubs"):
        lines.append(
            f"- `implement` on [ten stubs](examples/stubs/everyday.py): {result['verified']} claims verified, "
            f"{result['unverified']} unverified, {result['refuted']} refuted."
        )
    return "".join(line + "\n" for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())
