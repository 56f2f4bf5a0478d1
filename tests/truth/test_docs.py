"""docs/evidence.md says what is true: its examples are what is written, its checker works.

Run these tests with UPDATE_DOCS=1 to write the examples anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from macrohard.truth import AuditReport, Claim, ClaimAudit, Expectation, Finding, Observation, Run, standalone

PAGE = Path(__file__).parents[2] / "docs/evidence.md"


def block(name: str) -> re.Match[str]:
    found = re.search(rf"(<!-- example: {name} -->\n```\w+\n)(.*?)(```\n)", PAGE.read_text(), re.DOTALL)
    assert found is not None
    return found


def examples(delivered: Path) -> dict[str, str]:
    check = json.loads((delivered / "evidence/checks/001-roman-14.json").read_bytes())
    ledger = (delivered / "evidence/ledger.jsonl").read_text().splitlines(keepends=True)
    return {"check": json.dumps(check, indent=2) + "\n", "header": ledger[0], "claim": ledger[1]}


@pytest.mark.parametrize("name", ["check", "header", "claim"])
def test_the_examples_are_what_is_written(delivered: Path, name: str) -> None:
    wanted = examples(delivered)[name]
    found = block(name)
    if os.environ.get("UPDATE_DOCS"):
        text = PAGE.read_text()
        PAGE.write_text(text[: found.start(2)] + wanted + text[found.end(2) :])
    assert block(name).group(2) == wanted


def run_checker(tmp_path: Path, project: Path) -> subprocess.CompletedProcess[str]:
    (tmp_path / "checker.py").write_text(block("checker").group(2))
    command = [sys.executable, "-I", str(tmp_path / "checker.py"), str(project)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_checker_on_the_page_finds_a_whole_folder_whole(delivered: Path, tmp_path: Path) -> None:
    done = run_checker(tmp_path, delivered)
    seal = standalone.read_evidence(str(delivered))["seal"]
    assert (done.returncode, done.stdout, done.stderr) == (0, f"seal {seal}\n", "")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("claims.json", "prints `IX`", "prints `XI`", "claim C02 was changed"),
        ("ledger.jsonl", '"id":"C01"', '"id":"C09"', "record 2 was changed"),
        ("checks/003-roman-4.json", "IV", "VI", "a check of claim C03 was changed"),
        ("check.py", "NO WALLS", "no walls", "check.py was changed"),
    ],
)
def test_the_checker_on_the_page_finds_what_was_changed(
    delivered: Path, tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    path = delivered / "evidence" / name
    path.write_text(path.read_text().replace(old, new, 1))
    done = run_checker(tmp_path, delivered)
    assert done.returncode == 1 and done.stderr.strip() == told


@pytest.mark.parametrize("shape", [Claim, Run, Observation, Expectation, AuditReport, ClaimAudit])
def test_every_member_stands_on_the_page(shape: type[Claim]) -> None:
    text = PAGE.read_text()
    assert [name for name in shape.model_fields if f"`{name}`" not in text and f".{name}`" not in text] == []


def test_every_finding_and_ending_stands_on_the_page() -> None:
    text = PAGE.read_text()
    words = [*(finding.value for finding in Finding), *standalone.ENDINGS]
    assert [word for word in words if f"`{word}`" not in text] == []
