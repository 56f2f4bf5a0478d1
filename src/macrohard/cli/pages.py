"""Writes the page of a check or an answer."""

from __future__ import annotations

import os
from pathlib import Path

from macrohard.errors import UserError

__all__ = ["write_page"]


def write_page(place: str, page: str) -> None:
    """Write it whole or not at all. Raises UserError when it cannot be written."""
    path = Path(place).expanduser()
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(page, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}): name another file with --html.") from error
