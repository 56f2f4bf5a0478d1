"""Looks at what is really in force on this machine. Every finding was observed, not read from settings."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import computed_field

from macrohard.errors import UserError
from macrohard.models import Machine, machine
from macrohard.paths import cache_dir, state_dir
from macrohard.sandbox import Walls, open_sandbox, walls
from macrohard.sandbox.conformance import SHORT, run_conformance
from macrohard.truth.check import Record

__all__ = ["Finding", "Health", "examine"]

State = Literal["good", "weak", "bad"]
"""`bad`: something cannot be done here until it is mended; `weak`: it works, but not as well as it could."""
GIBIBYTE = 1024**3
ROOM_BYTES = 4 * GIBIBYTE
"""Free space for the weights (1.1 GB), their converted form (1 GB) and some runs."""
MEMORY_BYTES = 4 * GIBIBYTE
"""What the embedded model needs beside the system: weights, cache of the context, and sandboxes."""


class Finding(Record):
    """One thing that was looked at."""

    area: str
    """'machine', 'sandbox', 'storage', 'model'."""
    subject: str
    state: State
    found: str
    """What was found, and what to do about it where it is not good."""


class Health(Record):
    """All findings."""

    schema_version: Literal["macrohard/doctor/v1"] = "macrohard/doctor/v1"
    findings: tuple[Finding, ...]

    @computed_field  # type: ignore[prop-decorator]  # pydantic documents that mypy cannot see through this pair
    @property
    def able(self) -> bool:
        """Whether nothing stands in the way of a build."""
        return all(finding.state != "bad" for finding in self.findings)


def examine(seen: Callable[[Finding], None]) -> Health:
    """Look at everything; `seen` is called with each finding as it comes."""
    findings = []
    state = machine()
    for area in (_machine(state), _storage(), _sandbox(), _model(state)):
        for finding in area:
            findings.append(finding)
            seen(finding)
    return Health(findings=tuple(findings))


def _machine(state: Machine) -> Iterator[Finding]:
    yield Finding(area="machine", subject="Python", state="good", found=f"{platform.python_version()} at {sys.prefix}")
    yield Finding(area="machine", subject="system", state="good", found=f"{platform.system()} {platform.release()}")
    slow = "no instructions that make the embedded model fast"
    kernels = ", ".join(state.kernels) or slow
    fast: State = "good" if state.kernels else "weak"
    yield Finding(area="machine", subject="processors", state=fast, found=f"{state.processors} with {kernels}")
    enough: State = "good" if state.available_bytes >= MEMORY_BYTES else "weak"
    memory = f"{_size(state.memory_bytes)}, {_size(state.available_bytes)} of it free"
    yield Finding(area="machine", subject="memory", state=enough, found=memory)


def _model(state: Machine) -> Iterator[Finding]:
    """The embedded model; it is weak only, since a build fetches what is missing and other models may be used."""
    engine = state.engine or "missing; install the extra 'embedded', or use another model"
    yield Finding(area="model", subject="engine", state="good" if state.engine else "weak", found=engine)
    whole = state.weights == "whole"
    weights = state.weights_path if whole else f"{state.weights}; get them with 'macrohard models pull'"
    yield Finding(area="model", subject="weights", state="good" if whole else "weak", found=weights)
    server = f"runs as process {state.server}" if state.server else "not running; the first question starts it"
    yield Finding(area="model", subject="server", state="good", found=server)


def _storage() -> Iterator[Finding]:
    yield Finding(area="storage", subject="SQLite", state="good", found=sqlite3.sqlite_version)
    for subject, folder in (("state", state_dir), ("cache", cache_dir)):
        try:
            free = shutil.disk_usage(folder()).free
        except UserError as error:
            yield Finding(area="storage", subject=subject, state="bad", found=str(error))
            continue
        enough = free >= ROOM_BYTES
        found = f"{_size(free)} free in {folder()}" + ("" if enough else f"; {_size(ROOM_BYTES)} are needed")
        yield Finding(area="storage", subject=subject, state="good" if enough else "weak", found=found)


def _sandbox() -> Iterator[Finding]:
    """Which walls the kernel tells of, and what hostile programs achieve against them."""
    try:
        sandbox, standing = open_sandbox(), walls()
    except UserError as error:
        yield Finding(area="sandbox", subject="walls", state="bad", found=str(error))
        return
    yield Finding(area="sandbox", subject="walls", state="good", found=_walls(sandbox.name, standing))
    for result in run_conformance(sandbox, SHORT):
        found = "contained" if result.contained else f"NOT contained: {result.breach}"
        yield Finding(area="sandbox", subject=result.tries, state="good" if result.contained else "bad", found=found)


def _walls(name: str, standing: Walls) -> str:
    return (
        f"{name}; namespaces {', '.join(standing.namespaces)}; {standing.seccomp_filters} system call filter; "
        f"no new privileges, no capabilities; limits by {standing.limited_by}"
    )


def _size(count: int) -> str:
    return f"{count / GIBIBYTE:.1f} GiB"
