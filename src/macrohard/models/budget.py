"""A hard budget: a call that could pass a limit is not made."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.errors import MacrohardError, UserError
from macrohard.models.attempts import charged_by
from macrohard.models.deadline import until
from macrohard.models.holding import Call, Holding, Meter
from macrohard.models.parallel import each
from macrohard.models.prices import price
from macrohard.models.question import Answer, Model, Question
from macrohard.models.schema import most_read


class Budget:
    """Limits for all calls of a run together; None is no limit. Safe for threads.

    What was spent before a resumed run goes on is passed in. Minutes count from the making of the object.
    """

    def __init__(
        self,
        *,
        tokens: int | None = None,
        minutes: float | None = None,
        usd: float | None = None,
        spent_tokens: int = 0,
        spent_minutes: float = 0.0,
        spent_usd: float = 0.0,
    ) -> None:
        self.tokens = tokens
        self.minutes = minutes
        self.usd = usd
        self._holding = Holding(Meter(spent_tokens, spent_usd), tokens, usd, minutes, spent_minutes)

    @property
    def spent_tokens(self) -> int:
        """Tokens of prompts and replies that were paid for so far."""
        return self._holding.spent.tokens

    @property
    def spent_usd(self) -> float:
        """US dollars that were paid so far; 0 where the price is unknown and no limit was set."""
        return self._holding.spent.usd

    def wrap(self, model: Model) -> Model:
        """The model within this budget. Raises UserError for a limit in money and a model without a known price."""
        if self.usd is not None and price(model.name, 1, 1) is None:
            raise UserError(
                f"The price of {model.name} is not known, so a limit in US dollars cannot be kept: "
                "use a limit in tokens or minutes instead"
            )
        return _Bounded(model, self)

    def ask(self, model: Model, question: Question) -> Answer:
        """One call within the budget, made as soon as its worst case fits beside those of the calls under way.

        Raises BudgetSpent before the call when its worst case does not fit beside what is spent, and at the deadline.
        """
        call = Call(Meter(*worst_case(model, question)), alone=question.sampling.count == 1)
        self._holding.hold(call)
        cost = None
        try:
            with (
                until(self._holding.deadline),
                charged_by(lambda *lost: self._holding.hold_again(call, _meter(model, *lost))),
            ):
                answer = model.answer([question])[0]
            cost = _meter(model, answer.prompt_tokens, sum(reply.completion_tokens for reply in answer.replies))
            return answer
        except MacrohardError as problem:
            if call.alone and problem.spent is not None:  # of several replies it would tell of one alone
                cost = _meter(model, *problem.spent)
            raise
        finally:
            self._holding.end(call, cost)


class _Bounded:
    """A model within a budget."""

    def __init__(self, model: Model, budget: Budget) -> None:
        self.name = model.name
        self.digest = model.digest
        self._model = model
        self._budget = budget

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        return each(lambda question: self._budget.ask(self._model, question), questions)


def worst_case(model: Model, question: Question) -> tuple[int, float]:
    """The most tokens and US dollars that a question can cost.

    A remote model reads the prompt, and the schema where there is one, once for each reply; further attempts are reserved when they
    are made.
    """
    sampling = question.sampling
    reading = question.most_read if model.name == "embedded" else most_read(question) * sampling.count
    drawing = sampling.count * sampling.max_tokens
    return reading + drawing, price(model.name, reading, drawing) or 0.0


def _meter(model: Model, read: int, drawn: int) -> Meter:
    return Meter(read + drawn, price(model.name, read, drawn) or 0.0)
