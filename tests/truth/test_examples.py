"""Examples are found where a person gave them, word for word, and never made up."""

from __future__ import annotations

import ast
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.errors import UserError
from macrohard.truth.examples import (
    CallExample,
    CommandExample,
    Line,
    Signature,
    find_calls,
    find_commands,
    find_examples,
    find_files,
    find_pairs,
    find_transcripts,
    parse_given,
)
from macrohard.truth.examples.shell import CommandLine, read_command

PIECES = [
    "'roman to-int XIV' prints 14", '`count "a b"` prints "2\\n3"', "f(1, 'x') returns [1, 2]", "f([[]:", "g() raises",
    " raises ValueError", "`x y` exits with status 2", "`x y` exits with status ²", "```\n$ a b\nout\n```", "    $ a b\n    c\n",
    "\n$ echo $?\n²\n", "With this file a.txt:\n\n    one\n", "\n\n", "    ", "{[]: 1}", "f({[]: 1}) == 2", "->", "=>", "`", "'", '"',
    "f(" + "(" * 90, ")" * 90, "\\d", "\x00", "\u202e", "é", "| cat", "< a.txt", "$ ", "$ printf '\\", "9" * 5000, "1if 2",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join)


@given(texts)
def test_nothing_is_invented(request_text: str) -> None:
    """Every example is quoted from the request; the indentation of a block does not count."""
    for example in find_examples(request_text):
        assert _flush(example.quotation) in _flush(request_text)
        assert example.quotation


@given(texts)
def test_calls_hold_literals_only(request_text: str) -> None:
    for call in find_calls(request_text):
        assert call.expression in call.quotation and (call.result is None) != (call.raises is None)
        tree = ast.parse(call.expression, mode="eval").body
        assert isinstance(tree, ast.Call)
        assert all(not isinstance(node, ast.Name) for argument in tree.args for node in ast.walk(argument))


@given(texts)
def test_files_are_plain_names(request_text: str) -> None:
    for name, text in find_files(request_text).items():
        assert "/" not in name and name not in {".", ".."} and text.endswith("\n")


@given(st.text() | texts)
def test_command_lines_never_raise(text: str) -> None:
    read = read_command(text, {"a.txt": "A"})
    assert read is None or read.words


@given(st.text() | texts)
def test_given_examples_are_read_or_refused(text: str) -> None:
    try:
        example = parse_given(text, "tool")
    except UserError as error:
        assert str(error).startswith("The example ")
    else:
        assert example.quotation == text


def _flush(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))


@pytest.mark.parametrize(
    ("text", "words", "stdout"),
    [
        ("`roman to-int XIV` prints 14, and more", ("roman", "to-int", "XIV"), "14"),
        ("A tool called roman: 'roman to-int XIV' prints 14.", ("roman", "to-int", "XIV"), "14"),
        ('`greet "Ann B"` prints "Hello, Ann B!"', ("greet", "Ann B"), "Hello, Ann B!"),
        ("`lines a` should print `1\\n2`.", ("lines", "a"), "1\n2"),
        ("`half 3` -> 1.5.", ("half", "3"), "1.5"),
        ("`./roman to-int XIV` prints 14", ("roman", "to-int", "XIV"), "14"),
        ("`python3 roman.py to-int XIV` prints 14", ("roman", "to-int", "XIV"), "14"),
        ("`python -m roman to-int XIV` prints 14", ("roman", "to-int", "XIV"), "14"),
    ],
)
def test_commands_in_running_text(text: str, words: tuple[str, ...], stdout: str) -> None:
    (example,) = find_commands(text)
    assert example.lines == (Line(words=words, stdout=stdout),)


@pytest.mark.parametrize(
    "text",
    [
        "`stock add NAME COUNT` prints OK when the name and the count are good",
        "`count FILE` prints the number of lines",
        "'it' prints 14",
        "Its `list` shows all.",
        "`a b; rm -rf /` prints 1",
        "`a b && c d` prints 1",
        "`a 'b` prints 1",
    ],
)
def test_what_is_no_example(text: str) -> None:
    assert find_commands(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "A tool called todo. `todo done N` prints `done`. `todo add TEXT` prints `added`. `todo rm ID` exits with status 1.",
        "`hist KEY` prints `VALUE`",
        "`get SLUG` prints `<text>`",
        "`todo move OLD NEW` prints `MOVED_ITEM`",
        "`todo add --title=TITLE` prints `added`",
        "`total FILE...` prints `ok`",
        "`pad 5 TEXT` prints `ok`",
        "`pad WORD` prints `5`",
    ],
)
def test_words_that_stand_for_a_value_make_no_example(text: str) -> None:
    assert find_commands(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "`roman to-int X` prints 10",
        "`rot13 HELLO` prints `URYYB`",
        "`conv 10 N LBF` prints `2.25 LBF`",
        "`say TEXTILE` prints `textile`",
        "`tag X=NO` exits with status 1",
    ],
)
def test_values_in_capitals_are_values(text: str) -> None:
    assert len(find_commands(text)) == 1


NAMED = {
    "a quoted name": ("Tool 'rot'. 'rot 13 abc' prints 'nop'.", ("rot", "13", "abc")),
    "a name, then what it is": (
        'Create "mark", a program turning Markdown headings into HTML. "mark \'# Hi\'" prints "<h1>Hi</h1>".',
        ("mark", "# Hi"),
    ),
    "a bare name": ('Write a CLI rot. Then "rot abc" prints "nop".', ("rot", "abc")),
    "a command": ("Write a small command 'rot'. 'rot abc' prints 'nop'.", ("rot", "abc")),
    "a name to write": ("Write 'rot'. 'rot abc' prints 'nop'.", ("rot", "abc")),
}


@pytest.mark.parametrize(("text", "words"), NAMED.values(), ids=NAMED)
def test_a_quoted_command_begins_with_what_is_said_to_be_a_program(text: str, words: tuple[str, ...]) -> None:
    assert [example.lines[0].words for example in find_commands(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "A program that counts words: 'hello world' gives 2.",
        "A tool that counts words. 'hello' is a word. 'hello world' gives 2.",
        "A tool for words. For 'hello' it prints 1. 'hello world' prints 2.",
        "With the tool 'sort' installed. 'sort x' prints 1.",
        "A tool, 'hello', is what it greets with. 'hello world' prints 2.",
        "A calculator with a command 'add'. 'add 1 2' prints 3.",
        "A program, hello world is its greeting. 'hello world' prints 2.",
        "A function that counts words. Write 'hello', and 'hello world' gives 2.",
    ],
)
def test_a_quoted_phrase_is_no_command(text: str) -> None:
    assert find_commands(text) == ()


def test_exit_statuses() -> None:
    (example,) = find_commands("`roman to-int ABC` exits with status 2.")
    assert example.lines == (Line(words=("roman", "to-int", "ABC"), exit_status=2, error=True),)


def test_a_name_alone_is_run_where_something_is_piped_into_it() -> None:
    (example,) = find_commands("`size` prints 4. `printf 'ab' | size` prints 2.")
    assert example.lines == (Line(words=("size",), stdin="ab", stdout="2"),)


def test_what_is_piped_in() -> None:
    assert read_command("printf 'a\\nb' | count") == CommandLine(("count",), "a\nb")
    assert read_command(r"printf 'a\r\0\0157\303\251' | count") == CommandLine(("count",), "a\r\0\r7é")
    assert read_command(r"printf '\303' | count") is None
    assert read_command("echo a b | count -x") == CommandLine(("count", "-x"), "a b\n")
    assert read_command("cat a.txt | count", {"a.txt": "A\n"}) == CommandLine(("count",), "A\n")
    assert read_command("count < a.txt", {"a.txt": "A\n"}) == CommandLine(("count",), "A\n")
    assert read_command("cat missing | count") is read_command("curl x | sh") is read_command("a > b") is None


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        (Line(words=("tool", "add", "green tea")), "tool add 'green tea'"),
        (Line(words=("tool", "add", "")), "tool add ''"),
        (Line(words=("tool", "up"), stdin="a\n\tb\n"), r"printf 'a\n\tb\n' | tool up"),
    ],
)
def test_a_line_as_one_types_it(line: Line, typed: str) -> None:
    assert line.typed == typed
    assert read_command(typed) == CommandLine(line.words, line.stdin)


AWKWARD = {
    "dashes": ("-n a\n--b", r"printf -- '-n a\n--b' | cat"),
    "percent": ("5 % of %s\n", r"printf '5 %% of %%s\n' | cat"),
    "backslash": ("a\\nb\\", r"printf 'a\\nb\\' | cat"),
    "accents": ("é ß\n", r"printf 'é ß\n' | cat"),
    "quotes": ('it\'s "it"', """printf 'it'"'"'s "it"' | cat"""),
    "control characters": ("a\0b\r\x1b7\u202e", r"printf 'a\000b\015\0337\342\200\256' | cat"),
}


@pytest.mark.parametrize(("stdin", "typed"), AWKWARD.values(), ids=AWKWARD)
def test_a_shell_reads_what_is_typed_as_it_was_meant(stdin: str, typed: str) -> None:
    """Statements show it to people, who may copy it. The texts are ours: nothing else is ever given to a shell."""
    assert Line(words=("cat",), stdin=stdin).typed == typed
    assert subprocess.run(["sh", "-c", typed], capture_output=True, check=True).stdout == stdin.encode()


def test_half_a_character_is_typed_as_its_bytes() -> None:
    """It can be written to no file and no terminal, but the line that shows it can."""
    typed = Line(words=("cat",), stdin="-\ud800").typed
    assert typed == r"printf -- '-\355\240\200' | cat" and typed.encode()


WORDS = st.lists(st.text(), max_size=3).map(lambda words: ("tool", *words))


@given(WORDS, st.text("ab7é \n\t\r\0\x1b\\'\"|&;<>"))
def test_what_is_typed_is_read_as_it_was_meant_or_not_at_all(words: tuple[str, ...], stdin: str) -> None:
    read = read_command(Line(words=words, stdin=stdin).typed)
    assert read is None or read == CommandLine(words, stdin)


def test_transcripts_share_a_folder() -> None:
    text = "Like this:\n\n    $ tasks add Tea\n    Added 1\n    $ tasks done 9\n    error: no task 9\n    $ echo $?\n    4\n"
    (example,) = find_transcripts(text)
    assert example.lines == (
        Line(words=("tasks", "add", "Tea"), stdout="Added 1"),
        Line(words=("tasks", "done", "9"), exit_status=4, error=True, message=("no task 9",)),
    )
    assert find_examples(text) == (example,)


def test_an_error_without_a_status_ends_as_errors_do() -> None:
    text = "Like this:\n\n    $ tasks done 9\n    error: no task 9\n"
    (line,) = find_transcripts(text)[0].lines
    assert line.error and line.assumed


def test_a_transcript_that_cannot_be_read_whole_is_none() -> None:
    assert find_transcripts("    $ tasks add Tea\n    $ sudo x > y\n") == ()


def test_files_that_are_shown() -> None:
    text = "With this file people.csv:\n\n    name\n    Ann\n\n    $ count people.csv\n    2\n"
    assert find_files(text) == {"people.csv": "name\nAnn\n"}
    (example,) = find_transcripts(text)
    assert example.files == {"people.csv": "name\nAnn\n"} and example.lines[0].stdout == "2"


CSV = "data.csv", "n\n1\n2\n"
ANNOUNCED = {
    "behind a sentence about output": ("Sum a column. The tool `csvsum` prints the sum. Given data.csv:", CSV),
    "behind what to write": ("Write `csvsum`: Given a file data.csv containing:", CSV),
    "behind an example": ("It prints the sum. For example, with this file data.csv:", CSV),
    "a sentence behind it": ("It prints the sum. Given a file data.csv. It has a header:", CSV),
    "as what it is": ("It sums columns. Say data.csv is", CSV),
    "as what it holds": ("It sums columns. For example, suppose the file `data.csv` contains the following:", CSV),
}


@pytest.mark.parametrize(("line", "file"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_a_file_is_found_behind_what_is_said_of_output(line: str, file: tuple[str, str]) -> None:
    text = f"{line}\n\n    n\n    1\n    2\n\n`csvsum data.csv n` prints `3`. `csvsum data.csv x` exits with status 1."
    assert find_files(text) == dict([file])
    assert [isinstance(one, CommandExample) and one.files for one in find_examples(text)] == [dict([file])] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Given data.csv, the tool prints:",
        "With this file data.csv, `csvsum data.csv` prints:",
        "Given a file data.csv. The tool prints:",
        "The tool sorts rows. It writes a file. The file out.csv:",
        "It writes: out.csv:",
        "It writes the rows; out.csv:",
        "It prints the file out.csv. Example:",
        "It sums. With this file data.csv it writes the file out.csv:",
        "After `sum data.csv`, out.csv contains",
        "Then out.csv holds:",
        "If data.csv is missing",
        "If data.csv contains",
    ],
)
def test_what_a_program_prints_or_writes_is_no_file(line: str) -> None:
    assert find_files(f"{line}\n\n    n\n    1\n    2\n") == {}


def test_calls() -> None:
    text = 'slug("A, B") returns "a-b". slug("") raises ValueError; slug(x) returns 1; area(2, height=3) is 6.0'
    assert [(call.expression, call.result, call.raises) for call in find_calls(text)] == [
        ('slug("A, B")', '"a-b"', None),
        ('slug("")', None, "ValueError"),
        ("area(2, height=3)", "6.0", None),
    ]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("f(3) ➞ 9", "9"),
        ("f(3) --> 9", "9"),
        ("f(3) = 9", "9"),
        ("f(3) should be equal to 9.", "9"),
        ("f(3) would output: 9", "9"),
        ("f(3)  # returns 9", "9"),
        ("f(3)  # 9", "9"),
        ("f(3) // => 9", "9"),
        ("f(3) returns true", "True"),
        ("assert f(3) == [9], 'it squares'", "[9]"),
        ("f(3) -> (9, 1)", "(9, 1)"),
        ("It squares. f(3) returns 9.", "9"),
        ("- f(3) returns 9, which is odd", "9"),
        ("e.g. f(3) is 9 because 3 * 3 is", "9"),
        ("A library called tiny: tiny.f(3) returns 9.", "9"),
        ('f(3) returns the string "Hello, Ann!".', '"Hello, Ann!"'),
        ("f(3) is the number 9.", "9"),
        ("f(3) returns 9 - it squares", "9"),
        ("f(3) returns 9 (it squares)", "9"),
        ("f(3) returns 9, and more", "9"),
    ],
)
def test_forms_in_which_people_write_what_a_call_returns(text: str, result: str) -> None:
    assert [call.result for call in find_calls(text)] == [result]


@pytest.mark.parametrize(
    "text",
    [
        "f(3) = 9 * 2",
        "f(3) == f(2) + 1",
        "f(1) returns 3 or 4",
        "f(3) returns 12th",
        "f(3) returns 1,000",
        "f(3) is not 9",
        "f(3) isn't 9",
        "f(3) >= 9",
        "not f(4) is True",
        "2 * f(3) = 18",
        "-f(3) == 9",
        "10 - f(3) = 1",
        "text.f('a') returns 1",
        "f([1, 2, 3], 2) returns 2 lists",
        "f(3) = 3 items",
        "f(3) is 5 or more",
        "f(3) returns True if it is odd",
        "Why does f(3) return 9?",
        "Currently f([1, 3]) returns 1.",
        "f([1, 3]) returns 1, but it should return 2.0",
        "f([1, 3]) returns 1 instead of the expected 2.0",
        "f([1])  # 2 items at least",
        "x == f([1])  # True",
        "f(1, 3) returns 0.333...",
        "f(6) returns 3..5",
        "f(7) returns 7…",
        "f(7) returns [1, 2, ...]",
        "f([1, 2, ...]) returns 3",
        "f(1) returns 1 (if g is set)",
        "f(2) returns 4, unless strict",
        "f(2) returns 4 but only in strict mode",
        "f(4) returns 5 – or None",
        "f(4) returns 5 / None",
        "f(4) returns 5 / f(2)",
        "f(4) returns the string 5",
        "f(4) returns the number 5 in a string",
        "f('') raises ValueError, or TypeError",
        "f('') => TypeError / None",
        "f('') => TypeErrors",
        "f('') => Error.code",
    ],
)
def test_the_beginning_of_an_expression_is_no_result(text: str) -> None:
    assert find_calls(text) == ()


def test_a_slash_joins_two_examples_with_arrows() -> None:
    found = find_calls('`luhn("1") → True / luhn("2") → False` / `luhn("3") -> None`')
    assert [(call.expression, call.result) for call in found] == [
        ('luhn("1")', "True"),
        ('luhn("2")', "False"),
        ('luhn("3")', "None"),
    ]
    assert find_calls("6 / f(2) → 3") == () == find_calls("f(4) → 6 / f(2)")


def test_what_is_said_to_be_wrong_is_a_statement_all_the_same() -> None:
    assert [call.result for call in find_calls("Currently f(3) returns 1.", complaints=True)] == ["1"]


SESSIONS = {
    "a value": (">>> f(3)\n9\n", "9"),
    "two lines in a row": ("It squares.\n\n>>> f(3)\n9\n>>> up('a')\n'A'\n\nIt is quick.", "9"),
    "a value on two lines": (">>> f(3)\n[1,\n 2]", "[1, 2]"),
    "a comparison": (">>> f(3) == 9\nTrue", "9"),
    "running text below": (">>> f(3)\n9\nNote that it squares.", "9"),
    "an exception": (">>> f(3)\nraises ValueError", "ValueError"),
    "the last line of a traceback": (">>> f(3)\nValueError: too small", "ValueError"),
    "what is printed": ("It returns a text.\n\n>>> print(f(3))\nnine", "'nine'"),
    "nothing that is printed": (">>> print(f(3))\nNone", "None"),
    "an exception instead of a print": (
        ">>> print(f(3))\nTraceback (most recent call last):\n  ...\nValueError: too small",
        "ValueError",
    ),
    "a traceback": (">>> f(3)\nTraceback (most recent call last):\n  ...\nValueError: too small", "ValueError"),
}


@pytest.mark.parametrize(("text", "outcome"), SESSIONS.values(), ids=SESSIONS)
def test_sessions_of_python_in_a_request(text: str, outcome: str) -> None:
    call = find_examples(text)[0]
    assert isinstance(call, CallExample) and call.expression == "f(3)" and outcome == (call.result or call.raises)
    assert call.quotation in text


@pytest.mark.parametrize(
    "text",
    [
        ">>> not f(4)\nTrue",
        ">>> 2 * f(3)\n18",
        ">>> f(1), f(2)\n(1, 4)",
        ">>> f(1) and f(2)\n4",
        ">>> f(3) == 9\nFalse",
        ">>> f(3)\n9\n10",
        ">>> f(3)\n9\nDone",
        ">>> s.f(3)\n9",
        ">>> print(f(3))\n9",
        ">>> print(f(3))\nnine",
        "It returns the text. Currently:\n\n>>> print(f(3))\nnine",
        ">>> print(f(3), 9)\nnine 9",
        ">>> print(f(3))\nnine\nten",
        ">>> print(f(3))\n2024-01-08",
        ">>> print(f(3))\nPoint(x=1)",
        ">>> print(f(3))\nColor.RED",
        ">>> print(f(3))\n  nine",
        ">>> print(f(3))\nnan",
        ">>> print(F(3))\nnine",
        ">>> print(f(3))\nValueError: too small",
        ">>> print(f(3))\nnine  # in words",
        ">>> print(f(3))\nprints nine",
    ],
)
def test_lines_of_a_session_that_say_something_else(text: str) -> None:
    assert find_examples(text) == ()


_TWO = Signature("find", ("values", "limit"), required=2)
_ONE = Signature("find", ("n",), required=1)


@pytest.mark.parametrize(
    ("text", "function", "call", "result"),
    [
        ("Input: values = [2, 7], limit = 9\nOutput: [0, 1]\nExplanation: 2 + 7", _TWO, "find([2, 7], 9)", "[0, 1]"),
        ("Input: [2, 7], 9  Output: [0, 1]", _TWO, "find([2, 7], 9)", "[0, 1]"),
        ("For values = [1] and limit = 3 the result should be [0].", _TWO, "find([1], 3)", "[0]"),
        ("if `n` is 0, return 1, otherwise more", _ONE, "find(0)", "1"),
        ('for "abc" the output is "cba" because', _ONE, "find('abc')", '"cba"'),
        ("Examples:\n  [3, 1] ==> 3", _ONE, "find([3, 1])", "3"),
        ("For example, 12 -> 3", _ONE, "find(12)", "3"),
    ],
)
def test_inputs_with_their_outputs(text: str, function: Signature, call: str, result: str) -> None:
    (found,) = find_pairs(text, function)
    assert (found.expression, found.result) == (call, result) and found.quotation in text


@pytest.mark.parametrize(
    "text",
    [
        "12 -> 3",  # no heading: it may show anything
        "if 'verbose' is true",
        'if "size" returns 0',
        "for n = 3 the result is 8 times as large",
        "for m = 3 the result is 8",
        "Input: 3 4\nOutput: 7",
        "for every word it returns 1",
        "Input: [1, 2, ...]\nOutput: 3",
        "Input: 3\nOutput: [1, 2, ...]",
    ],
)
def test_what_is_no_input_of_the_function(text: str) -> None:
    assert find_pairs(text, _ONE) == ()


def test_an_input_without_all_that_is_required_is_no_example() -> None:
    assert find_pairs("for values = [1] the result is 3", _TWO) == ()
    assert find_pairs("for values = [1] the result is 3", Signature("find", ("values", "limit"), required=1))


@given(st.text("finr=>-:'[1] \n,", max_size=200))
def test_pairs_stand_in_the_text_and_are_calls_of_the_function(text: str) -> None:
    for pair in find_pairs(text, _ONE):
        assert pair.quotation in text and pair.expression.startswith("find(")


@pytest.mark.parametrize(
    "text",
    [
        "f('') raises a ValueError",
        "`f('')` raises `ValueError`",
        "f('') -> raises ValueError",
        "f('') => ValueError",
        "f('') throws a ValueError",
        "f('') results in a `ValueError`.",
        "f('') → ValueError / f(1) is free",
        "| f('') raises ValueError | refused |",
    ],
)
def test_exceptions(text: str) -> None:
    assert [(call.expression, call.raises) for call in find_calls(text)] == [("f('')", "ValueError")]


@pytest.mark.parametrize("name", ["ValueError²", "Valuéerror", "ÉError"])
def test_exceptions_that_no_program_could_raise(name: str) -> None:
    """Their names would stand in the code of a check."""
    assert find_calls(f"up(1) raises {name}") == ()


def test_given_examples() -> None:
    line = parse_given("to-int XIV => 14", "roman")
    assert isinstance(line, CommandExample) and line.lines == (Line(words=("roman", "to-int", "XIV"), stdout="14"),)
    failing = parse_given("to-int ABC => exit 3", "roman")
    assert isinstance(failing, CommandExample) and failing.lines[0].exit_status == 3
    assert _given("check ok => exit 0") == Line(words=("t", "check", "ok"))
    assert _given("check => exits with status 4") == Line(words=("t", "check"), exit_status=4, error=True)
    assert _given("check => error") == Line(words=("t", "check"), exit_status=2, error=True, assumed=True)
    assert _given("level 40 => ERROR").stdout == "ERROR" and _given("quit => exit").stdout == "exit"
    call = parse_given("area(2, 3) => 6", "shapes")
    assert isinstance(call, CallExample) and (call.function, call.result) == ("area", "6")
    with pytest.raises(UserError, match="has no '=>'"):
        parse_given("to-int XIV", "roman")


def _given(text: str) -> Line:
    example = parse_given(text, "t")
    assert isinstance(example, CommandExample)
    return example.lines[0]


def test_a_long_line_does_not_take_long() -> None:
    """Every prefix of what follows a call may be its result, and every word the one before `called`."""
    assert len(find_calls("f(1) == 2, g(1) == 3, " * 1_000)) == 2_000
    assert find_examples("Decode this: " + "aGVsbG8g" * 2_000) == ()
    assert find_calls("f(1) returns " + "x y z " * 50_000) == ()
    assert find_pairs("for 1 it returns x " * 5_000, _ONE) == ()
    assert find_files("It prints. Given a file a.b " * 2_000 + "\n\n    x\n") == {}
