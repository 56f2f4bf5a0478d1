"""How long sources take: making an index, searching in it, and holding one claim against ten pages, without and with the embedded model.

    python -m bench.searching --data DIR [--passages N] [--read CLAIMS]

The sources are made of sentences of public sets, drawn at random into documents; the claims come from them too. Writes
`bench/results/searching.json`; times in milliseconds, the index in seconds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.counting import Counted
from bench.machine import circumstances, write_result
from macrohard.answers.grounding.languages import ENGLISH
from macrohard.answers.grounding.words import Words
from macrohard.answers.paraphrase import with_readings
from macrohard.answers.reading import state_question
from macrohard.answers.sourced import against
from macrohard.answers.sources import Index, open_index
from macrohard.answers.witnesses import query_of
from macrohard.models import Model, open_model
from macrohard.paths import HOME_VARIABLE

SEED = 0
CLAIMS = 200
PAGES = 10
PAGE = 3000
"""Characters of a printed page."""
_SENTENCES = 40
"""Of a document: some seven passages."""
_MOST = 24
_DRAWS = 2000


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--read", type=int, default=40, metavar="CLAIMS", help="claims that the model reads, too")
    options = parser.parse_args()
    model = open_model("embedded") if options.read else None
    if model is not None:
        model.answer([state_question("Source:")])  # which loads it, from where the weights are
    sentences, claims = material(options.data)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = str(Path(folder) / "home")
        found = measured(Path(folder), sentences, claims, options.passages)
        if model is not None:
            found |= read(Path(folder), claims, model, options.read)
    result = {"schema": "macrohard/bench/searching/v1", "command": "python -m bench.searching --data DIR", "seed": SEED}
    write_result("searching", {**result, **circumstances(), **found})
    print(json.dumps(found, indent=2))
    return 0


def material(data: Path) -> tuple[list[str], list[str]]:
    """Sentences for sources, and claims, of WiCE."""
    with gzip.open(data / "wice_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [" ".join(line.split()) for row in rows for line in row["evidence"] if line.strip()], [
        row["claim"] for row in rows
    ]


def measured(folder: Path, sentences: Sequence[str], claims: Sequence[str], passages: int) -> dict[str, Any]:
    """All figures."""
    drawn = random.Random(SEED)
    claims = drawn.sample(list(claims), min(CLAIMS, len(claims)))
    many, few = folder / "many", folder / "few"
    _write(many, _documents(sentences, drawn, passages))
    seconds, index = _timed(lambda: open_index([str(many)]))
    again, index = _timed(lambda: open_index([str(many)]))
    queries = [query_of(Words(claim, ENGLISH)) for claim in claims]
    _write(few, _pages(sentences, drawn))
    ten = open_index([str(few)])
    return {
        "passages": len(index),
        "documents": len(index.documents),
        "index_seconds": round(seconds, 2),
        "unchanged_seconds": round(again, 3),
        "search_ms": spread([_timed(partial(index.search, query, _MOST))[0] for query in queries]),
        "pages": PAGES,
        "claim_ms": spread([_timed(partial(against, claim, ten))[0] for claim in claims]),
    }


def read(folder: Path, claims: Sequence[str], model: Model, count: int) -> dict[str, Any]:
    """How long it takes when the model reads the claim, too; of `count` claims those that the tests leave open."""
    ten = open_index([str(folder / "few")])
    times, tokens = [], []
    for claim in random.Random(SEED).sample(list(claims), count):
        counted = Counted(model)
        seconds, _ = _timed(partial(_read, claim, ten, counted))
        if read_tokens := counted.tokens["prompt"]:
            times.append(seconds)
            tokens.append(read_tokens)
    return {"read_ms": spread(times), "read_tokens_median": float(np.median(tokens)), "model_digest": model.digest}


def _read(claim: str, index: Index, model: Model) -> None:
    with_readings(against(claim, index), index, model)


def spread(seconds: Sequence[float]) -> dict[str, Any]:
    """Median with its 95 % interval by bootstrap, 95th percentile, and how many, in milliseconds."""
    times = 1000 * np.array(seconds)
    drawn = np.random.default_rng(SEED).choice(times, size=(_DRAWS, len(times)))
    low, high = np.percentile(np.median(drawn, axis=1), [2.5, 97.5])
    told = {"median": float(np.median(times)), "p95": float(np.percentile(times, 95))}
    return {
        **{name: round(value, 2) for name, value in told.items()},
        "interval_95": [round(float(low), 2), round(float(high), 2)],
        "n": len(times),
    }


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done


def _documents(sentences: Sequence[str], drawn: random.Random, passages: int) -> Iterator[str]:
    """Documents with so many passages in all, hardly more: a passage is closed at 600 characters."""
    length = 0
    while length < 630 * passages:
        text = "\n".join(drawn.choices(sentences, k=_SENTENCES))
        length += len(text)
        yield text


def _pages(sentences: Sequence[str], drawn: random.Random) -> Iterator[str]:
    for _ in range(PAGES):
        text = ""
        while len(text) < PAGE:
            text += drawn.choice(sentences) + "\n"
        yield text


def _write(folder: Path, texts: Iterator[str]) -> None:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
