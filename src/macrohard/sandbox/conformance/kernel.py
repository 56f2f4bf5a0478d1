"""Hostile programs that reach for the kernel by raw system calls."""

from __future__ import annotations

from macrohard.sandbox.conformance.hostile import Hostile

KERNEL = (
    Hostile(
        "io-uring",
        "do system calls through a ring that filters do not see",
        """
attempt("setup", lambda: syscall("io_uring_setup", 8, ctypes.create_string_buffer(256)))
attempt("register", lambda: syscall("io_uring_register", 0, 0, 0, 0))
""",
        attempts=("setup", "register"),
    ),
    Hostile(
        "keyring",
        "read and write the kernel's keyrings",
        """
attempt("add", lambda: syscall("add_key", b"user", b"canary", b"x", 1, -3))
attempt("session", lambda: syscall("keyctl", 0, -3, 0, 0, 0))
attempt("request", lambda: syscall("request_key", b"user", b"canary", 0, -3))
attempt("keys", lambda: print(open("/proc/keys").read()[:1] or "", end="") or os.stat("/proc/keys-of-nobody"))
""",
        attempts=("add", "session", "request", "keys"),
    ),
    Hostile(
        "mount",
        "mount, move and clone file systems by the old and the new calls",
        """
import tempfile
target = tempfile.mkdtemp(prefix=T["token"]).encode()
def mount(source, kind, flags):
    syscall("mount", source, target, kind, flags, 0)
    syscall("umount2", target, 2)
attempt("tmpfs", lambda: mount(b"none", b"tmpfs", 0))
attempt("bind", lambda: mount(b"/", b"", 4096))
attempt("proc", lambda: mount(b"proc", b"proc", 0))
attempt("unmount", lambda: syscall("umount2", target, 2))
attempt("fsopen", lambda: syscall("fsopen", b"tmpfs", 0))
attempt("open_tree", lambda: syscall("open_tree", -100, b"/", 1))
attempt("move_mount", lambda: syscall("move_mount", -100, target, -100, target, 0))
attempt("mount_setattr", lambda: syscall("mount_setattr", -100, b"/usr/lib", 0, ctypes.create_string_buffer(32), 32))
""",
        attempts=("tmpfs", "bind", "proc", "unmount", "fsopen", "open_tree", "move_mount", "mount_setattr"),
    ),
    Hostile(
        "new-namespaces",
        "make or enter namespaces, where it would have every capability",
        """
for name, flag in dict(user=0x10000000, mnt=0x20000, net=0x40000000, pid=0x20000000, ipc=0x8000000).items():
    attempt(f"unshare-{name}", lambda: syscall("unshare", flag))
    attempt(f"clone-{name}", lambda: syscall("clone", flag | 17, 0, 0, 0, 0) or os._exit(0))
arguments = (ctypes.c_uint64 * 8)(0x10000000, 0, 0, 0, 17, 0, 0, 0)
attempt("clone3", lambda: syscall("clone3", arguments, 64) or os._exit(0))
attempt("enter", lambda: syscall("setns", os.open("/proc/1/ns/mnt", os.O_RDONLY), 0))
""",
        attempts=tuple(f"{way}-{name}" for name in ("user", "mnt", "net", "pid", "ipc") for way in ("unshare", "clone"))
        + ("clone3", "enter"),
    ),
    Hostile(
        "bpf",
        "load programs into the kernel",
        """
attempt("map", lambda: syscall("bpf", 0, (ctypes.c_uint32 * 32)(2, 4, 4, 1), 128))
attempt("program", lambda: syscall("bpf", 5, (ctypes.c_uint32 * 32)(1), 128))
""",
        attempts=("map", "program"),
    ),
    Hostile(
        "become-root",
        "become another user, by call and by set-user-ID programs",
        """
import subprocess
def become(user):
    if os.setresuid(user, user, user) is None and os.getuid() != 65534:
        print("now", os.getuid())
for user in (0, 1, 1000):
    def setuid():
        try:
            os.setresuid(user, user, user)
        except OSError as error:  # EINVAL: this namespace has no such user
            raise PermissionError(errno.EPERM, str(error))
    attempt(f"user{user}", setuid)
def groups():
    try:
        os.setgroups([0])
    except OSError as error:
        raise PermissionError(errno.EPERM, str(error))
attempt("groups", groups)
def by_program():
    found = [p for p in ("/usr/bin/su", "/usr/bin/mount", "/usr/bin/passwd", "/usr/bin/chsh") if os.path.exists(p)]
    for path in found:
        subprocess.run([path, "--help"], capture_output=True, timeout=5)
    with open("/proc/self/status") as status:
        if "NoNewPrivs:\\t1" in status.read():
            raise PermissionError(errno.EPERM, "no new privileges")
attempt("program", by_program)
""",
        attempts=("user0", "user1", "user1000", "groups", "program"),
    ),
    Hostile(
        "watch-kernel",
        "count events, handle page faults and read the kernel's log and addresses",
        """
attempt("perf", lambda: syscall("perf_event_open", (ctypes.c_uint32 * 32)(1, 128), 0, -1, -1, 0))
attempt("userfaultfd", lambda: syscall("userfaultfd", 1))
attempt("log", lambda: syscall("syslog", 3, ctypes.create_string_buffer(64), 64))
attempt("kcmp", lambda: syscall("kcmp", os.getpid(), os.getppid(), 0, 0, 0))
attempt("steal", lambda: syscall("pidfd_getfd", os.pidfd_open(1), 0, 0))
""",
        attempts=("perf", "userfaultfd", "log", "kcmp", "steal"),
    ),
    Hostile(
        "rule-machine",
        "load modules, start another kernel, reboot, swap, account",
        """
attempt("module", lambda: syscall("finit_module", 0, b"", 0))
attempt("unload", lambda: syscall("delete_module", b"canary_no_module", 0))
attempt("kexec", lambda: syscall("kexec_load", 0, 0, 0, 0))
attempt("reboot", lambda: syscall("reboot", 0xFEE1DEAD, 0x28121969, 0, 0))  # 0: switch Ctrl-Alt-Del off
attempt("swap", lambda: syscall("swapon", b"/work/none", 0))
attempt("quota", lambda: syscall("quotactl", 0x800001 << 8, 0, 0, 0))
attempt("account", lambda: syscall("acct", b"/work/none"))
attempt("fanotify", lambda: syscall("fanotify_init", 0, 0))
""",
        attempts=("module", "unload", "kexec", "reboot", "swap", "quota", "account", "fanotify"),
    ),
    Hostile(
        "change-root",
        "change its root folder and come out beside it",
        """
attempt("chroot", lambda: os.chroot("/tmp"))
attempt("pivot", lambda: syscall("pivot_root", b"/tmp", b"/tmp"))
handle = (ctypes.c_uint32 * 34)(8, 1, 2)
attempt("handle", lambda: syscall("open_by_handle_at", 0, handle, 0))
attempt("name", lambda: syscall("name_to_handle_at", -100, b"/usr/lib", handle, handle, 0))
""",
        attempts=("chroot", "pivot", "handle", "name"),
    ),
    Hostile(
        "set-clock",
        "set the clock of the machine",
        """
attempt("settime", lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()))
attempt("settimeofday", lambda: syscall("settimeofday", (ctypes.c_long * 2)(int(time.time()), 0), 0))
attempt("adjust", lambda: syscall("adjtimex", (ctypes.c_long * 64)(0x8000)))
attempt("adjust-clock", lambda: syscall("clock_adjtime", 0, (ctypes.c_long * 64)(0x8000)))
""",
        attempts=("settime", "settimeofday", "adjust", "adjust-clock"),
    ),
    Hostile(
        "take-priority",
        "get ahead of every other process",
        """
attempt("nice", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
attempt("everyone", lambda: os.setpriority(os.PRIO_USER, 0, 0))
attempt("real-time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
attempt("attributes", lambda: syscall("sched_setattr", 0, (ctypes.c_uint64 * 7)(48), 0))
attempt("disk", lambda: syscall("ioprio_set", 1, 0, 1 << 13))
import resource
def lift():
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 20, 1 << 20))
    except ValueError:
        raise PermissionError(errno.EPERM, "limit")
attempt("limits", lift)
""",
        attempts=("nice", "everyone", "real-time", "attributes", "disk", "limits"),
    ),
    Hostile(
        "rename-host",
        "rename the machine",
        """
attempt("host", lambda: syscall("sethostname", os.uname().nodename.encode(), len(os.uname().nodename)))
attempt("domain", lambda: syscall("setdomainname", b"(none)", 6))
print(os.uname().nodename)
""",
        attempts=("host", "domain"),
    ),
    Hostile(
        "type-into-terminal",
        "push keystrokes into the terminal of the user",
        """
import fcntl
for name, request in (("TIOCSTI", 0x5412), ("TIOCLINUX", 0x541C), ("high-bits", 0x541200000000 | 0x5412)):
    attempt(name, lambda: syscall("ioctl", 0, request, ctypes.create_string_buffer(b"x")))
attempt("terminal", lambda: os.open("/dev/tty", os.O_RDWR))
""",
        attempts=("TIOCSTI", "TIOCLINUX", "terminal"),
    ),
    Hostile(
        "foreign-calls",
        "use the system calls of another architecture, which a filter by number would misread",
        """
import mmap
def number(value):
    if libc.syscall(ctypes.c_long(value)) == -1:
        raise OSError(ctypes.get_errno(), "x32")
def int80():
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(bytes.fromhex("b814000000" "cd80" "c3"))  # mov eax, 20 (getpid of i386); int 0x80; ret
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
attempt("x32", lambda: number(0x40000000 | 39))
attempt("i386", int80 if os.uname().machine == "x86_64" else lambda: number(1 << 20))
attempt("unknown", lambda: number(1 << 20))
attempt("personality", lambda: syscall("personality", 8))
""",
        attempts=("x32", "i386", "unknown", "personality"),
    ),
    Hostile(
        "write-kernel-settings",
        "change the kernel's settings through /proc and /sys",
        """
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger",
             "/proc/self/oom_score_adj", "/proc/self/uid_map", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/release_agent"):
    attempt(path, lambda: os.close(os.open(path, os.O_WRONLY)))
""",
        attempts=("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger")
        + (
            "/proc/self/oom_score_adj",
            "/proc/self/uid_map",
            "/sys/kernel/uevent_helper",
            "/sys/fs/cgroup/release_agent",
        ),
    ),
    Hostile(
        "unseen-memory",
        "keep memory where no process is charged for it",
        """
attempt("memfd", lambda: syscall("memfd_create", b"canary", 0))
attempt("secret", lambda: syscall("memfd_secret", 0))
attempt("segment", lambda: syscall("shmget", 0, 1 << 20, 0o1600))
attempt("messages", lambda: syscall("msgget", 0, 0o1600))
attempt("queue", lambda: syscall("mq_open", b"canary", 0o102, 0o600, 0))
""",
        attempts=("memfd", "secret", "segment", "messages", "queue"),
    ),
)
