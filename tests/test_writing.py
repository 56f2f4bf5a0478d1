"""What the user asked for is written beside its place first; others may have put something there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macrohard.writing import make_anew, replace_file


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    replace_file(tmp_path / "a", "one\ntwo é")
    assert (tmp_path / "a").read_bytes() == "one\ntwo é".encode()
    assert os.listdir(tmp_path) == ["a"]


def test_a_file_is_on_the_disk_before_it_takes_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut cannot be tried; without this it may leave an empty file in the place of the user's."""
    (tmp_path / "a").write_text("before")
    synced: list[tuple[int, str]] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append((os.fstat(file).st_size, (tmp_path / "a").read_text())))
    replace_file(tmp_path / "a", "after")
    assert synced == [(5, "before")]


def test_a_file_with_the_longest_name(tmp_path: Path) -> None:
    replace_file(tmp_path / ("a" * 255), "text")
    assert (tmp_path / ("a" * 255)).read_text() == "text"


@pytest.mark.parametrize("text", ["half a character: \udcff", "x" * 99_999 + "\ud800"])
def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text("before")
    with pytest.raises(UnicodeEncodeError):
        replace_file(tmp_path / "a", text)
    assert (tmp_path / "a").read_text() == "before" and os.listdir(tmp_path) == ["a"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "a").symlink_to("precious")
    replace_file(tmp_path / "a", "text")
    assert (tmp_path / "precious").read_text() == "precious" and (tmp_path / "a").read_text() == "text"


@pytest.mark.parametrize("mode", [0o755, 0o600, 0o640])
def test_the_permissions_stay_as_they_were(tmp_path: Path, mode: int) -> None:
    (tmp_path / "a").write_text("before")
    (tmp_path / "a").chmod(mode)
    replace_file(tmp_path / "a", "after")
    assert (tmp_path / "a").read_text() == "after" and (tmp_path / "a").stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize("standing", ["nothing", "a folder", "a link", "a link to nowhere"])
def test_a_folder_is_made_anew(tmp_path: Path, standing: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine").write_text("precious")
    place = tmp_path / "place"
    if standing == "a folder":
        (place / "in").mkdir(parents=True)
    elif standing != "nothing":
        place.symlink_to("other" if standing == "a link" else "nowhere")
    make_anew(place)
    assert not place.is_symlink() and os.listdir(place) == []
    assert (tmp_path / "other" / "mine").read_text() == "precious"


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "place").write_text("precious")
    with pytest.raises(FileExistsError):
        make_anew(tmp_path / "place")
    assert (tmp_path / "place").read_text() == "precious"
