"""How verdicts on texts are measured: public sets are read as they are, and every claim goes through the check that users call."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import forests, shipping
from bench.forests import Grower, grown
from bench.grounding.families import families
from bench.grounding.fitting import KINDS, fits
from bench.grounding.material import SETS, Claim, Source, Text, sources
from bench.grounding.measuring import Found, counted, digest_of, found_of
from bench.grounding.shipping import Origin, ship
from bench.grounding.states import states
from bench.logistic import Logistic
from bench.measures import Floats, area_under_curve
from bench.probes import Examples
from macrohard.answers import Standing
from macrohard.answers.grounding.forest import Forest
from macrohard.answers.probe import Probe
from macrohard.models import Answer, Question, Recorder, Reply, ScriptedModel
from macrohard.truth.confidence import Calibration

BRIDGE = "The Elbow Bridge is 412 metres long. It was opened in May 1932."


@pytest.fixture(autouse=True)
def few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough for two numbers, and ten times as fast."""
    monkeypatch.setattr(forests, "TREES", 6)


def write(path: Path, *rows: object) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One row of each set."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    response = {"response": "It is 412 metres long. It is made of gold.", "labels": [{"start": 30, "end": 41}]}
    for task, source in (
        ("qa", {"question": "how long", "passages": BRIDGE}),
        ("summary", BRIDGE),
        ("data2txt", {"a": 1}),
    ):
        write(tmp_path / f"ragtruth_{task}_dev.jsonl.gz", {"source_id": 1, "source": source, "responses": [response]})
    write(tmp_path / "wice_dev.jsonl.gz", {"claim": "c", "evidence": ["a.", "b."], "label": "partially_supported"})
    for part in ("dev", "test"):
        write(tmp_path / f"fever_symmetric_{part}.jsonl.gz", {"claim": "c", "evidence": "e", "gold_label": "SUPPORTS"})
    header = "model_name\tdata_source\tknowledge\tmessage\tresponse\tbegin_label"
    write(tmp_path / "begin_wow_dev.tsv.gz", header, "", 't5\twow\tk "x\tm\tr\tFully attributable')
    return tmp_path


def test_every_set_is_read(data: Path) -> None:
    found = {name: list(sources(name, data)) for name in SETS}
    assert {name: len(rows) for name, rows in found.items()} == {
        "ragtruth": 3,
        "wice": 1,
        "fever-symmetric": 2,
        "begin": 1,
    }
    assert found["ragtruth"][0].texts[0].claims == (Claim(0, 22, True), Claim(23, 42, False))
    assert [source.name for source in found["ragtruth"]] == ["source.txt", "source.txt", "source.json"]
    assert found["wice"][0] == Source("source.txt", "a.\n\nb.", (Text("c", (Claim(0, 1, False),)),))
    assert found["begin"][0].content == 'k "x' and found["begin"][0].texts[0].claims[0].supported


def test_claims_go_through_the_check(data: Path) -> None:
    text = "The Elbow Bridge is 412 metres long. The Elbow Bridge is 500 metres long."
    whole = Text(text, (Claim(0, 36, True), Claim(37, len(text), False), Claim(0, len(text), False)))
    found = list(found_of([Source("a.md", BRIDGE, (whole,))], data / "sources"))
    assert [item.verdict for item in found] == [Standing.SUPPORTED, Standing.CONTRADICTED, Standing.CONTRADICTED]
    assert [(item.features or {}).get("says_so") for item in found] == [1.0, None, None], (
        "what is contradicted has none"
    )
    assert list((data / "sources").iterdir()) == []
    told = counted(found)
    assert (told["n"], told["supported"]["count"]) == (3, 1)
    assert {kind: (row["count"], row["n"]) for kind, row in told["verdicts"].items()} == {
        "supported": (1, 1),
        "contradicted": (0, 2),
    }


def claims(count: int, tells: bool, seed: int = 0) -> list[Found]:
    """Claims in threes of one text each; where it `tells`, one is supported as often as its cover says."""
    drawn, found = random.Random(seed), []
    for number in range(count):
        cover = drawn.random()
        supported = drawn.random() < (cover if tells else 0.5)
        measured = {"cover": cover, "noise": drawn.random()}
        found.append(Found(number // 3, 0, supported, Standing.PARTLY, measured, False))
    return found


def test_a_fit_says_how_sure_it_is_and_of_texts_how_likely_they_hold_something_wrong() -> None:
    sets = {name: claims(600, True, seed) for seed, name in enumerate(SETS)}
    sets["wice"].append(Found(999, 0, True, Standing.OPINION, None, False))
    found = fits(sets, {})
    wice = found["elsewhere"].summary["sets"]["wice"]
    assert (wice["n"], wice["scored"]) == (601, 600)
    assert 0.7 < wice["balanced_accuracy"]["value"] < 0.85 and wice["ece"]["value"] < 0.06
    weights = found["elsewhere"].found
    assert isinstance(weights, Logistic) and weights.terms["cover"].weight > 5 * abs(weights.terms["noise"].weight)
    in_text = found["in-text"].summary["sets"]["ragtruth"]
    assert in_text["auroc"]["value"] > 0.75 and in_text["ece"]["value"] < 0.1
    whole = found["whole"].summary
    assert (whole["n"], whole["scored"]) == (200, 200) and whole["ece"]["value"] < 0.12
    assert whole["auroc"]["value"] > 0.65 and whole["f1"]["value"] > 0.85


def test_a_fit_of_what_tells_nothing_is_a_coin() -> None:
    found = fits({name: claims(600, False, seed) for seed, name in enumerate(SETS)}, {})
    row = found["elsewhere"].summary["sets"]["fever-symmetric"]
    assert row["balanced_accuracy"]["value"] == pytest.approx(0.5, abs=0.06)
    assert row["auroc"]["value"] == pytest.approx(0.5, abs=0.08)


def read(count: int, tells: bool, seed: int) -> tuple[list[Found], dict[str, Floats]]:
    """Claims of which the words tell nothing, every fourth not read; where it `tells`, a hidden state does, with much noise."""
    drawn, found, states = np.random.default_rng(seed), [], {}
    for number, item in enumerate(claims(count, False, seed)):
        shown = f"{seed} {number}" if number % 4 else ""
        found.append(replace(item, shown=shown))
        states[shown] = drawn.normal(size=40) + (tells * (1.5 if item.supported else -1.5)) * (np.arange(40) == 7)
    return found, states


def test_what_a_model_has_read_is_weighed_with_the_words() -> None:
    drawn = {name: read(360, True, seed) for seed, name in enumerate(SETS)}
    found = fits({name: item[0] for name, item in drawn.items()}, {name: item[1] for name, item in drawn.items()})
    assert set(found) == {
        f"{kind}{end}" for kind in ("elsewhere", "from-sources", "in-text", "whole") for end in ("", "-read")
    }
    words, both = (found[name].summary["sets"]["wice"]["auroc"]["value"] for name in ("elsewhere", "elsewhere-read"))
    assert words == pytest.approx(0.5, abs=0.1) and both > 0.75
    assert found["elsewhere-read"].summary["sets"]["wice"]["ece"]["value"] < 0.1
    assert found["elsewhere-read"].summary["read"] == 540
    whole = found["whole-read"].summary["auroc"]["value"]
    assert whole > found["whole"].summary["auroc"]["value"] + 0.1
    probe = found["elsewhere-read"].probed
    assert probe is not None and np.argmax(np.abs(probe.weights)) == 7


def test_a_probe_of_what_tells_nothing_is_a_coin() -> None:
    """Were anything of a fold seen by a fit that is used for it, it would seem to tell something."""
    drawn = {name: read(360, False, seed) for seed, name in enumerate(KINDS["elsewhere"])}
    sets = {name: drawn[name][0] if name in drawn else claims(90, True) for name in SETS}
    found = fits(sets, {name: item[1] for name, item in drawn.items()})
    assert "from-sources-read" not in found and "whole-read" not in found
    for row in found["elsewhere-read"].summary["sets"].values():
        assert row["auroc"]["value"] == pytest.approx(0.5, abs=0.1)


def test_sources_with_the_same_words_are_one_family() -> None:
    made = [
        Source("a.txt", content, tuple(Text(words, ()) for words in texts))
        for content, *texts in (
            ("one", "x"),
            ("two", "y"),
            ("one ", "z"),
            ("three", "y", "w"),
            ("four", "w"),
            ("five", "v"),
        )
    ]
    assert families(made) == [0, 1, 0, 1, 1, 5]


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    class Reader(ScriptedModel):
        def answer(self, questions: Sequence[Question]) -> list[Answer]:
            assert all(question.sampling.max_tokens == 0 for question in questions)
            self.calls += questions
            return [
                Answer((Reply("", "length", 0, None, (float(len(q.messages[0].content)), 1.0)),), 3, 0.1)
                for q in questions
            ]

    model = Reader({})
    found = [replace(item, shown=shown) for item, shown in zip(claims(4, True), ("a", "bcd", "", "a"), strict=True)]
    for _ in range(2):
        kept = states("wice", found, Recorder(tmp_path / "calls.db", "grounding").wrap(model))
    assert {text: state.tolist() for text, state in kept.items()} == {"a": [1.0, 1.0], "bcd": [3.0, 1.0]}
    assert len(model.calls) == 2


def test_fits_are_shipped_with_what_they_hold_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipping, "PACKAGES", tmp_path)
    drawn = {name: read(90, True, seed) for seed, name in enumerate(SETS)}
    every = {name: item[0] for name, item in drawn.items()}
    ship(
        fits(every, {name: drawn[name][1] for name in KINDS["elsewhere"]}),
        Origin("sha256:data", "sha256:model", "command"),
    )
    shipped = {
        path.name: Calibration.model_validate_json(path.read_text())
        for path in (tmp_path / "macrohard/answers/grounding/calibrations").iterdir()
    }
    assert {name: item.model_digest for name, item in shipped.items()} == {
        "elsewhere.json": "", "elsewhere-read.json": "sha256:model", "from-sources.json": "", "whole.json": "",
    }  # fmt: skip
    (probe,) = (tmp_path / "macrohard/answers/probes").iterdir()
    found = Probe.model_validate_json(probe.read_text())
    assert (probe.name, found.model_digest, len(found.weights)) == ("elsewhere.json", "sha256:model", 40)
    state = np.arange(40) == 7
    assert found.score(state.tolist()) > found.score([0.0] * 40)
    (grown,) = (tmp_path / "macrohard/answers/grounding/forests").iterdir()
    forest = Forest.model_validate_json(grown.read_text())
    assert (grown.name, forest.model_digest, forest.names, len(forest.trees)) == (
        "in-text.json",
        "",
        ("cover", "noise"),
        6,
    )


def test_the_digest_follows_the_data(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    first = digest_of([tmp_path / "a"])
    (tmp_path / "a").write_text("2")
    assert first != digest_of([tmp_path / "a"])


def test_trees_that_are_written_down_say_what_those_that_were_grown_say() -> None:
    drawn = np.random.default_rng(0)
    values = drawn.random((300, 4))
    right = (values[:, 0] > values[:, 1]).astype(float)  # which no weight for either tells alone
    found = grown(["a", "b", "c", "d"], values, right, [str(number // 3) for number in range(300)])
    examples = Examples(values, right, found.folds, [str(number // 3) for number in range(300)])
    log_odds = Grower(examples).says(np.ones(300, dtype=bool))
    written = Forest(
        names=found.names,
        trees=tuple(found.trees),
        model_digest="",
        data="",
        data_digest="",
        tasks=100,
        date="",
        command="",
    )
    said = [written.probability(dict(zip(found.names, map(float, row), strict=True))) for row in values]
    assert said == pytest.approx((1 / (1 + np.exp(-log_odds))).tolist(), abs=0.002)
    assert area_under_curve(found.unseen, right) > 0.9
