"""Makes a picture of an HTML report, as Chromium shows it.

python -m bench.photographing docs/images/report.png PAGE.html
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
"""Of the distribution: Debian and Ubuntu call the package `chromium`. None where there is none."""
WIDE = (1180, 860)
PHONE = (390, 844)
"""Width and height of a window in CSS pixels."""


def main() -> int:
    """Photograph the page."""
    picture, address = Path(sys.argv[1]), Path(sys.argv[2]).resolve().as_uri()
    with opened(address, WIDE) as page:
        page.screenshot(path=picture)
    print(picture)
    return 0


@contextmanager
def opened(address: str, size: tuple[int, int]) -> Iterator[Page]:
    """The page at this address in a window of this size, in Chromium without its own walls: it may run as root here.

    Raises FileNotFoundError where there is no Chromium.
    """
    if CHROMIUM is None:
        raise FileNotFoundError("There is no Chromium: install the package `chromium` of the distribution.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
        page.goto(address)
        yield page
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
