"""Holds every claim of a set against its source, as `macrohard check --sources` does, and counts."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.grounding.material import Claim, Source
from bench.measures import share
from macrohard.answers import Standing
from macrohard.answers.report import together
from macrohard.answers.sourced import against
from macrohard.answers.sources import open_index

VERDICTS = (
    Standing.SUPPORTED,
    Standing.PARTLY,
    Standing.CONTRADICTED,
    Standing.NOT_IN_SOURCES,
    Standing.OPINION,
    Standing.NOT_CHECKED,
)


def verdicts(every: Iterable[Source], folder: Path) -> Iterator[tuple[Claim, Standing]]:
    """Each claim with its verdict; that on a claim of several sentences is the one on them together."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in every:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            path = Path(place) / source.name
            path.write_text(source.content, encoding="utf-8")
            index = open_index([str(path)])
            for text in source.texts:
                statements = against(text.words, index).statements
                for claim in text.claims:
                    inside = [item.verdict for item in statements if claim.start <= item.start < claim.end]
                    yield claim, together(inside)


def counted(found: Iterable[tuple[Claim, Standing]]) -> dict[str, Any]:
    """Of each verdict how many there are, and how many of these people had called supported."""
    all_ones: Counter[Standing] = Counter()
    supported: Counter[Standing] = Counter()
    for claim, verdict in found:
        all_ones[verdict] += 1
        supported[verdict] += claim.supported
    return {
        "n": all_ones.total(),
        "supported": share(supported.total(), all_ones.total()),
        "verdicts": {kind.value: share(supported[kind], all_ones[kind]) for kind in VERDICTS if all_ones[kind]},
    }


def digest_of(paths: Iterable[Path]) -> str:
    """sha256 of the names and sha256 of these files."""
    named = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return f"sha256:{hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()}"
