"""What all processes of one sandbox use together, read from outside through the `/proc` of their namespace."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_INODE_BYTES = 1024
"""What an empty file in a memory file system costs the kernel, about; so a million empty files count."""

_DEEPEST = 64
"""Folders within folders; each holds a descriptor of ours while it is walked."""


@dataclass(frozen=True, slots=True)
class Process:
    """One line of `/proc/PID/stat`; fields as in proc(5)."""

    number: int
    zombie: bool
    cpu_seconds: float
    children_cpu_seconds: float
    threads: int
    resident_bytes: int
    wait_status: int
    """As `os.wait` would give it; only meaningful for a zombie."""


def parse_stat(text: bytes) -> Process:
    """Read one `/proc/PID/stat`; the command name may hold spaces and brackets."""
    number, _, rest = text.partition(b" ")
    fields = rest.rpartition(b") ")[2].split()
    user, system, child_user, child_system = (int(field) for field in fields[11:15])
    return Process(
        number=int(number),
        zombie=fields[0] in (b"Z", b"X"),
        cpu_seconds=(user + system) / _TICKS,
        children_cpu_seconds=(child_user + child_system) / _TICKS,
        threads=int(fields[17]),
        resident_bytes=int(fields[21]) * _PAGE,
        wait_status=int(fields[49]),
    )


class Processes:
    """The processes of one PID namespace, seen through a descriptor of its own `/proc`."""

    def __init__(self, folder: int) -> None:
        self._folder = folder

    def one(self, number: int) -> Process | None:
        """One process by its number inside; none when it is gone."""
        try:
            return parse_stat(self._read(f"{number}/stat"))
        except (OSError, ValueError, IndexError):
            return None

    def all(self) -> list[Process]:
        """Every process, the namespace's init among them."""
        numbers = [int(name) for name in os.listdir(self._folder) if name.isdigit()]
        return [process for number in numbers if (process := self.one(number)) is not None]

    def proportional_bytes(self, process: Process) -> int:
        """Its resident memory with shared pages divided among their users; the plain figure where Linux hides it."""
        try:
            lines = self._read(f"{process.number}/smaps_rollup").splitlines()
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(b"Pss:"))
        except (OSError, StopIteration):
            return process.resident_bytes

    def unlinked_bytes(self, processes: list[Process], device: int) -> int:
        """Disk held by files of one device that are open but have no name any more."""
        held = {}
        for process in processes:
            for status in self._open_files(process.number):
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0 and status.st_dev == device:
                    held[status.st_ino] = status.st_blocks * 512
        return sum(held.values())

    def _open_files(self, number: int) -> Iterator[os.stat_result]:
        try:
            folder = os.open(f"{number}/fd", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self._folder)
        except OSError:
            return
        try:
            for name in os.listdir(folder):
                with suppress(OSError):
                    yield os.stat(name, dir_fd=folder)
        except OSError:  # it ended meanwhile
            return
        finally:
            os.close(folder)

    def _read(self, name: str) -> bytes:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._folder)
        try:
            return os.read(descriptor, 8192)
        finally:
            os.close(descriptor)


def memory_file_system_bytes(folder: int) -> int:
    """What is used in the memory file system behind a descriptor, its inodes included."""
    figures = os.fstatvfs(folder)
    return (figures.f_blocks - figures.f_bfree) * figures.f_frsize + (figures.f_files - figures.f_ffree) * _INODE_BYTES


def folder_bytes(folder: int, enough: int = sys.maxsize) -> int:
    """Disk used by the tree below a descriptor, or more than `enough` as soon as it is that much; never follows a link.

    Each folder is opened from the one above it, so that one that becomes a link meanwhile leads nowhere. Raises OSError when the tree
    is nested too deeply, or when a folder may not be read: what lies in it could be anything.
    """
    return _tree_bytes(folder, enough, set(), _DEEPEST)


def _tree_bytes(folder: int, enough: int, counted: set[int], deeper: int) -> int:
    total, below = 0, []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                total += _bytes_once(status, counted)
                below += [entry.name] if stat.S_ISDIR(status.st_mode) else []
            if total > enough:
                return total
    for name in below:
        total += _below(folder, name, enough - total, counted, deeper)
        if total > enough:
            break
    return total


def _bytes_once(status: os.stat_result, counted: set[int]) -> int:
    """A file with several names counts once."""
    if status.st_nlink > 1 and not stat.S_ISDIR(status.st_mode):
        if status.st_ino in counted:
            return 0
        counted.add(status.st_ino)
    return max(status.st_blocks * 512, _INODE_BYTES)


def _below(folder: int, name: str, enough: int, counted: set[int], deeper: int) -> int:
    if not deeper:
        raise OSError(errno.ENAMETOOLONG, "folders are nested too deeply", name)
    try:
        inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        if error.errno == errno.ELOOP:  # a link by now
            return 0
        raise
    try:
        return _tree_bytes(inner, enough, counted, deeper - 1)
    finally:
        os.close(inner)
