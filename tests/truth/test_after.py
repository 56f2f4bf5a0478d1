"""What a sentence says was done before its command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.truth.examples import CommandExample, find_examples

TODO = "A tool called `todo` keeps its tasks in tasks.json. "
LIST = "`todo list` prints `1. tea`"


def done(text: str) -> list[list[str]]:
    """Of each example what is typed before its last line."""
    found = [example for example in find_examples(TODO + text) if isinstance(example, CommandExample)]
    return [[line.typed for line in example.lines[:-1] if line.prepares] for example in found]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (f"After `todo add tea`, {LIST}.", ["todo add tea"]),
        (f"So after 'todo add tea', {LIST}.", ["todo add tea"]),
        (f"Once you have run `todo add tea`, {LIST}.", ["todo add tea"]),
        (f"After running `todo add tea` and then `todo add milk`, {LIST}.", ["todo add tea", "todo add milk"]),
        (f"\n- After `todo add tea`, `todo add milk` and `todo done 2`, {LIST}.",
         ["todo add tea", "todo add milk", "todo done 2"]),
        ("After `todo add tea`, `todo add Tea` exits with status 2.", ["todo add tea"]),
    ],
)  # fmt: skip
def test_it_is_done_before(text: str, before: list[str]) -> None:
    assert done(text) == [before]


@pytest.mark.parametrize(
    "text",
    [
        f"Five minutes after `todo add tea`, {LIST}.",
        f"Currently, after `todo add tea`, {LIST}, which is wrong.",
        f"Even after `todo add tea`, {LIST}.",
        f"If there is milk, after `todo add tea`, {LIST}.",
        f"`todo add milk` prints `Added`. After `todo add tea`, {LIST}.",
        f"Tea is already on the list. After `todo add milk`, {LIST}.",
        f"Milk and tea are bought by Ann. After `todo add milk`, {LIST}.",
        f"Observed behaviour:\n\n- After `todo add tea`, {LIST}.",
        f"After `todo add tea`, {LIST}. It should say tea.",
        f"After `todo add tea`, {LIST} at the top.",
        f"\n\n    $ todo add milk\n    Added\n\nAfter `todo add tea`, {LIST}.",
        f"Things the old one did wrong:\n\n1. After `todo add tea`, {LIST}.",
        "After `todo add tea`, `todo list` prints `09:15 tea`.",
        f"Unless after `todo add tea`, {LIST}.",
        f"It is not only after `todo add tea` that {LIST}.",
        f"After `rm tasks.json`, {LIST}.",
        f"After `todo add TITLE`, {LIST}.",
        f"After `todo add tea` and a while, {LIST}.",
        f"After `todo add tea` and 2 more commands, {LIST}.",
        "After `todo add tea`, `todo add milk` and 1 more command, `todo add sea` prints `6`.",
        "After 5 commands, `todo add sea` prints `6`.",
        f"It says so, and after `todo add tea`, {LIST}.",
        f"After that, {LIST}.",
        f"{LIST} after `todo add tea`.",
    ],
)
def test_where_it_may_be_otherwise_nothing_is_said_of_it(text: str) -> None:
    assert not any(done(text))


def test_the_second_of_two_may_stand_on_the_first() -> None:
    text = f"After `todo add tea`, {LIST}.\nAfter `todo add milk`, `todo list` prints `1. tea`."
    assert done(text) == [["todo add tea"]]


def test_the_quotation_begins_with_what_was_done() -> None:
    (example,) = find_examples(f"{TODO}After `todo add tea`, {LIST}.")
    assert example.quotation == f"After `todo add tea`, {LIST}"


@given(st.lists(st.sampled_from(["after ", "`todo add tea`", ", ", " and ", "then ", LIST, ". "]), max_size=12))
def test_whatever_is_said_is_read_as_it_stands(parts: list[str]) -> None:
    text = TODO + "".join(parts)
    assert all(example.quotation in text for example in find_examples(text))
