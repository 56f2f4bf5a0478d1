"""A text is cut into statements, and nothing of it is lost or moved."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.answers.sentences import sentences

REPORT = """# Done

I fixed it. `x` prints 1. All 3 tests
pass; `a.b. C` prints "x. Y". He said "Done." Is it 1.5 times faster?
- [x] Added `x.py`
2. **No** dependencies, e.g. none.

| name | time |
|---|---|
| a | 3 ms |

```sh
$ greet. Ada
Hello.
```

    $ one
    two
"""


def test_sentences_list_items_headings_rows_and_blocks_of_code() -> None:
    found = sentences(REPORT)
    assert [sentence.words for sentence in found] == [
        "Done", "I fixed it.", "`x` prints 1.", "All 3 tests\npass;", '`a.b. C` prints "x. Y".', 'He said "Done."', "Is it 1.5 times faster?",
        "Added `x.py`", "**No** dependencies, e.g. none.", "| name | time |", "| a | 3 ms |",
        "$ greet. Ada\nHello.\n", "    $ one\n    two\n",
    ]  # fmt: skip
    assert [sentence.is_code for sentence in found] == [False] * 11 + [True] * 2


def test_a_fence_that_is_never_closed_goes_to_the_end() -> None:
    assert [sentence.words for sentence in sentences("One.\n```\n$ a\n")] == ["One.", "$ a\n"]


@pytest.mark.parametrize("text", ["", "\n\n", "---\n***\n", "```\n```\n", "#\n- \n"])
def test_what_says_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


@given(st.text(st.sampled_from("aB1.!?;:`*-#|>$ \n\té…"), max_size=120))
def test_every_sentence_stands_where_it_is_said_to_and_every_word_is_in_one(text: str) -> None:
    found = sentences(text)
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.words
    assert all(first.end <= second.start for first, second in pairwise(found))
    if "`" not in text and "1" not in text:  # a list number and the language of a block of code belong to no sentence
        covered = {at for sentence in found for at in range(sentence.start, sentence.end)}
        assert all(at in covered for at, letter in enumerate(text) if letter.isalnum())
