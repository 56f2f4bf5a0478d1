"""How many replies have come: counted for each department, on top of what it said last."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.counting import Counting
from macrohard.company.progress import Event
from macrohard.models import Answer, Message, Question, Reply, Sampling


class Heard(list[Event]):
    """A listener that keeps everything."""

    def __call__(self, event: Event) -> None:
        self.append(event)


class Mind:
    """Answers everything."""

    name = "mind"
    digest = "mind"

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        return [Answer((Reply("yes", "stop", 1, None),) * question.sampling.count, 3, 0.0) for question in questions]


def question(purpose: str, count: int = 1) -> Question:
    return Question((Message("user", purpose),), Sampling(count=count), None, purpose)


def test_replies_are_counted_until_the_department_says_something_new() -> None:
    heard = Heard()
    counting = Counting(heard)
    model = counting.wrap(Mind())
    counting(Event("tester", "Writing checks."))
    model.answer([question("tester: add"), question("tester: confirm add 1", 3)])
    assert heard[0] == Event("tester", "Writing checks.")
    assert {(event.message, event.total) for event in heard[1:]} == {("Writing checks.", 4)}
    assert heard[-1].done == 4 and heard[1].done in {1, 3}
    model.answer([question("tester: list")])
    assert (heard[-1].done, heard[-1].total) == (5, 5)
    counting(Event("tester", "8 checks."))
    model.answer([question("tester: more")])
    assert heard[-1] == Event("tester", "8 checks.", 1, 1)


def test_each_department_is_counted_on_its_own() -> None:
    heard = Heard()
    counting = Counting(heard)
    model = counting.wrap(Mind())
    counting(Event("tester", "Writing checks."))
    counting(Event("engineers", "Writing 4 candidates for add."))
    model.answer([question("engineer: add", 4), question("tester: add")])
    assert Event("engineers", "Writing 4 candidates for add.", 4, 4) in heard
    assert Event("tester", "Writing checks.", 1, 1) in heard


def test_who_said_nothing_is_not_counted() -> None:
    heard = Heard()
    Counting(heard).wrap(Mind()).answer([question("engineer: add"), question("reader: page")])
    assert heard == []
