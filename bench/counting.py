"""A model whose tokens are counted."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.models import Answer, Model, Question


class Counted:
    """Answers as a model does; `tokens` grows with every answer."""

    def __init__(self, model: Model) -> None:
        self.name, self.digest = model.name, model.digest
        self.tokens = {"prompt": 0, "completion": 0}
        self._model = model

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """As the model does."""
        answers = self._model.answer(questions)
        for kind, count in tokens_of(answers).items():
            self.tokens[kind] += count
        return answers


def tokens_of(answers: Sequence[Answer]) -> dict[str, int]:
    """What was read and what was drawn."""
    return {
        "prompt": sum(answer.prompt_tokens for answer in answers),
        "completion": sum(reply.completion_tokens for answer in answers for reply in answer.replies),
    }
