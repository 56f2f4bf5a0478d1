from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from macrohard.errors import UserError
from macrohard.paths import cache_dir, state_dir


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("MACROHARD_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_the_home_holds_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "unused"))
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "mine"))
    assert (cache_dir(), state_dir()) == (tmp_path / "mine/cache", tmp_path / "mine/state")
    assert cache_dir().is_dir()
    assert state_dir().stat().st_mode & 0o777 == 0o700


def test_the_xdg_folders_come_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_STATE_HOME", "relative/is/ignored")
    assert (cache_dir(), state_dir()) == (tmp_path / "c/macrohard", tmp_path / ".local/state/macrohard")


def test_the_home_of_the_user_comes_last(tmp_path: Path) -> None:
    assert (cache_dir(), state_dir()) == (tmp_path / ".cache/macrohard", tmp_path / ".local/state/macrohard")


@pytest.mark.parametrize("place", [cache_dir, state_dir])
def test_a_folder_that_cannot_be_made_is_told(
    place: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "file"))
    with pytest.raises(UserError, match="set MACROHARD_HOME to one it can write"):
        place()


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Said by the kernel even to root: /proc takes no files."""
    monkeypatch.setenv("MACROHARD_HOME", "/proc/macrohard")
    with pytest.raises(UserError, match="set MACROHARD_HOME to one it can write"):
        state_dir()
