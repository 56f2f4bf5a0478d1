"""Which walls stand around a running process, read from the kernel and not from what we asked for."""

from __future__ import annotations

import ctypes
import os
import time
from contextlib import suppress
from dataclasses import dataclass

from macrohard.errors import SandboxUnavailable

NAMESPACES = ("user", "pid", "net", "ipc", "uts", "mnt", "cgroup")
_LANDLOCK_CREATE_RULESET = 444  # the same on every architecture


@dataclass(frozen=True, slots=True)
class Walls:
    """What is in force around one process."""

    namespaces: tuple[str, ...]
    """Those in which the process is apart from us."""
    seccomp_filters: int
    """How many system call filters it is under."""
    no_new_privileges: bool
    capabilities: int
    """Bit set of everything it is or could become allowed."""
    landlock_abi: int
    """What the kernel offers (zero: none); it is told for information, no rule set of Landlock is used."""
    limited_by: str = "supervisor and resource limits"
    """What holds memory, processes and time down; no control group is used."""

    def missing(self) -> str | None:
        """The first wall that does not stand."""
        for namespace in NAMESPACES:
            if namespace not in self.namespaces:
                return f"a {namespace} namespace of its own"
        if self.seccomp_filters < 1:
            return "the system call filter"
        if not self.no_new_privileges:
            return "no_new_privs"
        return "an empty set of capabilities" if self.capabilities else None


def walls_around(process: int) -> Walls:
    """Read them for a process of the host's numbering."""
    status = _status(process)
    return Walls(
        namespaces=tuple(name for name in NAMESPACES if _namespace(process, name) != _namespace("self", name)),
        seccomp_filters=int(status["Seccomp_filters"]) if status.get("Seccomp") == "2" else 0,
        no_new_privileges=status.get("NoNewPrivs") == "1",
        capabilities=int(status["CapInh"], 16)
        | int(status["CapPrm"], 16)
        | int(status["CapEff"], 16)
        | int(status["CapBnd"], 16)
        | int(status["CapAmb"], 16),
        landlock_abi=_landlock_abi(),
    )


def require_walls(process: int) -> None:
    """Raise SandboxUnavailable when any wall is missing around a process that has not run a line yet."""
    if wall := walls_around(process).missing():
        raise SandboxUnavailable(f"The sandbox could not put {wall} around a program; nothing was run.")


def wait_for_filter(process: int, seconds: float) -> None:
    """Return once a process is under a system call filter; raises SandboxUnavailable when it is not in time."""
    _wait_for(process, "Seccomp", ("2",), seconds, "put its init under the system call filter")


def wait_until_stopped(process: int, seconds: float) -> None:
    """Return once a process that was sent SIGSTOP has stopped, or is gone; raises SandboxUnavailable when it is not in time."""
    with suppress(FileNotFoundError, ProcessLookupError):
        _wait_for(process, "State", ("T", "Z", "X"), seconds, "hold its init still")


def _wait_for(process: int, field: str, values: tuple[str, ...], seconds: float, purpose: str) -> None:
    """Return once a field of the status of a process begins with one of these values."""
    deadline = time.monotonic() + seconds
    while not _status(process).get(field, "").startswith(values):
        if time.monotonic() > deadline:
            raise SandboxUnavailable(f"The sandbox could not {purpose}; nothing was run.")
        time.sleep(0.0002)


def _landlock_abi() -> int:
    """The version that `landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION)` answers."""
    version: int = ctypes.CDLL(None, use_errno=True).syscall(
        ctypes.c_long(_LANDLOCK_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(1)
    )
    return max(0, version)


def _namespace(process: int | str, name: str) -> str:
    return os.readlink(f"/proc/{process}/ns/{name}")


def _status(process: int) -> dict[str, str]:
    with open(f"/proc/{process}/status", encoding="utf-8", errors="replace") as lines:
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
