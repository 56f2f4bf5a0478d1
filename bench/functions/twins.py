"""Tasks that ask for the same as tasks of another set: MBPP+ and the tasks that the confidence is fitted on come from one collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bench.functions.tasks import Task
from macrohard.company.stubfile import read_stub_file

_SAY_NOTHING = {"a", "an", "given", "in", "of", "python", "the"}


def twins(every: Iterable[Task], others: Sequence[Task]) -> list[str]:
    """The tasks whose text has the words of one of the others in their order, but for words that say nothing."""
    known = {words_of(task) for task in others}
    return [task.id for task in every if words_of(task) in known]


def words_of(task: Task) -> tuple[str, ...]:
    """The words of the text, in lower case, without its examples and words that say nothing."""
    (stub,) = read_stub_file(task.stub, "task.py").stubs
    text = re.split(r">>>|\bassert\b", stub.docstring, maxsplit=1)[0]
    return tuple(word for word in re.findall(r"\w+", text.lower()) if word not in _SAY_NOTHING)
