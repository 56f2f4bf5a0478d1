"""Which passages answer: by the hidden state of a model with a probe, by the word of any other, and never without a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from macrohard.answers.asking.candidates import Candidate
from macrohard.answers.asking.passages import answering
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.sureness import probe_for
from macrohard.answers.sources import Document, Media
from macrohard.models import Answer, Question, Reply, ScriptedModel
from macrohard.models.weights import DIGEST

ASKING = Asking("How long is the bridge?")
EMBEDDED = f"sha256:{DIGEST}"


class Mind(ScriptedModel):
    """A model whose hidden state has a score for each text that holds a word, and which says these words to what it is asked."""

    def __init__(self, scores: dict[str, float], which: str = "[1]", whether: str = "Yes") -> None:
        super().__init__({"reader: which": [which] * 9, "reader: whether": [whether] * 9})
        self.digest = EMBEDDED
        self.scores, self.texts = scores, list[str]()

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """States where nothing is to be drawn."""
        if any(question.sampling.max_tokens for question in questions):
            return super().answer(questions)
        return [
            Answer((Reply("", "length", 0, None, self._state(item.messages[0].content)),), 9, 0.1) for item in questions
        ]

    def _state(self, text: str) -> tuple[float, ...]:
        self.texts.append(text)
        score = next((score for word, score in self.scores.items() if word in text), -9.0)
        probe = probe_for(EMBEDDED)
        assert probe is not None
        size = sum(weight * weight for weight in probe.weights)
        return tuple(weight * (score - probe.intercept) / size for weight in probe.weights)


def passage(text: str, media: Media = Media.TEXT) -> Candidate:
    weights = {word.stem: 1.0 for word in ASKING.topics}
    return Candidate(Document("a.txt", media, "0" * 64, "", text), ((0, len(text)),), weights, 1.0, ASKING)


LONG = passage("The bridge is 412 metres long, and it is old.")
GREEN = passage("The bridge was painted green, and it is old.")


def test_the_hidden_state_tells_which_passage_answers() -> None:
    mind = Mind({"412": 6.0, "green": -6.0})
    (found,) = answering(ASKING, [GREEN, LONG], mind)
    assert (found.candidate, found.numbers) == (LONG, (0,)) and found.probability is not None
    assert found.probability > 0.7


def test_where_none_is_sure_nothing_is_asked_for() -> None:
    mind = Mind({})
    assert answering(ASKING, [GREEN, LONG], mind) == [] and mind.calls == []


def test_the_passage_is_read_before_the_question_and_behind_both_the_state() -> None:
    mind = Mind({})
    answering(ASKING, [LONG], mind)
    assert mind.texts == [f"Source:\n{LONG.document.text}\n\nQuestion: How long is the bridge?\nAnswer:"]


def test_a_passage_of_which_it_names_no_sentence_does_not_answer() -> None:
    assert answering(ASKING, [LONG], Mind({"412": 6.0}, which="None")) == []


def test_records_and_other_languages_are_asked_for_a_word() -> None:
    table, french = passage("bridge: 412; long: yes", Media.TABLE), passage("Le pont est long de 412 mètres, et vert.")
    mind = Mind({"412": 6.0})
    found = answering(ASKING, [table, french], mind)
    assert [item.probability for item in found] == [None, None] and mind.texts == []
    assert answering(ASKING, [table], Mind({"412": 6.0}, whether="No")) == []


def test_what_is_calibrated_stands_first() -> None:
    table = passage("bridge: 412; long: yes", Media.TABLE)
    found = answering(ASKING, [table, LONG], Mind({"412": 6.0}))
    assert [item.candidate for item in found] == [LONG, table]


@pytest.mark.parametrize(("whether", "count"), [("Yes", 1), ("No", 0), ("Perhaps", 0)])
def test_a_model_without_a_probe_is_asked_for_a_word(whether: str, count: int) -> None:
    model = ScriptedModel({"reader: whether": [whether], "reader: which": ["[1]"]})
    found = answering(ASKING, [LONG], model)
    assert [item.probability for item in found] == [None] * count
