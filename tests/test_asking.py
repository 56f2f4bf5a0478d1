"""How asking is measured: the key, taking passages away, the fit and its figures."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from bench.asking import material
from bench.asking.fitting import fit
from bench.asking.material import Without, document_name, questions, write_passages
from bench.asking.reading import line
from macrohard.answers.sources import open_index
from macrohard.models import ScriptedModel

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


def test_what_is_read_with_and_without_the_passage_that_answers(data: Path) -> None:
    write_passages(data, data / "passages")
    index = open_index([str(data / "passages")])
    (asked,) = questions(data)
    model = ScriptedModel({"reader: whether": ["Yes"], "reader: which": ["[2]"]})
    row = line(asked, index, model)
    read = {passage["name"]: passage for passage in row["with"]}
    assert (read["7-2"]["right"], read["7-2"]["told"], read["7-2"]["features"]["sentences"]) == (True, [True], 2.0)
    assert (read["7-1"]["right"], read["7-1"]["told"]) == (False, [False])
    assert {passage["name"] for passage in row["without"]} == {"7-1", "8-1"}
    found = Without(index, asked.decisive).search(["bridge"], 4)
    assert {document_name(hit.document) for hit in found} == {"7-1", "8-1"}


def _rows(useful: bool) -> list[dict[str, Any]]:
    """Forty questions whose right passage is known by a feature, or by none."""
    drawn = random.Random(0)

    def passage(right: bool) -> dict[str, Any]:
        value = (2.0 if right else -2.0) if useful else drawn.choice([-2.0, 2.0])
        return {"right": right, "told": [right], "features": {"answering": value + drawn.gauss(0, 0.5)}}

    return [
        {"id": str(number), "answerable": True, "with": [passage(True), passage(False)], "without": [passage(False)]}
        for number in range(40)
    ]


def test_a_reader_that_knows_answers_and_is_silent() -> None:
    found = fit(_rows(useful=True)).summary
    assert found["answered_right"]["share"] >= 0.95 and found["abstained"]["share"] >= 0.85
    assert found["auroc"]["value"] > 0.99 and found["answered_right"]["n"] == found["abstained"]["n"] == 40


def test_a_reader_that_guesses_is_kept_silent() -> None:
    found = fit(_rows(useful=False)).summary
    assert found["abstained"]["share"] >= 0.8 and found["answered_right"]["share"] <= 0.35
