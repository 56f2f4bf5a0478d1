"""What a rule is: it knows one kind of statement about software, and what decides it.

A rule reads a clause only when it understands all of it. What a clause says besides ("... on main", "... for the parser",
"almost all ...") changes what is said, so that such a clause is left alone: an unread statement is not checked, and nobody is
misled.
"""

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
    r"\b(?:if|once|when(?:ever)?|until|unless|before|after|should|must|shall|will|would|could|may|might|can|ensure|ensures|"
    r"make|so that|please|verify|check|confirm|expect(?:ed)?|goal|target|todo|next|aims?|let's|previously|originally|initially|"
    r"formerly|used to|wait|keep|needs? to|want|wants|get|getting|hopefully|probably|perhaps|maybe|unclear|whether|assuming|"
    r"provided|says?|said|claims?|claimed|told|where|bugs?|fixe[sd]|fix|reverted|false|untrue|wish|try|run|requires? that|"
    r"minimum|at risk|unlike|instead)\b",
    re.IGNORECASE,
)
"""Words that make what follows a wish, a plan, a condition, a thing of the past or somebody else's: nobody says that it is
so."""
_DENIED = re.compile(
    r"\b(?:not|never|nor|neither|hardly|cannot|no longer|false|untrue|wrong|inaccurate)\b|n't\b", re.IGNORECASE
)
_REFUSED = re.compile(r"[❌✗✘☐⛔🚫]|~~|<!--|^\s*\[ \]|\?\s*[\"')]*$")
"""Signs that what stands beside them is not so, or not yet, or a question."""
_TAKEN_BACK = re.compile(r"\W*(?:no|nope|false|wrong|not\s+(?:yet|really|true))\b", re.IGNORECASE)
_EXCEPTED = re.compile(
    r"[\s,;:(–—]*(?:(?:with|save|all|and)\s+)?(?:except(?:ing|ed)?|(?:\w+\s+)?exceptions?|apart\s+from|besides|other\s+than|save\s+for|"
    r"excluding|barring|minus|but\b[^.;]*?(?:\b(?:fail\w*|not|skip\w*|broken?|errors?|one|some|few|several)\b|n['’]t\b))",
    re.IGNORECASE,
)
"""'…, apart from one': not all of it is so, and that is what is said."""
_QUOTED = r"(?:`[^`\n]*`|\"[^\"\n]*\"|“[^”\n]*”)"
_GOES_ON = re.compile(
    r"\s*,?\s+(?:and|but|or)\s+(?:(?:also|then|now|still|both)\s+)*(?:prints?|outputs?|displays?|shows?|exit(?:s|ed)|end(?:s|ed)|returns?|raises?|"
    r"throws?|writes?|creates?|deletes?|removes?|gives?|yields?|says?|reports?|warns?|logs?|fails?)\b"
    rf"|\s*(?:,|,?\s+(?:and|or))\s*{_QUOTED}\s*(?:[.,;:)!]|$|(?:and|or)\b)",
    re.IGNORECASE,
)
"""'… and exits with status 3', '… and `b.py`': the same is said to do or to be more, which no clause of its own tells."""
_ASIDE = re.compile(
    r"(?:^|[.;:]\s)\s*(?:without|with|on|in|for|under|since|because|although|though|while|by|as|given|from|to|at|during|despite)"
    r"\b[^,;:]*,[\w\s]*$",
    re.IGNORECASE,
)
"""'Without the fix, ': what follows holds there, and perhaps nowhere else."""
_CLAUSE = re.compile(r"[,;:()|–—]|\b(?:and|but)\b")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
FILLERS = frozenset(
    [
        "a",
        "again",
        "also",
        "altogether",
        "an",
        "are",
        "as",
        "code",
        "codebase",
        "currently",
        "done",
        "finally",
        "great",
        "had",
        "has",
        "have",
        "here",
        "i",
        "in",
        "is",
        "it",
        "its",
        "library",
        "locally",
        "module",
        "my",
        "now",
        "our",
        "overall",
        "package",
        "program",
        "project",
        "repo",
        "repository",
        "result",
        "results",
        "so",
        "still",
        "status",
        "successfully",
        "summary",
        "the",
        "then",
        "there",
        "this",
        "too",
        "tool",
        "total",
        "we",
        "well",
        "with",
        "yes",
    ]
)
"""Words that change nothing about what a clause says of the repository."""
_CODE = re.compile(r"(`[^`\n]*`)")
_MARKS = re.compile(r"\*\*|__|[*\n\t✅✔✓☑🎉]")


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


def stated(sentence: Sentence, pattern: re.Pattern[str], more: frozenset[str] = frozenset()) -> Iterator[re.Match[str]]:
    """The matches in a sentence that are said to be so, each in a clause that holds nothing besides but `FILLERS` and `more`."""
    bare = bare_of(sentence.words)
    if sentence.is_code or _REFUSED.search(sentence.words):
        return
    for found in pattern.finditer(bare):
        before, after = bare[: found.start()], bare[found.end() :]
        here = _CLAUSE.split(before)[-1], _CLAUSE.split(after)[0]
        others = {word.lower() for part in here for word in _WORD.findall(part)} - FILLERS - more
        doubted = _NOT_STATED.search(before) or _DENIED.search(before) or _ASIDE.search(before)
        qualified = _TAKEN_BACK.match(after) or _EXCEPTED.match(after) or _GOES_ON.match(after)
        if not (others or doubted or qualified):
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
