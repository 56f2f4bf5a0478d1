"""Reads what the user gives: a request, a file, a folder of tests, a place for the result."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from macrohard.cli.stdin import read_stdin
from macrohard.errors import UserError

__all__ = ["REQUEST_LIMIT", "place", "read_file", "read_request", "read_tests", "read_text"]

REQUEST_LIMIT = 20_000
"""The most characters of a request; a longer one would not fit into the context of a small model."""
FILE_LIMIT = 200_000
"""The most characters of a stub file, and of all test files together."""
_LONGEST_NAME = 4096
"""PATH_MAX of Linux: what is longer cannot be the name of a file."""


def read_request(words: str) -> str:
    """The request itself, from `-` (stdin), from the file of that name, or the words as they are.

    Raises UserError when it is empty, too long or not text.
    """
    return _checked(*_given(words, "The request", REQUEST_LIMIT))


def read_text(words: str) -> str:
    """A text that is to be checked, exactly as it is, from where `read_request` would take it; raises UserError likewise."""
    text, source = _given(words, "The text", FILE_LIMIT)
    if not text.strip():
        raise UserError(f"{source} is empty; give the text that shall be checked.")
    return _whole(text, source)


def _given(words: str, what: str, limit: int) -> tuple[str, str]:
    """The text and what to call it."""
    if words == "-":
        source = f"{what} on stdin"
        return _decoded(read_stdin(4 * limit + 1), source, limit), source
    if _is_path(words):
        return read_file(Path(words), limit), f"{what} in {words}"
    return words, what


def read_file(path: Path, limit: int = FILE_LIMIT) -> str:
    """The text of a file; raises UserError when it cannot be read, is too long or is not text."""
    try:
        with path.open("rb") as file:
            data = file.read(4 * limit + 1)
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); give the path of a text file.") from error
    return _decoded(data, str(path), limit)


def read_tests(folder: str | None) -> dict[str, str]:
    """Path within the folder -> text of every Python file in it; raises UserError when there is none."""
    if folder is None:
        return {}
    root = Path(folder)
    if not root.is_dir():
        raise UserError(f"{folder} is not a folder; give the folder of your tests with --tests.")
    paths = sorted(path for path in root.rglob("*.py") if path.is_file() and not _hidden(path.relative_to(root)))
    tests = {path.relative_to(root).as_posix(): read_file(path) for path in paths}
    if not any(text.strip() for text in tests.values()):
        raise UserError(f"{folder} holds no Python files with tests; put at least one test_*.py file there.")
    if sum(map(len, tests.values())) > FILE_LIMIT:
        raise UserError(f"The tests in {folder} have more than {FILE_LIMIT:,} characters; give fewer or shorter files.")
    return tests


def place(folder: str | None) -> Path:
    """The absolute folder in which the project folder is made; raises UserError when it cannot be written."""
    path = Path(folder if folder is not None else ".").expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise UserError(f"{path} exists and is not a folder; choose another one with --out.")
    writable(path)
    return path


def writable(path: Path) -> None:
    """Raise UserError unless this file or folder can be written, or made when it does not exist."""
    standing = next(parent for parent in (path, *path.parents) if parent.exists())
    if standing != path and not standing.is_dir():
        raise UserError(f"{path} cannot be made, since {standing} is not a folder; choose another place with --out.")
    try:
        if standing.is_dir():
            # Asking for permission is not enough: not every file system that permits writing can do it.
            with tempfile.TemporaryFile(dir=standing):
                return
        if os.access(standing, os.W_OK):
            return
    except OSError:
        pass
    raise UserError(f"{standing} cannot be written; choose another place with --out.")


def _is_path(words: str) -> bool:
    """Whether the words name a file, or can only be meant as the name of one."""
    if len(words) > _LONGEST_NAME or "\0" in words or "\n" in words:
        return False
    path = Path(words)
    try:
        if path.exists() and words.strip():
            return True
    except OSError:
        return False
    return not any(map(str.isspace, words)) and ("/" in words or path.suffix in (".txt", ".md"))


def _decoded(data: bytes, source: str, limit: int) -> str:
    """The text; four bytes are the most that one character takes in UTF-8."""
    if len(data) > 4 * limit:
        raise _too_long(source, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{source} is not text in UTF-8; give plain text.") from error
    if len(text) > limit:
        raise _too_long(source, limit)
    return text


def _too_long(source: str, limit: int) -> UserError:
    return UserError(f"{source} has more than {limit:,} characters, which is the limit; give less text.")


def _checked(text: str, source: str) -> str:
    if not text.strip():
        raise UserError(f"{source} is empty; say in a sentence or more what the program shall do.")
    if len(text) > REQUEST_LIMIT:
        raise _too_long(source, REQUEST_LIMIT)
    if any(ord(character) < 32 and character not in "\n\t\r" for character in text):
        raise UserError(f"{source} contains control characters; give it as plain text.")
    return _whole(text, source).replace("\r\n", "\n").strip()


def _whole(text: str, source: str) -> str:
    """The text; an argument holds half a character for each byte that is none in UTF-8."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UserError(f"{source} is not text in UTF-8; give it as plain text.")
    return text


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "__pycache__")) for part in path.parts)
