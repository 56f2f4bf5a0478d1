"""Has the model read what the search finds for each question, once with all passages and once without those that answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import store
from bench.asking.material import Asked, Without, document_name, numbers_of
from macrohard.answers.asking.candidates import MOST_READ, Candidate, candidates
from macrohard.answers.asking.questions import Asking
from macrohard.answers.asking.reader import readings
from macrohard.answers.asking.sureness import features, told
from macrohard.answers.reading import Reading
from macrohard.answers.sources import Index, open_index
from macrohard.models import Model

STORE = "asking"


def read_all(every: Sequence[Asked], folder: Path, model: Model, limit: int | None) -> None:
    """Read for the questions that have no line yet, up to `limit` lines in all."""
    index, known = open_index([str(folder)]), store.read(STORE)
    for asked in every[:limit]:
        if asked.id not in known:
            started = time.monotonic()
            row = line(asked, index, model)
            store.append(STORE, {**row, "seconds": round(time.monotonic() - started, 1)})
            print(f"{asked.id}: {asked.question}: {time.monotonic() - started:.1f} s", flush=True)
    store.compact(STORE)


def line(asked: Asked, index: Index, model: Model) -> dict[str, Any]:
    """One line of the store: what was measured of each passage that was read, and of each of its sentences that would be told
    whether the key names it."""
    asking = Asking(asked.question)
    found = candidates(asking, index)[:MOST_READ]
    others = candidates(asking, Without(index, asked.decisive))[:MOST_READ] if asked.key else []
    every = [*found, *others]
    read = readings(asking.plain, every, model)
    rows = [_passage(asked, candidate, reading) for candidate, reading in zip(every, read, strict=True)]
    return {
        "id": asked.id,
        "model": model.name,
        "model_digest": model.digest,
        "answerable": bool(asked.key),
        "with": rows[: len(found)],
        "without": rows[len(found) :],
    }


def _passage(asked: Asked, candidate: Candidate, reading: Reading) -> dict[str, Any]:
    name = document_name(candidate.document)
    numbers = numbers_of(candidate.document, candidate.spans)
    key = {number for passage, number in asked.key if name == f"{asked.id}-{passage}"}
    return {
        "name": name,
        "features": features(candidate, reading),
        "right": not key.isdisjoint(numbers),
        "told": [numbers[place] in key for place in told(candidate, reading)],
    }
