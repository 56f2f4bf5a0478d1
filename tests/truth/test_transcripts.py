"""Terminal transcripts as people paste them, indented or flush with the text, and the files that they show."""

from __future__ import annotations

import pytest

from macrohard.truth.examples import Line, find_examples, find_files, find_transcripts

TODO = """A to-do list called todo, which keeps its tasks in tasks.json.

Starting in an empty folder:

$ todo add Milk   # the first task
Added: Milk

$ todo add Eggs
Added: Eggs
$ todo list
1. Milk
2. Eggs

Numbers count from 1, as people do.
"""


def lines_of(request: str) -> list[tuple[Line, ...]]:
    return [example.lines for example in find_transcripts(request)]


def printed(request: str) -> list[list[tuple[str, str | None]]]:
    """What each command of each transcript prints."""
    return [[(line.typed, line.stdout) for line in lines] for lines in lines_of(request)]


def test_a_transcript_needs_no_indentation() -> None:
    assert printed(TODO) == [
        [("todo add Milk", "Added: Milk"), ("todo add Eggs", "Added: Eggs"), ("todo list", "1. Milk\n2. Eggs")]
    ]


def test_it_may_follow_its_announcement_at_once() -> None:
    assert printed("A tool called up.\nExamples:\n$ up a\nA\n$ up b\nB\n") == [[("up a", "A"), ("up b", "B")]]


UNSURE = {
    "text after a blank line that may be printed": "$ up a\nA\n\nB\n$ up b\nB\n",
    "a heading that may be printed": "$ up a\nA\nThen the other one:\n$ up b\nB\n",
    "a sentence right below an output": "$ up a\nA\nThat one was simple enough.\n$ up b\nB\n",
    "another program": "$ up a\nA\n$ up b\nB\n$ rm a.txt\n",
    "a shell at work": "$ up a\nA\n$ for i in 1 2; do up b; done\nB\n",
    "a file without a name that is safe": "$ cat ../a\nA\n$ up a\nA\n",
    "a file that is not there": "$ cat a.txt\ncat: a.txt: No such file or directory\n$ up a\nA\n",
    "a comment above the next command": "$ up a\nA\n# the second\n$ up b\nB\n",
    "a line between commands": "$ up a\nA\n---\n$ up b\nB\n",
    "an error that may be ordinary output": "$ up a\nerror: 2\n",
    "an error of several lines": "$ up a\nError: 2\nInfo: 1\n",
}


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_what_cannot_be_told_for_sure_is_left_out(text: str) -> None:
    assert lines_of(f"A tool called up.\n\n{text}") == []
    assert lines_of("A tool called up.\n\n    $ rm a\n    $ up a\n    A\n") == []


def test_only_the_last_command_is_left_out_where_nothing_comes_after_it() -> None:
    assert printed("$ up a\nA\n$ up b\nB\n\nmore\n") == [[("up a", "A")]]
    assert printed("$ up a\nA\n$ up b\nB\nEach letter becomes large.\n") == [[("up a", "A")]]


def test_a_sentence_between_blank_lines_ends_a_transcript() -> None:
    found = printed("$ up a\nA\n\nAnother letter is no different.\n\n$ up b\nB\n")
    assert found == [[("up a", "A")], [("up b", "B")]]


def test_what_comes_then_is_run_after_what_was_shown_before() -> None:
    first, then = find_transcripts("$ todo add Milk\nAdded\n\nThen the list shows it:\n\n$ todo list\n1. Milk\n")
    assert [line.prepares for line in then.lines] == [True, False] and not then.detached
    assert then.lines[0].words == first.lines[0].words and then.quotation == "$ todo list\n1. Milk"


def test_where_nothing_is_said_of_what_was_done_before() -> None:
    """A transcript that begins in an empty folder stands for itself; others below the first may go on."""
    text = (
        "$ todo add Milk\nAdded\n\nMarking it as done:\n\n$ todo done 1\nDone\n\nIn an empty folder:\n\n$ todo list\n"
    )
    assert [example.detached for example in find_transcripts(text)] == [False, True, False]


def test_a_file_that_is_shown_is_there() -> None:
    text = "A tool called cnt.\n\n$ cat a.txt\none two\n\nthree\n$ cnt words a.txt\n3\n$ cat a.txt | cnt words\n3\n"
    (example,) = find_transcripts(text)
    assert example.files == {"a.txt": "one two\n\nthree\n"}
    assert [(line.words, line.stdin) for line in example.lines] == [
        (("cnt", "words", "a.txt"), ""), (("cnt", "words"), "one two\n\nthree\n"),
    ]  # fmt: skip


def test_what_a_program_wrote_is_not_there_from_the_start() -> None:
    (example,) = find_transcripts(
        '    $ todo add Milk\n    Added\n    $ cat tasks.json\n    ["Milk"]\n    $ todo list\n    Milk\n'
    )
    assert example.files == {} and [line.words[1] for line in example.lines] == ["add", "list"]
    assert find_transcripts("    $ tool save a.txt\n    $ cat a.txt\n    A\n    $ tool load a.txt\n    A\n") == ()


STATUSES = {
    "shown": (
        "error: insufficient funds\n$ echo $?\n1",
        Line(words=("bank", "take"), exit_status=1, error=True, message=("insufficient funds",)),
    ),
    "not shown": (
        "error: insufficient funds",
        Line(words=("bank", "take"), exit_status=2, error=True, message=("insufficient funds",), assumed=True),
    ),
    "said by the program by its name": (
        "bank: error: insufficient funds",
        Line(words=("bank", "take"), exit_status=2, error=True, message=("insufficient funds",), assumed=True),
    ),
    "shown, and where the text went is not": ("no\n$ echo $?\n1", Line(words=("bank", "take"), exit_status=1)),
    "no error": ("ERROR 2\nINFO 1", Line(words=("bank", "take"), stdout="ERROR 2\nINFO 1")),
    "no error, as is shown": ("error: 2\n$ echo $?\n0", Line(words=("bank", "take"), stdout="error: 2")),
}  # fmt: skip


@pytest.mark.parametrize(("output", "line"), STATUSES.values(), ids=STATUSES)
def test_how_a_command_ends(output: str, line: Line) -> None:
    assert lines_of(f"$ bank take\n{output}\n") == [(line,)]


@pytest.mark.parametrize(
    "message",
    [
        "Unknown command: bad",
        "x: unknown command bad",
        "bad: No such file or directory",
        "INVALID number",
        "usage: x WORD",
        "usage: x WORD\nx: error: no word",
        "Cannot read bad",
        "can't read bad",
        "Missing word",
        "not found",
        "first\n...",
        "first\n  …\nlast",
    ],
)
@pytest.mark.parametrize(
    "said",
    [
        "Unknown commands exit with status 1.",
        "An unknown command is an error.",
        "    $ other\n    $ echo $?\n    1",
        "Exit codes:\n- 0: fine\n- 1: bad",
    ],
)
def test_what_may_be_an_error_ends_a_transcript(message: str, said: str) -> None:
    """What comes after it may depend on it; what stands before it does not."""
    text = "A tool called x:\n\n    $ x a\n    A\n" + "".join(
        f"    {line}\n" for line in ["$ x bad", *message.split("\n"), "$ x good", "ok"]
    )
    (example,) = find_transcripts(f"{text}\n{said}")
    assert [line.typed for line in example.lines] == ["x a"] and example.quotation == "$ x a\nA"


@pytest.mark.parametrize(
    ("output", "said", "line"),
    [
        ("Unknown command", "It counts the words of a text.", Line(words=("x", "bad"), stdout="Unknown command")),
        (
            "Unknown command\n$ echo $?\n0",
            "Errors exit with status 1.",
            Line(words=("x", "bad"), stdout="Unknown command"),
        ),
        ("Unknown command\n$ echo $?\n1", "Errors exit with status 1.", Line(words=("x", "bad"), exit_status=1)),
        ("a...", "Errors exit with status 1.", Line(words=("x", "bad"), stdout="a...")),
        ("Missing-ness", "Errors exit with status 1.", Line(words=("x", "bad"), stdout="Missing-ness")),
        ("Invalid: 2\nValid: 3", "Errors exit with status 1.", Line(words=("x", "bad"), stdout="Invalid: 2\nValid: 3")),
        ("Unknown word", "It always exits with status 0.", Line(words=("x", "bad"), stdout="Unknown word")),
    ],
)
def test_what_is_no_error_for_sure_is_printed(output: str, said: str, line: Line) -> None:
    assert lines_of(f"A tool called x:\n\n$ x bad\n{output}\n\n{said}") == [(line,)]


def test_a_transcript_goes_on_with_none_that_was_cut() -> None:
    text = "$ x add a\nAdded\n$ x list\na\n...\n\nThen the list is short:\n\n$ x list\nNothing\n"
    assert [(len(example.lines), example.detached) for example in find_transcripts(text)] == [(1, False), (1, True)]


def test_a_file_of_which_lines_are_left_out_is_not_there() -> None:
    assert find_transcripts("A tool called up.\n\n    $ cat a.txt\n    a\n    ...\n    $ up a.txt\n    A\n") == ()


@pytest.mark.parametrize(
    "before", ["With this file people.csv:", "Given `people.csv`:", "people.csv:", "The file people.csv holds:"]
)
def test_files_are_announced(before: str) -> None:
    assert find_files(f"{before}\n\n    name\n    Ann\n") == {"people.csv": "name\nAnn\n"}


@pytest.mark.parametrize(
    "before", ["For the file people.csv it prints:", "The output for people.csv:", "The file people.csv becomes:"]
)
def test_what_is_printed_for_a_file_is_not_the_file(before: str) -> None:
    assert find_files(f"{before}\n\n    name\n    Ann\n") == {}


def test_a_file_that_is_never_shown_makes_no_example() -> None:
    text = "A tool called csvt. With this file people.csv it counts rows.\n\n    $ csvt people.csv\n    2\n"
    assert find_examples(text) == ()
