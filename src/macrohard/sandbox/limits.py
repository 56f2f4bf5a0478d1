"""The limits that Linux itself enforces, process by process, behind the back of the supervisor."""

from __future__ import annotations

import math
import os
import re
import resource

from macrohard.sandbox.command import MEBIBYTE, Limits

TASKS_PER_PROCESS = 8
"""Threads and dead processes that nobody waited for are cheap, but not free."""


def impose(process: int, limits: Limits) -> None:
    """Set the resource limits of one process of ours, and so of all its children.

    They are wider than `limits` where the supervisor has to see the limit passed in order to name it.
    """
    wanted = _wanted(limits)
    if _counts_per_namespace():
        wanted[resource.RLIMIT_NPROC] = _both(TASKS_PER_PROCESS * limits.processes + 8)
    for which, (soft, hard) in wanted.items():
        _, ceiling = resource.prlimit(process, which)
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.prlimit(process, which, (soft, hard))


def _counts_per_namespace() -> bool:
    """Since Linux 5.14 the limit counts inside one user namespace; before, it counted all processes of the user."""
    major, minor = os.uname().release.split(".")[:2]
    return (int(major), int(re.match(r"\d+", minor)[0])) >= (5, 14)  # type: ignore[index]


def _wanted(limits: Limits) -> dict[int, tuple[int, int]]:
    cpu = math.ceil(limits.cpu_seconds)
    return {
        resource.RLIMIT_CPU: (cpu + 1, cpu + 2),
        resource.RLIMIT_FSIZE: _both(limits.file_bytes),
        resource.RLIMIT_NOFILE: _both(limits.open_files),
        resource.RLIMIT_DATA: _both(2 * limits.memory_bytes + 256 * MEBIBYTE),
        # Address space is often reserved and never used: thread stacks, allocator arenas.
        resource.RLIMIT_AS: _both(4 * limits.memory_bytes + 2048 * MEBIBYTE),
        resource.RLIMIT_STACK: _both(8 * MEBIBYTE),
        resource.RLIMIT_MEMLOCK: _both(64 * 1024),
        resource.RLIMIT_MSGQUEUE: _both(0),
        # One, not zero: a core dump that is piped to a program of the host is prevented by exactly this value.
        resource.RLIMIT_CORE: _both(1),
    }


def _both(value: int) -> tuple[int, int]:
    return value, value
