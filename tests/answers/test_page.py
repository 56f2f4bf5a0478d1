"""The page of a check: the whole text is on it, and nothing in text or sources is obeyed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from macrohard.answers import check_sources
from macrohard.answers.page import check_page

pytestmark = pytest.mark.usefixtures("home")


def paged(folder: Path, text: str, source: str) -> str:
    (folder / "a.md").write_text(source, encoding="utf-8")
    return check_page(text, check_sources(text, [str(folder / "a.md")]))


def test_the_whole_text_is_shown_and_what_is_wrong_is_marked(tmp_path: Path) -> None:
    text = "# Bridge\n\nThe bridge is 400 metres long. It is blue & new.\n"
    shown = paged(tmp_path, text, "The bridge is 300 metres long.")
    body = re.sub(r"<sup>.*?</sup>", "", shown[shown.index('aria-label="The text">') + 22 : shown.index("</section>")])
    assert unescape(re.sub(r"<[^>]+>", "", body)) == text
    assert '<mark title="instead: 300">400</mark>' in shown
    assert "<blockquote>The bridge is 300 metres long.</blockquote>" in shown


def test_a_sentence_is_not_broken_where_the_line_of_its_file_ends(tmp_path: Path) -> None:
    shown = paged(
        tmp_path, "The bridge is\n  400 metres\nlong.\n\n    code\n    more\n", "The bridge is 300 metres long."
    )
    assert "The bridge is </a>" in shown and " metres long.</a>" in shown and "code\n    more" in shown


@pytest.mark.parametrize(
    "word", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>']
)
def test_markup_is_shown_as_it_is_written(tmp_path: Path, word: str) -> None:
    shown = paged(tmp_path, f"The bridge {word} is 400 metres long.", f"The bridge {word} is 300 metres long.")
    assert word not in shown and "<script" not in shown and "<img" not in shown and "<svg" not in shown


def test_controls_are_shown_as_on_a_terminal(tmp_path: Path) -> None:
    """Nobody sees ESC and BEL in a page, and who copies them to a terminal obeys them."""
    source = tmp_path / "a\x1b]0;title\x07.md"
    prose = "Nothing else is said of it here, and this at some length, since too many controls are no text. "
    source.write_text(f"The bridge is \x9b31m412 metres long.\n{prose}", encoding="utf-8")
    text = "The bridge is\t412\x1b[0m metres long.\nIt is blue."
    shown = check_page(text, check_sources(text, [str(source)]))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert r"a\x1b]0;title\x07.md, line 1" in shown and r"\x9b31m412" in shown and r"412\x1b[" in shown


def test_nothing_is_loaded(tmp_path: Path) -> None:
    shown = paged(tmp_path, "The bridge is long.", "The bridge is long.")
    assert not re.search(r"(?:src|href)=\"(?!#)", shown) and "default-src 'none'" in shown and "url(" not in shown
