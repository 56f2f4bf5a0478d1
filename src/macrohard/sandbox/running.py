"""A program that stands at the gate of the sandbox, and then runs until it ends or passes a limit."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from macrohard.sandbox.command import Command, Completed, Ending
from macrohard.sandbox.inspection import wait_until_stopped
from macrohard.sandbox.streams import Streams
from macrohard.sandbox.usage import Process
from macrohard.sandbox.watch import Watch

_STOP_SECONDS = 30.0
_END_SECONDS = 30.0
_FATAL_SIGNALS = frozenset(range(1, 32)) - {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH}


class Handle:
    """One process that cannot be mistaken for a later one with the same number."""

    def __init__(self, pid: int, held: ExitStack) -> None:
        self.pid = pid
        self.descriptor = os.pidfd_open(pid)
        held.callback(os.close, self.descriptor)

    def send(self, number: signal.Signals) -> None:
        """Send a signal; nothing happens when the process is gone."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.descriptor, number)

    def end(self) -> None:
        """Kill it and wait until it is gone; when it is an init, that means its whole namespace."""
        self.send(signal.SIGKILL)
        if not select.select([self.descriptor], [], [], _END_SECONDS)[0]:
            raise RuntimeError(f"process {self.pid} of the sandbox did not end within {_END_SECONDS:.0f} s of SIGKILL")


@dataclass
class Running:
    """A command that stands at the gate with all walls in force."""

    bwrap: subprocess.Popen[bytes]
    init: Handle
    main: Handle
    number: int
    """The main process as it is numbered inside."""
    streams: Streams
    watch: Watch

    def finish(self, command: Command) -> Completed:
        """Open the gate, watch, and kill all that is left."""
        # Held still, init leaves the ended program as a zombie whose exact status can be read from outside.
        # Until it has stopped it would reap a program that ends at once, and the status would be lost.
        self.init.send(signal.SIGSTOP)
        wait_until_stopped(self.init.pid, _STOP_SECONDS)
        started = time.monotonic()
        self.streams.also_watch(self.main.descriptor)
        self.streams.send(b"go\n" + command.stdin)
        breach = self._until_ended(started, command.limits.wall_seconds)
        wall_seconds = time.monotonic() - started
        breach = breach or self.watch.sample(final=True)
        process = self.watch.main_process(self.number) if breach is None else None
        self.init.end()
        self.streams.drain()
        if breach is None and self.streams.overflowed:
            breach = "output"
        ending, status = (breach, None) if breach else self._own_ending(process)
        return Completed(
            exit_status=status,
            stdout=self.streams.stdout,
            stderr=self.streams.stderr,
            ending=ending,
            wall_seconds=wall_seconds,
            cpu_seconds=self.watch.cpu_seconds,
            peak_memory_bytes=self.watch.peak_memory_bytes,
        )

    def _until_ended(self, started: float, wall_seconds: float) -> Ending | None:
        """Move bytes and sample until the main process ends by itself (none) or a wall is passed."""
        due = started
        while True:
            now = time.monotonic()
            if now - started > wall_seconds:
                return "wall"
            if now >= due:
                if breach := self.watch.sample():
                    return breach
                due = now + self.watch.interval
            if self.streams.wait(min(due, started + wall_seconds) - now):
                return None
            if self.streams.overflowed:
                return "output"

    def _own_ending(self, process: Process | None) -> tuple[Ending, int | None]:
        """How the program ended by itself; a limit that the kernel enforced by a signal is named."""
        if process is not None and process.zombie:
            code = os.waitstatus_to_exitcode(process.wait_status)
        else:  # the program woke init up; what bubblewrap reports then follows the custom of shells
            code = self.bwrap.wait()
            code = 128 - code if code - 128 in _FATAL_SIGNALS else code
        if code >= 0:
            return "exit", code
        named: dict[int, Ending] = {signal.SIGXCPU: "cpu", signal.SIGXFSZ: "disk"}
        return named.get(-code, "signal"), None
