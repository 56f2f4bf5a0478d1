"""Writes the page of a check or an answer."""

from __future__ import annotations

import os
from pathlib import Path

from macrohard.errors import UserError

__all__ = ["page_path", "write_page"]


def page_path(place: str) -> Path:
    """The file to write; to be called before the work begins. Raises UserError when it is a folder or in none."""
    try:
        path = Path(place).expanduser().absolute()
    except RuntimeError as error:
        raise UserError(f"{place} names a home that is not there: name another file with --html.") from error
    if not place or path.is_dir() or not path.parent.is_dir():
        raise UserError(f"{place or 'An empty name'} is no file that can be written: name another one with --html.")
    return path


def write_page(place: str, page: str) -> None:
    """Write it whole or not at all. Raises UserError when it cannot be written."""
    path = page_path(place)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(page, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}): name another file with --html.") from error
