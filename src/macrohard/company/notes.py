"""Notes: what else the user should know about what was delivered, as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.jury import Choice, Killed
from macrohard.company.order import Kind
from macrohard.company.report import Untold
from macrohard.company.tester.stating import on_one_line
from macrohard.truth import Check
from macrohard.truth.standalone import visible


def notes_on(brief: Brief, checks: Sequence[Check], choice: Choice) -> tuple[str, ...]:
    """How much the checks would notice, what nobody told, and the checks that were set aside, each with what speaks against it."""
    noticed = (note for name, killed in choice.killed.items() for note in _noticed(brief, name, killed))
    set_aside = (
        f"Set aside: the tester expected that {_expected(check)}, but {choice.disputed[check.id]}; the same came of at least "
        "two thirds of the independent candidates that pass the given examples, and of at least three."
        for check in checks
        if check.id in choice.disputed
    )
    return (*noticed, *set_aside)


def _expected(check: Check) -> str:
    """What was expected within a sentence, with ends of lines written as in what was seen."""
    stdout = check.steps[-1].expect.stdout
    said = re.sub(r"^After (?=`)", "after ", check.statement)
    return said.replace(f"`{_shown(on_one_line(stdout))}`", f"`{_shown(stdout.rstrip())}`") if stdout else said


def _shown(text: str) -> str:
    return visible(text, len(text))


def _noticed(brief: Brief, name: str, killed: Killed) -> Iterator[str]:
    if killed.mutants:
        made = f" ({killed.made} were made)" if killed.made > killed.mutants else ""
        yield f"The checks of `{name}` {_share(killed)} that showed on the inputs that were tried{made}."
    if killed.untold:
        more = sum(item.notices for item in killed.untold)
        inputs = "; ".join(_told(brief, item) for item in killed.untold)
        yield f"Nobody said whether this is right: {inputs}. With examples that say so {more} more of these changes of `{name}` are noticed."


def _told(brief: Brief, item: Untold) -> str:
    given = f"{brief.name} {item.given}".strip() if brief.kind is Kind.CLI else item.given
    read = f" with `{visible(item.stdin)}` on standard input" if item.stdin else ""
    gives = f"gives `{visible(item.gives)}`" if item.gives else "prints nothing"
    return f"`{visible(given)}`{read} {gives}"


def typing_note(errors: Sequence[str]) -> tuple[str, ...]:
    """What the type checker found, as a note; nothing when it found nothing."""
    if not errors:
        return ()
    return (
        f"mypy --strict finds {len(errors)} error{'s' if len(errors) > 1 else ''}, the first: {visible(errors[0])}.",
    )


def _share(killed: Killed) -> str:
    if killed.mutants > 1:
        return f"notice {killed.killed} of the {killed.mutants} small changes"
    return f"{'notice' if killed.killed else 'do not notice'} the one small change"
