"""The tester: writes executable checks from the brief alone. It never sees code, and code makers never see its checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from macrohard.company.brief import Brief
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.asking import Asked, questions
from macrohard.company.tester.cases import MOST_CASES, read_cases
from macrohard.company.tester.confirming import confirmed
from macrohard.company.tester.inputs import inputs_of_check
from macrohard.models import Model, Sampling
from macrohard.truth import Check, Source
from macrohard.truth.check import Record
from macrohard.truth.examples import Example

ROUNDS = (
    (Sampling(temperature=0.0, max_tokens=400), Sampling(temperature=0.7, top_p=0.95, max_tokens=400)),
    (Sampling(temperature=0.9, top_p=0.95, max_tokens=400),) * 2,
    (Sampling(temperature=1.0, top_p=0.95, max_tokens=400),) * 3,
)
"""How each question is asked: the most likely cases and others; then bolder, where none was confirmed."""

Case = tuple[Brief, Example, Check]
"""What it is about, as it was written, and as a check."""


class Written(Record):
    """What the tester wrote."""

    checks: tuple[Check, ...]
    """The cases that it confirmed."""
    inputs: tuple[Check, ...] = ()
    """Those that it did not: nothing is expected of them, but candidates can be compared on them."""

    def followed_by(self, more: Written) -> Written:
        """Both, numbered on."""
        return Written(
            checks=_numbered("tester", (*self.checks, *more.checks)),
            inputs=_numbered("input", (*self.inputs, *more.inputs)),
        )


def write_checks(brief: Brief, known: Sequence[Check], files: dict[str, str], model: Model, seed: int) -> Written:
    """Checks that the model wrote from the brief; what cannot be read or is known already is left out."""
    return write_all([brief], known, files, model, seed)


def write_all(
    briefs: Sequence[Brief], known: Sequence[Check], files: dict[str, str], model: Model, seed: int
) -> Written:
    """Checks for several briefs, all questions asked at once."""
    asked = [(brief, item) for brief in briefs for item in questions(brief, files, known)]
    seen = {inputs_of_check(check) for check in known}
    kept: list[list[Check]] = [[] for _ in asked]
    doubted: list[Check] = []
    for number, samplings in enumerate(ROUNDS):
        waiting = [index for index, checks in enumerate(kept) if not checks]
        written = write_cases([asked[index] for index in waiting], files, seen, samplings, model, seed + 10 * number)
        cases = [(index, case) for index, group in zip(waiting, written, strict=True) for case in group]
        for (index, (_, _, check)), sure in zip(
            cases, confirmed([case[:2] for _, case in cases], model, seed), strict=True
        ):
            if not sure:
                doubted.append(check)
            elif len(kept[index]) < MOST_CASES and _is_new(inputs_of_check(check), seen):
                kept[index].append(check)
    return Written(
        checks=_numbered("tester", (check for checks in kept for check in checks)), inputs=_numbered("input", doubted)
    )


def _numbered(name: str, checks: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(check.model_copy(update={"id": f"{name}-{number:02d}"}) for number, check in enumerate(checks, 1))


def write_cases(
    asked: Sequence[tuple[Brief, Asked]],
    files: dict[str, str],
    seen: set[tuple[object, ...]],
    samplings: Sequence[Sampling],
    model: Model,
    seed: int,
) -> list[list[Case]]:
    """The cases that answer each question, without those whose inputs were decided before and those that were written
    before with the same expectation; both are `seen`, which takes in the new ones."""
    put = [
        replace(item.question, sampling=replace(sampling, seed=seed + number))
        for _, item in asked
        for number, sampling in enumerate(samplings)
    ]
    answers = iter(model.answer(put) if put else [])
    found = []
    for brief, item in asked:
        texts = [next(answers).replies[0].text for _ in samplings]
        found.append([case for text in texts for case in _cases(text, brief, item, files, seen)])
    return found


def _cases(
    text: str, brief: Brief, item: Asked, files: dict[str, str], seen: set[tuple[object, ...]]
) -> Iterator[Case]:
    for example in read_cases(
        text, brief, files, statement=item.statement, error=item.error, status=item.status, unchanged=item.unchanged
    ):
        (check,) = checks_of(brief, [example], Source.TESTER)
        if inputs_of_check(check) not in seen and _is_new(_expected(check), seen):
            yield brief, example, check


def _is_new(key: tuple[object, ...], seen: set[tuple[object, ...]]) -> bool:
    """True for what is not in `seen`, which takes it in."""
    new = key not in seen
    seen.add(key)
    return new


def _expected(check: Check) -> tuple[object, ...]:
    """A second try may expect something else of the same inputs."""
    expect = check.steps[-1].expect
    return *inputs_of_check(check), expect.stdout, expect.exit_status
