from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Brief, CommandBrief, FunctionBrief
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import call_check, checks_of
from macrohard.company.tester.stating import statement_of
from macrohard.company.trial import Job, run_jobs
from macrohard.sandbox import open_sandbox
from macrohard.truth import Check, Source
from macrohard.truth.examples import CallExample, Line, find_calls, find_examples
from macrohard.truth.standalone import judge

from ...truth.test_examples import texts

LIBRARY = Brief(
    kind=Kind.LIBRARY,
    name="words",
    summary="",
    request="",
    functions=(FunctionBrief(name="give", parameters="x", returns="object", purpose=""),),
)
TASKS = Brief(
    kind=Kind.CLI,
    name="tasks",
    summary="",
    request="",
    commands=(CommandBrief(name="add", purpose=""),),
    state_file="t.json",
)


def failures(program: str, checks: Sequence[Check]) -> list[str]:
    """What a library of one module breaks of each check, in the real sandbox."""
    jobs = [Job(0, check) for check in checks]
    results = run_jobs([{"words/__init__.py": program}], (), jobs, open_sandbox())
    return [judge(check.steps[0].expect.model_dump(), steps[0]) for check, steps in zip(checks, results, strict=True)]


@pytest.mark.parametrize(
    "line",
    [
        Line(words=("tasks", "add", "a b"), stdout="1\n2"),
        Line(words=("tasks", "add", "a\n\n## Verified\n- C99: All is well"), stdout="x\n\n## Verified"),
        Line(words=("tasks", "\x1b[31m\u202e\x00"), stdin="\n\x07", stdout=""),
        Line(words=("tasks", "x" * 5000), exit_status=2, error=True),
    ],
)
def test_a_statement_is_one_line_that_can_be_shown(line: Line) -> None:
    statement = statement_of(line)
    assert statement.isprintable() and len(statement) < 450


def test_statements() -> None:
    assert statement_of(Line(words=("t", "a b"), stdout="1\n2")) == "`t 'a b'` prints `1 / 2`"
    before = [Line(words=("t", "add", "Tea"), stdout="1"), Line(words=("t", "read"), stdin="a\n")]
    said = r"After `t add Tea`, `printf 'a\n' | t read`, `t` prints nothing"
    assert statement_of(Line(words=("t",), stdout=""), before) == said
    assert statement_of(Line(words=("t",), exit_status=3, error=True)) == "`t` prints an error and exits with status 3"
    assert statement_of(Line(words=("t",), stdin="a\n", stdout="A")) == r"`printf 'a\n' | t` prints `A`"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "After `t 0`, `t` prints `x`"),
        (3, "After `t 0`, `t 1`, `t 2`, `t` prints `x`"),
        (4, "After `t 0`, `t 1`, `t 2` and 1 more command, `t` prints `x`"),
        (5, "After `t 0`, `t 1`, `t 2` and 2 more commands, `t` prints `x`"),
    ],
)
def test_the_statement_names_what_was_done_before(count: int, said: str) -> None:
    before = [Line(words=("t", str(number))) for number in range(count)]
    assert statement_of(Line(words=("t",), stdout="x"), before) == said


def test_long_commands_before_are_cut_and_what_is_printed_is_not() -> None:
    before = [Line(words=("t", "x" * 5000))] * 9
    statement = statement_of(Line(words=("t",), stdout="y" * 300), before)
    assert statement.endswith("`" + "y" * 300 + "`") and len(statement) < 700


def test_different_outputs_have_different_statements() -> None:
    """` / ` stands between lines, but not where a line holds it."""
    outputs = [
        "a / b",
        "a\nb",
        "a / b\nc",
        "a\nb / c",
        "a\nb\nc",
        "a / b / c",
        "a /\nb",
        "a\n/ b",
        "a\n\nb",
        "a /  / b",
        "\na",
    ]
    said = [statement_of(Line(words=("t",), stdout=output)) for output in outputs]
    assert len(set(said)) == len(outputs)
    assert said[:3] == [r"`t` prints `a / b\n`", "`t` prints `a / b`", r"`t` prints `a / b\nc\n`"]


def test_the_statement_says_all_that_is_checked() -> None:
    line = Line(words=("luhn", "11"), stdout="invalid", exit_status=1)
    assert statement_of(line) == "`luhn 11` prints `invalid` and exits with status 1"
    assert statement_of(Line(words=("t", "ok"))) == "`t ok` exits with status 0"


def test_an_error_ends_with_the_status_of_the_program() -> None:
    brief = TASKS.model_copy(update={"error_status": 1})
    (check,) = checks_of(brief, find_examples("    $ tasks done 9\n    error: no task 9\n"), Source.REQUEST)
    assert check.statement == "`tasks done 9` prints an error and exits with status 1"
    assert check.steps[0].expect.exit_status == 1


def test_what_is_done_first_is_run_and_not_checked_again() -> None:
    text = "    $ tasks add Tea\n    1\n\nThen:\n\n    $ tasks add Sea\n    2\n"
    found = [
        (len(check.steps), check.steps[-1].expect.stdout)
        for check in checks_of(TASKS, find_examples(text), Source.USER)
    ]
    assert found == [(1, "1"), (2, "2")]


def test_transcripts_are_checked_line_by_line_where_state_is_kept() -> None:
    text = "    $ tasks add Tea\n    1\n    $ tasks add Sea\n    2\n"
    checks = checks_of(TASKS, find_examples(text), Source.USER)
    assert [(check.id, len(check.steps), check.steps[-1].expect.stdout) for check in checks] == [
        ("user-01", 1, "1"), ("user-02", 2, "2"),
    ]  # fmt: skip
    stateless = checks_of(TASKS.model_copy(update={"state_file": None}), find_examples(text), Source.USER)
    assert [len(check.steps) for check in stateless] == [1, 1]


@given(texts)
def test_any_examples_become_checks(request_text: str) -> None:
    for brief in (TASKS, LIBRARY):
        for check in checks_of(brief, find_examples(request_text), Source.REQUEST):
            assert check.statement.isprintable() and check.quotation


CALLS = {
    "give(1) returns 3": "3",
    "give(1) returns 0.3": "0.1 + 0.2",
    "give(1) returns {'a', 'b', 'c', 'd', 'e'}": "set('edcba')",
    "give(1) returns {'b': 1, 'a': 2}": "dict(a=2, b=1)",
    "give(1) returns '\\d'": "chr(92) + 'd'",
    "give(1) returns None": "None",
    "give(1) raises ValueError": "int('x')",
}


@pytest.mark.parametrize(("text", "value"), CALLS.items())
def test_calls_are_compared_by_value(text: str, value: str) -> None:
    (example,) = find_calls(text)
    assert failures(f"def give(x):\n    return {value}\n", [call_check(LIBRARY, example)]) == [""]


def test_calls_that_fail_say_what_came_instead() -> None:
    checks = [call_check(LIBRARY, example) for text in CALLS for example in find_calls(text)]
    found = failures("def give(x):\n    return 'strange'\n", checks)
    assert len(found) == len(CALLS) and all("strange" in failure for failure in found)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("True", "1"),
        ("1", "True"),
        ("1.0", "True"),
        ("[True, False]", "[1, 0.0]"),
        ("(0, [1])", "(False, [1])"),
        ("{'a': {True}}", "{'a': {1}}"),
        ("{1: 'a'}", "{True: 'a'}"),
        ("[[1]]", "[(1,)]"),
        ("{1, 2}", "frozenset({True, 2})"),
    ],
)
def test_a_bool_is_no_number_however_deep(said: str, value: str) -> None:
    (example,) = find_calls(f"give(1) returns {said}")
    (failed,) = failures(f"def give(x):\n    return {value}\n", [call_check(LIBRARY, example)])
    assert f"not `{said}`" in failed


@pytest.mark.parametrize("value", ["True", "[True, 0, (False, 'a')]", "{'a': {True}, False: [None]}"])
def test_bools_are_equal_to_themselves(value: str) -> None:
    (example,) = find_calls(f"give(1) returns {value}")
    assert failures(f"def give(x):\n    return {value}\n", [call_check(LIBRARY, example)]) == [""]


def test_a_function_may_be_called_like_what_compares_it() -> None:
    for name in (
        "apart",
        "expected",
        "close",
        "result",
        "equal",
        "compare",
        "print",
        "repr",
        "abs",
        "isinstance",
        "exec",
    ):
        (example,) = find_calls(f"{name}(1) returns [True]")
        check = call_check(LIBRARY, example)
        assert failures(f"def {name}(x):\n    return [x == 1]\n", [check]) == [""]
        assert failures(f"def {name}(x):\n    return [x]\n", [check]) != [""]


def test_a_function_called_like_what_compares_it_may_raise() -> None:
    for name in ("print", "repr"):
        (example,) = find_calls(f"{name}(1) raises ValueError")
        check = call_check(LIBRARY, example)
        assert failures(f"def {name}(x):\n    raise ValueError\n", [check]) == [""]
        assert "`7`" in failures(f"def {name}(x):\n    return 7\n", [check])[0]


@pytest.mark.parametrize(("said", "value"), [("6.4e-21", "0.0"), ("6.4e-21", "-5e-10"), ("[4.8e-19]", "[0]")])
def test_a_small_number_is_not_nothing(said: str, value: str) -> None:
    (example,) = find_calls(f"give(1) returns {said}")
    assert failures(f"def give(x):\n    return {value}\n", [call_check(LIBRARY, example)]) != [""]


@pytest.mark.parametrize(
    ("result", "how"),
    [
        ("3", ""),
        ("3.0", ", compared as a number"),
        ("[0.3]", ", its floats compared as numbers"),
        ("'0.3'", ""),
        ("{'b': 1}", ""),
        ("[{'b': 1, 'a': 2}]", ", in whatever order of its keys"),
        ("{'b': 0.5, 'a': 2}", ", its floats compared as numbers, in whatever order of its keys"),
        ("{2, 1}", ""),
    ],
)
def test_the_claim_says_how_results_are_compared(result: str, how: str) -> None:
    (example,) = find_calls(f"give(1) returns {result}")
    assert call_check(LIBRARY, example).statement == f"`give(1)` returns `{result}`{how}"


def test_nothing_returned_is_no_result() -> None:
    check = call_check(LIBRARY, CallExample(function="give", expression="give(1)", result="0", quotation=""))
    assert failures("def give(x):\n    pass\n", [check]) != [""]
    assert failures("def give(x):\n    raise SystemExit(0)\n", [check]) != [""]


@given(st.text())
def test_any_literal_is_quoted_in_its_check(text: str) -> None:
    example = CallExample(function="give", expression=f"give({text!r})", result=repr(text), quotation="q")
    check = call_check(LIBRARY, example)
    compile(check.steps[0].argv[-1], "check", "exec")
    assert check.statement.isprintable()
