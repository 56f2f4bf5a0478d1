"""Whether `macrohard check` tells true statements from false ones: the verified claims of delivered programs, as they stand in
their READMEs, and each of them falsified by one change.

    python -m bench.checking [--out DIR]

`--out` is where `python -m bench.requests` built the programs. No model is asked. Writes `bench/results/checking.json`: how many
claims are read, how many true ones are supported, and how many false ones are called contradicted or
partly supported.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.machine import circumstances, write_result
from bench.requests import EXAMPLES, delivered
from macrohard.answers import Standing, check_repository
from macrohard.sandbox import Sandbox, open_sandbox

NAME = "checking"
_CLAIM = re.compile(r"^- C\d+: (.*?)(?: \(a check of the tester\))?$", re.MULTILINE)
_LAST_NUMBER = re.compile(r"\d+(?!.*\d)", re.DOTALL)
_LAST_WORD = re.compile(r"\w(?=\W*$)")


def main() -> int:
    """Check the programs that were delivered."""
    parser = argparse.ArgumentParser(description="Check true and falsified statements about delivered programs.")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "macrohard-requests")
    options = parser.parse_args()
    programs = delivered(EXAMPLES, options.out)
    sandbox, rows = open_sandbox(), {}
    for name, project in programs.items():
        rows[name] = tried(project, sandbox)
        print(f"{name}: {rows[name]}", flush=True)
    total = Counter[str]()
    for row in rows.values():
        total.update({key: value for key, value in row.items() if isinstance(value, int)})
    result = {"schema": "macrohard/bench/checking/v1", "command": "python -m bench.checking", **circumstances()}
    write_result(NAME, {**result, "n": len(rows), **total, "programs": rows})
    return 0


def tried(project: Path, sandbox: Sandbox) -> dict[str, Any]:
    """How the statements of one program fare."""
    claims = list(verified_claims((project / "README.md").read_text(encoding="utf-8")))
    true = _verdicts(claims, project, sandbox)
    false = {claim: falsified(claim) for claim in true}
    found = _verdicts([text for text in false.values() if text], project, sandbox)
    wrong = {Standing.CONTRADICTED, Standing.PARTLY}
    return {
        "claims": len(claims),
        "read": len(true),
        "true_supported": sum(verdict is Standing.SUPPORTED for verdict in true.values()),
        "false": len(found),
        "false_caught": sum(verdict in wrong for verdict in found.values()),
        "missed": [text for text, verdict in true.items() if verdict is not Standing.SUPPORTED]
        + [text for text, verdict in found.items() if verdict not in wrong],
    }


def verified_claims(readme: str) -> Iterator[str]:
    """The statements of a delivered README that are called verified."""
    part = readme.partition("\n## Verified\n")[2].partition("\n## ")[0]
    yield from dict.fromkeys(found.group(1) for found in _CLAIM.finditer(part))


def falsified(claim: str) -> str:
    """The claim with one thing about its end changed: an exit status, else the last sign of what is printed; empty when
    neither is there."""
    if "exits with status" in claim:
        return _LAST_NUMBER.sub(lambda found: str(int(found.group()) + 1), claim)
    if claim.endswith("`") and not claim.endswith("``"):
        return _LAST_WORD.sub(lambda found: "7" if found.group() != "7" else "8", claim)
    return ""


def _verdicts(claims: list[str], project: Path, sandbox: Sandbox) -> dict[str, Standing]:
    """Statement -> verdict, of those in which something can be decided; each stands in a text of its own."""
    reports = {claim: check_repository(f"- {claim}\n", project, sandbox=sandbox, seconds=60) for claim in claims}
    return {
        claim: statement.verdict
        for claim, report in reports.items()
        for statement in report.statements[:1]
        if statement.parts
    }


if __name__ == "__main__":
    raise SystemExit(main())
