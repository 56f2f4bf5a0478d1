"""The questions of RAGTruth's QA dev half, their passages, and the key."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from macrohard.answers.sentences import sentences
from macrohard.answers.sources import Document, Hit, Index

FILE = "ragtruth_qa_dev.jsonl.gz"
KEY = Path(__file__).with_name("key.txt")
_PASSAGE = re.compile(r"passage \d+:")
_SPAN = re.compile(r"(\d+)\.(\d+)(?:-\1\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its passages; `key` holds (passage, sentence), from 1 and from 0, of each sentence that answers."""

    id: str
    question: str
    passages: tuple[str, ...]
    key: frozenset[tuple[int, int]]

    @property
    def decisive(self) -> frozenset[str]:
        """The names of the passages that answer it."""
        return frozenset(name_of(self.id, passage) for passage, _ in self.key)


def questions(data: Path) -> list[Asked]:
    """All questions that the key decides, in the order of the set."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    key = _key()
    return [
        Asked(str(row["source_id"]), row["source"]["question"], _passages(row["source"]["passages"]), spans)
        for row in rows
        if (spans := key[str(row["source_id"])]) is not None
    ]


def write_passages(data: Path, folder: Path) -> None:
    """Each passage of the set in a file of its own, those of unclear questions too."""
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(data / FILE, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            for number, text in enumerate(_passages(row["source"]["passages"]), 1):
                (folder / f"{name_of(str(row['source_id']), number)}.txt").write_text(text, encoding="utf-8")


def name_of(question: str, passage: int) -> str:
    """The name of a passage."""
    return f"{question}-{passage}"


def document_name(document: Document) -> str:
    """The name of the passage that a document holds."""
    return Path(document.address).stem


def numbers_of(document: Document, spans: Iterable[tuple[int, int]]) -> list[int]:
    """The numbers of these sentences in the whole passage, as the key counts them; -1 where the index cuts otherwise."""
    every = [(item.start, item.end) for item in sentences(document.text)]
    return [every.index((start, end)) if (start, end) in every else -1 for start, end in spans]


class Without(Index):
    """An index from which some passages have been taken away."""

    def __init__(self, index: Index, names: Collection[str]) -> None:
        self._index = index
        self._names = names

    def search(self, words: Iterable[str], most: int) -> list[Hit]:
        """As the index does, without them."""
        found = self._index.search(words, most + 8 * len(self._names))
        return [hit for hit in found if document_name(hit.document) not in self._names][:most]


def _passages(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PASSAGE.split(text)[1:])


def _key() -> dict[str, frozenset[tuple[int, int]] | None]:
    lines = [line.split() for line in KEY.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {number: None if spans == ["?"] else _spans(spans) for number, *spans in lines}


def _spans(spans: Iterable[str]) -> frozenset[tuple[int, int]]:
    found = set()
    for span in spans:
        passage, first, last = _parts(span)
        found |= {(passage, number) for number in range(first, last + 1)}
    return frozenset(found)


def _parts(span: str) -> tuple[int, int, int]:
    match = _SPAN.fullmatch(span)
    if match is None:
        raise ValueError(f"{span} in {KEY} is no span")
    passage, first, last = match.groups()
    return int(passage), int(first), int(last or first)
