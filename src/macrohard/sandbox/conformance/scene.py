"""The host's side of the kit: things that must be the same after a hostile program as before it."""

from __future__ import annotations

import json
import os
import platform
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from macrohard.paths import cache_dir, state_dir
from macrohard.sandbox import syscalls
from macrohard.sandbox.command import Completed

_KEY = "MACROHARD_CANARY_KEY"
_GONE_SECONDS = 2.0


@dataclass
class Scene:
    """Canaries, listeners and a victim; made by `open_scene`."""

    secret: str
    folders: Mapping[str, Path]
    """Folders that hold one secret file each, by what they stand for; `given` is the one shown read-only."""
    workdir: Path
    sockets: Mapping[str, socket.socket]
    victim: subprocess.Popen[bytes]
    facts: dict[str, object] = field(default_factory=dict)
    _before: object = None
    _clock: float = 0.0
    _priority: int = 0
    """Of the victim: not 0 where Macrohard itself was started with another."""

    def arguments(self, token: str) -> str:
        """What a hostile program is told about the host, so that it can aim well."""
        return json.dumps({**self.facts, "token": token})

    def breaches(self, token: str, completed: Completed) -> Iterator[str]:
        """Everything that is not as it was."""
        if self.secret.encode() in completed.stdout + completed.stderr:
            yield "a secret of the host stands in its output"
        if self._look() != self._before:
            yield "files of the host were changed"
        yield from (f"a listener of the host was reached: {name}" for name in self.sockets if self._reached(name))
        if self.victim.poll() is not None or _is_signalled(self.victim.pid):
            yield "a process of the host was killed"
        elif _state(self.victim.pid) in "Tt":
            yield "a process of the host was stopped or traced"
        elif os.getpriority(os.PRIO_PROCESS, self.victim.pid) != self._priority:
            yield "the priority of a process of the host was changed"
        if left := _still_running(token):
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            yield f"processes were left over: {left}"
        if token in os.listdir("/dev/shm"):
            yield "a file was left in the host's /dev/shm"
        if abs(time.time() - time.monotonic() - self._clock) > 60:
            yield "the clock of the host was changed"
        if platform.node() != self.facts["node"]:
            yield "the host was renamed"
        yield from self._planted()

    def remember(self) -> None:
        """Take the present state as the one to compare with; a victim that died is replaced."""
        if self.victim.poll() is not None or _is_signalled(self.victim.pid):
            self.victim.wait()
            self.victim = _victim(self.secret)
            self.facts["victim"] = self.victim.pid
        self._before = self._look()
        self._clock = time.time() - time.monotonic()
        self._priority = os.getpriority(os.PRIO_PROCESS, self.victim.pid)

    def _look(self) -> object:
        return [
            (str(path), path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for folder in self.folders.values()
            for path in sorted(folder.rglob("*"))
        ]

    def _reached(self, name: str) -> bool:
        listener = self.sockets[name]
        with suppress(BlockingIOError):
            if listener.type == socket.SOCK_STREAM:
                listener.accept()[0].close()
            else:
                listener.recv(64)
            return True
        return False

    def _planted(self) -> Iterator[str]:
        for folder, _, names in os.walk(self.workdir):
            for name in names:
                mode = os.lstat(os.path.join(folder, name)).st_mode
                if mode & (stat.S_ISUID | stat.S_ISGID) or stat.S_ISBLK(mode) or stat.S_ISCHR(mode):
                    yield f"a set-user-ID file or a device was left in the working folder: {name}"

    def clear_workdir(self) -> None:
        """Empty the working folder for the next program."""
        for entry in os.scandir(self.workdir):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)


@contextmanager
def open_scene() -> Iterator[Scene]:
    """Set the scene and take it down again.

    Raises UserError when Macrohard's own folders cannot be written.
    """
    with ExitStack() as held:
        secret = "canary-" + secrets.token_hex(16)
        folders = {name: _folder(place, secret, held) for name, place in _places().items()}
        shm = Path("/dev/shm", "canary-" + secrets.token_hex(8))
        shm.write_text(secret)
        held.callback(shm.unlink, missing_ok=True)
        workdir = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="canary-work-")))
        sockets = _listeners(folders["given"], secret, held)
        _set_key(secret, held)
        scene = Scene(secret, folders, workdir, sockets, _victim(secret))
        held.callback(lambda: scene.victim.wait())
        held.callback(lambda: scene.victim.kill())
        scene.facts = _facts(scene, shm)
        scene.remember()
        yield scene


def _places() -> dict[str, Path]:
    return {
        "home": Path.home(),
        "cache": cache_dir(),
        "state": state_dir(),
        "tmp": Path(tempfile.gettempdir()),
        "given": Path(tempfile.gettempdir()),
    }


def _folder(place: Path, secret: str, held: ExitStack) -> Path:
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix=".canary-", dir=place)))
    (folder / "secret").write_text(secret)
    return folder


def _listeners(given: Path, secret: str, held: ExitStack) -> dict[str, socket.socket]:
    (given / "secret").rename(given / "given")
    (given / "given").write_text("no secret")
    name = "macrohard-" + secret[-16:]
    wanted: dict[str, tuple[int, int, tuple[str, int] | str]] = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM, str(given / "socket")),
        "datagrams": (socket.AF_UNIX, socket.SOCK_DGRAM, str(given / "datagrams")),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{name}"),
        "abstract-datagrams": (socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{name}-datagrams"),
    }
    made = {}
    for key, (family, kind, address) in wanted.items():
        made[key] = held.enter_context(socket.socket(family, kind))
        made[key].bind(address)
        if kind == socket.SOCK_STREAM:
            made[key].listen()
        made[key].setblocking(False)
    return made


def _set_key(secret: str, held: ExitStack) -> None:
    os.environ[_KEY] = secret
    held.callback(os.environ.pop, _KEY, None)


def _facts(scene: Scene, shm: Path) -> dict[str, object]:
    """What the programs may know; everything but the secret itself."""
    numbers = {"x86_64": syscalls.X86_64, "aarch64": syscalls.AARCH64}.get(platform.machine(), {})
    secret_files = {f"{name}_secret": str(scene.folders[name] / "secret") for name in ("home", "cache", "state", "tmp")}
    return {
        **secret_files,
        "home": str(Path.home()),
        "key": _KEY,
        "shm_name": shm.name,
        "tcp": scene.sockets["tcp"].getsockname()[1],
        "udp": scene.sockets["udp"].getsockname()[1],
        "unix": str(scene.folders["given"] / "socket"),
        "abstract": scene.sockets["abstract"].getsockname()[1:].decode(),
        "victim": scene.victim.pid,
        "host": os.getpid(),
        "source": str(Path(__file__).resolve()),
        "node": platform.node(),
        "syscalls": dict(numbers),
    }


def _victim(secret: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)", secret], start_new_session=True)


def _is_signalled(pid: int) -> bool:
    """Whether a signal is on its way to the process, which may take a moment to die of it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return any(int(line.split()[1], 16) for line in lines if line.startswith(("SigPnd", "ShdPnd")))


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]


def _still_running(token: str) -> list[int]:
    """Processes that carry the token in their command line; the kernel gets a moment to bury the dead."""
    deadline = time.monotonic() + _GONE_SECONDS
    while (found := _carrying(token)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def _carrying(token: str) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            with suppress(OSError):
                if token.encode() in Path(f"/proc/{name}/cmdline").read_bytes():
                    found.append(int(name))
    return found
