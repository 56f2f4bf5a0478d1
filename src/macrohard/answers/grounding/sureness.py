"""How sure a verdict is: the share of sentences with the same verdict that people, too, had called so, on public labelled sets.

Only of `supported`, which is the same on all sets; what the other verdicts are worth depends on who wrote the text
(`bench/results/grounding.json`).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from macrohard.answers.grounding.languages import ENGLISH, Language
from macrohard.truth.check import Record

FILE = "supported.json"
"""In this package."""


class Rate(Record):
    """How often a verdict is right."""

    format: str = "macrohard/rate/v1"
    data: tuple[str, ...]
    """The labelled sets; each counts the same."""
    data_digest: str
    n: int
    """Sentences with the verdict, in all sets together."""
    date: str
    command: str
    """Makes this file anew."""
    language: str
    probability: Annotated[float, Field(gt=0, lt=1)]


def supported_is_right(language: Language | None) -> float | None:
    """The probability that a sentence which is called supported is; None for a language that no set is in."""
    return _rate().probability if language is ENGLISH else None


@cache
def _rate() -> Rate:
    return Rate.model_validate_json((files("macrohard.answers.grounding") / FILE).read_text(encoding="utf-8"))
