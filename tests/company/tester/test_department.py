from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.proposals import read_brief
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.department import Written, write_checks
from macrohard.models.scripted import ScriptedModel
from macrohard.truth import PROGRAM, Check, Source
from macrohard.truth.examples import find_calls, find_examples

from ..scripted import argument, cases, cli_brief, command, confirmed, library_brief
from ..test_proposals import json_values

REQUEST = "A tool called shout. `shout up WORD` says it louder. `shout up tea` prints TEA. A number is an error."


def brief_of(text: str = cli_brief("shout", command("up", "word")), kind: Kind = Kind.CLI) -> Brief:
    brief = read_brief(text, kind, REQUEST)
    assert brief is not None
    return brief


def written(
    reply: str | Sequence[str],
    brief: Brief | None = None,
    known: tuple[Check, ...] = (),
    error: str = "no idea",
    again: Mapping[str, Sequence[str]] | None = None,
) -> list[Check]:
    """The checks of a tester who says this, the greedy reply first, and who says the same `again` unless that is given."""
    return list(all_written(reply, brief, known, error, again).checks)


def all_written(
    reply: str | Sequence[str],
    brief: Brief | None = None,
    known: tuple[Check, ...] = (),
    error: str = "no idea",
    again: Mapping[str, Sequence[str]] | None = None,
) -> Written:
    """The checks, and the inputs besides."""
    replies = [reply] if isinstance(reply, str) else reply
    own = {f"tester: confirm {asked}": [said] for asked, said in (again or {}).items()}
    model = ScriptedModel(confirmed({**own, "tester: error *": [error], "tester: *": replies}))
    return write_checks(brief or brief_of(), known, {}, model, 0)


def test_cases_become_checks() -> None:
    (check,) = written(cases({"command": "shout up 'green tea'", "prints": "GREEN TEA"}))
    assert (check.id, check.source, check.statement) == (
        "tester-01", Source.TESTER, "`shout up 'green tea'` prints `GREEN TEA`",
    )  # fmt: skip
    assert check.steps[0].argv == (PROGRAM, "up", "green tea")


def test_errors_quote_the_sentence_they_were_written_for() -> None:
    (check,) = written("no idea", error=cases({"command": "shout up 7"}))
    assert check.quotation == "A number is an error."
    assert (check.steps[0].expect.exit_status, check.steps[0].expect.error_message) == (2, True)


def saying(said: str) -> Brief:
    """The brief of a request that says this besides."""
    request = f"A tool called shout. `shout up WORD` says it louder. {said}"
    brief = read_brief(cli_brief("shout", command("up", "word")), Kind.CLI, request)
    assert brief is not None
    return brief


def test_each_error_ends_with_the_status_that_its_own_clause_names() -> None:
    brief = saying("A number exits with status 3, an empty word exits with status 4.")
    replies = {
        "tester: error 1": [cases({"command": "shout up 7"})],
        "tester: error 2": [cases({"command": "shout up ''"})],
    }
    model = ScriptedModel(confirmed({**replies, "tester: *": ["no idea"]}))
    found = write_checks(brief, (), {}, model, 0).checks
    assert [(check.quotation, check.steps[0].expect.exit_status) for check in found] == [
        ("A number exits with status 3", 3), ("an empty word exits with status 4.", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "Double words are not an error, they are said once.",
        "It prints the number of errors and warnings.",
        "`shout up` prints nothing and ends with exit status 0.",
    ],
)
def test_what_demands_no_error_is_not_asked_for_one(said: str) -> None:
    model = ScriptedModel({"tester: *": ["no idea"]})
    write_checks(saying(said), (), {}, model, 0)
    assert not any("error" in question.purpose for question in model.calls)


def test_clauses_are_asked_about_by_themselves() -> None:
    model = ScriptedModel({"tester: *": ["no idea"]})
    write_checks(
        saying("`shout up tea` prints TEA, ignoring digits, and with --twice it says it twice."), (), {}, model, 0
    )
    asked = {
        question.messages[-1].content.rpartition("show ")[2]
        for question in model.calls
        if "statement" in question.purpose
    }
    assert asked == {'"ignoring digits".', '"with --twice it says it twice.".'}


@pytest.mark.parametrize("said", ["error", "Error: no word", "an error", "Invalid input", "exit status 2", " [error] "])
def test_ordinary_cases_do_not_speak_of_errors(said: str) -> None:
    """An error has no text to compare, and a program that prints this instead of failing is wrong."""
    reply = cases({"command": "shout up 7", "prints": said}, {"command": "shout up a", "prints": "Terror"})
    (check,) = written(reply)
    assert check.statement == "`shout up a` prints `Terror`"


def test_what_is_not_confirmed_is_left_out() -> None:
    reply = cases({"command": "shout up sea", "prints": "See"}, {"command": "shout up a", "prints": "A"})
    (check,) = written(reply, again={"shout up sea": ["SEA", "See", "SEE"]})
    assert (check.id, check.statement) == ("tester-01", "`shout up a` prints `A`")


def test_what_is_wrong_and_confirmed_stays() -> None:
    """Nobody can tell yet; the jury does not let it veto."""
    reply = cases({"command": "shout up sea", "prints": "See"})
    (check,) = written(reply, again={"shout up sea": ["See", "SEA", "See"]})
    assert check.statement == "`shout up sea` prints `See`"


def test_an_error_that_is_not_confirmed_is_left_out() -> None:
    error = cases({"command": "shout up 7"}, {"command": "shout up 8"})
    (check,) = written("no idea", error=error, again={"shout up 8": ["8", "error", "8"]})
    assert check.steps[0].argv == (PROGRAM, "up", "7")


def test_each_question_is_asked_twice_and_the_cases_of_both_replies_count_once() -> None:
    first = cases({"command": "shout up a", "prints": "A"}, {"command": "shout up b", "prints": "B"})
    second = cases({"command": "shout up b", "prints": "B"}, {"command": "shout up c", "prints": "C"})
    assert [check.statement for check in written([first, second])] == [
        "`shout up a` prints `A`", "`shout up b` prints `B`", "`shout up c` prints `C`",
    ]  # fmt: skip


def test_a_question_without_a_confirmed_case_is_asked_again_more_boldly() -> None:
    see, tea = cases({"command": "shout up sea", "prints": "See"}), cases({"command": "shout up a", "prints": "A"})
    (check,) = written([see, see, tea], again={"shout up sea": ["SEA"]})
    assert check.statement == "`shout up a` prints `A`"


def test_a_question_with_a_confirmed_case_is_answered() -> None:
    (check,) = written([cases({"command": f"shout up {name}", "prints": name.upper()}) for name in ("a", "a", "b")])
    assert check.statement == "`shout up a` prints `A`"


def test_three_confirmed_cases_a_question_are_enough() -> None:
    """What is left out does not count, so that the second reply fills the place."""
    first, second = (
        cases(*({"command": f"shout up {name}", "prints": name.upper()} for name in part)) for part in ("abc", "def")
    )
    kept = written([first, second], again={"shout up [bd]": ["no idea"]})
    assert [check.id for check in kept] == ["tester-01", "tester-02", "tester-03"]
    assert [check.steps[0].argv[-1] for check in kept] == ["a", "c", "e"]


def test_what_is_known_is_not_asked_again() -> None:
    known = checks_of(brief_of(), find_examples(REQUEST), Source.REQUEST)
    assert len(known) == 1
    assert written(cases({"command": "shout up tea", "prints": "tea"}), known=known) == []


LIBRARY = library_brief("shout", ("up", {"word": "str"}, "str"))


def test_a_call_that_is_shown_is_no_new_case_in_other_quotes() -> None:
    brief = brief_of(LIBRARY, Kind.LIBRARY)
    known = checks_of(brief, find_calls('up("tea") returns "TEA"'), Source.REQUEST)
    reply = cases({"call": "up('tea')", "returns": "'Tea'"}, {"call": "up('sea')", "returns": "'SEA'"})
    assert [check.statement for check in written(reply, brief, known)] == ["`up('sea')` returns `'SEA'`"]
    assert len(written(reply, brief)) == 2


def test_of_two_expectations_for_the_same_inputs_the_first_confirmed_one_is_kept() -> None:
    """A reply that repeats a number confirms it as a whole number and as a fraction."""
    brief = brief_of(library_brief("shout", ("size", {"word": "str"}, "float")), Kind.LIBRARY)
    reply = cases({"call": "size('a')", "returns": "1"}, {"call": 'size("a")', "returns": "1.0"})
    found = all_written(reply, brief, again={"size(?a?)": ["1", "1.0", "1"]})
    assert [check.statement for check in found.checks] == ["`size('a')` returns `1`"]
    assert found.inputs == ()


def test_an_expectation_that_is_not_confirmed_leaves_the_place_to_the_next() -> None:
    reply = cases({"command": "shout up sea", "prints": "See"}, {"command": "shout up 'sea'", "prints": "SEA"})
    found = all_written(reply, again={"shout up sea": ["SEA", "SEA", "See"]})
    assert [check.statement for check in found.checks] == ["`shout up sea` prints `SEA`"]
    assert [check.statement for check in found.inputs] == ["`shout up sea` prints `See`"]


def test_what_is_not_confirmed_is_an_input() -> None:
    """Candidates can be compared on it, whatever it gives."""
    reply = cases({"command": "shout up sea", "prints": "See"}, {"command": "shout up a", "prints": "A"})
    found = all_written(reply, again={"shout up sea": ["SEA"]})
    assert [(check.id, check.steps[0].argv[-1]) for check in found.inputs] == [("input-01", "sea")]
    assert [check.id for check in found.checks] == ["tester-01"]


def test_no_more_cases_than_were_asked_for() -> None:
    many = cases(*({"command": f"shout up x{n}", "prints": f"X{n}"} for n in range(50_000)))
    assert len(many) > 1_000_000
    assert len(written(many)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "rm -rf /",
        "shout up a; rm -rf /",
        "shout up a > b",
        "shout down a",
        "shout up a b",
        "shout up --wild a",
        "shout",
        "",
        "'",
        "shout up $(x) &&",
    ],
)
def test_lines_that_cannot_be_called_are_left_out(line: str) -> None:
    assert written(cases({"command": line, "prints": "A"})) == []


@pytest.mark.parametrize(
    "reply", ["", "[]", "{}", '{"cases": 1}', '{"cases": [1, "x", null]}', '{"cases": ["a"]}', "[" * 100_000, '{"cases": [{}]}',
              cases({"command": "shout up a", "prints": 1}), '{"cases":[{"command":"shout up a","prints":"\\ud800"}]}']
)  # fmt: skip
def test_replies_that_cannot_be_read(reply: str) -> None:
    assert written(reply, error=reply) == []


CASES = st.lists(
    st.dictionaries(
        st.sampled_from(["command", "prints", "stdin", "before", "call", "returns", "raises"]),
        json_values | st.just("shout up a"),
    )
)


@settings(max_examples=50)
@given(CASES, st.sampled_from(Kind))
def test_any_json_is_read_or_left_out(replies: list[object], kind: Kind) -> None:
    brief = brief_of(LIBRARY, kind) if kind is Kind.LIBRARY else brief_of()
    reply = json.dumps({"cases": replies})
    for check in written(reply, brief, error=reply):
        assert check.source is Source.TESTER and check.statement.isprintable()


def test_steps_before_share_the_state() -> None:
    request = "A tool called tasks that keeps tasks in tasks.json."
    brief = read_brief(
        cli_brief("tasks", command("add", "t"), command("list"), state_file="tasks.json"), Kind.CLI, request
    )
    assert brief is not None
    reply = cases({"before": ["tasks add Tea"], "command": "tasks list", "prints": "Tea"})
    (check,) = written(reply, brief)
    assert [step.argv for step in check.steps] == [(PROGRAM, "add", "Tea"), (PROGRAM, "list")]
    assert check.steps[0].expect.stdout is None and check.steps[1].expect.stdout == "Tea"


def test_calls_of_a_library() -> None:
    brief = brief_of(LIBRARY, Kind.LIBRARY)
    reply = cases(
        {"call": "up('a')", "returns": "'A'"},
        {"call": "up(open('x'))", "returns": "1"},
        {"call": "down(1)", "returns": "1"},
    )
    errors = cases({"call": "up(7)", "raises": "TypeError"}, {"call": "up(8)", "raises": "x: pass"})
    assert [check.statement for check in written(reply, brief, error=errors)] == [
        "`up('a')` returns `'A'`", "`up(7)` raises TypeError",
    ]  # fmt: skip


def test_an_exception_that_the_request_does_not_name_is_no_case() -> None:
    brief = read_brief(LIBRARY, Kind.LIBRARY, "A library. up(word: str) says it louder. An empty word raises KeyError.")
    error = cases({"call": "up('')", "raises": "ValueError"}, {"call": "up('  ')", "raises": "KeyError"})
    assert [check.statement for check in written("no idea", brief, error=error)] == ["`up('  ')` raises KeyError"]


def test_what_is_said_of_a_whole_library_is_asked_about() -> None:
    brief = read_brief(LIBRARY, Kind.LIBRARY, "A library. up(word: str) says it louder. Digits stay as they are.")
    assert brief is not None
    replies = {"tester: statement 1": [cases({"call": "up('7')", "returns": "'7'"})], "tester: *": ["no idea"]}
    (check,) = write_checks(brief, (), {}, ScriptedModel(confirmed(replies)), 0).checks
    assert check.quotation == "Digits stay as they are."


def test_the_tester_never_sees_code() -> None:
    model = ScriptedModel({"tester: *": ["no idea"]})
    brief = brief_of(cli_brief("shout", command("up", "word", options=[argument("--twice", "flag")])))
    write_checks(brief, (), {}, model, 7)
    assert {question.purpose for question in model.calls} >= {"tester: up", "tester: error 1"}
    assert all("def " not in message.content for question in model.calls for message in question.messages)
    asked = [(question.purpose, question.sampling.seed) for question in model.calls]
    assert len(set(asked)) == len(asked) and min(seed for _, seed in asked) == 7
    assert any("`shout up WORD [--twice]`" in message.content for message in model.calls[0].messages)
