"""What engineers are shown of the checks."""

from __future__ import annotations

import pytest

from macrohard.company.brief import Argument, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.plan import stubs, units_by_check
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.users.usertests import user_test_checks
from macrohard.truth import Check, Source
from macrohard.truth.examples import find_examples

COMMANDS = Brief(
    kind=Kind.CLI, name="shout", summary="", request="A tool that shouts.",
    commands=(CommandBrief(name="up", purpose="", arguments=(Argument(name="word"),)),),
)  # fmt: skip
FUNCTIONS = Brief(
    kind=Kind.LIBRARY, name="shout", summary="", request="A library that shouts.",
    functions=(FunctionBrief(name="up", parameters="word: str", returns="str", purpose=""),),
)  # fmt: skip


def approved(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """As they are after a review."""
    return tuple(check.model_copy(update={"source": Source.USER}) for check in checks)


@pytest.mark.parametrize(
    ("brief", "shown", "hidden"),
    [
        (COMMANDS, "`shout up tea` prints TEA", "`shout up sea` prints SEA"),
        (FUNCTIONS, "up('tea') returns 'TEA'", "up('sea') returns 'SEA'"),
    ],
    ids=["commands", "functions"],
)
def test_what_the_tester_wrote_stays_hidden_when_the_user_approves_it(brief: Brief, shown: str, hidden: str) -> None:
    """Engineers who see it could write a program that knows nothing else."""
    given, written = (
        approved(checks_of(brief, find_examples(text), source))
        for text, source in ((shown, Source.REQUEST), (hidden, Source.TESTER))
    )
    _, last = units_by_check(brief, [*given, *written])
    (stub,) = stubs(brief, [*given, *written], last)
    assert "'TEA'" in stub.text and "sea" not in stub.text.lower()


def test_tests_of_the_user_are_no_example_of_a_call() -> None:
    """Engineers would read what runs them as a call of their function."""
    checks = user_test_checks({"test_a.py": "def test_up():\n    pass\n"})
    _, last = units_by_check(FUNCTIONS, checks)
    (stub,) = stubs(FUNCTIONS, checks, last)
    assert last and ">>>" not in stub.text
