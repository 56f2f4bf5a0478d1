"""Replies that are asked for one by one: a remote mind is sent one request for each, so each is a question of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from macrohard.models.parallel import each
from macrohard.models.question import Answer, Model, Question
from macrohard.models.turns import MANY


class Apart:
    """A model whose replies are asked for one by one, each held for in the budget and kept in the record on its own: when one of them
    fails, the others are not lost."""

    def __init__(self, model: Model) -> None:
        self.name = model.name
        self.digest = model.digest
        self._model = model

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """All replies at once."""
        return answered_apart(lambda question: self._model.answer([question])[0], questions)


def answered_apart(ask: Callable[[Question], Answer], questions: Sequence[Question]) -> list[Answer]:
    """The answers to all questions, `ask` being given questions with one reply alone, many at once.

    All that were begun have come or failed before the first failure is raised.
    """
    parted = [_parted(question) for question in questions]
    answers = iter(each(ask, [single for singles in parted for single in singles], MANY))
    return [_joined([next(answers) for _ in singles]) for singles in parted]


def _parted(question: Question) -> list[Question]:
    """One question for each reply, with a seed of its own."""
    sampling = question.sampling
    seeds = range(sampling.seed, sampling.seed + sampling.count)
    return [replace(question, sampling=replace(sampling, count=1, seed=seed)) for seed in seeds]


def _joined(answers: Sequence[Answer]) -> Answer:
    return Answer(
        tuple(reply for answer in answers for reply in answer.replies),
        sum(answer.prompt_tokens for answer in answers),
        max((answer.seconds for answer in answers), default=0.0),
        all(answer.recorded for answer in answers),
    )
