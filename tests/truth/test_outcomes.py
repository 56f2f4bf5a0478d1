"""What running text says of a command: read whole, or not at all."""

from __future__ import annotations

import pytest

from macrohard.truth.examples import CommandExample, Line, find_commands, find_examples

READ = {
    "a value": ("prints 14.", Line(words=(), stdout="14")),
    "a value that is explained": ("prints 2028: the first one", Line(words=(), stdout="2028")),
    "a value in brackets": ("prints 1.5)", Line(words=(), stdout="1.5")),
    "one value after the other": ("prints 1 and `x 2` prints 2", Line(words=(), stdout="1")),
    "a value before something else": ("prints 1; any other letter is an error", Line(words=(), stdout="1")),
    "a wish": (", I want `Hello, Bob!`", Line(words=(), stdout="Hello, Bob!")),
    "an expectation": (" I expect 'A'", Line(words=(), stdout="A")),
    "text and a status": ("prints `invalid` and exits with status 1", Line(words=(), stdout="invalid", exit_status=1)),
    "a status and text": ("exits with code 1 and prints `no`.", Line(words=(), stdout="no", exit_status=1)),
    "an error and a status": ("prints an error and exits with status 1", Line(words=(), exit_status=1, error=True)),
    "a duty": ("should exit with status 2", Line(words=(), exit_status=2, error=True)),
    "a status without a word for it": ("prints `no` and exits with 1.", Line(words=(), stdout="no", exit_status=1)),
    "a status in brackets": ("prints `no` (exit status 1).", Line(words=(), stdout="no", exit_status=1)),
    "a status beside": ("prints `no` with exit status 1.", Line(words=(), stdout="no", exit_status=1)),
    "a status that is returned": ('prints "no" and returns exit status 1.', Line(words=(), stdout="no", exit_status=1)),
    "a status afterwards": ("prints `no`, then exits with status 4", Line(words=(), stdout="no", exit_status=4)),
    "a status on standard output": (
        "prints `no` to stdout and exits with status 1.",
        Line(words=(), stdout="no", exit_status=1),
    ),
    "a short status": ("exits 1 and prints `no`", Line(words=(), stdout="no", exit_status=1)),
    "standard error": (
        "prints `Unknown: c` to stderr and exits with status 2.",
        Line(words=(), exit_status=2, error=True, message=("Unknown: c",)),
    ),
    "standard error behind": (
        "exits with status 1 and prints `no such key` to stderr.",
        Line(words=(), exit_status=1, error=True, message=("no such key",)),
    ),
    "an error with a status of its own": (
        "prints `error: a` to stderr and exits with status 7.",
        Line(words=(), exit_status=7, error=True, message=("a",)),
    ),
    "a message in which words stand for others": (
        "prints `Error: no item <name>` and exits with status 7.",
        Line(words=(), exit_status=7, error=True),
    ),
    "a message that goes on": (
        "prints `Error: no item ... in stock` and exits with status 7.",
        Line(words=(), exit_status=7, error=True, message=("no item", "in stock")),
    ),
    "a sentence about it": (", it should print `a`.", Line(words=(), stdout="a")),
    "exactly": ("must print exactly `a`", Line(words=(), stdout="a")),
    "another verb": ("yields 12.", Line(words=(), stdout="12")),
    "what it becomes": ("becomes `ff`", Line(words=(), stdout="ff")),
    "a line that is wrapped": ("prints\n14. That is all.", Line(words=(), stdout="14")),
    "a value before another command": ("prints `1`, `x 2` somehow makes `2`", Line(words=(), stdout="1")),
    "a good end": ("exits with status 0", Line(words=(), exit_status=0)),
    "a block below": ("prints:\n\n    1\n    2\n", Line(words=(), stdout="1\n2")),
    "a block below that is no error": ("prints:\n\n    1\n\nErrors exit with status 2.", Line(words=(), stdout="1")),
    "blanks in a block below": ("prints:\n\n```\n  *\n ***\n```\n", Line(words=(), stdout="  *\n ***")),
    "a block right below": ("prints:\n```\n1\n```\n", Line(words=(), stdout="1")),
    "a fenced block below": (
        "prints the following lines:\n\n```\na: 1\n\nb: 2\n```\n",
        Line(words=(), stdout="a: 1\n\nb: 2"),
    ),
    "nothing": ("prints nothing.", Line(words=(), stdout="")),
    "nothing and a status": ("prints nothing and exits with status 1.", Line(words=(), stdout="", exit_status=1)),
    "a status behind a comma": ("-> error, exit status 3.", Line(words=(), exit_status=3, error=True)),
    "the text of an error": (
        "prints `error: no`",
        Line(words=(), exit_status=2, error=True, message=("no",), assumed=True),
    ),
}


@pytest.mark.parametrize(("said", "line"), READ.values(), ids=READ)
def test_what_is_read(said: str, line: Line) -> None:
    first = find_commands(f"`x 1` {said}")[0].lines[0]
    assert first == line.model_copy(update={"words": ("x", "1")})


@pytest.mark.parametrize(
    "said",
    [
        "prints 2 3 5 7",
        "prints Hello, Bob!",
        "prints Hello, world",
        "prints 1, 2 and 3 on separate lines",
        "prints 1; then 2",
        "prints 1; prints 2 in the end",
        "prints 212 F",
        "prints nothing but the name",
        "prints nothing to standard output",
        "prints nothing if the list is empty",
        "prints:\n\n    1\n    ...\n    9\n",
        "prints:\n\n    total: <sum>\n",
        "prints:\n\n    no\n\nand exits with status 1.",
        "prints:\n\n    no\n\nIt then exits with status 1.",
        "prints to stderr:\n\n    no\n",
        "prints a table of all names, such as:\n\n    a\n",
        "prints:\n\n$ x 2\n1\n",
        "prints:\n\nAll of it.\n\n    1\n",
        "prints\n    the sum of all.\n",
        "prints:\n    The sum of all.\n",
        "prints:\n\n        1\n",
        "prints:\n\n    error: no such key\n",
        "prints:\n\n    cannot divide\n",
        "prints:\n\n    tails\n\nOr it prints:\n\n    heads\n",
        "prints:\n\n    7\n\nThe number is random.\n",
        "prints:\n\n    7\n\nExit status: 1\n",
        "prints:\n\n    2 3 5 ... 97\n",
        "prints:\n\n    Hello, {name}!\n",
        "prints:\n\n    3   <- the sum\n",
        "results in:\n\n    {}\n",
        "prints:\n1\n2\n3\n",
        "prints:\n1.\n",
        "prints `no` and then a non-zero exit status",
        "prints `no`, exiting with an error",
        "prints `no` on standard error",
        "prints One line per month",
        "prints [1, 2, 3]",
        "shows '1. Milk' and '2. Eggs'",
        "shows 1. Milk and 2. Eggs",
        "prints Error: invalid numeral",
        "prints 5 or 6",
        "prints `yes` or `no`",
        "prints `-` for each line",
        "prints `ab` three times",
        "prints `Total:` and the sum",
        "prints `yes` if the year is a leap year",
        "exits with status 1 or 2",
        "prints an error",
        "prints an error and exits with status 0",
        "exits with status 1 and prints some words",
    ],
)
def test_what_says_more_than_could_be_checked_is_not_read(said: str) -> None:
    assert find_commands(f"`x 1` {said}") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Write a Python function slugify(text). For example 'Hello World' returns 'hello-world'.",
        "Write a Python function. For example `hello world` returns `hello-world`.",
        "It counts words: 'hello world' gives 2.",
        "A tool called cnt. `hello world` gives 2.",
        "`cnt words 2>&1` prints 3",
        "`cnt words <<< 'a b c'` prints 3",
        "`cnt words $HOME` prints 3",
        '`cnt words "$(ls)"` prints 3',
        "`cnt words FILE` prints 3, whatever the file.",
    ],
)
def test_phrases_and_what_only_a_shell_can_run_are_no_commands(text: str) -> None:
    assert find_commands(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It converts km to mi: `conv 10 KM MI` prints 6.2.", ("conv", "10", "KM", "MI")),
        ("`jsum '[1,2,3]'` prints 6", ("jsum", "[1,2,3]")),
        ("`untag '<b>hi</b>'` prints `hi`", ("untag", "<b>hi</b>")),
        ("`joinit --sep '|' a b` prints `a|b`", ("joinit", "--sep", "|", "a", "b")),
        ("`calc 5 '>' 3` prints True.", ("calc", "5", ">", "3")),
        ("`todo add Milk # a task` prints `1`", ("todo", "add", "Milk")),
        ("'roman to-int XIV' prints 14, 'roman to-roman 14' prints XIV.", ("roman", "to-int", "XIV")),
    ],
)
def test_words_as_a_shell_would_split_them(text: str, words: tuple[str, ...]) -> None:
    assert find_commands(text)[0].lines[0].words == words


def test_what_is_piped_in_makes_another_command() -> None:
    text = "    $ printf 'a' | cnt words\n    1\n\nAnd `printf 'a b' | cnt words` gives `2`."
    assert [example.lines[0].stdin for example in find_examples(text) if isinstance(example, CommandExample)] == [
        "a",
        "a b",
    ]


def test_an_announced_file_is_there_for_a_command_in_a_sentence() -> None:
    text = "With this file people.csv:\n\n    name\n    Ann\n\n`csvt people.csv` prints 1."
    (example,) = find_examples(text)
    assert isinstance(example, CommandExample) and example.files == {"people.csv": "name\nAnn\n"}
    assert find_examples("With this file people.csv it counts: `csvt people.csv` prints 1.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "If the list is empty, `todo list -a` prints:\n\n    1\n",
        "Given 1 2 3 on standard input, `todo list -a` prints:\n\n    1\n",
        "There was a bug: currently `todo list -a` prints:\n\n    1\n",
        "After `todo add milk`, `todo list -a` prints:\n\n    1\n",
        "`todo sum data.csv` prints:\n\n    1\n",
        "`todo add item` prints:\n\n    1\n",
        "- `todo list -a` prints:\n\n    each entry\n",
    ],
)
def test_a_block_below_that_depends_on_more_than_the_command(text: str) -> None:
    assert find_examples(f"A tool called todo.\n\n{text}") == ()
