"""Counting: while a department waits for the model, people see how many of its replies have come."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

from macrohard.company.progress import Department, Event, Progress
from macrohard.models import Answer, Model, Question
from macrohard.models.parallel import each

_DEPARTMENTS: dict[str, Department] = {"analyst": "analyst", "tester": "tester", "engineer": "engineers"}
"""What the purpose of a question begins with -> who asks."""


class Counting:
    """A listener that passes everything on, and adds how far each department is with what it said last. Safe for threads."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._said: dict[Department, Event] = {}
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Pass it on; what its department asks from now on is counted anew."""
        with self._lock:
            if not event.stays:
                self._said[event.department] = replace(event, done=None, total=None)
        self._progress(event)

    def wrap(self, model: Model) -> Model:
        """The model, whose replies are counted."""
        return _Counted(model, self)

    def count(self, question: Question, *, asked: int = 0, came: int = 0) -> None:
        """So many more replies were asked for, or came."""
        department = _DEPARTMENTS.get(question.purpose.partition(":")[0])
        with self._lock:
            said = self._said.get(department) if department else None
            if said is None:
                return
            said = replace(said, done=(said.done or 0) + came, total=(said.total or 0) + asked)
            self._said[said.department] = said
        if came:
            self._progress(said)


class _Counted:
    """A model whose replies are counted."""

    def __init__(self, model: Model, counting: Counting) -> None:
        self.name = model.name
        self.digest = model.digest
        self._model = model
        self._counting = counting

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Ask each on its own, so that it is counted as soon as it is answered."""
        for question in questions:
            self._counting.count(question, asked=question.sampling.count)
        return each(self._one, questions)

    def _one(self, question: Question) -> Answer:
        (answer,) = self._model.answer([question])
        self._counting.count(question, came=question.sampling.count)
        return answer
