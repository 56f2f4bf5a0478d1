"""The measurement of sources, on a small set."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from bench import machine
from bench.page_checking import searching_part
from bench.searching import main, read, spread
from macrohard.models import ScriptedModel


def test_all_figures_are_measured_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"claim": f"The bridge {number} is long.", "evidence": [f"The bridge {number} is {number} metres long.", ""]}
        for number in range(30)
    ]
    with gzip.open(tmp_path / "wice_dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    monkeypatch.setattr(machine, "RESULTS", tmp_path / "results")
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "argv", ["bench.searching", "--data", str(tmp_path), "--passages", "20", "--read", "0"])
    assert main() == 0
    found = json.loads((tmp_path / "results" / "searching.json").read_text())
    assert 15 <= found["passages"] <= 30 and found["claim_ms"]["n"] == 30
    assert 0 < found["unchanged_seconds"] and 0 < found["search_ms"]["median"] <= found["search_ms"]["p95"]
    assert f"{found['claim_ms']['median']:.1f}" in searching_part()


def test_claims_that_a_model_reads_are_timed_with_it(tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "a.txt").write_text("The bridge is 412 metres long. Trams cross it every hour.\n")
    model = ScriptedModel(lambda question, number: "Yes", delay=0.05)
    claims = [
        "Streetcars pass the bridge hourly.",
        "The bridge is 412 metres long.",
        "Trams cross the bridge at night.",
    ]
    found = read(tmp_path, claims, model, 3)
    assert found["read_ms"]["n"] == 2, "what the tests decide is not read"
    assert found["read_ms"]["median"] > 50 and found["read_tokens_median"] > 10


def test_a_median_has_an_interval() -> None:
    told = spread([0.001, 0.002, 0.003, 0.004, 0.005] * 20)
    assert told["median"] == 3.0 and told["interval_95"][0] <= 3.0 <= told["interval_95"][1] and told["n"] == 100
