"""Whether a check can show at all what a clause says: one without a capital letter shows nothing of upper and lower case."""

from __future__ import annotations

import re

from macrohard.company.request.clause import Clause
from macrohard.company.users.roundtripping import gives_back, walked
from macrohard.truth import PROGRAM, Check

_PRINTS = re.compile(r"\b(?:prints?|shows?|lists?|outputs?|displays?)\b(?!\s+(?:nothing|no)\b)", re.IGNORECASE)
_ORDER = re.compile(
    r"\b(?:alphabetical(?:ly)?|sorted|(?:a|de)scending|numbered|in\s+(?!any\b)(?:\w+\s+)?order\b(?!\s+to\b))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\d+\s*[.:)]\s")
"""The number in front of a line."""
AGAIN = re.compile(r"\b(?:already|again|twice|a\s+second\s+time)\b", re.IGNORECASE)
"""What a clause says of an error that only a call before it makes one."""
_NEEDS = (
    (
        r"\bcase[- ]?(?:in)?sensitiv\w+|\bignor\w+\s+(?:the\s+)?case\b|\bregardless\s+of\s+case\b",
        r"(?s)(?=.*[a-z])(?=.*[A-Z])",
    ),
    (r"\bpunctuation\b", r"[^\w\s]"),
    (r"\bnegative\b", r"-\s?\.?\d"),
    (r"\b(?:empty|blank)\s+lines?\b", r"(?:^|\n)[ \t]*\n"),
    (r"\bduplicat\w+|\brepeated\b", r"(?s)(?<!\w)(\w+)(?!\w).*(?<!\w)\1(?!\w)"),
)
"""What a clause says, and what must stand in the input of a check that shows it."""


def tells(check: Check, clause: Clause) -> bool:
    """Whether a call can show what the clause says: something where it says that something is printed, several things where it
    says in which order. A round trip in which all may be refused shows nothing."""
    step = check.steps[-1]
    if walked(step):
        return gives_back(step)
    if step.argv[0] != PROGRAM or step.expect.stdout is None:
        return True
    shown = step.expect.stdout.strip()
    if _ORDER.search(clause.text):
        return "\n" in shown or len(re.findall(r"\w+", _NUMBERED.sub("", shown))) > 1
    return bool(shown) or not _PRINTS.search(clause.text)


def comes_again(check: Check) -> bool:
    """Whether a step before it, which ended well, has one of its values, or is the same: else something else may be the error."""
    *before, last = check.steps
    values = set(last.argv[2:])
    return any(
        step.expect.exit_status == 0 and (step.argv == last.argv or values & set(step.argv[2:])) for step in before
    )


def touches(check: Check, clause: Clause) -> bool:
    """Whether the input of a check holds what the clause speaks of; of a call in Python nothing is known."""
    if check.steps[-1].argv[0] != PROGRAM:
        return True
    given = "\n".join([*(" ".join(step.argv[1:]) + "\n" + step.stdin for step in check.steps), *check.files.values()])
    return all(re.search(needed, given) for said, needed in _NEEDS if re.search(said, clause.text, re.IGNORECASE))
