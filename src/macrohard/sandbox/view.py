"""What a program inside the walls can see: the arguments that build its file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from macrohard.sandbox.command import MEBIBYTE, Command
from macrohard.sandbox.python import Python

WORK, TEMPORARY, HOME, SHARED_MEMORY = "/work", "/tmp", "/run/home", "/dev/shm"
BIN = "/run/bin"
WRITABLE = (WORK, TEMPORARY, HOME, SHARED_MEMORY)
"""The only places that can be written."""

_RESERVED = ("work", "tmp", "home", "dev", "proc", "sys", "run", "usr", "bin", "sbin", "etc", "root")
_SYSTEM = ("bin", "sbin", "lib", "lib64", "libexec", "share")
_SYSTEM_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_ETC = ("ld.so.cache", "alternatives")
_SILENCED = ("kcore", "keys", "key-users", "kallsyms", "kmsg", "kpagecount", "kpageflags", "kpagecgroup")
_SILENCED_MORE = ("sched_debug", "timer_list", "slabinfo", "vmallocinfo", "sysrq-trigger", "config.gz")
_PASSWD = b"user:x:65534:65534::/run/home:/bin/sh\n"
_GROUP = b"user:x:65534:\n"


def environment(command: Command) -> dict[str, str]:
    """The whole environment inside; what the command sets wins. `PWD` is added by the programs that start it.

    Raises ValueError for what cannot be a variable.
    """
    if any(not name or "=" in name or "\0" in name + value for name, value in command.env.items()):
        raise ValueError("the name of a variable is empty or holds '=', or a variable holds a zero byte")
    path = f"{BIN}:/usr/bin:/bin"
    return {"PATH": path, "HOME": HOME, "LANG": "C.UTF-8", "TMPDIR": TEMPORARY, **command.env}


def arguments(command: Command, python: Python, held: ExitStack) -> list[str]:
    """The options of bubblewrap that make the file system of one command.

    Sources are opened here, without following a link in their last component, and handed over as descriptors that
    `held` closes; so no path can be swapped in between. Destinations are never below a folder that a program wrote.
    Raises ValueError for a mount or working folder that is not allowed.
    """
    options: list[str] = []
    options += _system()
    options += _small_files(held)
    options += _devices(command)
    options += ["--proc", "/proc", *_silenced()]
    options += _writable(command, held)
    options += _interpreter(python)  # after /tmp, below which it may live
    for inside, source in sorted(_checked(command.mounts, python).items()):
        options += ["--ro-bind-fd", str(_opened(source, held)), inside]
    # After these three nothing but WRITABLE can be written, not even a name in the root folder.
    return [*options, "--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"]


def _system() -> Iterator[str]:
    for name in _SYSTEM:
        if Path("/usr", name).is_dir() and not Path("/usr", name).is_symlink():
            yield from ("--ro-bind", f"/usr/{name}", f"/usr/{name}")
        elif Path("/usr", name).is_symlink():
            yield from ("--symlink", os.readlink(f"/usr/{name}"), f"/usr/{name}")
    for path in (Path("/", name) for name in _SYSTEM_LINKS):
        if path.is_symlink():
            yield from ("--symlink", os.readlink(path), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))


def _interpreter(python: Python) -> Iterator[str]:
    if not python.prefix.is_relative_to("/usr") or python.prefix.is_relative_to("/usr/local"):
        yield from ("--ro-bind", str(python.prefix), str(python.prefix))
    for folder in python.hidden:
        if any(folder.is_relative_to(place) for place in shown(python)):
            yield from ("--perms", "0555", "--size", "4096", "--tmpfs", str(folder), "--remount-ro", str(folder))
    for name in ("python3", "python"):
        yield from ("--symlink", str(python.interpreter), f"{BIN}/{name}")


def shown(python: Python) -> tuple[Path, ...]:
    """Folders of the host that every program can read, but for the masks in them."""
    system = tuple(Path("/usr", name) for name in _SYSTEM)
    return system if python.prefix == Path("/usr") else (python.prefix, *system)


def _small_files(held: ExitStack) -> Iterator[str]:
    for name, content in (("passwd", _PASSWD), ("group", _GROUP)):
        yield from ("--perms", "0444", "--ro-bind-data", str(in_memory(content, held)), f"/etc/{name}")
    for name in _ETC:
        if Path("/etc", name).exists():
            yield from ("--ro-bind", f"/etc/{name}", f"/etc/{name}")


def _devices(command: Command) -> Iterator[str]:
    yield from ("--perms", "0755", "--size", "65536", "--tmpfs", "/dev")
    for name in _DEVICES:
        yield from ("--dev-bind", f"/dev/{name}", f"/dev/{name}")
    for target, name in (("/proc/self/fd", "fd"), *((f"/proc/self/fd/{n}", s) for n, s in enumerate(_STREAMS))):
        yield from ("--symlink", target, f"/dev/{name}")
    yield from _private(SHARED_MEMORY, command)


_STREAMS = ("stdin", "stdout", "stderr")


def _silenced() -> Iterator[str]:
    """Files of `/proc` that tell about the kernel or its keys; real root could read some of them otherwise."""
    for name in (*_SILENCED, *_SILENCED_MORE):
        if Path("/proc", name).is_file():
            yield from ("--ro-bind", "/dev/null", f"/proc/{name}")


def _writable(command: Command, held: ExitStack) -> Iterator[str]:
    yield from _private(TEMPORARY, command)
    yield from _private(HOME, command)
    if command.workdir is None:
        yield from _private(WORK, command)
    else:
        yield from ("--bind-fd", str(_opened(command.workdir, held, folder=True)), WORK)


def _private(inside: str, command: Command) -> tuple[str, ...]:
    # A little more than the limit, so that passing it is seen from outside and can be named.
    return ("--perms", "0700", "--size", str(command.limits.disk_bytes + MEBIBYTE), "--tmpfs", inside)


def _checked(mounts: Mapping[str, Path], python: Python) -> dict[str, Path]:
    """Destinations must be plain, apart from each other, and away from all that is mounted already."""
    checked: dict[str, Path] = {}
    for inside, source in mounts.items():
        path = PurePosixPath(inside)
        top = path.parts[1] if len(path.parts) > 1 else ""
        plain = path.parts[:1] == ("/",) and str(path) == inside and ".." not in path.parts and "\0" not in inside
        taken = top in _RESERVED or top.startswith("lib") or top == python.prefix.parts[1]
        nested = any(path.is_relative_to(other) or PurePosixPath(other).is_relative_to(path) for other in checked)
        if not plain or not top or taken or nested:
            raise ValueError(f"the mount {inside!r} is not a plain absolute path in a top folder of its own")
        checked[inside] = source
    return checked


def _opened(source: Path, held: ExitStack, folder: bool = False) -> int:
    descriptor = os.open(source, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    held.callback(os.close, descriptor)
    kind = os.fstat(descriptor).st_mode
    if not (stat.S_ISDIR(kind) or (stat.S_ISREG(kind) and not folder)):
        raise ValueError(f"{source} is not a {'folder' if folder else 'folder or plain file'}")
    return descriptor


def in_memory(content: bytes, held: ExitStack) -> int:
    """A descriptor from which the content can be read once; `held` closes it."""
    descriptor = os.memfd_create("macrohard", os.MFD_CLOEXEC)
    held.callback(os.close, descriptor)
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
