"""Hostile programs that reach for other processes, or will not end."""

from __future__ import annotations

from dataclasses import replace

from macrohard.sandbox.command import Completed
from macrohard.sandbox.conformance.hostile import SMALL, Hostile

_SHORT = replace(SMALL, wall_seconds=0.5)


def _few_processes(completed: Completed) -> str | None:
    seen = int(completed.stdout.rpartition(b"seen:")[2].split()[0])
    return None if seen <= 4 else f"{seen} processes are visible inside"


def _own_status(completed: Completed) -> str | None:
    return None if completed.exit_status == 7 else f"the exit status 7 became {completed.exit_status}"


PROCESSES = (
    Hostile(
        "fork-bomb",
        "fork without end",
        """
for _ in range(11):  # 2048 processes where nothing stops it
    try:
        os.fork()
    except OSError:
        pass
time.sleep(5)
""",
        endings=("processes",),
    ),
    Hostile(
        "thread-bomb",
        "start threads without end",
        """
import threading
threading.stack_size(65536)
for _ in range(4000):
    try:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    except RuntimeError:
        time.sleep(0.01)
""",
        endings=("processes", "memory"),
    ),
    Hostile(
        "orphan-flood",
        "leave dead children to init without end",
        """
while True:
    try:
        if os.fork() == 0:
            os.fork()
            os._exit(0)
        os.wait()
    except OSError:
        time.sleep(0.01)
""",
        endings=("processes", "wall", "cpu"),
    ),
    Hostile(
        "kill-others",
        "kill the host's processes",
        """
attempt("victim", lambda: os.kill(T["victim"], signal.SIGKILL))
attempt("host", lambda: os.kill(T["host"], 0))
attempt("group", lambda: os.killpg(T["victim"], signal.SIGKILL))
""",
        attempts=("victim", "host", "group"),
    ),
    Hostile(
        "trace-others",
        "trace processes and read or write their memory",
        """
buffer = ctypes.create_string_buffer(64)
for name, target in (("init", 1), ("victim", T["victim"])):
    attempt(f"attach-{name}", lambda: syscall("ptrace", 16, target, 0, 0))
    attempt(f"seize-{name}", lambda: syscall("ptrace", 0x4206, target, 0, 0))
    attempt(f"memory-{name}", lambda: os.open(f"/proc/{target}/mem", os.O_RDWR))
    attempt(f"vm-{name}", lambda: syscall("process_vm_readv", target, buffer, 0, buffer, 0, 0))
attempt("traceme", lambda: syscall("ptrace", 0, 0, 0, 0))
""",
        attempts=("attach-init", "seize-init", "memory-init", "vm-init", "attach-victim", "seize-victim")
        + ("memory-victim", "vm-victim", "traceme"),
    ),
    Hostile(
        "read-other-processes",
        "read command lines and environments of others in /proc",
        """
for name in ("environ", "cmdline", "maps", "status"):
    attempt(name, lambda: read(f"/proc/{T['victim']}/{name}"))
for number in [name for name in os.listdir("/proc") if name.isdigit()]:
    for name in ("environ", "cmdline"):
        try:
            read(f"/proc/{number}/{name}")
        except OSError:
            pass
print("seen:", sum(name.isdigit() for name in os.listdir("/proc")))
""",
        attempts=("environ", "cmdline", "maps", "status"),
        judge=_few_processes,
    ),
    Hostile(
        "outlive-parent",
        "leave a daemon behind: forked twice, in a session of its own, deaf to signals, without streams",
        """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        for descriptor in (0, 1, 2):
            os.close(descriptor)
        time.sleep(60)
        os._exit(0)
    os._exit(0)
time.sleep(0.05)
os._exit(0)
""",
    ),
    Hostile(
        "hold-the-pipes",
        "leave a daemon behind that keeps standard output open, so that its reader waits",
        """
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
    os._exit(0)
print("gone", flush=True)
os._exit(0)
""",
        judge=lambda completed: f"it took {completed.wall_seconds:.1f} s" if completed.wall_seconds > 5 else None,
    ),
    Hostile(
        "ignore-signals",
        "ignore every signal and go on",
        """
for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
print("deaf", flush=True)
while True:
    time.sleep(1)
""",
        endings=("wall",),
        limits=_SHORT,
    ),
    Hostile(
        "stop-itself",
        "stop itself, so that waiting for it never ends",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        endings=("wall",),
        limits=_SHORT,
    ),
    Hostile(
        "close-everything",
        "close its streams and sleep on",
        """
for descriptor in (0, 1, 2):
    os.close(descriptor)
time.sleep(60)
""",
        endings=("wall",),
        limits=_SHORT,
    ),
    Hostile(
        "fight-init",
        "kill, stop and wake the init of its namespace",
        """
for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCONT):
    try:
        os.kill(1, number)
    except OSError:
        pass
time.sleep(0.1)
os._exit(7)
""",
        endings=("exit", "signal"),
        judge=_own_status,
    ),
)
