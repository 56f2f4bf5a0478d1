"""Where Macrohard keeps things of its own on this machine.

`MACROHARD_HOME` moves everything into one folder; without it the XDG base directories are used.
"""

from __future__ import annotations

import os
from pathlib import Path

from macrohard.errors import UserError

HOME_VARIABLE = "MACROHARD_HOME"
"""The environment variable that names one folder for everything."""


def cache_dir() -> Path:
    """The folder for what can be fetched again, such as weights; made when missing.

    `$MACROHARD_HOME/cache`, else `$XDG_CACHE_HOME/macrohard`, else `~/.cache/macrohard`.
    Raises UserError when it cannot be made or written.
    """
    return _usable(_place("cache", "XDG_CACHE_HOME", ".cache"))


def state_dir() -> Path:
    """The folder for what must be kept, such as runs; made when missing.

    `$MACROHARD_HOME/state`, else `$XDG_STATE_HOME/macrohard`, else `~/.local/state/macrohard`.
    Raises UserError when it cannot be made or written.
    """
    return _usable(_place("state", "XDG_STATE_HOME", ".local/state"))


def _place(name: str, xdg_variable: str, fallback: str) -> Path:
    """The absolute path of one folder, which need not exist."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home).expanduser().absolute() / name
    xdg = Path(os.environ.get(xdg_variable, ""))
    # The XDG specification says that a relative path must be ignored.
    return (xdg if xdg.is_absolute() else _user_home() / fallback) / "macrohard"


def _user_home() -> Path:
    """The user's home folder; raises UserError for a user without one."""
    try:
        return Path.home()
    except RuntimeError as error:
        raise UserError(f"No home folder was found; set {HOME_VARIABLE} to a folder that can be written.") from error


def _usable(folder: Path) -> Path:
    """The folder, made for this user alone; raises UserError when it cannot be made or written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error.strerror or str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unusable(folder, "it cannot be written")
    return folder


def _unusable(folder: Path, why: str) -> UserError:
    return UserError(f"Macrohard cannot use the folder {folder} ({why}); set {HOME_VARIABLE} to one it can write.")
