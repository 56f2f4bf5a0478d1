"""What a comment behind a command says of it: `tool add 1 2  # prints 3`."""

from __future__ import annotations

from macrohard.truth.examples.outcomes import Outcome, outcome_at
from macrohard.truth.examples.shell import part_off_comment


def comment_of(command: str) -> str | None:
    """The words of the comment behind a command; None where there is none."""
    return part_off_comment(command)[1]


def said_in_comment(command: str) -> Outcome | None:
    """The outcome that the comment tells whole; None for any other."""
    comment = comment_of(command)
    return told(comment) if comment else None


def told(text: str) -> Outcome | None:
    """The outcome that these words tell whole: a verb or an arrow with a value, or a value alone. None for any other."""
    for said in (f" {text}", f" -> {text}"):
        outcome = outcome_at(said, 0)
        if outcome and outcome.end >= len(said.rstrip(". ")):
            return outcome
    return None
