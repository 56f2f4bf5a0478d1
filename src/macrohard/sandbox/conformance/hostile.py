"""The shape of one hostile program, and the words in which it reports what it tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from macrohard.sandbox.command import MEBIBYTE, Completed, Ending, Limits

SMALL = Limits(
    cpu_seconds=5,
    wall_seconds=10,
    memory_bytes=128 * MEBIBYTE,
    processes=24,
    open_files=64,
    file_bytes=8 * MEBIBYTE,
    disk_bytes=16 * MEBIBYTE,
    output_bytes=64 * 1024,
)

CONTAINED = frozenset(
    # Errors that a wall answers with. EFAULT or EINVAL would only say that the attempt was clumsy.
    ("EPERM", "EACCES", "ENOSYS", "ENOENT", "EROFS", "ESRCH", "EXDEV", "ENXIO", "ENODEV", "EMFILE", "EFBIG")
    + ("EAFNOSUPPORT", "EPROTONOSUPPORT", "ENETUNREACH", "ECONNREFUSED", "EHOSTUNREACH", "ENOTDIR", "ELOOP", "EAGAIN")
    + ("ENOMEM", "killed")
)

PRELUDE = '''
import ctypes, errno, json, os, signal, socket, stat, sys, time
T = json.loads(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)

def attempt(name, call):
    """Do it in a child, so that being killed for it is an answer too, and report the answer."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 0
        try:
            call()
        except MemoryError:
            code = errno.ENOMEM
        except OSError as error:
            code = error.errno if error.errno and error.errno > 0 else errno.ENOENT
        except BaseException as error:
            print(type(error).__name__, error, flush=True)
            code = 255
        sys.stdout.flush()
        os._exit(code)
    status = os.waitpid(child, 0)[1]
    code = None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    word = "killed" if code is None else "done" if code == 0 else errno.errorcode.get(code, "crashed")
    print(f"{name}: {word}", flush=True)

def syscall(name, *arguments):
    """A raw system call; raises OSError, with ENOSYS where the architecture does not have it."""
    if name not in T["syscalls"]:
        raise OSError(errno.ENOSYS, name)
    plain = [ctypes.c_char_p(a) if isinstance(a, bytes) else a if isinstance(a, ctypes._SimpleCData)
             or isinstance(a, ctypes.Array) else ctypes.c_long(a) for a in arguments]
    result = libc.syscall(ctypes.c_long(T["syscalls"][name]), *plain)
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result

def read(path):
    with open(path, "rb") as file:
        print(file.read(65536).decode(errors="replace"))

def write(path, content=b"overwritten"):
    with open(path, "ab") as file:
        file.write(content)
'''


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile program; whatever it does, the scene must look the same afterwards."""

    name: str
    tries: str
    """What it tries, as a phrase."""
    source: str
    """Python that runs after `PRELUDE`."""
    attempts: tuple[str, ...] = ()
    """What it reports by name; each must have been tried and answered by a wall."""
    endings: tuple[Ending, ...] = ("exit",)
    """How it may end."""
    limits: Limits = SMALL
    stdin: bytes = b""
    in_workdir: bool = False
    """Whether it works in a folder of the host."""
    judge: Callable[[Completed], str | None] | None = None
    """A further look at what was observed; returns the breach."""

    def breach(self, completed: Completed) -> str | None:
        """What is wrong with what was observed of the program itself."""
        if completed.ending not in self.endings:
            wanted = " or ".join(self.endings)
            tail = completed.stderr.decode(errors="replace").strip().splitlines()[-1:]
            return f"it ended by {completed.ending} instead of {wanted} {' '.join(tail)}".strip()
        if self.endings == ("exit",) and completed.exit_status != 0:
            return f"it failed before it was done: {completed.stderr.decode(errors='replace')[-300:]}"
        answers = {name: _answer(name, completed.stdout) for name in self.attempts}
        if through := [f"{name}: {answer}" for name, answer in answers.items() if answer not in CONTAINED]:
            return ", ".join(through)
        return self.judge(completed) if self.judge else None


def _answer(name: str, stdout: bytes) -> str:
    found = re.search(rf"^{re.escape(name)}: (\w+)$", stdout.decode(errors="replace"), re.MULTILINE)
    return found[1] if found else "never tried"
