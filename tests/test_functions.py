"""Functions with hidden tests: what Macrohard is shown, what the harness keeps to itself, and choosing anew."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import machine, shipping, store
from bench.functions import replay
from bench.functions.__main__ import main
from bench.functions.hidden import passes
from bench.functions.sampling import completed
from bench.functions.tasks import Task, tasks
from bench.functions.undecided import wants_untold_words
from macrohard.company.jury.features import FEATURES
from macrohard.company.stubfile import read_stub_file
from macrohard.models import Question, ScriptedModel
from macrohard.paths import HOME_VARIABLE
from macrohard.sandbox import open_sandbox
from macrohard.truth import Source
from macrohard.truth.confidence import Calibration

ROW: dict[str, Any] = {
    "task_id": 7,
    "text": 'Write a function to join words with "\\n", as in """a""".',
    "code": "def other(x):\n    return x\n\ndef join_words(words, SECRET_end):\n    return '\\n'.join(words) + SECRET_end",
    "test_list": ["assert join_words(['a', 'b'], '!') == 'a\\nb!'", "assert join_words(['HIDDEN'], '?') == 'HIDDEN?'"],
    "challenge_test_list": ["assert join_words([], 'HIDDEN') == 'HIDDEN'"],
    "test_setup_code": "",
}
REPORTED = {**ROW, "task_id": 8, "prompt": ROW["text"], "test": "assert join_words(['HIDDEN'], '') == 'HIDDEN'\n"}
PLUS = {
    "task_id": "HumanEval/0", "entry_point": "double", "prompt": 'def double(x):\n    """Twice x."""\n',
    "test": "def check(candidate):\n    assert candidate(3) == 6\n",
}  # fmt: skip
RIGHT = "def double(x):\n    return x * 2"
WRONG = "def double(x):\n    return x + 2"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a task of each set, in the formats of the public ones."""
    files = {"mbpp.jsonl.gz": [ROW, {**ROW, "task_id": 8}], "mbppplus.jsonl.gz": [REPORTED]}
    for name, rows in {**files, "humanevalplus.jsonl.gz": [PLUS]}.items():
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


@pytest.mark.parametrize(("name", "identity"), [("mbpp+", "mbpp/8"), ("mbpp-fit", "mbpp/7")])
def test_a_stub_tells_the_text_and_the_first_assert_and_no_more(data: Path, name: str, identity: str) -> None:
    """Tasks that are reported on are never fitted on: each is in one of the sets."""
    (task,) = tasks(name, data)
    assert (task.id, task.function) == (identity, "join_words")
    (stub,) = read_stub_file(task.stub, "task.py").stubs
    assert stub.signature == "def join_words(arg1, arg2):"
    assert stub.docstring.split("\n") == [
        "Write a function to join words with \"\\n\", as in '''a'''.", ROW["test_list"][0],
    ]  # fmt: skip
    assert "HIDDEN" not in task.stub and "SECRET" not in task.stub and "HIDDEN" in task.hidden


def test_the_first_assert_is_an_example(data: Path) -> None:
    (task,) = tasks("mbpp-fit", data)
    (example,) = read_stub_file(task.stub, "task.py").examples
    assert (example.expression, example.result) == ("join_words(['a', 'b'], '!')", "'a\\nb!'")


@pytest.mark.parametrize(
    ("text", "hidden", "untold"),
    [
        ("whether it has real roots; roots(1, 2, 1) == 'yes'", "assert roots(1, 1, 1) == 'no real solution'", True),
        ("the season, such as 'autumn'", "assert season('October') == ('autumn')", False),
        ("the letters backwards", "assert backwards('stressed') == 'desserts'", False),
        ("'Yes' for a pair, else 'No'", "assert pair(2) == 'NO'", False),
        ("the number as a numeral", "assert numeral(50) == 'L'", False),
        ("the sum", "assert add(1, 2) == 3", False),
        ("the sum", "assert math.isclose(add(1, 2), 3, rel_tol=1)", False),
    ],
)
def test_words_that_a_task_does_not_tell_cannot_be_known(text: str, hidden: str, untold: bool) -> None:
    stub = f'def f(arg1):\n    """{text}"""\n'
    assert wants_untold_words(stub, [hidden]) is untold


def test_nothing_is_fitted_on_a_task_that_nobody_could_get_right(data: Path) -> None:
    untold = {**ROW, "task_id": 9, "test_list": [ROW["test_list"][0], "assert join_words([], '') == 'Nothing'"]}
    with gzip.open(data / "mbpp.jsonl.gz", "at", encoding="utf-8") as file:
        file.write(json.dumps(untold) + "\n")
    assert [task.id for task in tasks("mbpp-fit", data)] == ["mbpp/7"]


def test_a_stub_that_is_one_already_is_shown_as_it_is(data: Path) -> None:
    (task,) = tasks("humaneval+", data)
    assert (task.id, task.stub) == ("HumanEval/0", PLUS["prompt"])


@pytest.mark.parametrize("name", ["humaneval+", "mbpp+", "mbpp-fit"])
def test_hidden_tests_tell_right_from_wrong(data: Path, name: str) -> None:
    (task,) = tasks(name, data)
    right = RIGHT if name == "humaneval+" else ROW["code"]
    leaves = f"{right}\n\nraise SystemExit(0)"
    sources = [right, right.replace("return", "return not"), leaves, f"{right}\n\nraise ValueError", ""]
    assert passes(task, sources, open_sandbox()) == [True, False, False, False, False]


def test_a_main_block_does_not_run() -> None:
    task = Task("t", "double", "", "assert double(2) == 4\nif __name__ == '__main__':\n    raise ValueError\n")
    data = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n\n@dataclass\nclass Pair:\n    a: int\n"
    )
    block = f"{data}\n{RIGHT}\n\nif __name__ == '__main__':\n    raise SystemExit(input())"
    assert passes(task, [block], open_sandbox()) == [True]


def test_hidden_tests_may_use_numpy() -> None:
    task = Task("t", "double", "", "import numpy\nassert numpy.allclose(double(0.1), 0.2)\n")
    assert passes(task, [RIGHT, WRONG], open_sandbox()) == [True, False]


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store."""
    monkeypatch.setattr(store, "STORE", tmp_path / "samples")
    return tmp_path / "samples"


def test_what_is_stored_is_read_again(samples: Path) -> None:
    rows = [{"id": f"t/{number}", "bare": "é\n\u2028" * 50, "replies": []} for number in range(20)]
    assert store.read("set") == {}
    for row in rows:
        store.append("set", row)
    assert store.read("set") == {row["id"]: row for row in rows}
    long = store.path_of("set").stat().st_size
    store.compact("set")
    assert store.read("set") == {row["id"]: row for row in rows}
    assert store.path_of("set").stat().st_size < long / 2
    store.append("set", {"id": "t/0", "bare": "again"})
    assert store.read("set")["t/0"]["bare"] == "again" and len(store.read("set")) == 20
    assert [path.name for path in samples.iterdir()] == ["set.jsonl.gz"]


TASK = Task(
    id="t/0", function="double", stub='def double(x):\n    """Twice x: double(2) returns 4."""\n',
    hidden="assert double(3) == 6\n",
)  # fmt: skip


def reply(prompt: int, source: str) -> dict[str, Any]:
    return {"prompt": prompt, "text": f"```python\n{source}\n```", "log_probability": -1.0, "tokens": 9}


def case(number: int, question: int, call: str, result: str, votes: int) -> dict[str, Any]:
    """A case of the tester as it is stored; `number` is its round."""
    example = {"function": "double", "expression": call, "result": result, "quotation": ""}
    return {"round": number, "question": question, "example": example, "votes": votes}


SAMPLED = {
    "id": "t/0",
    "bare": f"Sure.\n```python\n{RIGHT}\n```",
    "replies": [
        reply(0, WRONG), reply(0, RIGHT), reply(0, RIGHT), reply(0, "def double(x):\n    return 4"),
        reply(1, RIGHT), reply(1, "No."), reply(1, WRONG), reply(1, WRONG),
    ],
    "cases": [
        case(0, 0, "double(5)", "11", 1),
        case(0, 0, "double(6)", "12", 2),
        *(case(0, 1, f"double({number})", f"{2 * number}", 3) for number in range(10, 15)),
        case(0, 2, "double(8)", "15", 0),
        case(1, 0, "double(7)", "14", 3),
        case(1, 2, "double(9)", "18", 2),
    ],
}  # fmt: skip


def test_the_first_candidates_are_half_of_each_prompt() -> None:
    file = read_stub_file(TASK.stub, "task.py")

    def first(count: int) -> list[tuple[str, int]]:
        found = replay.candidates_of(file, SAMPLED, count)
        return [(item.source.rpartition("return ")[2], item.times) for item in found]

    assert first(1) == [("x + 2", 1)]
    assert first(3) == [("x + 2", 1), ("x * 2", 2)]
    assert first(8) == [("x + 2", 3), ("x * 2", 3), ("4", 1)]


def test_checks_are_those_that_the_tester_of_the_product_keeps() -> None:
    """Of each question three confirmed cases, and of the second round only where the first has none."""
    file = read_stub_file(TASK.stub, "task.py")
    checks = replay.checks_from(file, SAMPLED)
    assert [check.statement for check in checks if check.source is Source.USER] == ["`double(2)` returns `4`"]
    assert [check.statement.split("`")[1] for check in checks if check.source is Source.TESTER] == [
        "double(6)", "double(10)", "double(11)", "double(12)", "double(9)",
    ]  # fmt: skip
    inputs = replay.inputs_from(file, SAMPLED)
    assert {"double(5)", "double(8)"} <= {check.statement.split("`")[1] for check in inputs}
    assert not {check.id for check in inputs} & {check.id for check in checks}


def test_candidates_are_judged_by_the_hidden_tests() -> None:
    found = replay.judged(TASK, SAMPLED, open_sandbox())
    sources = [item.source for item in replay.candidates_of(read_stub_file(TASK.stub, "task.py"), SAMPLED, 8)]
    assert (found["id"], found["bare"]) == ("t/0", True)
    assert found["candidates"] == dict(zip(map(replay.digest, sources), [False, True, False], strict=True))


def test_a_bare_answer_without_the_function_is_wrong() -> None:
    """No candidate's verdict is taken for it."""
    row = {**SAMPLED, "bare": "I cannot.", "replies": [reply(0, RIGHT)]}
    found = replay.judged(TASK, row, open_sandbox())
    assert found["bare"] is False and list(found["candidates"].values()) == [True]


def test_the_jury_chooses_anew_without_the_model() -> None:
    choice, candidates, checks = replay.chosen(TASK, SAMPLED, 8, open_sandbox())
    assert candidates[choice.pick[0]].source.endswith("return x * 2") and choice.failed == {}
    assert [check.id for check in checks][:2] == ["user-01", "tester-01"]


def test_among_the_first_candidates_only() -> None:
    choice, candidates, _ = replay.chosen(TASK, SAMPLED, 1, open_sandbox())
    assert len(candidates) == 1 and "x + 2" in candidates[choice.pick[0]].source and "tester-01" in choice.failed


def fit_row(task: str, sources: list[str]) -> dict[str, Any]:
    """A sampled task of the set that is fitted on."""
    return {
        "id": task, "model": "scripted", "model_digest": "sha256:1", "bare": "", "tokens": {}, "seconds": 0.0,
        "replies": [reply(number % 2, source) for number, source in enumerate(sources)], "cases": [],
    }  # fmt: skip


def test_a_fit_is_shipped_with_what_it_was_fitted_on(
    data: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = ROW["code"], ROW["code"].replace("'\\n'.join(words)", "words[0]")
    store.append("mbpp-fit", fit_row("mbpp/7", [right, right, wrong, right]))
    monkeypatch.setattr(shipping, "PACKAGES", samples)
    monkeypatch.setattr(machine, "RESULTS", samples / "results")
    monkeypatch.setenv(HOME_VARIABLE, str(samples / "home"))
    for what in ("judge", "fit"):
        monkeypatch.setattr(sys, "argv", ["bench.functions", what, "mbpp-fit", "--data", str(data)])
        assert main() == 0
    shipped = Calibration.model_validate_json((samples / "macrohard/truth/calibrations/scripted.json").read_text())
    assert (shipped.model_digest, shipped.data, shipped.tasks) == ("sha256:1", "mbpp-fit", 1)
    assert shipped.data_digest == store.digest_of("mbpp-fit", "mbpp-fit.judged")
    assert set(shipped.terms) == set(FEATURES) and 0 <= shipped.threshold <= 1
    result = json.loads((samples / "results" / "fit.json").read_text())
    assert result["tasks"] == 1 and result["examples"] == 6 and "auroc" in capsys.readouterr().out


def test_nothing_is_fitted_on_a_set_that_is_reported_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench.functions", "fit", "humaneval+", "--data", str(data)])
    with pytest.raises(SystemExit, match="nothing may be fitted on it"):
        main()


def test_a_task_that_no_candidate_solves_gets_the_further_rounds_of_the_product() -> None:
    """Sixteen replies that break the example, sixteen more, then sixteen of which one is right."""
    asked: list[int] = []

    def answer(question: Question, number: int) -> list[str]:
        asked.append(question.sampling.count)
        return [f"```python\n{RIGHT if len(asked) > 2 and prompt == 3 else CONSTANT}\n```" for prompt in range(8)]

    row = {**SAMPLED, "replies": [reply(number % 2, CONSTANT) for number in range(16)]}
    row["tokens"] = {"engineers": {"prompt": 5, "completion": 10}}
    found = completed(TASK, row, ScriptedModel(answer), open_sandbox())
    assert (len(found["replies"]), found["rounds"], asked) == (48, 5, [8, 8, 8, 8])
    assert found["tokens"]["engineers"]["completion"] > 10
    assert (
        completed(TASK, {**row, "replies": [*row["replies"], reply(0, RIGHT)]}, ScriptedModel({}), open_sandbox())[
            "rounds"
        ]
        == 3
    )


CONSTANT = "def double(x):\n    return 5"


def test_candidates_that_are_new_are_judged_anew(
    data: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench.functions", "judge", "mbpp-fit", "--data", str(data)])
    for sources in ([ROW["code"]], [ROW["code"], CONSTANT.replace("double(x)", "join_words(words, end)")]):
        store.append("mbpp-fit", fit_row("mbpp/7", sources))
        assert main() == 0
        assert len(store.read("mbpp-fit.judged")["mbpp/7"]["candidates"]) == len(sources)
