"""The engineers: several independent candidates for each function."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.engineers.extracting import extract
from macrohard.company.engineers.stubs import Stub
from macrohard.company.prompts import engineer as prompts
from macrohard.models import Answer, Model, Question, Sampling
from macrohard.truth.check import Record
from macrohard.truth.syntax import parse, unparse

MAX_TOKENS = 512
ENDS = ("\n```\n", "\nif __name__", "\nprint(", "\n# Example")
"""Where a reply goes on after the function, with explanations or calls of it; no service takes more than four."""


class Candidate(Record):
    """One implementation of one function: its imports, the helpers it uses, the function itself."""

    function: str
    source: str
    log_probability: float | None = None
    repaired: int = 0
    """How many times it was mended."""
    times: int = 1
    """How many independent replies were this very program."""
    drafts: tuple[int, ...] = ()
    """Numbers of the drafts of the whole program in which it stood."""


Broken = tuple[Stub, Candidate, str]
"""A candidate of a stub, and what is wrong with it."""


def questions_for(stub: Stub, count: int, temperature: float, seed: int) -> list[Question]:
    """`count` candidates, half of them from each way of asking."""
    halves = [half for half in (count - count // 2, count // 2) if half]
    return [
        Question(
            prompts.messages(stub, variant),
            Sampling(half, temperature if half > 1 or variant else 0.2, 0.95, MAX_TOKENS, seed + variant, ENDS),
            purpose=f"engineer: {stub.name}",
        )
        for variant, half in enumerate(halves)
    ]


def joined(old: Sequence[Candidate], added: Sequence[Candidate]) -> list[Candidate]:
    """Old and new candidates, equal programs counted together; the old ones keep their places."""
    found = {candidate.source: candidate for candidate in old}
    for candidate in added:
        known = found.get(candidate.source)
        found[candidate.source] = _both(known, candidate) if known else candidate
    return list(found.values())


def _both(known: Candidate, again: Candidate) -> Candidate:
    return known.model_copy(update={"times": known.times + again.times, "drafts": known.drafts + again.drafts})


def repair_candidates(
    broken: Sequence[Broken], model: Model, seed: int, count: int = 2, temperature: float = 0.5
) -> list[Candidate]:
    """`count` attempts to mend each candidate; it is kept too, since mending can make it worse. They were told what to
    write, so none of them counts as an independent reply."""
    sampling = Sampling(count, temperature, 0.95, MAX_TOKENS, seed, ENDS)
    asked = [
        Question(prompts.repair(stub, candidate.source, told), sampling, purpose=f"engineer: repair {stub.name}")
        for stub, candidate, told in broken
    ]
    mended: list[Candidate] = []
    for (stub, candidate, _), answer in zip(broken, model.answer(asked) if asked else [], strict=True):
        update = {"repaired": candidate.repaired + 1, "times": 0}
        mended += [new.model_copy(update=update) for new in read_candidates(stub, [answer])]
    return mended


def read_candidates(stub: Stub, answers: Sequence[Answer]) -> list[Candidate]:
    """The replies that hold the function, each different program once."""
    found: dict[str, Candidate] = {}
    for reply in (reply for answer in answers for reply in answer.replies):
        source = extract(reply.text, stub)
        if source is not None:
            candidate = Candidate(function=stub.name, source=source, log_probability=reply.log_probability)
            key = unparse(parse(source))
            known = found.get(key)
            found[key] = known.model_copy(update={"times": known.times + 1}) if known else candidate
    return list(found.values())
