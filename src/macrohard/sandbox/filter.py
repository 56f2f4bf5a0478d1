"""The seccomp filter, assembled as classic BPF: which system calls an untrusted program may not make.

The list is a list of refusals. What is refused is what reaches other namespaces, the keyring, tracing, the
network, mounts, kernel memory that no limit counts, clocks, priorities, and set-user-ID bits on files that the host
will see. A number that was unknown when the list was written is refused too, and a foreign architecture is killed.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import syscalls

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_X32_BIT = 0x40000000
_OFFSET_NUMBER, _OFFSET_ARCHITECTURE, _OFFSET_ARGUMENTS = 0, 4, 16

_FULL = 0xFFFFFFFF
_SET_ID_BITS = 0o6000
_CREATES = 0o100 | 0o20000000  # O_CREAT and __O_TMPFILE, the same on both architectures
_NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW* flag that clone() takes


@dataclass(frozen=True, slots=True)
class _Test:
    """True when `(low word of the argument & mask) == value`, or `!=` with `equal=False`."""

    argument: int
    value: int
    mask: int = _FULL
    equal: bool = True
    high: bool = False
    """Looks at the high word of the argument instead."""


_Refusals = tuple[tuple[_Test, ...], ...]
"""Alternatives; each is refused when all its tests hold. No alternative at all: always refused."""


def _sets_id(argument: int) -> _Refusals:
    return ((_Test(argument, 0, _SET_ID_BITS, equal=False),),)


def _creates_with_id(flags: int, mode: int) -> _Refusals:
    return ((_Test(flags, 0, _CREATES, equal=False), _Test(mode, 0, _SET_ID_BITS, equal=False)),)


_ABSENT: tuple[str, ...] = ("clone3", "openat2", "io_uring_setup", "io_uring_enter", "io_uring_register")
"""Answered with ENOSYS: their arguments lie in memory that a filter cannot read, and callers fall back."""

_REFUSED: tuple[str, ...] = (
    *("add_key", "request_key", "keyctl"),
    *("mount", "umount2", "fsopen", "fsconfig", "fsmount", "fspick", "open_tree", "move_mount", "mount_setattr"),
    *("pivot_root", "chroot", "unshare", "setns", "open_by_handle_at", "name_to_handle_at"),
    *("bpf", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp"),
    *("pidfd_getfd", "perf_event_open", "userfaultfd", "fanotify_init", "fanotify_mark", "lookup_dcookie"),
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "create_module"),
    *("get_kernel_syms", "query_module", "swapon", "swapoff", "reboot", "quotactl", "quotactl_fd", "acct"),
    *("nfsservctl", "syslog", "sethostname", "setdomainname", "vhangup", "iopl", "ioperm", "modify_ldt"),
    *("uselib", "ustat", "sysfs", "_sysctl"),
    *("clock_settime", "clock_adjtime", "adjtimex", "settimeofday"),
    *("sched_setscheduler", "sched_setattr", "sched_setparam", "setpriority", "ioprio_set"),
    *("mbind", "set_mempolicy", "set_mempolicy_home_node", "migrate_pages", "move_pages"),
    # Memory that is charged to no process and would pass the memory limit unseen.
    *("memfd_create", "memfd_secret", "shmget", "shmat", "msgget", "semget", "mq_open", "vmsplice"),
    *("remap_file_pages", "setxattr", "lsetxattr", "fsetxattr"),
    *("socket", "connect", "bind", "listen", "accept", "accept4"),
)

_REFUSED_WHEN: Mapping[str, _Refusals] = {
    "clone": ((_Test(0, 0, _NEW_NAMESPACES, equal=False),),),
    "personality": ((_Test(0, 0, equal=False), _Test(0, _FULL, equal=False)),),
    # TIOCSTI and TIOCLINUX type into a terminal; the kernel reads the low 32 bits of the request only.
    "ioctl": ((_Test(1, 0x5412),), (_Test(1, 0x541C),)),
    # A stream pair of AF_UNIX cannot be pointed at another address; a datagram pair can.
    "socketpair": ((_Test(0, 1, equal=False),), (_Test(1, 1, 0xF, equal=False),)),
    "sendto": ((_Test(4, 0, equal=False),), (_Test(4, 0, equal=False, high=True),)),
    "chmod": _sets_id(1),
    "fchmod": _sets_id(1),
    "fchmodat": _sets_id(2),
    "creat": _sets_id(1),
    "mknod": _sets_id(1),
    "mknodat": _sets_id(2),
    "mkdir": _sets_id(1),
    "mkdirat": _sets_id(2),
    "open": _creates_with_id(1, 2),
    "openat": _creates_with_id(2, 3),
}

_ARCHITECTURES: Mapping[str, tuple[int, Mapping[str, int]]] = {
    "x86_64": (0xC000003E, syscalls.X86_64),
    "aarch64": (0xC00000B7, syscalls.AARCH64),
}


def assemble(machine: str | None = None) -> bytes:
    """The filter for one architecture (this one by default) as an array of `struct sock_filter`.

    Raises SandboxUnavailable for an architecture without a table.
    """
    machine = machine or platform.machine()
    if machine not in _ARCHITECTURES:
        known = " and ".join(sorted(_ARCHITECTURES))
        raise SandboxUnavailable(f"The sandbox has no system call filter for {machine}; use a machine with {known}.")
    audit_architecture, numbers = _ARCHITECTURES[machine]
    return b"".join(struct.pack("=HBBI", *step) for step in _program(audit_architecture, numbers))


def refused_names() -> frozenset[str]:
    """Every system call that is refused, always or for some arguments."""
    return frozenset((*_ABSENT, *_REFUSED, *_REFUSED_WHEN))


_Step = tuple[int, int, int, int]
"""One instruction: code, jump when true, jump when false, operand."""


def _program(audit_architecture: int, numbers: Mapping[str, int]) -> Iterator[_Step]:
    yield _LOAD, 0, 0, _OFFSET_ARCHITECTURE
    yield _JUMP_EQUAL, 1, 0, audit_architecture
    yield _RETURN, 0, 0, _KILL_PROCESS
    yield _LOAD, 0, 0, _OFFSET_NUMBER
    yield _JUMP_AT_LEAST, 0, 1, _X32_BIT
    yield _RETURN, 0, 0, _KILL_PROCESS
    yield _JUMP_AT_LEAST, 0, 1, syscalls.LAST_KNOWN + 1
    yield _RETURN, 0, 0, _ERRNO | errno.ENOSYS
    for name, number in numbers.items():
        yield from _block(name, number)
    yield _RETURN, 0, 0, _ALLOW


def _block(name: str, number: int) -> Iterator[_Step]:
    if name in _REFUSED_WHEN:
        body = [step for alternative in _REFUSED_WHEN[name] for step in _refuse_when(alternative)]
        body.append((_RETURN, 0, 0, _ALLOW))
    elif name in _ABSENT:
        body = [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    elif name in _REFUSED:
        body = [(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    else:
        return
    yield _JUMP_EQUAL, 0, len(body), number
    yield from body


def _refuse_when(tests: tuple[_Test, ...]) -> list[_Step]:
    """Steps that return EPERM when all tests hold and fall through to what follows when one does not."""
    steps: list[_Step] = [(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    for test in reversed(tests):
        after = len(steps)
        on_true, on_false = (0, after) if test.equal else (after, 0)
        steps = [
            (_LOAD, 0, 0, _OFFSET_ARGUMENTS + 8 * test.argument + (4 if test.high else 0)),
            (_AND, 0, 0, test.mask),
            (_JUMP_EQUAL, on_true, on_false, test.value),
            *steps,
        ]
    return steps
