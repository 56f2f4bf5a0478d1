"""What a model makes of what the tests leave open, read off its hidden state by the shipped probe."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from macrohard.answers import CheckReport, Standing, check_sources
from macrohard.answers.grounding.sureness import ELSEWHERE
from macrohard.answers.probe import Probe, probe
from macrohard.models import Answer, Question, Reply, ScriptedModel
from macrohard.models.weights import DIGEST

pytestmark = pytest.mark.usefixtures("home")
EMBEDDED = f"sha256:{DIGEST}"
SOURCE = "The Sund Ferry sails every hour. It carries forty cars. The harbour has a café.\n"
PARAPHRASE = "Boats of the Sund Ferry leave hourly."


def shipped() -> Probe:
    found = probe(ELSEWHERE, EMBEDDED)
    assert found is not None
    return found


class Mind(ScriptedModel):
    """A model that says Yes to everything it is asked, and whose hidden state has this score."""

    def __init__(self, score: float) -> None:
        super().__init__(lambda question, number: "Yes")
        self.digest = EMBEDDED
        self.texts: list[str] = []
        weights = shipped().weights
        size = sum(weight * weight for weight in weights)
        self._state = tuple(weight * (score - shipped().intercept) / size for weight in weights)

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """States where nothing is to be drawn."""
        if any(question.sampling.max_tokens for question in questions):
            return super().answer(questions)
        self.texts += [question.messages[0].content for question in questions]
        return [Answer((Reply("", "length", 0, None, self._state),), 9, 0.1) for _ in questions]


def checked(folder: Path, text: str, model: ScriptedModel | None, source: str = SOURCE) -> CheckReport:
    (folder / "a.md").write_text(source, encoding="utf-8")
    return check_sources(text, [str(folder / "a.md")], model=model)


def test_the_probability_follows_the_hidden_state_and_the_verdict_does_not(tmp_path: Path) -> None:
    (words,), (yes,), (no,) = (
        checked(tmp_path, PARAPHRASE, model).statements for model in (None, Mind(5.0), Mind(-5.0))
    )
    assert words.verdict is yes.verdict is no.verdict is not Standing.SUPPORTED
    found = [statement.parts[0].probability or 0 for statement in (no, words, yes)]
    assert found[0] < found[1] < found[2] and found[0] < 0.3 and found[2] > 0.7


def test_what_it_reads_there_is_shown_where_the_words_come_nearest(tmp_path: Path) -> None:
    (yes,), (no,) = (checked(tmp_path, PARAPHRASE, Mind(score)).statements for score in (5.0, -5.0))
    readings = [statement.parts[0].reading for statement in (yes, no)]
    assert readings[0] and readings[0].supports and readings[0].likelihood is None
    assert [item.quotation for item in readings[0].evidence] == ["The Sund Ferry sails every hour."]
    assert readings[1] and not readings[1].supports and readings[1].evidence == ()


def test_it_reads_short_sources_whole_and_draws_nothing(tmp_path: Path) -> None:
    mind = Mind(0.0)
    checked(tmp_path, f"{PARAPHRASE} It can take some forty lorries.", mind)
    assert mind.texts == [
        f"Source:\n{SOURCE.strip()}\n\nClaim: {PARAPHRASE}",
        f"Source:\n{SOURCE.strip()}\n\nClaim: {PARAPHRASE} It can take some forty lorries.",
    ]
    assert mind.calls == []


def test_of_long_sources_it_reads_what_comes_nearest(tmp_path: Path) -> None:
    mind = Mind(0.0)
    fog = "".join(f"Fog number {number} lay on the fields of the old farm. " for number in range(60))
    checked(tmp_path, PARAPHRASE, mind, source=f"{fog}{SOURCE}")
    assert mind.texts == [f"Source:\nThe Sund Ferry sails every hour.\n\nClaim: {PARAPHRASE}"]


def test_of_long_sources_it_reads_what_adds_most_and_not_the_same_thing_twice(tmp_path: Path) -> None:
    """Each of the first sentences has more of the claim than the one about lorries, and all of them have the same."""
    mind = Mind(0.0)
    fog = "".join(f"Fog number {number} lay on the fields of the old farm. " for number in range(60))
    same = "".join(f"On line {number} boats of the Sund Ferry leave the harbour. " for number in range(4))
    checked(
        tmp_path, "Boats of the Sund Ferry leave with some lorries.", mind, f"{same}{fog}Lorries wait at the gate.\n"
    )
    (text,) = mind.texts
    assert text.startswith("Source:\nOn line 0 boats of the Sund Ferry leave the harbour.\nLorries wait at the gate.\n")


def test_of_a_long_sentence_it_reads_all_and_nothing_more(tmp_path: Path) -> None:
    mind = Mind(0.0)
    fog = "".join(f"Fog number {number} lay on the fields of the old farm. " for number in range(60))
    long = f"The boats of the Sund Ferry leave, {', '.join(f'as notice {number} told' for number in range(40))}, daily."
    checked(
        tmp_path, "Boats of the Sund Ferry leave with some lorries.", mind, f"{long} {fog}Lorries wait at the gate.\n"
    )
    assert mind.texts == [f"Source:\n{long}\n\nClaim: Boats of the Sund Ferry leave with some lorries."]


def test_what_the_tests_decide_is_not_read(tmp_path: Path) -> None:
    mind = Mind(5.0)
    checked(tmp_path, "It carries forty cars. It carries fifty cars. The ferry is lovely, I think.", mind)
    assert mind.texts == [] and mind.calls == []


def test_records_are_not_read(tmp_path: Path) -> None:
    mind = Mind(5.0)
    (tmp_path / "a.json").write_text(json.dumps({"ferry": "Sund", "sails": "every hour"}), encoding="utf-8")
    (statement,) = check_sources(PARAPHRASE, [str(tmp_path / "a.json")], model=mind).statements
    assert mind.texts == [] and mind.calls == [] and statement.parts[0].probability


def test_a_language_that_the_probe_was_not_fitted_on_is_asked_for_a_word(tmp_path: Path) -> None:
    mind = Mind(5.0)
    source = "Le bac du Sund part toutes les heures de la journée. Il transporte quarante voitures.\n"
    (statement,) = checked(tmp_path, "Les bateaux du Sund quittent le port chaque heure.", mind, source).statements
    assert mind.texts == [] and {question.purpose for question in mind.calls} == {"reader: whether", "reader: which"}
    assert statement.parts[0].probability is None and statement.parts[0].reading


def test_another_model_has_no_probe() -> None:
    assert probe(ELSEWHERE, "sha256:another") is None
    with pytest.raises(ValueError, match="dimensions"):
        shipped().score([1.0, 2.0])
