"""Holds every claim of a set against its source, as `macrohard check --sources` does, and counts."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from bench.grounding.families import families
from bench.grounding.material import Source, Text
from bench.measures import share
from macrohard.answers import Standing
from macrohard.answers.grounding.judging import Judgement
from macrohard.answers.grounding.scoring import features
from macrohard.answers.opened import opened
from macrohard.answers.report import together
from macrohard.answers.sourced import against
from macrohard.answers.sources import RECORDS, Index, open_index

VERDICTS = (
    Standing.SUPPORTED,
    Standing.PARTLY,
    Standing.CONTRADICTED,
    Standing.NOT_IN_SOURCES,
    Standing.OPINION,
    Standing.NOT_CHECKED,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, and what the check makes of it."""

    source: int
    """Number of the family of its source in the set."""
    text: int
    """Number of its text in the set."""
    supported: bool
    """Whether people called it so."""
    verdict: Standing
    """Of a claim of several sentences the one on them together."""
    features: dict[str, float] | None
    """What its probability comes from; None where it has none, or is of several sentences."""
    of_records: bool
    """Whether its source is a table or the like."""
    shown: str = ""
    """What a model reads of it and its source; '' where it reads nothing, since the tests decide or nothing comes near, or only
    records do."""
    is_whole: bool = False
    """Whether that is the whole source."""


def found_of(every: Iterable[Source], folder: Path) -> Iterator[Found]:
    """Each claim with what is made of it."""
    folder.mkdir(parents=True, exist_ok=True)
    listed, texts = list(every), count()
    for number, source in zip(families(listed), listed, strict=True):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            path = Path(place) / source.name
            path.write_text(source.content, encoding="utf-8")
            index = open_index([str(path)])
            for text in source.texts:
                yield from _of_text(text, index, (number, next(texts)))


def _of_text(text: Text, index: Index, place: tuple[int, int]) -> Iterator[Found]:
    measured: dict[str, dict[str, float]] = {}

    def keep(judgement: Judgement) -> None:
        measured[judgement.alignment.claim.text] = features(judgement)

    report = against(text.words, index, scorer=keep)
    shown = {report.statements[item.number].start: item for item in opened(report, index) if item.is_of_prose}
    of_records = all(document.media in RECORDS for document in index.documents)
    for claim in text.claims:
        inside = [item for item in report.statements if claim.start <= item.start < claim.end]
        own = measured.get(inside[0].text) if len(inside) == 1 and inside[0].parts else None
        read = shown.get(inside[0].start) if own is not None else None
        found = Found(*place, claim.supported, together(item.verdict for item in inside), own, of_records)
        yield replace(found, shown=read.beside_its_sources, is_whole=bool(read.whole)) if read else found


def counted(found: Iterable[Found]) -> dict[str, Any]:
    """Of each verdict how many there are, and how many of these people had called supported."""
    all_ones: Counter[Standing] = Counter()
    supported: Counter[Standing] = Counter()
    for item in found:
        all_ones[item.verdict] += 1
        supported[item.verdict] += item.supported
    return {
        "n": all_ones.total(),
        "supported": share(supported.total(), all_ones.total()),
        "verdicts": {kind.value: share(supported[kind], all_ones[kind]) for kind in VERDICTS if all_ones[kind]},
    }


def digest_of(paths: Iterable[Path]) -> str:
    """sha256 of the names and sha256 of these files."""
    named = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return f"sha256:{hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()}"
