"""Runs the hostile programs against any sandbox and says which walls held."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from macrohard.sandbox.command import Command, Completed, Sandbox
from macrohard.sandbox.conformance.files import FILES
from macrohard.sandbox.conformance.hostile import PRELUDE, Hostile
from macrohard.sandbox.conformance.kernel import KERNEL
from macrohard.sandbox.conformance.network import NETWORK
from macrohard.sandbox.conformance.processes import PROCESSES
from macrohard.sandbox.conformance.resources import RESOURCES
from macrohard.sandbox.conformance.scene import Scene, open_scene

HOSTILE: dict[str, Hostile] = {hostile.name: hostile for hostile in (*FILES, *PROCESSES, *NETWORK, *KERNEL, *RESOURCES)}
"""Every hostile program by name."""

SHORT: tuple[str, ...] = (
    *("read-home", "touch-ledger", "read-environment", "write-outside", "connect-tcp", "new-namespaces"),
    *("kill-others", "outlive-parent", "memory-bomb", "flood-stdout"),
)
"""A selection that touches every kind of wall within a few seconds, for `macrohard doctor`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one hostile program."""

    name: str
    tries: str
    contained: bool
    breach: str | None
    """What it achieved, when it was not contained."""
    seconds: float


def run_conformance(
    sandbox: Sandbox, names: Iterable[str] | None = None, seen: Callable[[Result], None] | None = None
) -> list[Result]:
    """Run the hostile programs (all, or those named) one after the other; nothing is raised for a breach.

    `seen` is called with each result as it comes. Raises KeyError for a name that does not exist, UserError when the
    scene cannot be set, and what the sandbox raises when it cannot run at all.
    """
    chosen = [HOSTILE[name] for name in (HOSTILE if names is None else names)]
    results = []
    with open_scene() as scene:
        for hostile in chosen:
            results.append(_result(sandbox, hostile, scene))
            if seen:
                seen(results[-1])
    return results


def _result(sandbox: Sandbox, hostile: Hostile, scene: Scene) -> Result:
    token = "canary-token-" + secrets.token_hex(8)
    scene.clear_workdir()
    started = time.monotonic()
    completed = sandbox.run(_command(hostile, scene, token))
    breach = "; ".join(_breaches(hostile, scene, token, completed)) or None
    scene.remember()
    return Result(hostile.name, hostile.tries, breach is None, breach, time.monotonic() - started)


def _breaches(hostile: Hostile, scene: Scene, token: str, completed: Completed) -> list[str]:
    found = list(scene.breaches(token, completed))
    own = hostile.breach(completed)
    return [*found, own] if own else found


def _command(hostile: Hostile, scene: Scene, token: str) -> Command:
    return Command(
        argv=("python3", "-c", PRELUDE + hostile.source, token, scene.arguments(token)),
        stdin=hostile.stdin,
        workdir=scene.workdir if hostile.in_workdir else None,
        mounts={"/canary": scene.folders["given"]},
        limits=hostile.limits,
    )
