"""The report on a set, on tasks whose truth is known."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bench import machine, store
from bench.functions import reporting
from bench.functions.__main__ import main
from bench.functions.kept import Kept
from bench.functions.replay import digest, judged
from macrohard.company.jury.features import FEATURES
from macrohard.paths import HOME_VARIABLE
from macrohard.sandbox import open_sandbox
from macrohard.truth import confidence
from macrohard.truth.confidence import Calibration, Term

from .test_functions import PLUS, RIGHT, TASK, WRONG, reply

USED = {"tokens": {"tester": {"completion": 100}}, "cases": []}


def row(*sources: str) -> dict[str, Any]:
    replies = [reply(number % 2, source) for number, source in enumerate(sources)]
    return {"id": "t/0", "bare": RIGHT, "replies": replies, **USED}


def calibration(intercept: float, threshold: float = 0.5, **weights: float) -> Calibration:
    terms = {name: Term(mean=0.0, scale=1.0, weight=weights.get(name, 0.0), low=-99, high=99) for name in FEATURES}
    return Calibration(
        model_digest="sha256:1", data="humaneval+", data_digest="sha256:2", tasks=1, date="", command="", intercept=intercept,
        terms=terms, threshold=threshold,
    )  # fmt: skip


def end(found: dict[str, Any], fitted: Calibration) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        kept = Kept(Path(folder) / "kept.jsonl")
        return reporting.ended(TASK, found, judged(TASK, found, open_sandbox()), fitted, open_sandbox(), kept)


def test_a_sure_function_stops_at_four_candidates_and_pays_for_no_more() -> None:
    told = end(row(*[RIGHT] * 16), calibration(3.0))
    assert (told["right"], told["called"], told["candidates"], told["tester"]) == (True, True, 4, False)
    assert told["tokens"] == 4 * 9 and told["best_of_tokens"] == 8 * 9 and told["own_tests_tokens"] == 100


def test_the_tester_is_paid_for_where_sixteen_candidates_leave_a_doubt() -> None:
    told = end(row(*[RIGHT] * 16), calibration(-9.0))
    assert (told["called"], told["candidates"], told["tester"]) == (False, 16, True)
    assert told["tokens"] == 16 * 9 + 100


def test_the_tokens_of_the_best_of_eight_are_those_of_the_replies_that_it_chooses_among() -> None:
    found = row(*[RIGHT] * 16)
    for spoken in found["replies"]:
        spoken["tokens"] = 10 if spoken["prompt"] == 0 else 1000
    assert end(found, calibration(3.0))["best_of_tokens"] == 8 * 10


def test_more_candidates_are_looked_at_while_it_is_not_sure() -> None:
    """Three that behave alike are needed; they come with the second look."""
    broken = "def double(x):\n    return 5"
    sources = [WRONG, RIGHT, broken, broken, RIGHT, RIGHT, broken, broken, *[broken] * 8]
    told = end(row(*sources), calibration(-5.0, judged=4.0))
    assert (told["right"], told["called"], told["candidates"]) == (True, True, 8)


def test_a_task_without_a_candidate_is_wrong_and_not_called() -> None:
    told = end(row(*["No."] * 16), calibration(9.0))
    assert (told["right"], told["called"], told["said"], told["any"]) == (False, False, 0.0, False)


def test_the_bare_model_hands_in_what_passes_its_own_tests() -> None:
    """Wrong tests of its own mislead it; of a wrong program that passes them all it says that it is done."""
    case = {"function": "double", "expression": "double(3)", "result": "9", "quotation": ""}
    written = {"cases": [{"round": 0, "question": 0, "example": case, "votes": 0}]}
    square = "def double(x):\n    return x * x"
    told = end({**row(*[RIGHT, RIGHT, square] * 4, *[RIGHT] * 4), **written}, calibration(3.0))
    assert (told["best_of"], told["best_of_claimed"]) == (False, True)
    told = end({**row(*[RIGHT, RIGHT, square] * 4, *[RIGHT] * 4), "cases": []}, calibration(3.0))
    assert (told["best_of"], told["best_of_claimed"]) == (True, True), "of equals the first"
    assert end(row(*["No."] * 16), calibration(9.0))["best_of_claimed"] is False


def test_the_bare_model_does_not_say_that_it_is_done_where_it_has_nothing_to_try() -> None:
    bare = replace(TASK, stub='def double(x):\n    """Twice x."""\n')
    with TemporaryDirectory() as folder:
        kept = Kept(Path(folder) / "kept.jsonl")
        verdicts = judged(bare, found := row(*[RIGHT] * 16), open_sandbox())
        told = reporting.ended(bare, found, verdicts, calibration(3.0), open_sandbox(), kept)
    assert (told["best_of"], told["best_of_claimed"]) == (True, False)


def test_silence_is_no_error_and_a_wrong_call_is() -> None:
    rows = [
        {"task": str(number), "bare": bare, "right": right, "any": True, "said": said, "called": said > 0.8}
        | {"tokens": 10, "best_of_tokens": 20, "own_tests_tokens": 7, "best_of": bare, "best_of_claimed": True}
        for number, (bare, right, said) in enumerate(
            [(True, True, 0.9), (False, True, 0.95), (False, False, 0.9), (True, False, 0.1), (False, True, 0.7)]
        )
    ]
    told = reporting.summary(rows)
    assert told["best_of_tokens_median"] == 20 and told["best_of_with_tests_tokens_median"] == 27
    assert told["right"]["count"] == 3 and told["bare_right"]["count"] == 2
    assert (told["called"]["count"], told["called_and_wrong"]["count"], told["called_and_wrong"]["n"]) == (3, 1, 3)
    assert told["right_and_called"] == reporting.share(2, 3)
    assert told["against_bare"] == {"only_ours": 2, "only_theirs": 1, "p": 1.0}


def test_mcnemar_is_the_exact_test() -> None:
    assert reporting.mcnemar([(True, False)] * 8 + [(True, True)] * 5) == {
        "only_ours": 8,
        "only_theirs": 0,
        "p": 0.00781,
    }
    assert reporting.mcnemar([(True, True)])["p"] == 1.0


def test_the_report_of_a_set_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with gzip.open(tmp_path / "humanevalplus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(PLUS) + "\n")
    monkeypatch.setattr(store, "STORE", tmp_path / "samples")
    monkeypatch.setattr(machine, "RESULTS", tmp_path / "results")
    store.append("humaneval+", {**row(*[RIGHT] * 16), "id": "HumanEval/0", "model_digest": "sha256:1"})
    store.append("humaneval+.judged", {"id": "HumanEval/0", "bare": True, "candidates": {digest(_kept()): True}})
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    command = ["humaneval+", "--data", str(tmp_path)]
    monkeypatch.setattr(confidence, "calibration_for", lambda _: calibration(3.0))
    monkeypatch.setattr(sys, "argv", ["bench.functions", "report", *command])
    with pytest.raises(SystemExit, match=r"\(HumanEval/0\): run `python -m bench.functions judge humaneval\+"):
        main()
    monkeypatch.setattr(sys, "argv", ["bench.functions", "judge", *command])
    assert main() == 0
    monkeypatch.setattr(sys, "argv", ["bench.functions", "report", *command])
    monkeypatch.setattr(confidence, "calibration_for", lambda _: None)
    with pytest.raises(SystemExit, match="not calibrated"):
        main()
    monkeypatch.setattr(confidence, "calibration_for", lambda _: calibration(3.0))
    assert main() == 0
    result = json.loads((tmp_path / "results" / "functions-humaneval-plus.json").read_text())
    assert result["twins"] == ["HumanEval/0"], "this calibration says that it was fitted on the same set"
    assert (result["n"], result["right"]["count"], result["fitted_on"]) == (1, 1, "sha256:2")


def _kept() -> str:
    """What is left of a reply in the stub of the task."""
    return 'def double(x):\n    """Twice x."""\n    return x * 2'
