"""The words of errors, where a request shows them: tried at the end, and no candidate is refused for another wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.tester.acceptance import checks_of
from macrohard.truth import Check, Source
from macrohard.truth.examples import CommandExample, Line, find_examples
from macrohard.truth.standalone import visible


def wording_checks(brief: Brief, checks: Sequence[Check]) -> list[Check]:
    """For each example among the checks that shows what an error says: that the error says it."""
    known = {check.quotation for check in checks}
    examples = [item for item in find_examples(brief.request) if item.quotation in known]
    found = [check for item in examples if isinstance(item, CommandExample) for check in _worded(brief, item)]
    return [check.model_copy(update={"id": f"wording-{number:02d}"}) for number, check in enumerate(found, 1)]


def _worded(brief: Brief, example: CommandExample) -> Iterator[Check]:
    lines = [line for line in example.lines if not line.prepares]
    for line, check in zip(lines, checks_of(brief, [example], Source.REQUEST), strict=True):
        if line.message:
            yield _saying(check, line)


def _saying(check: Check, line: Line) -> Check:
    *before, last = check.steps
    expect = last.expect.model_copy(update={"stderr_contains": line.message})
    says = " … ".join(line.message)
    return check.model_copy(
        update={
            "statement": visible(f"The error of `{line.typed}` says `{says}`", 400),
            "steps": (*before, last.model_copy(update={"expect": expect})),
        }
    )
