"""Which command lines store something: found in the checks, since nobody says it of each command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from macrohard.company.brief import Brief
from macrohard.truth import PEOPLE, PROGRAM, Check, Source, Step

_VERBS = frozenset({"add", "create", "insert", "new", "put", "save", "set", "store"})


def storing_check(brief: Brief, checks: Sequence[Check]) -> Check | None:
    """A check that begins in an empty folder, cut off behind the command line that stores something; None where none is known.

    It is known where a later command prints a word that only this one was given, or prints something else than in an empty
    folder; else the name of a command says it.
    """
    given = [check for check in checks if check.source in PEOPLE and _is_alone(brief, check)]
    told = [check for check in checks if check.source is Source.TESTER and _is_alone(brief, check)]
    return next(chain(_by_words(given), _by_change(given), _by_words(told), _by_change(told), _by_name(given)), None)


def _is_alone(brief: Brief, check: Check) -> bool:
    """Whether nothing but the program stores anything in it."""
    return brief.state_file not in check.files and all(step.argv[0] == PROGRAM for step in check.steps)


def _by_words(checks: Sequence[Check]) -> Iterator[Check]:
    """Words with a letter first: a number can be printed by chance."""
    found = [(check, number, word) for check in checks for number, word in _given_back(check)]
    yield from (_until(check, number) for check, number, word in found if re.search(r"[^\W\d]", word))
    yield from (_until(check, number) for check, number, _ in found)


def _given_back(check: Check) -> Iterator[tuple[int, str]]:
    """The steps with a word that the last one prints without having been given it; none of another command has it, either."""
    *before, last = check.steps
    for number, step in enumerate(before):
        others = [last, *(other for other in before if other.argv[1:2] != step.argv[1:2])]
        for word in step.argv[2:]:
            new = not any(_holds(" ".join(other.argv), word) for other in others)
            if new and step.expect.exit_status == 0 and _holds(last.expect.stdout or "", word):
                yield number, word


def _holds(text: str, word: str) -> bool:
    return bool(word.strip()) and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def _by_change(checks: Sequence[Check]) -> Iterator[Check]:
    alone = {check.steps[0].argv: check.steps[0].expect.stdout for check in checks if len(check.steps) == 1}
    for check in checks:
        last = check.steps[-1]
        at_first, later = alone.get(last.argv), last.expect.stdout
        if len(check.steps) > 1 and at_first is not None and later is not None and at_first != later:
            yield _until(check, len(check.steps) - 2)


def _by_name(checks: Sequence[Check]) -> Iterator[Check]:
    for check in checks:
        for number, step in enumerate(check.steps):
            if step.expect.exit_status == 0 and len(step.argv) > 2 and _verb(step) in _VERBS:
                yield _until(check, number)


def _verb(step: Step) -> str:
    return re.split(r"[^a-z]", step.argv[1].lower())[0]


def _until(check: Check, number: int) -> Check:
    return check.model_copy(update={"steps": check.steps[: number + 1]})
