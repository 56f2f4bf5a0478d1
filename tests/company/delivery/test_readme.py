"""What people and models wrote stands in the README of a delivered project as text."""

from __future__ import annotations

import pytest

from macrohard.company.delivery.readme import prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`f x` prints `<b>` and `[1](2)`", "`f x` prints `<b>` and `[1](2)`"),
        ("`` a ` <b> `` is code", "`` a ` <b> `` is code"),
        ("a[0] < 3 and [TAG] is left out", "a[0] < 3 and [TAG] is left out"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("![x](http://e/p.png) [a](javascript:x)", "!\\[x](http://e/p.png) \\[a](javascript:x)"),
        ("` <img src=x>", "` \\<img src=x>"),
        ("\\` <img src=x> `", "\\` \\<img src=x> `"),
    ],
)
def test_tags_links_and_images_are_shown_and_not_made(text: str, shown: str) -> None:
    assert prose(text) == shown
