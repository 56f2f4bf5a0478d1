"""Commands that are pasted without `$`, with comments, with their output in a second block, or in a table."""

from __future__ import annotations

import time

import pytest

from macrohard.truth.examples import Line, find_examples, find_files
from macrohard.truth.examples.programs import program_of

ADDS = Line(words=("sum", "add", "1", "2"), stdout="3")
DOUBLES = Line(words=("sum", "double", "4"), stdout="8")
FAILS = Line(words=("sum", "add", "x"), exit_status=2, error=True)

READ = {
    "a block and its output": ("    sum add 1 2\n\nprints:\n\n    3\n", [ADDS]),
    "a fence and its output": ("```\n$ sum add 1 2\n```\n\n**Output:**\n\n```\n3\n```\n", [ADDS]),
    "an output that is announced at length": ("    sum add 1 2\n\nThis should print the following:\n\n    3\n", [ADDS]),
    "the last of several commands": (
        "    $ sum double 4\n    8\n    $ sum add 1 2\n\nshows\n\n    3\n",
        [DOUBLES, ADDS],
    ),
    "comments": (
        "```sh\nsum add 1 2   # prints 3\nsum double 4  # => 8\nsum add x  # error, exit status 2\n```\n",
        [ADDS, DOUBLES, FAILS],
    ),
    "comments behind a prompt": ("    $ sum add 1 2  # -> 3\n    $ sum double 4  # => `8`\n", [ADDS, DOUBLES]),
    "commands before one with an unclear comment": ("    $ sum add 1 2\n    3\n    $ sum add x  # not allowed\n", [ADDS]),
    "the prompt of a shell": ("```\nme@box:~/sums$ sum add 1 2\n3\nme@box:~/sums$ sum double 4\n8\n```\n", [ADDS, DOUBLES]),
    "a path and a percent sign": ("    me@Mac ~ % sum add 1 2\n    3\n    me@Mac ~ % sum double 4\n    8\n    me@Mac ~ %\n", [ADDS, DOUBLES]),
    "the prompt of another system": ("```\nPS C:\\sums> sum add 1 2\n3\nPS C:\\sums> sum double 4\n8\n```\n", [ADDS, DOUBLES]),
    "an environment": ("    (venv) me@box:~$ sum add 1 2\n    3\n", [ADDS]),
    "a status behind a prompt": ("    me@box:/$ sum add x\n    error: no\n    me@box:/$ echo $?\n    2\n", [FAILS.model_copy(update={"message": ("no",)})]),
    "a comment about an output": ("    $ sum add 1 2  # small numbers\n    3\n", [ADDS]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), READ.values(), ids=READ)
def test_what_is_read(text: str, lines: list[Line]) -> None:
    (example,) = find_examples(f"Write a command-line tool called `sum`.\n\n{text}")
    assert list(example.lines) == lines  # type: ignore[union-attr]


def test_a_file_ends_where_a_transcript_begins() -> None:
    text = "With this file a.csv:\n\n    x\n    3\n\n    me@box:~$ sum file a.csv\n    3\n"
    request = f"Write a command-line tool called `sum`.\n\n{text}"
    assert find_files(request) == {"a.csv": "x\n3\n"}
    (example,) = find_examples(request)
    assert example.lines[0].stdout == "3"  # type: ignore[union-attr]


def test_a_transcript_is_no_output() -> None:
    (example,) = find_examples(
        "Write a command-line tool called `sum`.\n\n    sum add 1 2\n\nOutput:\n\n    me@box:~$ sum double 4\n    8\n"
    )
    assert list(example.lines) == [DOUBLES]  # type: ignore[union-attr]


def test_a_quotation_keeps_its_prompt_also_where_the_end_is_left_out() -> None:
    text = "```\nme@box:~$ sum add 1 2\n3\nme@box:~$ sum add x  # not allowed\n```\n"
    (example,) = find_examples(f"Write a command-line tool called `sum`.\n\n{text}")
    assert example.quotation == "me@box:~$ sum add 1 2\n3"


UNREAD = {
    "comments that say what is done": "    sum add 1 2  # Addition\n    sum double 4  # Doubling\n",
    "comments that count": "    sum add 1 2  # 1\n    sum double 4  # 2\n",
    "comments about errors": "    $ sum add x  # Error: not a number\n",
    "comments about some": "    sum add 1 2  # prints 3\n    sum double 4\n",
    "a comment that leaves out": "    sum third 1  # prints 0.33...\n",
    "lines below plain commands": "For example:\n\n    sum add 1 2\n    3\n",
    "one block for two commands": "    sum add 1 2\n    sum double 4\n\nOutput:\n\n    3\n    8\n",
    "one block for two prompts": "    $ sum add 1 2\n    $ sum double 4\n\nOutput:\n\n    3\n    8\n",
    "an output in running text": "    $ sum add 1 2\n\nOutput: `3`\n",
    "what it was and should be": "    $ sum add 1 2\n\nOutput:\n\n    2\n\nExpected output:\n\n    3\n",
    "what is written": "    sum store 1\n\nResult:\n\n    [1]\n",
    "a file that is not shown": "    sum file a.txt\n\nOutput:\n\n    3\n",
    "a message": "    sum add x\n\nOutput:\n\n    x is not a number\n",
    "another program behind a prompt": "    me@box:~$ wc add 1 2\n    3\n",
    "another program among them": "    me@box:~$ sum add 1 2\n    3\n    me@box:~$ wc add 1 2\n    3\n",
    "another folder": "    me@box:~$ sum add 1 2\n    3\n    me@box:~/work$ sum double 4\n    8\n",
    "another machine": "    me@box:~$ sum add 1 2\n    3\n    root@other:/# sum double 4\n    8\n",
    "an environment that begins": "    me@box:~$ sum add 1 2\n    3\n    (venv) me@box:~$ sum double 4\n    8\n",
    "another blank": "    C:\\> sum add 1 2\n    3\n    C:\\>sum double 4\n    8\n",
    "two lines before a command": "    me@box MINGW64 ~\n    $ sum add 1 2\n    3\n\n    me@box MINGW64 ~\n    $ sum double 4\n    8\n",
    "a prompt that failed": "    me@box ~/t> sum double 4\n    8\n    me@box ~/t [1]> sum add 1 2\n    3\n",
    "addresses": "    ann@example.com # sum of all\n    bob@example.com\n",
    "who says what": "    ann@box > sum add 1 2\n    bob@box > 3\n",
    "a quotation": "    > sum add 1 2\n    > 3\n",
    "an answer": "```\n> sum should print the total\nYes.\n```\n",
    "a comment of TeX": "    % sum of all\n    \\section{Sum}\n",
    "a list of arrows": "    ➜ sum add - adds\n    ➜ sum list - lists\n",
    "a heading": "    # sum add 1 2\n    3\n",
    "what is underlined": "Sums of numbers\n~~~~~~~~~~~~~~~\n\nA number is added by `sum add`.\n",
    "a list of commands": "    sum add 1 2\n    sum double 4\n",
    "forms": "    sum add NUMBER NUMBER  # 3\n    sum double N\n",
    "help": "For example:\n\n    sum add 1 2\n      adds its numbers\n",
    "sentences": "For example:\n\n    sum add 1 2\n    Adds all of its numbers.\n",
    "a page of a manual": "For example:\n\n    sum - adds numbers\n    sum add 1 2\n    3\n",
    "another program": "    wc add 1 2\n\nprints:\n\n    3\n",
    "lines that nothing announces": "The commands are:\n\n    sum add 1 2\n    two numbers\n",
    "what it prints then": "    1\n\nthen `sum all a` prints\n\n    3\n",
    "a sentence": "`sum all 1` prints\n\n    every number with its square\n",
    "a list": "`sum all 1` prints\n\n    1. every number\n    2. their sum\n",
    "the same again": "`sum all 5` prints\n\n    5\n\nand `sum all 5` writes `6` below it\n",
    "a form": "`sum all 1` prints\n\n    NUMBER. TITLE\n",
    "what it does now": "At the moment `sum all 1` prints\n\n    2\n",
    "what another file makes of it": "Say day.txt is\n\n    1\n\nthen `sum all 1` prints\n\n    2\n",
    "a line behind it": '`sum all 1` prints\n\n    1\n\nand "that is all" as the last line.\n',
    "one of two outputs": "`sum all 1` prints\n\n    1\n\nand the lines behind it.\n",
    "an output of something else": "    sum add 1 2\n\nwrites to standard error:\n\n    3\n",
    "what a prompt shows elsewhere": "    $ sum add 1 2\n\nprints this to standard error:\n\n    no\n",
    "an output with lines left out": "    $ sum add 1 2\n\nprints:\n\n    1\n    ...\n    3\n",
    "a table of words": "| command | prints |\n|---|---|\n| `sum add 1 2` | the sum |\n",
    "a table of texts": "| Command | Prints |\n|---|---|\n| `sum add 1 2` | Sum |\n",
    "a table with a further input": "| Command | stdin | stdout |\n|---|---|---|\n| `sum add -` | `1` | `1` |\n",
    "a table of what is and what should be": "| Command | Output | Expected output |\n|-|-|-|\n| `sum add 1 2` | 2 | 3 |\n",
    "a table that is printed": "```\n| Command | Output |\n|---|---|\n| sum add 1 2 | 3 |\n```\n",
    "a table of beginnings": "| Command | Output |\n|---|---|\n| sum third 1 | `0.33...` |\n| sum third 2 | ~0.67 |\n",
    "a table of something else": "| name | value |\n|---|---|\n| `sum add 1 2` | `3` |\n",
}


def test_commands_below_a_file_with_their_outputs_below_them() -> None:
    request = (
        "Write a command-line tool called `sum`. Say day.txt is\n\n    1\n    2\n\nthen `sum all day.txt` prints\n\n    all: 3\n\n"
        "and `sum each day.txt` prints\n\n    1\n    2\n"
    )
    everything, each = find_examples(request)
    assert everything.lines[0].stdout == "all: 3" and everything.files == {"day.txt": "1\n2\n"}
    assert each.lines[0].stdout == "1\n2" and each.quotation in request


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD)
def test_what_is_no_example(text: str) -> None:
    assert find_examples(f"Write a command-line tool called `sum`.\n\n{text}") == ()


@pytest.mark.parametrize(
    "named", ["A tool called `sum` (numbers only).", "Write a command-line tool `sum` that adds.", "A tool named sum\n"]
)
def test_names(named: str) -> None:
    assert [
        example.lines for example in find_examples(f"{named}\n\n    python sum.py add 1 2\n\nOutput:\n\n    3\n")
    ] == [(ADDS,)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ("Count words. The command is `tally`, without arguments.", "tally"),
        ("Count words. The program should be called `tally`.", "tally"),
        ("It reads a word. When the command is `quit`, it ends.", None),
        ("The output of the program is `yes`.", None),
        ("It reads lines and answers. The command is `stop`.", None),
        ("Its command is 'pay'. 'bank pay 3' prints 'ok'.", None),
        ("The first command is `add`.", None),
        ("The command is `add`. `stock add nuts 3` prints `ok`.", None),
        ("The tool is `git`-like.", None),
        ("The script is 'idempotent'.", None),
    ],
)
def test_what_the_command_is(said: str, program: str | None) -> None:
    assert program_of(said) == program


def test_what_was_done_before_counts_though_nothing_is_said_of_it() -> None:
    text = "A tool called kv.\n\n    kv set a 1\n\nNow read it:\n\n    kv get a  # prints 1\n"
    assert [example.detached for example in find_examples(text)] == [True]  # type: ignore[union-attr]


def test_a_command_below_a_file_is_no_file() -> None:
    text = "A tool called csvx.\n\nWith this file data.csv:\n\n```\na\n1\n```\n\n```\ncsvx sum data.csv\n```\n\nOutput:\n\n```\n1\n```\n"
    (example,) = find_examples(text)
    assert example.files == {"data.csv": "a\n1\n"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "Say a.csv is\n\n    a table with names, one per line\n\n`sum all a.csv` prints 3.",
        "Say a.csv is\n\n    1\n    2\n\nas columns. `sum all a.csv` prints 3.",
        "Say a.csv is\n\n    1\n    (and 20 more)\n\n`sum all a.csv` prints 3.",
        "Say a.csv is\n\n    1\n    2\n\nThen all is well.",
        "After the run, say a.csv is\n\n    1\n    2\n\n`sum all a.csv` prints 3.",
    ],
)
def test_what_only_describes_a_file(text: str) -> None:
    assert find_files(f"A tool `sum`. {text}") == {}


def test_a_file_with_two_texts_is_none() -> None:
    assert find_files("With this file a.txt:\n\n    1\n\nWith this file a.txt:\n\n    2\n") == {}


def test_a_command_without_output_prints_nothing() -> None:
    """Behind a prompt, where no words say that its output comes below."""
    (example,) = find_examples("A tool called up.\n\n    $ up store a\n\nThen the file has this line:\n\n    a\n")
    assert example.lines == (Line(words=("up", "store", "a"), stdout=""),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "heads", ["| Command | Output |", "|example|expected output|", "| what | You type | It prints |"]
)
def test_tables(heads: str) -> None:
    before = "| adding " if heads.count("|") == 4 else ""
    rule = "|---" * (heads.count("|") - 1) + "|"
    table = f"{heads}\n{rule}\n{before}| `sum add 1 2` | `3` |\n{before}| sum double 4 | 8 |\n{before}| `sum add x` | error, exit status 2 |\n"
    found = find_examples(f"A tool called sum.\n\n{table}")
    assert [example.lines for example in found] == [(ADDS,), (DOUBLES,), (FAILS,)]  # type: ignore[union-attr]


def test_a_column_of_exit_statuses() -> None:
    table = "| command | prints | exit status |\n|---|---|---|\n| `sum add 1 2` | `3` | 0 |\n| `sum add x` | a message | 2 |\n"
    found = find_examples(f"A tool called sum.\n\n{table}")
    assert [example.lines for example in found] == [(ADDS,), (FAILS,)]  # type: ignore[union-attr]


SUMS = "Write a program called `sums` that reads numbers from standard input and prints their sum.\n\n"


@pytest.mark.parametrize(
    ("given", "shown"),
    [("Input:", "Output:"), ("### Example input", "### Example output"), ("Given this input:", "it prints:")],
)
def test_inputs_and_outputs(given: str, shown: str) -> None:
    (example,) = find_examples(f"{SUMS}{given}\n\n```\n1 2\n3\n```\n\n{shown}\n\n```\n6\n```\n")
    assert example.lines == (Line(words=("sums",), stdin="1 2\n3\n", stdout="6"),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        SUMS + "Input:\n\n    1 2\n\nThe file then holds:\n\n    3\n",
        SUMS.replace("standard input", "a file") + "Input:\n\n    1 2\n\nOutput:\n\n    3\n",
        SUMS + "`--product` multiplies.\n\nInput:\n\n    1 2\n\nOutput:\n\n    3\n",
        SUMS + "Input:\n\n    a\n\nOutput:\n\n    a is not a number\n",
        SUMS.replace("called `sums` ", "") + "Input:\n\n    1 2\n\nOutput:\n\n    3\n",
    ],
)
def test_blocks_that_are_no_input_and_output(text: str) -> None:
    assert find_examples(text) == ()


def test_inputs_and_outputs_that_nothing_sets_off() -> None:
    request = f"{SUMS}It takes no arguments.\n\nThis list\n\n1 2\n3\n\nshould print\n\n6\n\nand this one\n\n-4\n\nshould print\n\n-4\n"
    first, second = find_examples(request)
    assert first.lines == (Line(words=("sums",), stdin="1 2\n3\n", stdout="6"),)  # type: ignore[union-attr]
    assert second.lines == (Line(words=("sums",), stdin="-4\n", stdout="-4"),)  # type: ignore[union-attr]
    assert first.quotation == "This list\n\n1 2\n3\n\nshould print\n\n6" and second.quotation in request


@pytest.mark.parametrize(
    "text",
    [
        "Input\n\nThe first line holds a number.\n\nOutput\n\nThe sum of all numbers.\n",
        "Input\n\nOne number a line\n\nOutput\n\ntheir sum\n",
        "Lines\n\nThese are all of the numbers.\n\nit prints\n\n6\n",
        "This list\n\n1 2\n3\n\nshould print\n\n6\n\nbut only on Sundays\n",
        "This list\n\n1 2\n\nshould print\n\n3\n\nor\n\n3.0\n",
        "This list\n\n1 2\n\n3\n\nshould print\n\n6\n",
        "This list\n\n1 2\n\nprints\n\n12\n\nit should print\n\n3\n",
        "This list\n\n1 2\n\nprints\n\n12\n\nThis list\n\n1 2\n\nshould print\n\n3\n",
        "This\n\necho 1 2 3 | sums\n\nshould print\n\n6\n",
        "This list\n\na list of numbers, one per line\n\nshould print\n\ntheir sum\n",
        "This list\n\n<empty>\n\nshould print\n\n0\n",
        "This list\n\n1 2\n\nwould print\n\n12\n\nRight now. I want 3.\n",
        "This list\n\n1 2\n\nshould print\n\n3\n\nFinally, how many there were is printed.\n",
        "Rules:\n\n1 2\n\nIt should print\n\n3\n",
        "This list\n\n1 x\n3\n\nshould print\n\nx is not a number\n",
        "This list\n\n1 2\n...\n3\n\nshould print\n\n6...\n",
        "There is more to be said of this list of numbers\n\n1 2\n3\n\nshould print\n\n6\n",
    ],
)
def test_paragraphs_that_are_no_input_and_output(text: str) -> None:
    assert find_examples(SUMS + text) == ()


def test_a_program_with_arguments_is_not_run_without() -> None:
    (example,) = find_examples(
        f"{SUMS}`echo 1 2 | sums --product` prints 2.\n\nInput:\n\n    1 2\n\nOutput:\n\n    3\n"
    )
    assert example.lines == (Line(words=("sums", "--product"), stdin="1 2\n", stdout="2"),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [" " * 40_000, "|" + " " * 40_000 + "x", "```\nsum add 1  # prints 3\n```\n" * 1500, "`sum add 1` prints:\n\n    3\n\n" * 1500,
     "    sum add 1\n\nOutput:\n\n    3\n\n" * 1500, "| command | output |\n|---|---|\n" + "| `sum add 1` | 3 |\n" * 2000,
     "sum " + " ".join(f"N{'A' * (i % 9)}" for i in range(3000)) + " # prints 3"],
    ids=["blanks", "a bar", "comments", "blocks below", "outputs", "rows", "words"],
)  # fmt: skip
def test_long_requests_do_not_take_long(text: str) -> None:
    begun = time.process_time()
    find_examples(f"A tool called sum.\n\n{text}")
    assert time.process_time() - begun < 5
