"""Statements about files and settings: 'added `tests/test_x.py`', 'requires Python 3.11 or newer'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from macrohard.answers.sentences import Sentence
from macrohard.answers.software.copying import LEFT_OUT
from macrohard.answers.software.project import settings, table
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.workplace import Workplace
from macrohard.truth.standalone import visible

_KINDS = (
    "py|pyi|md|rst|txt|toml|cfg|ini|json|jsonl|ya?ml|csv|tsv|html?|css|jsx?|tsx?|sh|sql|xml|svg|png|cpp|hpp|rs|go|java|kt|rb|"
    "php|ipynb|dockerignore|gitignore"
)
_PATH = rf"`(?P<{{0}}>(?:[\w.@+-]+/)*[\w.@+-]*\.(?:{_KINDS})|(?:[\w.@+-]+/)+[\w.@+-]*|LICENSE|LICENCE|Makefile|Dockerfile|NOTICE)`"
_FURTHER = rf"(?P<{{0}}>(?:(?:\s*,\s*|\s*,?\s+and\s+){_PATH.replace('(?P<{0}>', '(?:')}(?=\s*(?:[.,;:)!]|$|and\b)))*)"
"""The others of a list; what follows a path with a verb begins a clause of its own."""
_VERBS = r"(?:added|created|wrote|introduced|adds|creates|contains|includes|ships)"
_SAID = re.compile(
    rf"{_PATH.format('there')}\s+(?:(?:now|already|also)\s+)*(?:exists\b|(?:is|was|has\s+been)\s+(?:there|present|added|created)\b)"
    rf"|{_PATH.format('gone')}\s+(?:(?:is|was|has\s+been)\s+)?(?:now\s+)?(?:removed|deleted|gone)\b"
    rf"|\b{_VERBS}\s+(?:(?:a|an|the|new|files?|modules?|scripts?|folders?|tests?|in|called|named)\s+)*{_PATH.format('added')}{_FURTHER.format('adding')}"
    rf"|\b(?:removed|deleted)\s+(?:(?:the|old|files?|modules?|scripts?|folders?)\s+)*{_PATH.format('taken')}{_FURTHER.format('taking')}",
    re.IGNORECASE,
)
_MORE = frozenset(["file", "new"])
_PYTHON = re.compile(
    r"\b(?:requires?|needs?)\s+Python\s+(?:version\s+)?(?P<least>>=\s*)?(?P<version>3\.\d+)(?P<newer>\s*(?:\+|(?:or|and)\s+(?:newer|"
    r"later|above|higher|up)))?",
    re.IGNORECASE,
)
_LOWEST = re.compile(r">=\s*(3\.\d+)")


def files(sentence: Sentence) -> Iterator[Saying]:
    """'Added `tests/test_x.py`', '`setup.py` was removed'."""
    for found in stated(sentence, _SAID, _MORE):
        wanted = found["there"] or found["added"]
        path = wanted or found["gone"] or found["taken"]
        which = "adding" if found["added"] else "taking"
        further = list(re.finditer(r"`([^`]+)`", found[which] or ""))
        first = found.start(which) if further else found.end()
        yield Saying(found.start(), first, partial(_stands, path, wanted is not None))
        for item in further:
            start = found.start(which) + item.start()
            yield Saying(start, start + len(item.group()), partial(_stands, item[1], wanted is not None))


def python_versions(sentence: Sentence) -> Iterator[Saying]:
    """'Requires Python 3.11 or newer'."""
    for found in stated(sentence, _PYTHON):
        newer = bool(found["least"] or found["newer"])
        yield Saying(found.start(), found.end(), partial(_requires, found["version"], newer))


def _stands(path: str, wanted: bool, place: Workplace) -> Decision:
    """Said of a path in the repository, or of a name that stands in one of its folders."""
    bare = path.rstrip("/")
    if {*bare.split("/")} & {"..", *LEFT_OUT}:
        return undecided(f"`{visible(bare)}` is no part of what is looked at.")
    here = place.root / bare
    found = here.exists() if here.resolve().is_relative_to(place.root.resolve()) else False
    if not found and "/" not in bare:
        nested = next((item for item in place.root.rglob(bare)), None)
        bare = nested.relative_to(place.root).as_posix() if nested else bare
        found = nested is not None
    told = f"`{visible(bare)}` is in the repository." if found else f"`{visible(bare)}` is not in the repository."
    quoted = (place.quote(bare, 1),) if found and place.text(bare) is not None else ()
    return supported(found is wanted, told, *quoted)


def _requires(version: str, newer: bool, place: Workplace) -> Decision:
    """'Or newer' promises every later version."""
    said = table(settings(place), "project").get("requires-python")
    if not isinstance(said, str):
        return undecided("The project does not say in pyproject.toml which Python it requires.")
    text = place.text("pyproject.toml") or ""
    line = next((number for number, one in enumerate(text.splitlines(), 1) if "requires-python" in one), 1)
    lowest = _LOWEST.search(said)
    bounded = re.search(r"<|==|~=|!=", said) is not None
    exact = re.fullmatch(rf"\s*(?:==|~=)\s*{re.escape(version)}(?:\.\*|\.0)?\s*", said) is not None
    least = lowest is not None and lowest.group(1) == version
    holds = least and not bounded if newer else least or exact
    return supported(holds, f"pyproject.toml requires `{visible(said, 60)}`.", place.quote("pyproject.toml", line))
