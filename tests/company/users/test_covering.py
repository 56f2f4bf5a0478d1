"""A clause counts as shown only by a check that says the same: what no check shows is named in the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.request.sentences import split_statements
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.users.covering import uncovered, untried
from macrohard.truth import PROGRAM, PYTHON, Check, Claim, Expectation, Run, Source, Step, Verdict
from macrohard.truth.examples import find_examples

HEAD = "A tool called t. "


def brief_of(request: str, **more: Any) -> Brief:
    """Of a program called t with the commands a, which takes up to two words, and b, or a library with the function get."""
    words = tuple(Argument(name=name, optional=True) for name in "xy")
    commands = (CommandBrief(name="a", purpose="", arguments=words), CommandBrief(name="b", purpose=""))
    known: dict[str, Any] = {"kind": Kind.CLI, "commands": commands}
    if request.startswith("A library"):
        function = FunctionBrief(name="get", parameters="key: str", returns="int", purpose="")
        known = {"kind": Kind.LIBRARY, "functions": (function,)}
    return Brief(name="t", summary="", request=request, statements=split_statements(request), **known | more)


def check(*words: str, quotation: str | None = None, source: Source = Source.TESTER, **expect: Any) -> Check:
    """A call of the program."""
    step = Step(argv=(PROGRAM, *words), expect=Expectation(**expect))
    return Check(id="tester-01", statement="", source=source, quotation=quotation, steps=(step,))


def raising(name: str, quotation: str) -> Check:
    """A call of the library that raises this."""
    code = f"from t import get\ntry:\n    get('b')\nexcept {name}:\n    print('raises {name}')\n"
    step = Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout=f"raises {name}"))
    return Check(id="tester-01", statement="", source=Source.TESTER, quotation=quotation, steps=(step,))


def left(brief: Brief, checks: Sequence[Check] = (), but: Sequence[int] = ()) -> list[str]:
    """What is not shown when these checks and the examples of the request pass, `but` for the examples with these numbers."""
    given = [
        item for n, item in enumerate(checks_of(brief, find_examples(brief.request), Source.REQUEST)) if n not in but
    ]
    claims = [
        Claim(
            id="", statement="", subject="t", maker="", verdict=Verdict.VERIFIED,
            evidence=(Run.model_construct(check=item, failure=""),),
        )
        for item in (*given, *checks)
    ]  # fmt: skip
    return uncovered(brief, claims)


ERROR = "A missing number is an error with exit status 3."


@pytest.mark.parametrize("status", [1, 2, 3])
def test_an_error_is_shown_by_its_own_status(status: int) -> None:
    own = check("a", quotation=ERROR, exit_status=status, error_message=True)
    assert left(brief_of(HEAD + ERROR), [own]) == ([] if status == 3 else [ERROR])


@pytest.mark.parametrize("name", ["KeyError", "ValueError"])
def test_an_error_is_shown_by_its_own_exception(name: str) -> None:
    said = "An unknown key raises KeyError."
    assert left(brief_of(f"A library. {said}"), [raising(name, said)]) == ([] if name == "KeyError" else [said])


def test_an_error_without_a_status_is_shown_by_any_error() -> None:
    said = "A missing number is an error."
    assert left(brief_of(HEAD + said), [check("a", quotation=said, exit_status=4)]) == []
    assert left(brief_of(HEAD + said), [check("a", quotation=said, stdout="1")]) == [said]


def test_success_and_failure_are_both_shown() -> None:
    said = "It exits with status 0 if valid and 1 otherwise."
    failing = check("a", quotation=said, exit_status=1)
    assert left(brief_of(HEAD + said), [failing]) == [said]
    assert left(brief_of(HEAD + said), [failing, check("a", "x", stdout="1")]) == []


def test_every_command_that_is_named_is_called() -> None:
    said = "`t a` and `t b` print one line for each note."
    assert left(brief_of(HEAD + said), [check("a", stdout="1")]) == [said]
    assert left(brief_of(HEAD + said), [check("a", stdout="1"), check("b", stdout="1")]) == []
    assert left(brief_of(HEAD + said), [check("a", stdout="1"), check("b", exit_status=2)]) == [said]


def test_a_command_that_the_program_does_not_have() -> None:
    said = "`t a` prints the notes and `t purge` removes them."
    assert left(brief_of(HEAD + said), [check("a", stdout="1"), check("b", stdout="1")]) == [said]


def test_an_error_of_two_commands_is_shown_of_both() -> None:
    said = "`t a` and `t b` refuse an empty word, which is an error."
    one, other = (check(name, quotation=said, exit_status=2) for name in "ab")
    assert left(brief_of(HEAD + said), [one]) == [said]
    assert left(brief_of(HEAD + said), [one, other]) == []


def test_an_example_shows_itself_only() -> None:
    request = (
        HEAD + '`t a 1` prints "0.62", and with --exact it prints all digits. `t b 1` prints "2": twice the number.'
    )
    assert left(brief_of(request)) == ["with --exact it prints all digits.", "twice the number."]
    more = [check("a", "1", "--exact", stdout="0.621"), check("b", "2", stdout="4", quotation="twice the number.")]
    assert left(brief_of(request), more) == []


def test_an_example_that_does_not_hold_shows_nothing() -> None:
    request = HEAD + "`t a 1` prints 2 and `t b 1` prints 3."
    assert left(brief_of(request)) == []
    assert left(brief_of(request), [check("b", "2", stdout="4")], but=[1]) == ["`t a 1` prints 2 and `t b 1` prints 3."]


def test_an_example_on_two_lines() -> None:
    assert left(brief_of(HEAD + '`t a 1`\nprints "2".')) == []


@pytest.mark.parametrize(
    "text",
    [
        "For example, `t a x` prints:\n\n    1\n    2\n",
        "`t a x` should show the following:\n```\n1\n2\n```\n",
        "```\nt a x\n```\n\nThis should print the following:\n\n```\n1\n2\n```\n",
        "| Command | Output |\n|---|---|\n| `t a x` | `1` |\n",
        "    t a x  # prints 1\n",
    ],
)
def test_an_example_in_a_block_or_a_table(text: str) -> None:
    brief = brief_of(f"{HEAD}\n\n{text}")
    given = checks_of(brief, find_examples(brief.request), Source.REQUEST)
    assert given and left(brief, given) == []


def test_an_example_in_a_block_that_does_not_hold() -> None:
    brief = brief_of(f"{HEAD}\n\n`t a x` prints:\n\n    1\n\nErrors end with status 2.")
    assert left(brief) == ["Errors end with status 2."]
    assert left(brief, but=[0]) == ["`t a x` prints:", "Errors end with status 2."]


def test_an_example_in_a_list_does_not_show_its_neighbours() -> None:
    request = (
        HEAD + "Rules:\n\n- at most 100 notes are kept\n- `t a 1` prints 2\n- empty notes are refused with status 2\n"
    )
    assert left(brief_of(request)) == ["at most 100 notes are kept", "empty notes are refused with status 2"]


def test_what_denies_an_error_is_not_shown_by_one() -> None:
    said = "Duplicate numbers are not an error, they count once."
    assert left(brief_of(HEAD + said), [check("a", "3", "3", quotation=said, exit_status=2)]) == [said]
    assert left(brief_of(HEAD + said), [check("a", "3", "3", quotation=said, stdout="3")]) == []


KEEPS = "It keeps its notes in n.json"
FURTHER = ", each with a text and a date."
BACKUP = "If n.json cannot be read, t makes a backup called n.json.bak and exits with status 5."


def test_the_name_of_a_file_shows_where_things_are_kept_and_no_more() -> None:
    brief = brief_of(f"{HEAD}{KEEPS}{FURTHER} {BACKUP}", state_file="n.json")
    looks = check("a", source=Source.HOST, quotation="n.json", stdout="list")
    assert left(brief) == [KEEPS, FURTHER.removeprefix(", "), BACKUP]
    assert left(brief, [looks]) == [FURTHER.removeprefix(", "), BACKUP]


def test_a_rule_of_the_house_shows_what_becomes_of_a_damaged_file() -> None:
    said = "A damaged n.json is an error with exit status 5."
    brief = brief_of(HEAD + said, state_file="n.json")
    damaged = [
        check("a", source=Source.HOST, exit_status=status).model_copy(update={"files": {"n.json": "{"}})
        for status in (2, 5)
    ]
    assert [left(brief, [item]) for item in damaged] == [[said], []]


def test_what_the_program_is_for_needs_no_check() -> None:
    assert left(brief_of("A tool called t that counts words, ignoring case.")) == ["ignoring case."]


def test_only_a_check_of_a_command_that_was_asked_for_shows_it() -> None:
    said = "`t a` prints the notes."
    assert left(brief_of(HEAD + said), [check("a", source=Source.HOST, stdout="1")]) == [said]


def test_what_the_user_has_approved_shows_what_it_was_written_for() -> None:
    """A review makes a check of the tester the user's own, and its quotation is no example."""
    wrong = check("a", quotation=ERROR, source=Source.USER, exit_status=1)
    assert left(brief_of(HEAD + ERROR), [wrong]) == [ERROR]


def test_an_example_in_a_block_that_cannot_be_tried_is_named() -> None:
    brief = brief_of("A tool called t.\n\n    $ t a notes.txt\n    3\n    $ t b\n    4\n")
    assert untried(brief, []) == ["$ t a notes.txt 3 $ t b 4"]
    checks = checks_of(brief, find_examples(brief.request), Source.REQUEST)
    tried = Claim(
        id="", statement="", subject="t", maker="", evidence=(Run.model_construct(check=checks[0], failure="no"),)
    )
    assert untried(brief, [tried]) == []
    assert untried(brief_of("A tool called t. `t a` prints 3."), []) == []


def test_a_file_of_another_form_or_in_another_folder_is_not_shown_by_ours() -> None:
    house = check("a", quotation="{file}", source=Source.HOST)
    for file, kept, open_ones in (
        ("t.json", "t.json", 0),
        ("t.csv", "t.csv", 1),
        ("data/t.json", "t.json", 1),
        ("my-t.json", "t.json", 1),
    ):
        brief = brief_of(f"{HEAD}It keeps all in {file}.", state_file=kept)
        assert len(left(brief, [house.model_copy(update={"quotation": kept})])) == open_ones, file


def refused(quotation: str, before: int = 1, status: int = 2, unchanged: bool = True) -> Check:
    """An error behind so many other calls."""
    last = check("a", "-1", quotation=quotation, exit_status=status, error_message=True, unchanged=unchanged)
    return last.model_copy(update={"steps": (*check("b").steps * before, *last.steps)})


@pytest.mark.parametrize(("unchanged", "before"), [(True, 1), (True, 0), (False, 1)])
@pytest.mark.parametrize(
    ("error", "aftermath"),
    [
        ("Selling a wrong amount is an error", "changes nothing."),
        ("Too many darts: message on stderr, exit status 2, file untouched.", ""),
    ],
)
def test_that_an_error_changes_nothing_is_shown_by_files_that_are_there(
    error: str, aftermath: str, unchanged: bool, before: int
) -> None:
    said = HEAD + " and ".join(item for item in (error, aftermath) if item)
    found = left(brief_of(said, state_file="t.json"), [refused(error, before, unchanged=unchanged)])
    assert found == ([] if unchanged and before else [aftermath or error])


def test_what_is_said_of_several_errors_is_shown_for_each() -> None:
    said = "An unknown name exits with status 3, a negative amount with status 4, and nothing is changed."
    brief = brief_of(HEAD + said, state_file="t.json")
    checks = [
        refused("An unknown name exits with status 3", status=3),
        refused("a negative amount with status 4", status=4),
    ]
    assert left(brief, checks) == []
    assert left(brief, [checks[0], refused("a negative amount with status 4", status=4, unchanged=False)]) == [
        "nothing is changed."
    ]


def test_what_an_error_may_leave_as_it_is_is_not_shown_by_the_error_alone() -> None:
    """Of "no entry" nobody knows what else may change, and nothing looks at standard output."""
    for said in (
        "A bad date exits with status 2, no entry is added.",
        "A bad date exits with status 2 and writes nothing to stdout.",
    ):
        brief = brief_of(HEAD + said, state_file="t.json")
        first = said if "stdout" in said else "A bad date exits with status 2"
        assert left(brief, [refused(first)]) == [said.removeprefix("A bad date exits with status 2, ")]


def after(last: Check, *before: Check) -> Check:
    """The check behind calls that ended well."""
    return last.model_copy(update={"steps": (*(step for item in before for step in item.steps), *last.steps)})


@pytest.mark.parametrize(
    ("before", "is_shown"),
    [([], False), ([("add", "tea")], False), ([("a", "1")], True), ([("b", "1"), ("b", "2")], True)],
)
def test_that_something_is_done_already_is_shown_behind_what_did_it(
    before: list[tuple[str, str]], is_shown: bool
) -> None:
    """Else the error may be that there is no such task."""
    said = "Doing what is already done is an error."
    brief = brief_of(HEAD + said, state_file="t.json")
    last = check("a", "1", quotation=said, exit_status=2)
    found = left(brief, [after(last, *(check(*words) for words in before))])
    assert found == ([] if is_shown else [said])


@pytest.mark.parametrize(
    ("said", "stdout", "is_shown"),
    [
        ("`t a` prints the notes.", "", False),
        ("`t a` prints the notes.", "tea", True),
        ("`t a` prints nothing.", "", True),
        ("`t a` prints the notes in alphabetical order.", "tea", False),
        ("`t a` prints the notes in alphabetical order.", "sea\ntea", True),
        ("`t a` prints the notes in ascending order on a line.", "1 2", True),
        ("`t a` prints the notes, numbered from 1.", "1. tea", False),
        ("`t a` prints the notes in any order.", "tea", True),
    ],
)
def test_a_call_that_prints_too_little_shows_nothing(said: str, stdout: str, is_shown: bool) -> None:
    assert left(brief_of(HEAD + said), [check("a", stdout=stdout)]) == ([] if is_shown else [said])


def test_an_error_of_which_no_command_is_named_is_shown_of_each_that_takes_something() -> None:
    said = "Invalid input is an error and exits with status 2."
    takes = tuple(
        CommandBrief(name=name, purpose="", arguments=(Argument(name="word", type=kind),) if kind else ())
        for name, kind in {"a": ArgumentType.TEXT, "b": ArgumentType.INTEGER, "c": None}.items()
    )
    brief = brief_of(HEAD + said, commands=takes)
    one = check("a", "?", quotation=said, exit_status=2)
    assert left(brief, [one]) == [said]
    assert left(brief, [one, check("b", "-1", exit_status=2)]) == []
    assert left(brief, [one, check("b", "many", source=Source.HOST, exit_status=2)]) == []
    assert left(brief, [one, check("b", source=Source.HOST, exit_status=2)]) == [said]


@pytest.mark.parametrize(
    "said",
    [
        "A tool called t that sorts lines in descending order and prints the first.",
        "A tool called t that counts words without punctuation.",
        "A tool called t that prints the three most frequent words, ties in alphabetical order.",
    ],
)
def test_a_first_sentence_that_specifies_something_needs_a_check(said: str) -> None:
    assert left(brief_of(said, commands=(CommandBrief(name="", purpose="", reads_stdin=True),)))


def test_an_example_of_which_one_claim_fails_shows_nothing() -> None:
    """Such as the words of its error."""
    said = "`t a 1` prints `Error: no note` and exits with status 2."
    brief = brief_of(HEAD + said)
    (given,) = checks_of(brief, find_examples(brief.request), Source.REQUEST)
    held, failed = (
        Claim(
            id="", statement="", subject="t", maker="", verdict=verdict,
            evidence=(Run.model_construct(check=given, failure=""),),
        )
        for verdict in (Verdict.VERIFIED, Verdict.REFUTED)
    )  # fmt: skip
    assert uncovered(brief, [held]) == []
    assert uncovered(brief, [held, failed]) == [said]


@pytest.mark.parametrize(
    ("said", "given", "is_shown"),
    [
        ("It counts words, ignoring case.", "tree tree", False),
        ("It counts words, ignoring case.", "Tree tree", True),
        ("Punctuation does not count.", "tree tree", False),
        ("Punctuation does not count.", "tree, tree", True),
        ("Negative numbers count like others.", "1", False),
        ("Negative numbers count like others.", "-1", True),
        ("Empty lines are left out.", "1 2", False),
        ("Duplicates are left out.", "1 2 12", False),
        ("Duplicates are left out.", "1 2 1", True),
    ],
)
def test_a_case_without_what_the_clause_speaks_of_shows_nothing(said: str, given: str, is_shown: bool) -> None:
    brief = brief_of(HEAD + said)
    clause = left(brief)[-1]
    assert left(brief, [check("a", given, quotation=clause, stdout="1")]) == [
        text for text in left(brief) if not is_shown or text != clause
    ]
