"""The supervisor: looks at a running sandbox from outside and says which limit it has passed."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, suppress

from macrohard.sandbox.command import Ending, Limits
from macrohard.sandbox.limits import TASKS_PER_PROCESS
from macrohard.sandbox.usage import Process, Processes, folder_bytes, memory_file_system_bytes

_EARLY = (0.001, 0.002, 0.004, 0.008)
_INTERVAL = 0.02
_DISK_SHARE = 10
"""Walking the working folder may take one part in this many of the time."""


class Watch:
    """Samples one sandbox; the peaks it saw stay readable after the end."""

    def __init__(
        self, limits: Limits, root: str, workdir: int | None, private: tuple[str, ...], held: ExitStack
    ) -> None:
        """`root` is the path of the sandbox's root as seen from the host, `private` its memory file systems."""
        self._limits = limits
        self._processes = Processes(_folder(f"{root}/proc", held))
        self._private = [_folder(root + inside, held) for inside in private]
        self._workdir = workdir
        self._written_before = 0
        with suppress(OSError):  # what cannot be measured is taken for full when it is looked at
            self._written_before = self._in_workdir([])
        self._next_walk = 0.0
        self._samples = 0
        self._cpu_of: dict[int, float] = {}
        self.cpu_seconds = 0.0
        self.peak_memory_bytes = 0

    @property
    def interval(self) -> float:
        """Seconds until the next sample is due: short at first, so that quick programs are seen too."""
        return _EARLY[self._samples] if self._samples < len(_EARLY) else _INTERVAL

    def main_process(self, number: int) -> Process | None:
        """The main process by its number inside."""
        return self._processes.one(number)

    def sample(self, final: bool = False) -> Ending | None:
        """Look once; the wall that has been passed, if any. The last look walks the working folder in any case."""
        self._samples += 1
        everyone = self._processes.all()
        ours = [process for process in everyone if process.number != 1]
        self._count_cpu(everyone)
        if self.cpu_seconds > self._limits.cpu_seconds:
            return "cpu"
        alive = [process for process in ours if not process.zombie]
        tasks = sum(process.threads for process in alive) + len(ours) - len(alive)
        if len(alive) > self._limits.processes or tasks > TASKS_PER_PROCESS * self._limits.processes:
            return "processes"
        if self._memory(alive) > self._limits.memory_bytes:
            return "memory"
        return "disk" if self._disk(alive, final) > self._limits.disk_bytes else None

    def _count_cpu(self, everyone: list[Process]) -> None:
        """The larger of two sums that each miss something: the tree with its waited-for children, and all ever seen."""
        for process in everyone:
            if process.number != 1:
                self._cpu_of[process.number] = max(self._cpu_of.get(process.number, 0.0), process.cpu_seconds)
        own = sum(process.cpu_seconds for process in everyone if process.number != 1)
        tree = own + sum(process.children_cpu_seconds for process in everyone)
        self.cpu_seconds = max(self.cpu_seconds, tree, sum(self._cpu_of.values()))

    def _memory(self, alive: list[Process]) -> int:
        used = sum(process.resident_bytes for process in alive)
        if used > self._limits.memory_bytes:
            # Resident sizes count shared pages once per process; the exact figure is dear, so it is asked for last.
            used = sum(self._processes.proportional_bytes(process) for process in alive)
        self.peak_memory_bytes = max(self.peak_memory_bytes, used)
        return used

    def _disk(self, alive: list[Process], final: bool) -> int:
        used = sum(memory_file_system_bytes(folder) for folder in self._private)
        if self._workdir is None or (time.monotonic() < self._next_walk and not final):
            return used
        started = time.monotonic()
        try:
            used += self._in_workdir(alive, self._written_before + self._limits.disk_bytes) - self._written_before
        except OSError:  # nested too deeply, or hidden from whoever looks
            used = self._limits.disk_bytes + 1
        self._next_walk = time.monotonic() + _DISK_SHARE * (time.monotonic() - started)
        return used

    def _in_workdir(self, alive: list[Process], enough: int = sys.maxsize) -> int:
        if self._workdir is None:
            return 0
        device = os.fstat(self._workdir).st_dev
        return folder_bytes(self._workdir, enough) + self._processes.unlinked_bytes(alive, device)


def _folder(path: str, held: ExitStack) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    held.callback(os.close, descriptor)
    return descriptor
