"""How asking is measured: the key, taking passages away, the fit and its figures."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import shipping
from bench.asking import material
from bench.asking.fitting import fit
from bench.asking.material import Without, document_name, questions, write_passages
from bench.asking.proving import proved
from bench.asking.reading import Case, Read, cases, marks
from bench.asking.scoring import scored
from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.questions import Asking
from macrohard.answers.probe import Probe
from macrohard.answers.sources import Document, Media, open_index
from macrohard.models import Answer, Question, Reply, ScriptedModel
from macrohard.truth.confidence import Calibration

BRIDGE = "The Elbow Bridge was opened in 1932. It is 412 metres long."
OTHER = "Bees can fly 25 kilometres an hour. A bridge of ice melts."


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of two questions, and a key for them."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    rows = [
        {
            "source_id": 7,
            "source": {"question": "how long is the bridge", "passages": f"passage 1:{OTHER}\n\npassage 2:{BRIDGE}"},
        },
        {"source_id": 8, "source": {"question": "what is it", "passages": f"passage 1:{OTHER}"}},
    ]
    with gzip.open(tmp_path / "ragtruth_qa_dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    (tmp_path / "key.txt").write_text("# key\n7 2.1\n8 ?\n", encoding="utf-8")
    monkeypatch.setattr(material, "KEY", tmp_path / "key.txt")
    return tmp_path


def test_the_key(data: Path) -> None:
    (asked,) = questions(data)
    assert (asked.id, asked.passages, asked.key) == ("7", (OTHER, BRIDGE), {(2, 1)})
    assert asked.decisive == {"7-2"}


def test_the_key_of_the_project_can_be_read() -> None:
    decided = [spans for spans in material._key().values() if spans is not None]
    assert len(decided) == 68 and sum(map(bool, decided)) == 67


def test_a_span_that_is_none_is_a_fault(data: Path) -> None:
    (data / "key.txt").write_text("7 1-2\n8 ?\n", encoding="utf-8")
    with pytest.raises(ValueError, match="1-2"):
        questions(data)


class Mind(ScriptedModel):
    """A model whose hidden state tells whether a text names 412."""

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """States where nothing is to be drawn."""
        if any(question.sampling.max_tokens for question in questions):
            return super().answer(questions)
        told = [float("412" in question.messages[0].content) for question in questions]
        return [Answer((Reply("", "length", 0, None, (value, 1.0)),), 9, 0.1) for value in told]


def test_what_is_read_with_and_without_the_passage_that_answers(data: Path) -> None:
    write_passages(data, data / "passages")
    index = open_index([str(data / "passages")])
    (asked,) = questions(data)
    whole, none = cases(asked, index, Mind({}))
    assert (whole.left, whole.is_whole, none.left, none.is_whole) == ({"7-2"}, True, set(), False)
    read = {passage.name: passage for passage in whole.read}
    assert (read["7-2"].right, read["7-2"].state, read["7-2"].features["search"]) == (True, (1.0, 1.0), 1.0)
    assert (read["7-1"].right, read["7-1"].state) == (False, (0.0, 1.0))
    assert {passage.name for passage in none.read} == {"7-1"}, "8-1 is a copy"
    found = Without(index, asked.decisive).search(["bridge"], 4)
    assert {document_name(hit.document) for hit in found} == {"7-1", "8-1"}


def test_of_several_passages_that_answer_each_is_left_alone_once(data: Path) -> None:
    (data / "key.txt").write_text("7 1.0 2.1\n8 ?\n", encoding="utf-8")
    write_passages(data, data / "passages")
    (asked,) = questions(data)
    found = list(cases(asked, open_index([str(data / "passages")]), Mind({})))
    assert [case.left for case in found] == [{"7-1", "7-2"}, {"7-1"}, {"7-2"}, set()]
    assert [case.is_whole for case in found] == [True, False, False, False]
    assert all(not {passage.name for passage in case.read} & (asked.decisive - case.left) for case in found)


def test_the_key_marks_the_sentences_that_are_told(data: Path) -> None:
    write_passages(data, data / "passages")
    (asked,) = questions(data)
    whole = next(iter(cases(asked, open_index([str(data / "passages")]), Mind({}))))
    (bridge,) = (passage for passage in whole.read if passage.name == "7-2")
    for said, marked in (("[2]", [True]), ("[1], [2]", [False, True])):
        assert marks([bridge], ScriptedModel({"reader: which": [said]})) == [(bridge, marked)]
    assert marks([bridge], ScriptedModel({"reader: which": ["None"]})) == []
    assert marks([], ScriptedModel({})) == []


def _passage(question: str, right: bool, useful: bool, drawn: random.Random) -> Read:
    """One whose state tells whether it is right, or a coin does."""
    sign = (1.0 if right else -1.0) if useful else drawn.choice([-1.0, 1.0])
    asking = Asking("How long is the bridge?")
    document = Document(f"{question}-{right}.txt", Media.TEXT, "0" * 64, "", "It is long.")
    candidate = Candidate(document, ((0, 11),), {word.stem: 1.0 for word in asking.topics}, drawn.random(), asking)
    state = (sign + drawn.gauss(0, 0.3), *(drawn.gauss(0, 1) for _ in range(5)))
    return Read(question, candidate, state, frozenset({0} if right else ()))


def _cases(useful: bool) -> list[Case]:
    """Forty questions, each with a passage that answers among the sources and without it."""
    drawn, found = random.Random(0), []
    for number in range(40):
        question = f"{number:02d}"
        right, wrong = (_passage(question, is_right, useful, drawn) for is_right in (True, False))
        found.append(Case(question, frozenset({right.name}), True, (wrong, right)))
        found.append(Case(question, frozenset(), False, (wrong,)))
    return found


def _scored(useful: bool) -> dict[str, Any]:
    return scored(fit(_cases(useful)).unseen, ScriptedModel(lambda question, number: "[1]"))


def test_a_reader_that_knows_answers_and_is_silent() -> None:
    found = _scored(useful=True)
    assert found["answered_right"]["share"] >= 0.95 and found["abstained"]["share"] >= 0.85
    assert found["auroc"]["value"] > 0.99 and found["answered_right"]["n"] == found["abstained"]["n"] == 40
    assert found["tasks"] == 40 and found["alone_right"]["n"] == 0


def test_a_reader_that_guesses_is_kept_silent() -> None:
    found = _scored(useful=False)
    assert found["abstained"]["share"] >= 0.8 and found["answered_right"]["share"] <= 0.35


def test_a_question_of_which_nothing_was_found_is_met_with_silence() -> None:
    found = fit([*_cases(useful=True), Case("99", frozenset({"99-1"}), True, ())])
    assert (found.unseen[-1].case.question, found.unseen[-1].said, found.unseen[-1].passages) == ("99", (), ())


def test_what_is_shipped_says_the_same_as_the_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipping, "PACKAGES", tmp_path)
    every = _cases(useful=True)
    found = fit(every)
    about = {"model_digest": "m", "data": "d", "data_digest": "d", "tasks": 40, "date": "", "command": ""}
    shipping.ship_calibration("one.two", "asking", found.second, found.threshold, about)
    shipping.ship_probe("asking", found.intercept, found.weights, found.penalty, about)
    calibration = Calibration.model_validate_json((tmp_path / "one/two/calibrations/asking.json").read_text())
    probe = Probe.model_validate_json((tmp_path / "macrohard/answers/probes/asking.json").read_text())
    assert calibration.threshold == found.threshold
    for item in every[0].read:
        measured = {"read": found.intercept + float(found.weights @ np.array(item.state)), **item.features}
        assert probe.score(item.state) == pytest.approx(measured["read"], abs=0.001)
        assert calibration.probability(measured) == pytest.approx(found.second.probability(measured), abs=0.001)
        assert (calibration.probability(measured) > 0.5) is item.right


def test_every_sentence_that_is_told_stands_in_its_file(data: Path) -> None:
    write_passages(data, data / "passages")
    model = ScriptedModel({"reader: whether": ["Yes"], "reader: which": ["[2]"]})
    found = proved(questions(data), open_index([str(data / "passages")]), model)
    assert found["sentences"] == found["quoted"] >= 1
    assert found["verdicts"]["supported"] >= 1
    (data / "passages" / "7-2.txt").write_text("Another text.", encoding="utf-8")
    index = open_index([str(data / "passages")])
    (data / "passages" / "7-2.txt").write_text(BRIDGE.replace("412", "413"), encoding="utf-8")
    assert proved(questions(data), index, model)["quoted"] <= found["quoted"]
