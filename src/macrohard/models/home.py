"""Where the weights, the converted weights and the state of the local server live."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = 0o700


def home() -> Path:
    """The cache folder: `$MACROHARD_HOME`, else `macrohard` in the XDG cache folder, `~/.cache` by default."""
    chosen = os.environ.get("MACROHARD_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    cache = os.environ.get("XDG_CACHE_HOME")
    base = Path(cache) if cache and Path(cache).is_absolute() else Path.home() / ".cache"
    return base / "macrohard"


def private_folder(*names: str) -> Path:
    """A folder below `home()` that only the user can enter, made when it is missing."""
    folder = home().joinpath(*names)
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return folder
