"""The writing of candidates: each function alone, and drafts of the whole program where functions share records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from macrohard.company.engineers.engineering import ENDS, Candidate, joined, questions_for, read_candidates
from macrohard.company.engineers.stubs import Stub
from macrohard.company.prompts import engineer as prompts
from macrohard.models import Answer, Model, Question, Sampling

_TOKENS_EACH = 200
"""Of one function in a draft."""
_TOKENS_MORE = 200
"""For the imports and helpers of a draft."""


def write_candidates(
    stubs: Sequence[Stub],
    wanted: Sequence[int],
    model: Model,
    count: int,
    temperature: float,
    seed: int,
    *,
    together: bool = False,
) -> list[list[Candidate]]:
    """`count` candidates for each wanted stub, doubles joined, in one batch of questions.

    With `together` half of the replies are drafts of all functions, the unwanted ones too; those of one draft know that
    they belong together.
    """
    drafts = count // 2 if together else 0
    asked = [questions_for(stubs[index], count - drafts, temperature, seed) for index in wanted]
    whole = [_draft(stubs, drafts, temperature, seed)] if drafts else []
    answers = iter(model.answer([*whole, *(question for questions in asked for question in questions)]))
    found = _read_drafts(stubs, next(answers), seed) if drafts else [[] for _ in stubs]
    for index, questions in zip(wanted, asked, strict=True):
        found[index] = joined(found[index], read_candidates(stubs[index], [next(answers) for _ in questions]))
    return found


def _draft(stubs: Sequence[Stub], count: int, temperature: float, seed: int) -> Question:
    sampling = Sampling(count, temperature, 0.95, _TOKENS_MORE + _TOKENS_EACH * len(stubs), seed, ENDS)
    return Question(prompts.draft(stubs), sampling, purpose="engineer: draft")


def _read_drafts(stubs: Sequence[Stub], answer: Answer, first: int) -> list[list[Candidate]]:
    """The drafts are numbered from `first`, the seed of their round, so that no two rounds share a number."""
    found: list[list[Candidate]] = [[] for _ in stubs]
    for number, reply in enumerate(answer.replies, first):
        alone = replace(answer, replies=(reply,))
        for index, stub in enumerate(stubs):
            read = [item.model_copy(update={"drafts": (number,)}) for item in read_candidates(stub, [alone])]
            found[index] = joined(found[index], read)
    return found
