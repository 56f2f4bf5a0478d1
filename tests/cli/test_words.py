"""What the user gives is read or refused with one sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from macrohard.cli.words import FILE_LIMIT, REQUEST_LIMIT, place, read_file, read_request, read_tests
from macrohard.errors import UserError


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> str:
    """Read the request from a stdin that holds `data`."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    return read_request("-")


def test_request_in_words() -> None:
    assert read_request("  count words  ") == "count words"


def test_request_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "request"
    path.write_bytes("\ufeffgrüße zählen\r\nund mehr\r\n".encode())
    assert read_request(str(path)) == "grüße zählen\nund mehr"


def test_request_on_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    assert give(monkeypatch, "Wörter zählen\n".encode()) == "Wörter zählen"


def test_longest_request_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "ü" * REQUEST_LIMIT
    assert read_request(words) == words
    assert give(monkeypatch, words.encode()) == words


@pytest.mark.parametrize(
    "words", ["", " \n\t ", "a\0b", "a\x1b[2Jb", "a\ud800b", "x" * (REQUEST_LIMIT + 1), "x " * 500_000]
)
def test_unusable_words(words: str) -> None:
    with pytest.raises(UserError):
        read_request(words)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\x7fELF\x02\x01\x01\x00\xff\xfe", "is not text in UTF-8"),
        (b"text with \x00 inside", "contains control characters"),
        (b"x" * 1_000_000, "more than 20,000 characters"),
        ("ü".encode() * (REQUEST_LIMIT + 1), "more than 20,000 characters"),
        (b"\xff" * 1_000_000, "more than 20,000 characters"),
    ],
)
def test_unusable_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        give(monkeypatch, data)


@pytest.mark.parametrize("words", ["/nonexistent/request.txt", "request.txt", "./todo.md", "some/folder"])
def test_file_that_is_not_there(words: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_request(words)


def test_folder_as_request(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_request(str(tmp_path))


def test_file_with_too_much(tmp_path: Path) -> None:
    path = tmp_path / "stubs.py"
    path.write_text("#" * (FILE_LIMIT + 1))
    with pytest.raises(UserError, match="200,000"):
        read_file(path)


def test_tests_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "test_a.py").write_text("def test_a(): pass\n")
    (tmp_path / "more" / "helper.py").write_text("X = 1\n")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "junk.py").write_text("junk\n")
    (tmp_path / "notes.txt").write_text("not a test\n")
    assert read_tests(str(tmp_path)) == {"more/helper.py": "X = 1\n", "test_a.py": "def test_a(): pass\n"}
    assert read_tests(None) == {}


def test_folders_without_tests(tmp_path: Path) -> None:
    (tmp_path / "empty.py").touch()
    for folder in (tmp_path, tmp_path / "empty.py", tmp_path / "nonexistent"):
        with pytest.raises(UserError):
            read_tests(str(folder))


def test_place_may_be_new(tmp_path: Path) -> None:
    assert place(str(tmp_path / "new" / "folder")) == tmp_path / "new" / "folder"
    assert not (tmp_path / "new").exists()
    assert list(tmp_path.iterdir()) == []


def test_place_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for unusable in (file, file / "below", Path("/proc/macrohard")):
        with pytest.raises(UserError, match="--out"):
            place(str(unusable))
