"""The shapes of the sandbox: what to run, under which limits, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

MEBIBYTE = 1024 * 1024

Ending = Literal["exit", "signal", "wall", "cpu", "memory", "processes", "disk", "output"]
"""Why a command ended: by itself (`exit`, `signal`), or stopped by the wall that is named."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one command may use; passing what holds for all its processes together ends them all."""

    cpu_seconds: float = 10.0
    wall_seconds: float = 20.0
    memory_bytes: int = 512 * MEBIBYTE
    """For all processes of the command together."""
    processes: int = 32
    open_files: int = 128
    file_bytes: int = 32 * MEBIBYTE
    """The largest single file it may write."""
    disk_bytes: int = 64 * MEBIBYTE
    """For all it writes together."""
    output_bytes: int = MEBIBYTE
    """For stdout and stderr each; what comes after is dropped and the command is stopped."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command line to run inside the walls.

    The program sees: a read-only system (no home of the user, no keys, no ledger, no weights), the Python that
    runs Macrohard as `python3` on its `PATH`, an empty private `/tmp` and home, and a working folder `/work`.
    """

    argv: tuple[str, ...]
    stdin: bytes = b""
    workdir: Path | None = None
    """A folder of the host bound writable as `/work`, so that state survives from one command to the next;
    none: a private folder that is gone afterwards."""
    mounts: Mapping[str, Path] = field(default_factory=dict)
    """Absolute path inside -> folder or file of the host, bound read-only."""
    env: Mapping[str, str] = field(default_factory=dict)
    """The whole environment besides `PATH`, `HOME`, `LANG` and `TMPDIR`, which the sandbox sets."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Completed:
    """What was observed from outside."""

    exit_status: int | None
    """None when the command did not end by itself."""
    stdout: bytes
    stderr: bytes
    ending: Ending
    wall_seconds: float
    cpu_seconds: float
    peak_memory_bytes: int


class Sandbox(Protocol):
    """Runs untrusted programs. Every implementation passes the conformance kit (`sandbox.conformance`)."""

    name: str

    def run(self, command: Command) -> Completed:
        """Run one command and return what was observed; raises SandboxUnavailable when a wall is missing."""
        ...
