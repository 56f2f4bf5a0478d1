"""Hostile programs that use up what the machine has."""

from __future__ import annotations

from dataclasses import replace

from macrohard.sandbox.command import Completed
from macrohard.sandbox.conformance.hostile import SMALL, Hostile
from macrohard.sandbox.printing import printable

_ESCAPES = b"\x1b]0;owned\x07\x1b[2J\x1b]52;c;Y2FuYXJ5\x07\x9b31m\r\x08\xe2\x80\xae\xff"


def _within_cap(completed: Completed) -> str | None:
    longest = max(len(completed.stdout), len(completed.stderr))
    return None if longest <= SMALL.output_bytes else f"{longest} bytes of output were kept"


def _plain_when_shown(completed: Completed) -> str | None:
    if completed.stdout != _ESCAPES:
        return f"the bytes were changed on their way: {completed.stdout[:80]!r}"
    shown = printable(completed.stdout)
    return None if all(char.isprintable() for char in shown) else f"unsafe characters are shown: {shown!r}"


RESOURCES = (
    Hostile(
        "memory-bomb",
        "take memory without end",
        """
kept = [bytearray(1 << 20) for _ in range(4096)]
""",
        endings=("memory",),
    ),
    Hostile(
        "memory-in-parts",
        "take memory in many processes that are each below the limit",
        """
kept = bytearray(os.urandom(1 << 20) * 24)
for _ in range(9):
    if os.fork() == 0:
        kept = bytearray(os.urandom(1 << 20) * 24)
        time.sleep(60)
        os._exit(0)
time.sleep(60)
""",
        endings=("memory",),
    ),
    Hostile(
        "fill-disk",
        "fill its private folders",
        """
for folder in ("/tmp", "/work", os.environ["HOME"], "/dev/shm"):
    for number in range(100):
        try:
            write(f"{folder}/{number}", bytes(4 << 20))
        except OSError:
            break
time.sleep(5)
""",
        endings=("disk",),
    ),
    Hostile(
        "fill-workdir",
        "fill the disk of the host through the working folder",
        """
for number in range(100):
    write(f"/work/{number}", bytes(4 << 20))
time.sleep(5)
""",
        endings=("disk",),
        in_workdir=True,
    ),
    Hostile(
        "fill-unseen",
        "fill the disk of the host with files that have no name",
        """
kept = []
for number in range(100):
    kept.append(open("/work/unseen", "wb"))
    os.remove("/work/unseen")
    kept[-1].write(bytes(4 << 20))
    kept[-1].flush()
time.sleep(5)
""",
        endings=("disk",),
        in_workdir=True,
    ),
    Hostile(
        "hide-folders",
        "hide files in folders that nobody may read",
        """
for number in range(100):
    os.mkdir(f"/work/{number}")
    write(f"/work/{number}/file", bytes(4 << 20))
    os.chmod(f"/work/{number}", 0)
time.sleep(5)
""",
        endings=("disk",),
        in_workdir=True,
    ),
    Hostile(
        "nest-folders",
        "hide files below more folders than a path can name",
        """
os.chdir("/work")
for number in range(60):
    os.mkdir("n" * 200)
    os.chdir("n" * 200)
for number in range(100):
    write(f"{number}", bytes(4 << 20))
time.sleep(5)
""",
        endings=("disk",),
        in_workdir=True,
    ),
    Hostile(
        "many-files",
        "make a hundred thousand empty files",
        """
os.mkdir("/tmp/many")
for number in range(100_000):
    os.close(os.open(f"/tmp/many/{number}", os.O_CREAT | os.O_WRONLY))
time.sleep(5)
""",
        endings=("disk",),
    ),
    Hostile(
        "large-file",
        "write one file beyond the largest allowed size",
        """
attempt("write", lambda: write("/tmp/large", bytes(12 << 20)))
attempt("truncate", lambda: os.truncate(os.open("/tmp/sparse", os.O_CREAT | os.O_RDWR), 1 << 40))
""",
        attempts=("write", "truncate"),
    ),
    Hostile(
        "flood-stdout",
        "write 10 GB to standard output",
        """
block = b"x" * (1 << 20)
for _ in range(10_000):
    os.write(1, block)
""",
        endings=("output",),
        judge=_within_cap,
    ),
    Hostile(
        "flood-stderr",
        "write 10 GB to standard error",
        """
block = b"x" * (1 << 20)
for _ in range(10_000):
    os.write(2, block)
""",
        endings=("output",),
        judge=_within_cap,
    ),
    Hostile(
        "deaf-to-stdin",
        "never read a large standard input",
        'print("ignored")',
        stdin=b"x" * (4 << 20),
    ),
    Hostile(
        "burn-cpu",
        "compute without end",
        "while True: pass",
        endings=("cpu",),
        limits=replace(SMALL, cpu_seconds=0.5),
    ),
    Hostile(
        "burn-cpu-in-parts",
        "compute without end in processes that are each below the limit",
        """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if os.fork() == 0:
        end = time.process_time() + 0.1
        while time.process_time() < end:
            pass
        os._exit(0)
    time.sleep(0.1)
""",
        endings=("cpu",),
        limits=replace(SMALL, cpu_seconds=0.5),
    ),
    Hostile(
        "sleep",
        "sleep without end",
        "time.sleep(3600)",
        endings=("wall",),
        limits=replace(SMALL, wall_seconds=0.5),
    ),
    Hostile(
        "open-files",
        "open files without end",
        """
def open_all():
    kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(2000)]
attempt("open", open_all)
""",
        attempts=("open",),
    ),
    Hostile(
        "terminal-escapes",
        "send control sequences to the terminal that shows its output",
        f"os.write(1, {_ESCAPES!r})",
        judge=_plain_when_shown,
    ),
)
