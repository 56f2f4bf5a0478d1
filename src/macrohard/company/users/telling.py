"""Whether a check can show at all what a clause says: one without a capital letter shows nothing of upper and lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import ArgumentType
from macrohard.company.users.parsing import Word
from macrohard.company.users.roundtripping import gives_back, walked
from macrohard.truth import PROGRAM, Check, Step

_PRINTS = re.compile(r"\b(?:prints?|shows?|lists?|outputs?|displays?)\b(?!\s+(?:nothing|no)\b)", re.IGNORECASE)
_ORDER = re.compile(
    r"\b(?:alphabetical(?:ly)?|sorted|(?:a|de)scending|numbered|in\s+(?!any\b)(?:\w+\s+)?order\b(?!\s+to\b))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\d+\s*[.:)]\s")
"""The number in front of a line."""
AGAIN = re.compile(r"\b(?:already|again|twice|a\s+second\s+time)\b", re.IGNORECASE)
"""What a clause says of an error that only a call before it makes one."""
_A_FIGURE = r"(?:\d|(?:zero|once|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|an?\s+(?:dozen|hundred|thousand))\b)"
_THERE = r"(?:what|there|(?:is|are|was)\b|it\s+has|(?:its|the)\s+(?:\w+\s+)?(?:balance|stock|rest|quantity|amount|remainder|supply)\b)"
MORE_THAN_THERE_IS = re.compile(
    rf"\bmore\s+than\s+(?!{_A_FIGURE})|\b(?:greater|larger|higher)\s+than\s+{_THERE}|\bexceed(?:s|ed|ing)?\s+{_THERE}"
    r"|\binsufficient\b|\bnot\s+enough\b(?!\s+arguments?)|\boverdr\w+|\btoo\s+much\b",
    re.IGNORECASE,
)
"""What a clause says of an error that depends on how much is there."""
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


def tells(check: Check, text: str) -> bool:
    """Whether a call can show what the clause says: something where it says that something is printed, several things where it
    says in which order. A round trip in which all may be refused shows nothing."""
    step = check.steps[-1]
    if walked(step):
        return gives_back(step)
    if step.argv[0] != PROGRAM or step.expect.stdout is None:
        return True
    shown = step.expect.stdout.strip()
    if _ORDER.search(text):
        return "\n" in shown or len(re.findall(r"\w+", _NUMBERED.sub("", shown))) > 1
    return bool(shown) or not _PRINTS.search(text)


def comes_again(check: Check) -> bool:
    """Whether a step before it, which ended well, has one of its values, or is the same: else something else may be the error."""
    *before, last = check.steps
    values = set(last.argv[2:])
    return any(
        step.expect.exit_status == 0 and (step.argv == last.argv or values & set(step.argv[2:])) for step in before
    )


def something_is_there(check: Check, words: Sequence[Word]) -> bool:
    """Whether a step before it, which ended well, speaks of the same thing: else the error may be that there is no such thing.

    A thing is named by a text, or by any word where there are several and none is a text.
    """
    named = {word for item, word in words if item.type is ArgumentType.TEXT} or {word for _, word in words}
    is_amount = len(words) < 2 and not any(item.type is ArgumentType.TEXT for item, _ in words)
    return any(is_amount or named & set(step.argv[2:]) for step in _done_before(check) if step.argv[2:])


def names_unknown(check: Check, words: Sequence[Word]) -> bool:
    """Whether a text that it gives stands neither in its files nor in what was done before, unless this undid itself ('remove tea', twice)."""
    texts = [word for item, word in words if item.type is ArgumentType.TEXT]
    before, last = list(_done_before(check)), check.steps[-1]
    given = "\n".join([*(word for step in before for word in step.argv[2:]), *check.files.values(), last.stdin])
    known = [text for text in texts if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", given)]
    return not texts or len(known) < len(texts) or any(step.argv == last.argv for step in before)


def _done_before(check: Check) -> Iterator[Step]:
    return (step for step in check.steps[:-1] if step.expect.exit_status == 0)


def touches(check: Check, text: str) -> bool:
    """Whether the input of a check holds what the clause speaks of; of a call in Python nothing is known."""
    if check.steps[-1].argv[0] != PROGRAM:
        return True
    given = "\n".join([*(" ".join(step.argv[1:]) + "\n" + step.stdin for step in check.steps), *check.files.values()])
    return all(re.search(needed, given) for said, needed in _NEEDS if re.search(said, text, re.IGNORECASE))
