"""The ballot: where sound candidates part ways, the tester is asked what is right, blindly and several times.

It sees the request and the input, never a candidate nor what any of them returns.
"""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.examples import Line
from macrohard.company.inputs import call_of
from macrohard.company.prompts import confirming as prompts
from macrohard.company.stubs import Stub
from macrohard.models import Model, Question, Sampling
from macrohard.truth import PROGRAM, Check
from macrohard.truth.check import Record

_REPLIES = 5
_MAX_TOKENS = 120


class Vote(Record):
    """What the tester says about one input."""

    check: Check
    """The input; nothing is expected of it."""
    said: tuple[str, ...]
    """Each reply as it came."""


def vote(program: str, asked: Sequence[tuple[Stub, Check]], model: Model, seed: int) -> list[Vote]:
    """What the tester says about inputs of functions, all asked at once; `program` is what is typed to start it."""
    questions = [_question(program, stub, check, seed) for stub, check in asked]
    answers = model.answer(questions) if questions else []
    return [
        Vote(check=check, said=tuple(reply.text.strip() for reply in answer.replies))
        for (_, check), answer in zip(asked, answers, strict=True)
    ]


def said(votes: Sequence[Vote]) -> dict[str, tuple[str, ...]]:
    """Check id -> what was said about it."""
    return {item.check.id: item.said for item in votes}


def _question(program: str, stub: Stub, check: Check, seed: int) -> Question:
    sampling = Sampling(_REPLIES, 0.7, 0.95, _MAX_TOKENS, seed)
    if check.steps[-1].argv[0] == PROGRAM:
        typed = [Line(words=(program, *step.argv[1:]), stdin=step.stdin).typed for step in check.steps]
        messages = prompts.shown_by_commands(stub.context, typed, error=True)
        return Question(messages, sampling, purpose=f"tester: vote on {typed[-1]}")
    call = call_of(check.steps[-1])
    messages = prompts.shown_by_call(f"{stub.signature}\n{stub.docstring}", call, error=True)
    return Question(messages, sampling, purpose=f"tester: vote on {call}")
