"""The kit itself can fail: a sandbox that lacks a wall is found out, and the wall is named by what got through."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macrohard.paths import state_dir
from macrohard.sandbox import Command, Completed, Sandbox, bubblewrap, running, view
from macrohard.sandbox.conformance import HOSTILE, run_conformance

ALLOW_ALL = bytes.fromhex("060000000000ff7f")


class NoWalls:
    """A plain child process. Only programs that harm nothing but the canaries are given to it."""

    name = "no walls"

    def run(self, command: Command) -> Completed:
        argv = [sys.executable, *command.argv[1:]]
        done = subprocess.run(argv, input=command.stdin, capture_output=True, check=False)
        return Completed(done.returncode, done.stdout, done.stderr, "exit", 0.0, 0.0, 0)


class SaysAllIsWell:
    """Runs nothing and reports success."""

    name = "says all is well"

    def run(self, command: Command) -> Completed:
        return Completed(0, b"", b"", "exit", 0.0, 0.0, 0)


def breach(sandbox: Sandbox, name: str) -> str:
    """What the kit found; fails when it found nothing."""
    result = run_conformance(sandbox, [name])[0]
    assert not result.contained and result.breach
    return result.breach


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("read-environment", "a secret of the host stands in its output"),
        ("read-weights", "a secret of the host stands in its output"),
        ("read-weights", "files of the host were changed"),
        ("touch-ledger", "files of the host were changed"),
        ("read-home", "canary: done"),
        ("read-other-tmp", "files of the host were changed"),
        ("connect-tcp", "a listener of the host was reached: tcp"),
        ("send-udp", "a listener of the host was reached: udp"),
        ("connect-unix", "a listener of the host was reached: unix"),
        ("connect-abstract", "a listener of the host was reached: abstract"),
        ("redirect-pair", "a listener of the host was reached: abstract-datagrams"),
        ("kill-others", "a process of the host was killed"),
        ("outlive-parent", "processes were left over"),
        ("read-other-processes", "cmdline: done"),
        ("shared-memory-files", "a file was left in the host's /dev/shm"),
        ("shared-memory-files", "read: done"),
        ("read-packages", "done"),
        ("listen", "listen: done"),
    ],
)
def test_without_any_wall_the_program_gets_through(name: str, expected: str) -> None:
    try:
        assert expected in breach(NoWalls(), name)
    finally:
        for left in Path("/dev/shm").glob("canary-token-*"):
            left.unlink()


@pytest.mark.parametrize("name", [name for name, hostile in HOSTILE.items() if hostile.attempts])
def test_a_program_that_was_never_run_is_not_contained(name: str) -> None:
    assert "never tried" in breach(SaysAllIsWell(), name)


def test_a_limit_that_is_not_named_is_a_breach() -> None:
    limited = [name for name, hostile in HOSTILE.items() if "exit" not in hostile.endings]
    assert len(limited) >= 15
    assert all(not result.contained for result in run_conformance(SaysAllIsWell(), limited))


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The real sandbox with its own check of the walls switched off, so that one wall can be left out."""
    monkeypatch.setattr(bubblewrap, "require_walls", lambda process: None)
    return monkeypatch


def without_filter(unchecked: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    unchecked.setattr(sandbox, "_filter", ALLOW_ALL)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plant-set-user-id", "a set-user-ID file or a device was left"),
        ("keyring", "add: done"),
        ("unseen-memory", "memfd: done"),
        ("trace-others", "traceme: done"),
        ("foreign-calls", "personality: done"),
        ("listen", "listen: done"),
    ],
)
def test_without_the_filter_system_calls_get_through(
    unchecked: pytest.MonkeyPatch, sandbox: Sandbox, name: str, expected: str
) -> None:
    without_filter(unchecked, sandbox)
    assert expected in breach(sandbox, name)


def test_without_filter_and_network_namespace_the_host_is_reached(
    unchecked: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    without_filter(unchecked, sandbox)
    unchecked.setattr(bubblewrap, "_WALLS", tuple(o for o in bubblewrap._WALLS if o != "--unshare-net"))
    assert "a listener of the host was reached: tcp" in breach(sandbox, "connect-tcp")
    assert "a listener of the host was reached: abstract" in breach(sandbox, "connect-abstract")


def test_with_the_network_namespace_alone_the_host_is_still_not_reached(
    unchecked: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    without_filter(unchecked, sandbox)
    assert [result.breach for result in run_conformance(sandbox, ["connect-tcp", "connect-abstract"])] == [None, None]


def test_a_home_that_is_shown_is_found(unchecked: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    original = view.arguments

    def with_home(command: Command, *rest: object) -> list[str]:
        shown = [option for path in (Path.home(), state_dir()) for option in ("--bind", str(path), str(path))]
        return [*original(command, *rest)[:-6], *shown]  # type: ignore[arg-type]

    unchecked.setattr(view, "arguments", with_home)
    assert "a secret of the host" in breach(sandbox, "read-home")
    assert "files of the host were changed" in breach(sandbox, "touch-ledger")


def test_a_root_that_can_be_written_is_found(unchecked: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    original = view.arguments
    unchecked.setattr(view, "arguments", lambda *given: original(*given)[:-6])
    assert "done" in breach(sandbox, "write-outside")


def test_an_environment_that_is_handed_on_is_found(unchecked: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    original = view.environment
    unchecked.setattr(view, "environment", lambda command: {**os.environ, **original(command)})
    assert "a secret of the host" in breach(sandbox, "read-environment")


@pytest.mark.parametrize("name", ["sleep", "burn-cpu", "fill-disk", "memory-in-parts", "orphan-flood"])
def test_a_supervisor_that_does_not_look_is_found(unchecked: pytest.MonkeyPatch, sandbox: Sandbox, name: str) -> None:
    def asleep(inside: object, started: float, wall_seconds: float) -> str:
        return "signal"

    unchecked.setattr(running.Running, "_until_ended", asleep)
    assert "it ended by signal instead of" in breach(sandbox, name)
