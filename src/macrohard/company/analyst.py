"""The analyst: turns a request into a brief. The model proposes several; the examples decide which one fits."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.brief import Brief
from macrohard.company.fitting import fit, misfits
from macrohard.company.order import Kind
from macrohard.company.prompts import analyst as prompts
from macrohard.company.proposals import read_brief
from macrohard.company.request.kinds import guess_kind
from macrohard.company.request.statuses import error_status
from macrohard.errors import UserError
from macrohard.models import Message, Model, Question, Sampling
from macrohard.truth.examples import Example, parse_given

_ROUNDS = (Sampling(count=1, temperature=0.0, max_tokens=1200), Sampling(count=4, temperature=0.7, max_tokens=1200))
"""One greedy brief; only when the examples do not fit it, four more."""


def write_brief(
    request: str, kind: Kind | None, examples: Sequence[Example], given: Sequence[str], model: Model, seed: int
) -> Brief:
    """The proposed brief that breaks the fewest examples, mended where the examples show how.

    `examples` were found in the request, `given` are those of `--example`, which do not name the program. Raises UserError when the model proposes nothing that can be read as a brief.
    """
    kind = kind or guess_kind(request, [*examples, *_parsed(given, "program")])
    status = error_status(request, given)
    best: Brief | None = None
    fewest = 0
    for sampling in _ROUNDS:
        for text in _propose(request, kind, model, sampling, seed):
            brief = read_brief(text, kind, request, given)
            if brief is None:
                continue
            named = fit(brief.model_copy(update={"error_status": status}), examples)
            shown = [*examples, *_parsed(given, named.name)]
            brief = fit(named, shown)
            if best is None or misfits(brief, shown) < fewest:
                best, fewest = brief, misfits(brief, shown)
        if best is not None and not fewest:
            return best
    if best is None:
        raise UserError("No brief came of this request: say in one or two plain sentences what the program does.")
    return best


def _parsed(given: Sequence[str], program: str) -> list[Example]:
    return [parse_given(text, program) for text in given]


def _propose(request: str, kind: Kind, model: Model, sampling: Sampling, seed: int) -> list[str]:
    messages = tuple(Message(role, text) for role, text in prompts.messages(kind, request))
    sampling = Sampling(sampling.count, sampling.temperature, 0.95, sampling.max_tokens, seed)
    question = Question(messages, sampling, prompts.SCHEMAS[kind], purpose="analyst: brief")
    (answer,) = model.answer([question])
    return [reply.text for reply in answer.replies]
