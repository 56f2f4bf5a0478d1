from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.frames import frame
from macrohard.company.order import Kind
from macrohard.company.proposals import read_brief
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.trial import Job, run_jobs
from macrohard.company.users.oddities import odd_inputs
from macrohard.sandbox import open_sandbox
from macrohard.truth import PROGRAM, Check, Source
from macrohard.truth.examples import find_examples
from macrohard.truth.standalone import judge

from ..scripted import argument, cli_brief, command, library_brief

TYPES = ["str", "int", "float", "bool", "list[str]", "Sequence[float]", "list[list[int]]", "List[bool]"]


def commands_of(request: str, *commands: dict[str, object], state_file: str = "") -> tuple[Brief, list[Check]]:
    """A command-line program, and its odd inputs."""
    brief = read_brief(cli_brief("tool", *commands, state_file=state_file), Kind.CLI, request)
    assert brief is not None
    return brief, odd_inputs(brief, checks_of(brief, find_examples(request), Source.REQUEST))


def library_of(parameters: str, request: str = "") -> tuple[Brief, list[Check]]:
    """A library with one function, and its odd inputs."""
    function = FunctionBrief(name="give", parameters=parameters, returns="object", purpose="")
    brief = Brief(kind=Kind.LIBRARY, name="tool", summary="", request=request, functions=(function,))
    return brief, odd_inputs(brief, [])


def arguments(check: Check) -> list[tuple[object, ...]]:
    """The arguments of the calls in the code of a check."""
    (listed,) = [node.iter for node in ast.walk(ast.parse(check.steps[0].argv[-1])) if isinstance(node, ast.For)]
    found: list[tuple[object, ...]] = ast.literal_eval(listed)
    return found


def count(check: Check) -> int:
    """The number of odd inputs in the statement: those that are named, and those that are only counted."""
    named = re.split(r" (?:for|with) (?=`|nothing)", check.statement, maxsplit=1)[1]
    more = re.search(r" and (\d+) more\b", named)
    return len(re.findall(r"`[^`]+`|nothing", named)) + int(more[1] if more else 0)


def failure(brief: Brief, check: Check, *sources: str) -> str:
    """What a program of these functions breaks of the check, in the real sandbox."""
    program = frame(brief, sources)
    (seen,) = run_jobs([program.files], program.start, [Job(0, check)], open_sandbox())
    assert len(seen) == len(check.steps)
    found = (judge(step.expect.model_dump(), done) for step, done in zip(check.steps, seen, strict=True))
    return next(filter(None, found), "")


def python_type(name: str) -> type:
    """What a value of this annotation is."""
    return {"str": str, "int": int, "float": float, "bool": bool}.get(name, list)


def test_a_function_may_be_called_like_what_the_check_uses() -> None:
    for name in ("print", "hasattr", "arguments"):
        function = FunctionBrief(name=name, parameters="word: str", returns="object", purpose="")
        brief = Brief(kind=Kind.LIBRARY, name="tool", summary="", request="", functions=(function,))
        (check,) = odd_inputs(brief, [])
        assert failure(brief, check, f"def {name}(word):\n    return word") == ""
        assert failure(brief, check, f"def {name}(word):\n    return word[99]") != ""


def test_words_that_people_type_by_mistake() -> None:
    _, (check,) = commands_of("`tool up tea` prints TEA", command("up", "word"))
    assert (check.id, check.source) == ("odd-01", Source.HOST)
    said = "`tool up` ends without a traceback for `'?'`, `''`, `Zq`, `zq`, `7`, `'two words'` and `'é'`"
    assert check.statement == said
    assert [step.argv for step in check.steps[:3]] == [(PROGRAM, "up", word) for word in ("?", "", "Zq")]


def test_each_argument_in_turn() -> None:
    add = command("add", "name", argument("count", "integer"))
    _, (check,) = commands_of("`tool add tea 3` prints 3", add)
    tried = [step.argv[2:] for step in check.steps]
    assert ("Zq", "3") in tried and ("tea", "-1") in tried and ("Zq", "-1") not in tried


def test_standard_input() -> None:
    _, (check,) = commands_of("`printf 'a b' | tool count` prints 2", command("count", stdin=True))
    assert [step.argv for step in check.steps] == [(PROGRAM, "count")] * count(check)
    assert check.statement == (
        r"`tool count` ends without a traceback with nothing, `\n`, `one line without an end`, `\n\n \n` and `é\tß\n` on standard input"
    )
    assert {"", "\n", "one line without an end"} <= {step.stdin for step in check.steps}


def test_what_comes_before_is_done_first_and_does_not_count() -> None:
    request = "It keeps a.json.\n\n    $ tool add Tea\n    1\n    $ tool done 1\n    Tea\n"
    _, (add, done) = commands_of(
        request, command("add", "t"), command("done", argument("n", "integer")), state_file="a.json"
    )
    assert (add.id, done.id) == ("odd-01", "odd-02")
    said = "After `tool add Tea`, `tool done` ends without a traceback for `0`, `-1` and `1000000`, one after the other"
    assert done.statement == said
    assert done.steps[0].argv == (PROGRAM, "add", "Tea") and len(done.steps) == 1 + count(done)
    assert all(step.expect.exit_status is None and step.expect.stdout is None for step in done.steps)


def test_files_come_along_and_are_not_exchanged() -> None:
    text = "With this file a.csv:\n\n    x\n    1\n\n    $ tool top a.csv 1\n    1\n"
    _, (check,) = commands_of(text, command("top", argument("path", "file"), argument("n", "integer")))
    assert check.files == {"a.csv": "x\n1\n"} and {step.argv[2] for step in check.steps} == {"a.csv"}


@pytest.mark.parametrize(
    ("request_text", "made"),
    [
        ("`tool list` prints Tea", command("list")),
        ("`tool add 1` prints 1", command("up", "word")),
        ("`tool up 1` exits with status 2", command("up", "word")),
    ],
    ids=["takes nothing", "is never shown", "is shown as an error only"],
)
def test_commands_without_odd_inputs(request_text: str, made: dict[str, object]) -> None:
    assert commands_of(request_text, made)[1] == []


@pytest.mark.parametrize(
    ("body", "breaks"),
    [
        ("return word.upper()", False),
        ("if not word.isalpha():\n        raise ValueError('no word')\n    return word", False),
        ("return word[0].upper()", True),
        ("return {'tea': 'TEA'}[word]", True),
    ],
    ids=["sound", "polite", "crashes on nothing", "crashes on the unknown"],
)
def test_a_crash_is_seen(body: str, breaks: bool) -> None:
    brief, (check,) = commands_of("`tool up tea` prints TEA", command("up", "word"))
    assert bool(failure(brief, check, f"def up(word: str) -> str:\n    {body}")) is breaks


@pytest.mark.parametrize(
    ("body", "breaks"),
    [
        ("return values[0] if values else 0", False),
        ("if not values:\n        raise ValueError('none')\n    return values[0]", False),
        ("return values[0]", True),
        ("return 1 / sum(values)", True),
    ],
    ids=["sound", "polite", "crashes on nothing", "divides by zero"],
)
def test_a_crash_of_a_function_is_seen(body: str, breaks: bool) -> None:
    brief, (check,) = library_of("values: list[int]")
    assert bool(failure(brief, check, f"def give(values: list[int]) -> object:\n    {body}")) is breaks


@pytest.mark.parametrize(
    ("body", "breaks"),
    [
        ("yield 1 // 0", True),
        ("yield 1\n    yield values[0]", True),
        ("yield from values", False),
        ("while True:\n        yield 1", False),
        ("return map(lambda value: 1 / value, values)", True),
    ],
    ids=["crashes at once", "crashes later", "sound", "without an end", "an iterator"],
)
def test_what_gives_its_items_one_at_a_time_is_asked_for_them(body: str, breaks: bool) -> None:
    brief, (check,) = library_of("values: list[int]")
    assert bool(failure(brief, check, f"def give(values: list[int]) -> object:\n    {body}")) is breaks


def test_errors_that_the_request_names_are_no_crash() -> None:
    code = "def give(key: str) -> object:\n    raise KeyError(key)"
    brief, (check,) = library_of("key: str", "A key that is missing raises KeyError, and Error is no exception.")
    assert failure(brief, check, code) == ""
    brief, (check,) = library_of("key: str", "A key that is missing is an error.")
    assert failure(brief, check, code) != ""


def test_every_function_has_a_check_of_its_own() -> None:
    text = library_brief(
        "tool", ("up", {"word": "str"}, "str"), ("any", {"x": "object"}, "int"), ("half", {"n": "int"}, "int")
    )
    brief = read_brief(text, Kind.LIBRARY, "")
    assert brief is not None
    assert [(check.id, check.statement) for check in odd_inputs(brief, [])] == [
        ("odd-01", r"`up` raises nothing but ValueError for `''`, `' '`, `'?'`, `'Zq'`, `'7'` and `'é\n'`"),
        ("odd-02", "`half` raises nothing but ValueError for `0`, `-1` and `1000000`"),
    ]  # fmt: skip


@given(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
def test_the_statement_names_or_counts_the_calls_and_each_gives_every_argument(types: list[str]) -> None:
    _, (check,) = library_of(", ".join(f"a{number}: {kind}" for number, kind in enumerate(types)))
    calls = arguments(check)
    assert len(check.statement) < 400
    assert len(calls) == count(check) and {len(given) for given in calls} == {len(types)}
    assert all(
        isinstance(value, python_type(kind)) for given in calls for value, kind in zip(given, types, strict=True)
    )


@given(
    st.text()
    | st.sampled_from(["a, b: int", "x): pass\ndef g(y", "a) -> (", "a: int): pass #", "*, a: str", "*a: int"])
)
def test_any_parameters_make_readable_checks_or_none(parameters: str) -> None:
    assert all(arguments(check) for check in library_of(parameters)[1])


@pytest.mark.parametrize("parameters", ["a: int, *, b: int", "a: int, b: object", "a: int, b", "*a: int"])
def test_functions_that_cannot_be_called_with_odd_values(parameters: str) -> None:
    """A call that never enters the function would show nothing."""
    assert library_of(parameters)[1] == []


def test_arguments_that_have_no_name_and_those_that_need_none() -> None:
    _, (check,) = library_of("a: int, /, b: bool, *, c: str = ''")
    assert (0, False) in arguments(check) and (1000000, True) in arguments(check)


def test_lists_of_lists_without_end() -> None:
    _, (check,) = library_of(f"a: {'list[' * 50}int{']' * 50}")
    assert len(check.steps[0].argv[-1]) < 50_000 and ([[[]]],) in arguments(check)


def test_words_behind_an_option_are_changed_and_not_the_option() -> None:
    request = "`tool say --times 2 hello` prints `hello hello`."
    words = (Argument(name="word"), Argument(name="--times", type=ArgumentType.INTEGER))
    say = CommandBrief(name="say", purpose="", arguments=words)
    brief = Brief(kind=Kind.CLI, name="tool", summary="", request=request, commands=(say,))
    (check,) = odd_inputs(brief, checks_of(brief, find_examples(request), Source.REQUEST))
    assert {step.argv[:4] for step in check.steps} == {(PROGRAM, "say", "--times", "2")}
    assert "" in {step.argv[4] for step in check.steps}
