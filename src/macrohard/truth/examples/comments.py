"""What a comment behind a command says of it: `tool add 1 2  # prints 3`."""

from __future__ import annotations

import re

from macrohard.truth.examples.outcomes import Outcome, outcome_at
from macrohard.truth.examples.shell import comment_of

_UNSURE = re.compile(r"\.\.\.?$|…|^[~≈<>?]|\?$|<br>")


def said_in_comment(command: str) -> Outcome | None:
    """The outcome that a comment tells whole, with a verb or an arrow, or with the words for an error and its exit status.

    None for any other: '# Addition' names what is done, and '# 2' may count the commands.
    """
    comment = comment_of(command)
    if not comment:
        return None
    failing = told(f" -> {comment}")
    return told(f" {comment}") or (failing if failing and failing.error and failing.status else None)


def told(said: str) -> Outcome | None:
    """The outcome that these words tell, when they tell nothing else."""
    outcome = outcome_at(said, 0)
    whole = outcome is not None and said[outcome.end :].strip() in {"", "."}
    return outcome if outcome and whole and not _UNSURE.search(outcome.stdout or "") else None
