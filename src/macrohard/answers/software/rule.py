"""What a rule is: it knows one kind of statement about software, and what decides it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from macrohard.answers.evidence import Evidence
from macrohard.answers.report import Standing
from macrohard.answers.sentences import Sentence
from macrohard.answers.software.workplace import Workplace

_NOT_STATED = re.compile(
    r"\b(?:if|once|when(?:ever)?|until|unless|before|should|must|shall|will|would|could|may|might|can|ensure|ensures|"
    r"make sure|so that|please|verify|check|confirm|expect(?:ed)?|goal|target|todo|aims?|let's|previously|originally|"
    r"initially|formerly|used to)\b",
    re.IGNORECASE,
)
"""Words that make what follows a wish, a plan, a condition or a thing of the past: nobody says that it is so."""
_DENIED = re.compile(r"\b(?:not|never|nor|neither|hardly|cannot)\b|n't\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s|\b(?:and|but)\b")
_CONDITION = re.compile(
    r"[,\s]*(?:when(?:ever)?|if|unless|once|until|after|while|as long as|provided)\b", re.IGNORECASE
)
_CODE = re.compile(r"(`[^`\n]*`)")
_MARKS = re.compile(r"\*\*|__|[*\n\t✅✔☑]")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule found out about a statement."""

    verdict: Standing
    reason: str
    evidence: tuple[Evidence, ...] = ()


Decide = Callable[[Workplace], Decision]
"""Finds out whether it is so; may run programs."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Words of a sentence that say one thing, and how to find out whether it is so."""

    start: int
    """Offset in the words of the sentence."""
    end: int
    decide: Decide


class Rule(Protocol):
    """Reads a sentence; runs nothing."""

    def __call__(self, sentence: Sentence) -> Iterator[Saying]:
        """What the sentence says of the kind that the rule knows."""
        ...


def stated(sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches in a sentence that are said to be so: not wished, planned, denied, asked or made a condition."""
    bare = bare_of(sentence.words)
    if sentence.is_code or bare.rstrip().endswith("?"):
        return
    for found in pattern.finditer(bare):
        before = bare[: found.start()]
        denied = _DENIED.search(_CLAUSE.split(before)[-1])
        if not (denied or _NOT_STATED.search(before) or _CONDITION.match(bare, found.end())):
            yield found


def bare_of(words: str) -> str:
    """The words with marks of emphasis and line ends as spaces, but for those in code: as long as before, so that places
    stay the same."""
    parts = _CODE.split(words)
    parts[::2] = [_MARKS.sub(lambda found: " " * len(found.group()), part) for part in parts[::2]]
    return "".join(parts)


def supported(holds: bool, reason: str, *evidence: Evidence) -> Decision:
    """Supported or contradicted."""
    return Decision(Standing.SUPPORTED if holds else Standing.CONTRADICTED, reason, evidence)


def undecided(reason: str, *evidence: Evidence) -> Decision:
    """Not checked, and why."""
    return Decision(Standing.NOT_CHECKED, reason, evidence)
