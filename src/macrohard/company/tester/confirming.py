"""Confirmation: the tester is asked each case again, blindly and several times, and keeps what it says again.

What a small model expects of its own test cases is often wrong; what it says again is right more often.
`python -m bench.tester` measures both.
"""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.brief import Brief
from macrohard.company.prompts import confirming as prompts
from macrohard.models import Model, Question, Reply, Sampling
from macrohard.truth.examples import CallExample, CommandExample, Example
from macrohard.truth.syntax import Unreadable, literal

_REPLIES = 3
ENOUGH = 2
"""Replies that must repeat what a case expects."""
_MAX_TOKENS = 120


def confirmed(cases: Sequence[tuple[Brief, Example]], model: Model, seed: int) -> list[bool]:
    """For each case whether at least two of three new replies expect the same; all are asked at once."""
    return [count >= ENOUGH for count in votes(cases, model, seed)]


def votes(cases: Sequence[tuple[Brief, Example]], model: Model, seed: int) -> list[int]:
    """For each case how many of three new replies expect the same."""
    answers = model.answer([_question(brief, example, seed) for brief, example in cases]) if cases else []
    return [
        sum(_says(reply, example) for reply in answer.replies)
        for (_, example), answer in zip(cases, answers, strict=True)
    ]


def _question(brief: Brief, example: Example, seed: int) -> Question:
    sampling = Sampling(_REPLIES, 0.7, 0.95, _MAX_TOKENS, seed)
    if isinstance(example, CallExample):
        asked = prompts.shown_by_call(brief.request, example.expression, error=bool(example.raises))
        return Question(asked, sampling, purpose=f"tester: confirm {example.expression}")
    typed = [line.typed for line in example.lines]
    asked = prompts.shown_by_commands(brief.request, typed, error=example.lines[-1].error)
    return Question(asked, sampling, purpose=f"tester: confirm {typed[-1]}")


def _says(reply: Reply, example: Example) -> bool:
    said = reply.text.strip()
    if isinstance(example, CommandExample):
        last = example.lines[-1]
        return said.lower() == "error" if last.error else _bare(said) == _bare((last.stdout or "").strip())
    if example.raises:
        return example.raises in said
    return said == example.result or _value(said) == _value(example.result or "None")


def _bare(text: str) -> str:
    """Without the quotes that a model likes to put around what is printed."""
    return text.strip("'\"`")


def _value(text: str) -> object:
    try:
        return literal(text)
    except Unreadable:
        return text
