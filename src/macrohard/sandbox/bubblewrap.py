"""The sandbox built on bubblewrap.

A run, as a sentence: bubblewrap builds the walls and starts a gate inside; the gate says that it stands there and
waits; the host checks from outside that every wall is in force, sets the limits and holds the namespace's init still;
then it opens the gate, behind which the program takes the gate's place; the host watches until the program ends or
passes a limit, and kills the whole namespace.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, cast

from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import view
from macrohard.sandbox.command import Command, Completed, Ending
from macrohard.sandbox.filter import assemble
from macrohard.sandbox.inspection import Walls, require_walls, walls_around
from macrohard.sandbox.limits import impose
from macrohard.sandbox.python import this_python
from macrohard.sandbox.refusal import explain
from macrohard.sandbox.streams import Streams
from macrohard.sandbox.usage import Process
from macrohard.sandbox.watch import Watch

_WALLS = (
    *("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup"),
    *("--disable-userns", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox"),
    *("--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"),
)
# The end of its input is a refusal, so nothing runs when the host gives up.
_GATE = 'echo; read -r go && [ "$go" = go ] || exit 1; unset go; exec "$@"'
_SET_UP_SECONDS = 30.0
_END_SECONDS = 30.0
_FATAL_SIGNALS = frozenset(range(1, 32)) - {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH}


class BubblewrapSandbox:
    """Runs each command in namespaces of its own, under a system call filter, watched from outside."""

    name = "bubblewrap"

    def __init__(self, bwrap: Path) -> None:
        """`bwrap` is the executable; raises SandboxUnavailable on an architecture or Python that cannot be walled."""
        self._bwrap = bwrap
        self._filter = assemble()
        self._python = this_python()
        self.shown = view.shown(self._python)
        """Folders of the host that every program can read."""

    def run(self, command: Command) -> Completed:
        """Run one command and return what was observed.

        Raises SandboxUnavailable when a wall is missing (nothing was run then) and ValueError for a mount or working
        folder that is not allowed.
        """
        if not command.argv or "\0" in "".join(command.argv):
            raise ValueError("a command needs a program, and no zero byte in its arguments")
        with ExitStack() as held:
            return self._start(command, held).finish(command)

    def walls(self) -> Walls:
        """What is in force around a program that is about to run; raises SandboxUnavailable as `run` does."""
        with ExitStack() as held:
            return walls_around(self._start(Command(("true",)), held).main.pid)

    def _start(self, command: Command, held: ExitStack) -> _Inside:
        """Build the walls and stop at the gate."""
        bwrap, init = self._spawn(command, held)
        streams = Streams(*_pipes(bwrap), cap=command.limits.output_bytes)
        held.callback(streams.close)
        if not streams.first_line(_SET_UP_SECONDS):
            raise explain(self._bwrap, _complaint(bwrap))
        main = _child_of(init.pid)
        require_walls(main)
        impose(main, command.limits)
        with suppress(OSError):  # when memory runs out all the same, this is what the kernel should end first
            Path(f"/proc/{main}/oom_score_adj").write_text("1000")
        watch = self._watch(command, main, held)
        return _Inside(bwrap, init, _Handle(main, held), _number_inside(main), streams, watch)

    def _spawn(self, command: Command, held: ExitStack) -> tuple[subprocess.Popen[bytes], _Handle]:
        with ExitStack() as passed:
            options = [*_WALLS, "--seccomp", str(view.in_memory(self._filter, passed))]
            options += view.arguments(command, self._python, passed)
            for name, value in view.environment(command).items():
                options += ["--setenv", name, value]
            told, tell = os.pipe()
            passed.callback(os.close, told)
            options += ["--chdir", view.WORK, "--info-fd", str(tell)]
            listed = view.in_memory(b"\0".join(map(os.fsencode, options)), passed)
            try:
                bwrap = subprocess.Popen(
                    ["bwrap", "--args", str(listed), "--", "/bin/sh", "-c", _GATE, "sh", *command.argv],
                    executable=self._bwrap,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    bufsize=0,
                    env={},
                    pass_fds=[*_descriptors(options), listed],
                )
            finally:
                os.close(tell)
            held.callback(_end, bwrap)
            information = _read_object(told)
        if b"}" not in information:
            raise explain(self._bwrap, _complaint(bwrap))
        init = _Handle(json.loads(information)["child-pid"], held)
        held.callback(init.end)
        return bwrap, init

    def _watch(self, command: Command, main: int, held: ExitStack) -> Watch:
        """Everything is opened while the gate is closed, so nothing untrusted can have changed what is opened."""
        root = f"/proc/{main}/root"
        if command.workdir is None:
            return Watch(command.limits, root, None, view.WRITABLE, held)
        workdir = os.open(root + view.WORK, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        held.callback(os.close, workdir)
        private = tuple(place for place in view.WRITABLE if place != view.WORK)
        return Watch(command.limits, root, workdir, private, held)


class _Handle:
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
class _Inside:
    """A command that stands at the gate with all walls in force."""

    bwrap: subprocess.Popen[bytes]
    init: _Handle
    main: _Handle
    number: int
    """The main process as it is numbered inside."""
    streams: Streams
    watch: Watch

    def finish(self, command: Command) -> Completed:
        """Open the gate, watch, and kill all that is left."""
        # Held still, init leaves the ended program as a zombie whose exact status can be read from outside.
        self.init.send(signal.SIGSTOP)
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


def _descriptors(options: list[str]) -> list[int]:
    """The arguments among the options that are numbers of descriptors to hand over."""
    takes = {"--seccomp", "--info-fd", "--ro-bind-fd", "--bind-fd", "--ro-bind-data"}
    return [int(value) for option, value in pairwise(options) if option in takes]


def _pipes(bwrap: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    return cast("tuple[IO[bytes], IO[bytes], IO[bytes]]", (bwrap.stdin, bwrap.stdout, bwrap.stderr))


def _read_object(descriptor: int) -> bytes:
    """One JSON object as bubblewrap writes it; what there is when it does not come in time."""
    content, deadline = b"", time.monotonic() + _SET_UP_SECONDS
    while b"}" not in content and select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
        if not (chunk := os.read(descriptor, 4096)):
            break
        content += chunk
    return content


def _complaint(bwrap: subprocess.Popen[bytes]) -> str:
    """What bubblewrap said before it gave up."""
    bwrap.kill()
    stderr = _pipes(bwrap)[2]
    os.set_blocking(stderr.fileno(), True)
    return stderr.read(4096).decode(errors="replace").strip()


def _end(bwrap: subprocess.Popen[bytes]) -> None:
    bwrap.kill()
    bwrap.wait()
    for pipe in _pipes(bwrap):
        pipe.close()


def _child_of(init: int) -> int:
    """The only child of the namespace's init, in the host's numbering: the gate."""
    with suppress(FileNotFoundError):
        return int(Path(f"/proc/{init}/task/{init}/children").read_text().split()[0])
    for entry in Path("/proc").glob("[0-9]*/stat"):  # a kernel without CONFIG_PROC_CHILDREN
        with suppress(OSError):
            if int(entry.read_bytes().rpartition(b") ")[2].split()[1]) == init:
                return int(entry.parent.name)
    raise SandboxUnavailable("The sandbox lost its program before it ran; try again.")


def _number_inside(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("NSpid:"):
            return int(line.split()[-1])
    raise SandboxUnavailable("The kernel does not tell process numbers inside namespaces; use Linux 4.1 or later.")
