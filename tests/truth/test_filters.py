"""What becomes of a line on standard input, said in a sentence."""

from __future__ import annotations

import time

import pytest

from macrohard.truth.examples import CommandExample, find_examples

SHIFT = "A tool called shift that reads lines from standard input and moves letters on. "


def read(text: str) -> list[tuple[str, str | None]]:
    found = [example for example in find_examples(SHIFT + text) if isinstance(example, CommandExample)]
    assert all(example.quotation in SHIFT + text for example in found)
    return [(example.lines[0].typed, example.lines[0].stdout) for example in found]


@pytest.mark.parametrize(
    "text",
    [
        'With `shift 1`, "abc" becomes "bcd".',
        'With shift 1, "abc" becomes "bcd".',
        'For example, with shift 1 the line "abc" comes out as "bcd".',
        "\n- With 'shift 1' the text `abc` is turned into `bcd`.",
    ],
)
def test_a_line_and_what_becomes_of_it(text: str) -> None:
    assert read(text) == [("printf 'abc\\n' | shift 1", "bcd")]


def test_several_lines() -> None:
    pairs = read('With shift --by 2, "a" becomes "c", "b" as "d" and the line "y z" becomes "a b".')
    assert pairs == [
        ("printf 'a\\n' | shift --by 2", "c"),
        ("printf 'b\\n' | shift --by 2", "d"),
        ("printf 'y z\\n' | shift --by 2", "a b"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        'With `shift N`, "abc" becomes "bcd".',
        'With shift on, "abc" becomes "bcd".',
        'With `other 1`, "abc" becomes "bcd".',
        'With `shift 1`, "abc" becomes "bcd" unless it is Sunday.',
        'With `shift 1`, "abc" becomes bcd.',
        'With `shift 1`, "abc" becomes "bcd", "efg".',
        'With `shift 1`, "abc" becomes "bcd", which is wrong.',
        'With `shift 1`, "abc" becomes "abc". It should become "bcd".',
        'Right now with `shift 1`, "abc" becomes "abc".',
        'With `shift 1`, "a\\nb" becomes "bc".',
        'With `shift 1`, "{name}" becomes "x".',
        'With `shift 1`, "abc" becomes "abd". Wrong! It must be "bcd".',
        'With `shift 1`, "abc" becomes "abd".\n\nExpected: "bcd".',
        'With `shift 1`, "abc" becomes "bcd", "abc" as "cde".',
        'It says at the end how many there were. With `shift 1`, "abc" becomes "bcd".',
        'It prints counts. With `shift 1`, "The" becomes "the".',
        'A letter "a" becomes "b".',
        'With `cat x | shift 1`, "abc" becomes "bcd".',
    ],
)
def test_what_is_no_example(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("said", ["never reads lines", "does not read lines", "reads names of files, one a line,"])
def test_what_reads_no_lines(said: str) -> None:
    request = f'A tool called shift that {said} from standard input. With `shift 1`, "abc" becomes "bcd".'
    assert find_examples(request) == ()


def test_arguments_are_not_taken_for_standard_input() -> None:
    assert find_examples('A tool called shift that takes a word. With `shift 1`, "abc" becomes "bcd".') == ()


def test_a_long_request_does_not_take_long() -> None:
    start = time.process_time()
    find_examples(SHIFT + "With shift 1, " + '"a" as "b", ' * 2000)
    assert time.process_time() - start < 2
