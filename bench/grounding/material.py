"""The public labelled sets: claims, what they are held against, and whether it supports them."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macrohard.answers.sentences import sentences

RAGTRUTH = ("qa", "summary", "data2txt")
FILES = {
    "ragtruth": tuple(f"ragtruth_{task}_dev.jsonl.gz" for task in RAGTRUTH),
    "wice": ("wice_dev.jsonl.gz",),
    "fever-symmetric": ("fever_symmetric_dev.jsonl.gz", "fever_symmetric_test.jsonl.gz"),
    "begin": ("begin_wow_dev.tsv.gz",),
}
SETS = tuple(FILES)


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a text, from `start` to `end`, and whether people called them supported, all of them."""

    start: int
    end: int
    supported: bool


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, with its claims."""

    words: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Something that texts are held against, as a file."""

    name: str
    """Of the file; its ending says what it is."""
    content: str
    texts: tuple[Text, ...]


def sources(name: str, data: Path) -> Iterator[Source]:
    """All of a set, in its order."""
    makers = {"ragtruth": _ragtruth, "wice": _wice, "fever-symmetric": _fever, "begin": _begin}
    return makers[name](data)


def _ragtruth(data: Path) -> Iterator[Source]:
    for task in RAGTRUTH:
        for row in _lines(data / f"ragtruth_{task}_dev.jsonl.gz"):
            name, content = _ragtruth_source(task, row["source"])
            texts = tuple(_marked(item["response"], item["labels"]) for item in row["responses"])
            yield Source(name, content, texts)


def _ragtruth_source(task: str, source: Any) -> tuple[str, str]:
    if task == "qa":
        return "source.txt", f"{source['question']}?\n\n{source['passages']}"
    return ("source.txt", source) if task == "summary" else ("source.json", json.dumps(source, ensure_ascii=False))


def _marked(words: str, labels: list[dict[str, Any]]) -> Text:
    """Each sentence is a claim; one that holds a part of a marked span is not supported."""
    claims = tuple(
        Claim(
            item.start, item.end, not any(label["start"] < item.end and item.start < label["end"] for label in labels)
        )
        for item in sentences(words)
    )
    return Text(words, claims)


def _whole(words: str, supported: bool) -> tuple[Text, ...]:
    return (Text(words, (Claim(0, len(words), supported),)),)


def _wice(data: Path) -> Iterator[Source]:
    for row in _lines(data / "wice_dev.jsonl.gz"):
        text = _whole(row["claim"], row["label"] == "supported")
        yield Source("source.txt", "\n\n".join(map(str.strip, row["evidence"])), text)


def _fever(data: Path) -> Iterator[Source]:
    for file in FILES["fever-symmetric"]:
        for row in _lines(data / file):
            yield Source("source.txt", row["evidence"], _whole(row["claim"], row["gold_label"] == "SUPPORTS"))


def _begin(data: Path) -> Iterator[Source]:
    with gzip.open(data / "begin_wow_dev.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if line.strip()), delimiter="\t", quoting=csv.QUOTE_NONE):
            supported = row["begin_label"] == "Fully attributable"
            yield Source("source.txt", row["knowledge"], _whole(row["response"], supported))


def _lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
