"""The page of a check in a real browser: readable on a phone, printable, and nothing in it runs or loads anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from bench.photographing import CHROMIUM, PHONE, WIDE, opened
from macrohard.answers import check_sources
from macrohard.answers.page import check_page

pytestmark = [
    pytest.mark.usefixtures("home"),
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium on this machine."),
]

EXAMPLE = Path(__file__).parents[2] / "examples" / "sources"
HOSTILE = (
    "The bridge <script>document.title='run'</script> is 400 metres long. "
    "The bridge <img src=x onerror=\"document.title='run'\"> is 400 metres long. "
    "The tower <iframe src='http://127.0.0.1:9/'></iframe> is high. "
    "[The link](javascript:document.title='run') is 5 metres long."
)


def written(folder: Path, text: str, sources: Path) -> str:
    """The address of the page on this text."""
    page = folder / "page.html"
    page.write_text(check_page(text, check_sources(text, [str(sources)])), encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    text = (EXAMPLE / "article.md").read_text(encoding="utf-8")
    return written(tmp_path_factory.mktemp("page"), text, EXAMPLE / "sources")


def places(page: Page, *selectors: str) -> list[dict[str, float]]:
    """Where the first of each stands."""
    boxes = [page.locator(selector).first.bounding_box() for selector in selectors]
    return [dict(box) for box in boxes if box]


def test_text_and_sources_stand_side_by_side(example: str) -> None:
    with opened(example, WIDE) as page:
        text, card = places(page, "section.text", ".card")
    assert text["x"] + text["width"] <= card["x"] and abs(text["y"] - card["y"]) < 20


def test_on_a_phone_they_stand_below_each_other_and_nothing_is_cut_off(example: str) -> None:
    with opened(example, PHONE) as page:
        text, card = places(page, "section.text", ".card")
        width = page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE[0] and text["y"] + text["height"] <= card["y"]


def test_long_words_and_addresses_do_not_widen_the_page(tmp_path: Path) -> None:
    source = tmp_path / ("long" * 30 + ".md")
    source.write_text("The bridge " + "x" * 900 + " is 300 metres long.", encoding="utf-8")
    with opened(written(tmp_path, "The bridge " + "x" * 900 + " is 400 metres long.", source), PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_a_sentence_leads_to_what_was_seen_of_it(example: str) -> None:
    with opened(example, WIDE) as page:
        page.get_by_text("mensuels").first.click()
        card = page.locator(".card:target")
        assert "contradicted" in card.inner_text() and "hebdomadaires" in card.inner_text()


def test_nothing_that_somebody_wrote_runs_or_loads(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(HOSTILE.replace("400", "300"), encoding="utf-8")
    address = written(tmp_path, HOSTILE, source)
    with opened(address, WIDE) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        assert asked == [address] and page.title() == "What the sources say"
        assert page.locator("main script, main img, main iframe").count() == 0
        assert "<script>document.title" in page.inner_text("section.text")


def test_it_prints_on_paper(example: str) -> None:
    with opened(example, WIDE) as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        card = page.locator(".card").first
        assert card.evaluate("node => getComputedStyle(node).breakInside") == "avoid"
        ink, paper = (card.evaluate(f"node => getComputedStyle(node).{name}") for name in ("color", "backgroundColor"))
        assert dark(ink) and not dark(paper), "white words of a dark screen are not seen on paper"
        assert page.pdf()[:5] == b"%PDF-"


def dark(colour: str) -> bool:
    """Whether `rgb(r, g, b)` is nearer to black than to white."""
    return sum(map(int, colour[4:-1].split(","))) < 3 * 128
