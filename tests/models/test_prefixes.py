"""Prompts that begin alike: one is read, the others wait for it, and nobody waits for nothing."""

from __future__ import annotations

from macrohard.models.embedded.prefixes import Prefixes, blocks

REQUEST = list(range(200))
OTHER = list(range(1000, 1200))


def test_who_begins_alike_waits_until_it_is_read() -> None:
    known, first, second = Prefixes(), blocks([*REQUEST, 7, 8]), blocks([*REQUEST, *OTHER])
    assert not known.is_being_read(first)
    known.begin(first)
    assert known.is_being_read(second) and known.is_being_read(first)
    known.end(first, read=True)
    assert not known.is_being_read(second)


def test_what_was_read_once_keeps_nobody_waiting() -> None:
    """Sixteen questions about one request: after the first, all others start at once."""
    known = Prefixes()
    prompts = [blocks([*REQUEST, *range(300 + 40 * number, 330 + 40 * number)]) for number in range(16)]
    known.begin(prompts[0])
    known.end(prompts[0], read=True)
    for prompt in prompts[1:]:
        assert not known.is_being_read(prompt)
        known.begin(prompt)


def test_others_and_short_beginnings_are_no_reason_to_wait() -> None:
    known = Prefixes()
    known.begin(blocks(REQUEST))
    assert not known.is_being_read(blocks(OTHER))
    assert not known.is_being_read(blocks([*REQUEST[:30], *OTHER]))


def test_who_was_given_up_keeps_nobody_waiting() -> None:
    known = Prefixes()
    known.begin(blocks(REQUEST))
    known.begin(blocks(REQUEST))
    known.end(blocks(REQUEST), read=False)
    assert known.is_being_read(blocks(REQUEST))
    known.end(blocks(REQUEST), read=False)
    assert not known.is_being_read(blocks(REQUEST))


def test_a_block_stands_for_all_that_comes_before_it() -> None:
    assert blocks(REQUEST)[1] != blocks([1, *REQUEST[1:]])[1]
    assert blocks(REQUEST)[:3] == blocks(REQUEST[:100])
    assert blocks([1, 2]) == ()
