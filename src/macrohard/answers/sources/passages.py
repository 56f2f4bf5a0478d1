"""Passages: what is searched and quoted, cut where sentences end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macrohard.answers.sentences import Sentence, sentences
from macrohard.answers.sources.document import Document, Media

LONG = 600
"""Characters: a passage is closed with the sentence that reaches it."""
LONGEST_SENTENCE = 2000
"""Characters: what is longer is cut, and nothing of it is left out."""
_PROSE = 160
"""Characters: a value that is longer is cut into sentences."""
_BY_LINE = {Media.TABLE, Media.JSON, Media.CODE}


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document: `document.text[start:end]`, and the spans of the sentences in it."""

    document: int
    """Its number among the documents."""
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    """Start and end in the text of the document."""


def passages(document: Document, number: int) -> Iterator[Passage]:
    """The passages of a document, one after the other; every sentence is in exactly one."""
    spans = list(_spans(document))
    begun: list[tuple[int, int]] = []
    for start, end in spans:
        begun.append((start, end))
        if end - begun[0][0] >= LONG:
            yield _passage(number, begun)
            begun = []
    if begun:
        yield _passage(number, begun)


def _passage(number: int, spans: Sequence[tuple[int, int]]) -> Passage:
    return Passage(number, spans[0][0], spans[-1][1], tuple(spans))


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    """Sentences; of code lines, of tables and JSON lines too, but for prose in them."""
    for sentence in _lines(document) if document.media in _BY_LINE else sentences(document.text):
        for start in range(sentence.start, sentence.end, LONGEST_SENTENCE):
            yield start, min(sentence.end, start + LONGEST_SENTENCE)


def _lines(document: Document) -> Iterator[Sentence]:
    at = 0
    for line in document.text.split("\n"):
        bare = line.strip()
        start = at + len(line) - len(line.lstrip())
        if len(bare) > _PROSE and document.media is not Media.CODE:
            for found in sentences(bare):
                yield Sentence(found.words, start + found.start, start + found.end)
        elif bare:
            yield Sentence(bare, start, start + len(bare))
        at += len(line) + 1
