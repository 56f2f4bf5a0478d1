"""Feeds and drains the three pipes of a running program without ever waiting for it."""

from __future__ import annotations

import os
import select
import selectors
from typing import IO

_CHUNK = 65536


class Streams:
    """Non-blocking pipes of one program; what exceeds `cap` bytes per stream is dropped and noted."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], stderr: IO[bytes], cap: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._cap = cap
        self._kept = {stdout.fileno(): bytearray(), stderr.fileno(): bytearray()}
        self._stdin, self._stdout, self._stderr = stdin, stdout, stderr
        self._input = stdin.fileno()
        self._unsent = memoryview(b"")
        self.overflowed = False
        for pipe in (stdin, stdout, stderr):
            os.set_blocking(pipe.fileno(), False)
        for number in self._kept:
            self._selector.register(number, selectors.EVENT_READ)

    @property
    def stdout(self) -> bytes:
        """What was kept of standard output."""
        return bytes(self._kept[self._stdout.fileno()])

    @property
    def stderr(self) -> bytes:
        """What was kept of standard error."""
        return bytes(self._kept[self._stderr.fileno()])

    def also_watch(self, descriptor: int) -> None:
        """Let `wait` return when this descriptor becomes readable."""
        self._selector.register(descriptor, selectors.EVENT_READ)

    def first_line(self, seconds: float) -> bool:
        """Take an empty first line off standard output; false when there is none within this time."""
        number = self._stdout.fileno()
        return bool(select.select([number], [], [], seconds)[0]) and os.read(number, 1) == b"\n"

    def send(self, content: bytes) -> None:
        """Queue all of standard input; it is closed behind the last byte."""
        self._unsent = memoryview(content)
        self._selector.register(self._input, selectors.EVENT_WRITE)

    def wait(self, seconds: float) -> set[int]:
        """Move bytes for at most about this long; returns the extra descriptors that became readable."""
        ready = set()
        for key, _ in self._selector.select(max(0.0, seconds)):
            if key.fd in self._kept:
                self._read(key.fd)
            elif key.fd == self._input:
                self._write()
            else:
                ready.add(key.fd)
        return ready

    def drain(self) -> None:
        """Read what is left; the writers must be dead."""
        for number in list(self._kept):
            os.set_blocking(number, True)  # with no writer left this ends at once
            while number in self._selector.get_map():
                self._read(number)

    def close(self) -> None:
        """Stop watching; the pipes are closed by whoever opened them, after their other ends are dead."""
        self._selector.close()

    def _read(self, number: int) -> None:
        try:
            chunk = os.read(number, _CHUNK)
        except BlockingIOError:
            return
        if not chunk:
            self._selector.unregister(number)
            return
        kept = self._kept[number]
        room = self._cap - len(kept)
        self.overflowed = self.overflowed or len(chunk) > room
        kept += chunk[:room]

    def _write(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._input, self._unsent[:_CHUNK]) :]
        except BlockingIOError:
            return
        except BrokenPipeError:  # the program does not want to read on, which is its right
            self._unsent = memoryview(b"")
        if not self._unsent:
            self._selector.unregister(self._input)
            self._stdin.close()
