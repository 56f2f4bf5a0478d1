"""Which passages are read, and that a copy of one changes neither which nor their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.answers.asking.candidates import candidates
from macrohard.answers.asking.questions import Asking
from macrohard.answers.sources import open_index

pytestmark = pytest.mark.usefixtures("home")
ASKING = Asking("How long is the Elbow Bridge in Sund?")
TEXTS = (
    "The Elbow Bridge in Sund is long: 412 metres.",
    "The Elbow Bridge was opened in 1932.",
    "Sund has a harbour and a market, and many houses of red brick.",
)


def found(folder: Path, *texts: str) -> list[str]:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    return [candidate.document.text for candidate in candidates(ASKING, open_index([str(folder)]))]


def test_the_most_promising_is_the_first(tmp_path: Path) -> None:
    assert found(tmp_path / "sources", *reversed(TEXTS)) == list(TEXTS)


@pytest.mark.parametrize("copied", TEXTS)
def test_a_copy_changes_nothing(tmp_path: Path, copied: str) -> None:
    assert found(tmp_path / "sources", *TEXTS, copied) == list(TEXTS)
