"""Holds every sentence that `ask` tells against its sources once more, byte for byte and by the tests of `check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.asking.material import Asked
from macrohard.answers import AnswerSentence
from macrohard.answers.answering import answer
from macrohard.answers.report import together
from macrohard.answers.sourced import against
from macrohard.answers.sources import Index
from macrohard.models import Model


def proved(every: Sequence[Asked], index: Index, model: Model) -> dict[str, Any]:
    """Of what the product, with what it ships, tells of all questions: how many sentences, how many stand in their file as they are
    told, and what the tests of `check` say of them."""
    texts = {document.address: Path(document.address).read_bytes().decode() for document in index.documents}
    told = [sentence for asked in every for sentence in answer(asked.question, index, model).sentences]
    verdicts = Counter(together(item.verdict for item in against(item.text, index).statements) for item in told)
    return {
        "sentences": len(told),
        "quoted": sum(_stands(item, texts) for item in told),
        "verdicts": {verdict.value: count for verdict, count in verdicts.most_common()},
    }


def _stands(sentence: AnswerSentence, texts: dict[str, str]) -> bool:
    """Whether each of its quotations stands where it says, and the first one is the sentence."""
    own = sentence.evidence[0].quotation
    is_there = all(texts[item.address][item.start : item.end] == item.quotation for item in sentence.evidence)
    return is_there and " ".join(own.split()) == sentence.text
