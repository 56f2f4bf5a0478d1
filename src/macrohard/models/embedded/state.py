"""What a running server tells its clients: a file that only the user can read."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from macrohard import __version__

PROTOCOL = 3
"""Raised when a client must not be answered by an older server; each protocol and release has a server of its own."""
ANOTHER_LIVES = 3
"""Exit status of a server that found another one alive, in whose place it was started."""


class State(BaseModel):
    """Where the server listens and the key it wants to see."""

    model_config = ConfigDict(frozen=True)

    pid: int
    port: int
    key: str
    digest: str
    """'sha256:…' of the weights it answers with."""


class Place:
    """The files of one server, all in one private folder."""

    def __init__(self, folder: Path, digest: str) -> None:
        """`folder` must exist and be the user's own; `digest` is that of the weights."""
        name = f"embedded-{PROTOCOL}-{__version__}-{digest.removeprefix('sha256:')[:12]}"
        self.file = folder / f"{name}.json"
        self.log = folder / f"{name}.log"
        self.log_before = folder / f"{name}.before.log"
        """What the server before this one said: it may tell why that one had to be replaced."""
        self.starting = folder / f"{name}.starting"
        """Held by a client while it starts the server."""
        self.living = folder / f"{name}.living"
        """Held by the server as long as it lives, from before it loads; its process number is in it."""

    def read(self) -> State | None:
        """The state of the server, if one has left it; None also for a file that is damaged or not private."""
        try:
            if self.file.stat().st_uid != os.getuid():
                return None
            return State.model_validate_json(self.file.read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, state: State) -> None:
        """Publish the state at once or not at all, readable by the user alone."""
        draft = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(state.model_dump_json())
        draft.replace(self.file)

    def clear(self) -> None:
        """Take the state away."""
        with contextlib.suppress(FileNotFoundError):
            self.file.unlink()

    def put_log_aside(self) -> None:
        """Make room for the log of the next server."""
        with contextlib.suppress(FileNotFoundError):
            self.log.replace(self.log_before)
