"""The folders that the user names."""

from __future__ import annotations

import os
from pathlib import Path

from macrohard.errors import UserError

__all__ = ["folder"]


def folder(named: str, what: str) -> Path:
    """The absolute path. Raises UserError for an empty name, which the shell makes of a variable that is not set."""
    if not named.strip():
        raise UserError(f"{what} has an empty name; give a folder, or . for this one.")
    return Path(os.path.expanduser(named)).absolute()  # unlike Path.expanduser it raises nothing for the home of nobody
