"""Writes the results page with its plots, and the figures of the README, from the result files.

python -m bench.page [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.page_asking import asking_part, asking_picture, embeddings_part
from bench.page_checking import checking_part, grounding_part, searching_part
from bench.page_confidence import confidence_part, confidence_picture
from bench.page_functions import functions_part
from bench.page_goals import goals_part
from bench.page_parts import engines_part, sandbox_part, tester_part, trials_part
from bench.page_peers import programs_part
from bench.page_programs import keys_part, requests_part, stubs_part
from bench.page_readme import figures
from bench.page_unseen import unseen_part
from bench.requests import EXAMPLES, UNSEEN

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
            "wrote. Most of them go on where their file ends and measure nothing that has a row: `--again`, where there is one, or taking the "
            "file away measures anew. What is shown is of the version of its day; what changed since stands in the changelog and the log. DIR is a folder with the public sets, which lie outside the repository. Wall times were taken on a "
            "shared machine with two cores and are lone values: they say what to expect, not how two things compare."
        )
    ]
    parts += [
        requests_part(),
        keys_part(),
        programs_part(EXAMPLES),
        *(part for name in UNSEEN for part in (unseen_part(name), programs_part(name))),
        functions_part(),
        goals_part(),
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


if __name__ == "__main__":
    raise SystemExit(main())
