"""Statements about the files of a repository, decided by looking for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.answers import Standing

from ..repositories import checked, repository, verdicts

HERE, GONE = Standing.SUPPORTED, Standing.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Added `README.md`.", [HERE]),
        ("Added `README.md` and `docs/x.md`.", [HERE, GONE]),
        ("Added the files `docs/x.md`, `README.md`, and `src/greet/main.py`.", [GONE, HERE, HERE]),
        ("Removed `old.py` and `README.md`.", [HERE, GONE]),
        ("Added `README.md`, and `old.py` was removed.", [HERE, HERE]),
    ],
)
def test_each_file_that_is_named_is_looked_for(tmp_path: Path, text: str, found: list[Standing]) -> None:
    assert list(verdicts(checked(text, repository(tmp_path))).values()) == found


def test_what_could_not_be_decided_makes_nothing_untrue(tmp_path: Path) -> None:
    """Exit status 0 says that all that could be decided is supported, however it is parted into sentences."""
    for text in ("Added `README.md`, and 2 other tests pass.", "Added `README.md`. 2 other tests pass."):
        report = checked(text, repository(tmp_path))
        assert Standing.NOT_CHECKED in verdicts(report).values() and report.exit_status == 0
