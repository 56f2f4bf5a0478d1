"""What the tests of this room share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes are kept apart."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
