"""Writes the page of a check or an answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from macrohard.errors import UserError
from macrohard.writing import replace_file

__all__ = ["page_path", "refuse_page", "write_page"]


def page_path(place: str) -> Path:
    """The file to write. Raises UserError when it is a folder or in none."""
    path = Path(os.path.expanduser(place)).absolute()
    if not place or path.is_dir() or not path.parent.is_dir():
        raise UserError(f"{place or 'An empty name'} is no file that can be written: name another one with --html.")
    return path


def refuse_page(place: str, sources: Sequence[str], *others: str | None) -> None:
    """To be called before the work begins. Raises UserError when the page cannot be written, or would replace one of the sources
    or of the other files that the work reads or writes."""
    from macrohard.answers import is_source

    path = page_path(place)
    own = [os.path.realpath(os.path.expanduser(other)) for other in others if other]
    if os.path.realpath(path) in own or is_source(path, sources):
        raise UserError(f"{place} would be overwritten, and this command needs it: name another file with --html.")


def write_page(place: str, page: str) -> None:
    """Write it whole or not at all. Raises UserError when it cannot be written."""
    path = page_path(place)
    try:
        replace_file(path, page)
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}): name another file with --html.") from error
