"""Writes the results page with its plots, and the figures of the README, from the result files.

python -m bench.page [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench.machine import load
from bench.page_asking import asking_figure, asking_part, asking_picture, embeddings_part
from bench.page_checking import checking_part, grounding_figure, grounding_part, searching_part
from bench.page_confidence import confidence_part, confidence_picture
from bench.page_functions import functions_figures, functions_part
from bench.page_parts import engines_part, sandbox_part, tester_part, trials_part
from bench.page_peers import programs_figures, programs_part
from bench.page_programs import accepted, before_the_fit, keys_part, requests_part, stubs_part

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "results.md"
IMAGES = ROOT / "docs" / "images"
README = ROOT / "README.md"
START, END = "<!-- results: written by `python -m bench.page` -->", "<!-- end of results -->"


def main() -> int:
    """Write the files, or with --check tell whether they are what the result files say."""
    written = {PAGE: page(), README: with_figures(README.read_text(encoding="utf-8"))}
    pictures = {"confidence": confidence_picture(), "asking": asking_picture()}
    written |= {IMAGES / f"{name}.svg": picture for name, picture in pictures.items() if picture}
    stale = [path.name for path, text in written.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        print(f"stale: {', '.join(stale)}" if stale else "results are up to date")
        return bool(stale)
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return 0


def page() -> str:
    """The whole page."""
    parts = [
        (
            "# Results\n\nWritten by `python -m bench.page` from the files in `bench/results/`, which the commands below "
            "wrote. Wall times were taken on a shared machine with two cores and are lone values: they say what to expect, "
            "not how two things compare."
        )
    ]
    parts += [
        requests_part(),
        keys_part(),
        programs_part(),
        functions_part(),
        confidence_part(),
        tester_part(),
        stubs_part(),
        checking_part(),
        grounding_part(),
        asking_part(),
        embeddings_part(),
        searching_part(),
        engines_part(),
        sandbox_part(),
        trials_part(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


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
        older = before_the_fit(result["requests"])
        measured = "the twelve" if result["n"] == 12 else f"{result['n']} of the twelve"
        lines.append(
            f"- Of {measured} [example requests](examples/requests), {accepted(rows)} ended with every acceptance claim "
            f"verified. {outcomes['verified']} of these are called `verified` as a whole, because each of their functions is "
            f"also sure enough to be right beyond the inputs that were tried; {outcomes['delivered']} were delivered with "
            f"something unverified, {outcomes['declined']} declined. An audit of fresh clones confirmed {hold} of {called} "
            "claims that were called verified."
            + (f" {len(older)} of the twelve were measured with an earlier fit of the confidence." if older else "")
        )
        lines += beyond(result["requests"])
    lines += programs_figures()
    if result := load("fit"):
        low, high = result["called_wrong_interval_95"]
        were = "was" if result["called_wrong"] == 1 else "were"
        lines.append(
            f"- Confidence, by cross-validation on {result['tasks']} public tasks: of {result['called']} functions that would be "
            f"called verified {result['called_wrong']} {were} wrong ({low:.1%} to {high:.1%}); AUROC {result['auroc']['value']:.3f}, "
            f"calibration error {result['ece']['value']:.3f}."
        )
    lines += functions_figures()
    if result := load("stubs"):
        lines.append(
            f"- `implement` on [ten stubs](examples/stubs/everyday.py): {result['verified']} claims verified, "
            f"{result['unverified']} unverified, {result['refuted']} refuted."
        )
    if result := load("checking"):
        lines.append(
            f"- `check` on the claims of delivered programs: {result['true_supported']} of {result['read']} true statements "
            f"supported, {result['false_caught']} of {result['false']} falsified ones called so."
        )
    lines += [grounding_figure(), asking_figure()]
    return "".join(line + "\n" for line in lines if line)


def beyond(requests: dict[str, Any]) -> list[str]:
    """How right the programs are on the answer keys."""
    result = load("keys")
    if result is None:
        return []
    told = []
    for name, called in (("called verified", True), ("delivered with unverified claims", False)):
        rows = [row for key, row in result["requests"].items() if (requests[key]["outcome"] == "verified") is called]
        right, n = sum(row["right"] for row in rows), sum(row["n"] for row in rows)
        told.append(
            f"programs {name} gave {right} of {n} right results ({sum(row['right'] == row['n'] for row in rows)} of {len(rows)} programs without a miss)"
        )
    return [
        f"- On answer keys that were hidden while they were built (a few of their inputs are the examples of the requests), {' and '.join(told)}."
    ]


if __name__ == "__main__":
    raise SystemExit(main())
