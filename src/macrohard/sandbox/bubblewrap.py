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
import subprocess
import time
from contextlib import ExitStack, suppress
from itertools import pairwise
from pathlib import Path
from typing import IO, cast

from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import view
from macrohard.sandbox.command import Command, Completed
from macrohard.sandbox.filter import assemble
from macrohard.sandbox.inspection import Walls, require_walls, wait_for_filter, walls_around
from macrohard.sandbox.limits import impose
from macrohard.sandbox.python import this_python
from macrohard.sandbox.refusal import explain
from macrohard.sandbox.running import Handle, Running
from macrohard.sandbox.streams import Streams
from macrohard.sandbox.watch import Watch

_WALLS = (
    *("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup"),
    *("--disable-userns", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox"),
    *("--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"),
)
# The end of its input is a refusal, so nothing runs when the host gives up.
_GATE = 'echo; read -r go && [ "$go" = go ] || exit 1; unset go; exec "$@"'
_SET_UP_SECONDS = 30.0


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

    def _start(self, command: Command, held: ExitStack) -> Running:
        """Build the walls and stop at the gate."""
        bwrap, init = self._spawn(command, held)
        streams = Streams(*_pipes(bwrap), cap=command.limits.output_bytes)
        held.callback(streams.close)
        if not streams.first_line(_SET_UP_SECONDS):
            raise explain(self._bwrap, _complaint(bwrap))
        main = _child_of(init.pid)
        require_walls(main)
        # Init binds its life to ours and then loads the filter; held still before, it would outlive a host that is killed.
        wait_for_filter(init.pid, _SET_UP_SECONDS)
        impose(main, command.limits)
        with suppress(OSError):  # when memory runs out all the same, this is what the kernel should end first
            Path(f"/proc/{main}/oom_score_adj").write_text("1000")
        watch = self._watch(command, main, held)
        return Running(bwrap, init, Handle(main, held), _number_inside(main), streams, watch)

    def _spawn(self, command: Command, held: ExitStack) -> tuple[subprocess.Popen[bytes], Handle]:
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
        init = Handle(json.loads(information)["child-pid"], held)
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
