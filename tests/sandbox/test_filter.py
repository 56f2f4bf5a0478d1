"""The filter is run by a small interpreter of classic BPF, so both architectures are tested on any machine."""

from __future__ import annotations

import errno
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import syscalls
from macrohard.sandbox.filter import assemble, refused_names

ARCHITECTURES = {"x86_64": (0xC000003E, syscalls.X86_64), "aarch64": (0xC00000B7, syscalls.AARCH64)}
ALLOW, KILL = "allow", "kill"


def decide(program: bytes, architecture: int, number: int, arguments: tuple[int, ...] = ()) -> str:
    """What the kernel would answer: `allow`, `kill` or the name of an error."""
    words = [*arguments, *(0,) * (6 - len(arguments))]
    data = struct.pack("=IIQ6Q", number & 0xFFFFFFFF, architecture, 0, *words)
    steps = list(struct.iter_unpack("=HBBI", program))
    accumulator = at = 0
    while True:
        code, on_true, on_false, operand = steps[at]
        at += 1
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, operand)[0]
        elif code == 0x54:
            accumulator &= operand
        elif code == 0x15:
            at += on_true if accumulator == operand else on_false
        elif code == 0x35:
            at += on_true if accumulator >= operand else on_false
        elif code == 0x06:
            action = operand & 0xFFFF0000
            if action == 0x00050000:
                return errno.errorcode[operand & 0xFFFF]
            return {0x7FFF0000: ALLOW, 0x80000000: KILL}[action]
        else:
            raise AssertionError(f"unknown instruction {code:#x}")


@pytest.fixture(params=ARCHITECTURES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def answer(machine: str, name: str, *arguments: int) -> str:
    architecture, numbers = ARCHITECTURES[machine]
    return decide(assemble(machine), architecture, numbers[name], arguments)


CASES = [
    ("mount", (), "EPERM"),
    ("bpf", (), "EPERM"),
    ("socket", (1, 1, 0), "EPERM"),
    ("io_uring_setup", (), "ENOSYS"),
    ("clone3", (), "ENOSYS"),
    ("clone", (17,), ALLOW),
    ("clone", (0x3D0F00,), ALLOW),  # what a thread library asks for
    ("clone", (0x10000000 | 17,), "EPERM"),
    ("clone", (0x20000,), "EPERM"),
    ("socketpair", (1, 1, 0), ALLOW),
    ("socketpair", (1, 1 | 0o2000000, 0), ALLOW),
    ("socketpair", (1, 2, 0), "EPERM"),
    ("socketpair", (2, 1, 0), "EPERM"),
    ("sendto", (3, 4, 5, 0, 0, 0), ALLOW),
    ("sendto", (3, 4, 5, 0, 1 << 40, 16), "EPERM"),
    ("sendto", (3, 4, 5, 0, 1, 16), "EPERM"),
    ("ioctl", (0, 0x5412, 0), "EPERM"),
    ("ioctl", (0, 0x5412 | 1 << 32, 0), "EPERM"),
    ("ioctl", (0, 0x541C, 0), "EPERM"),
    ("ioctl", (0, 0x5401, 0), ALLOW),
    ("fchmod", (3, 0o755), ALLOW),
    ("fchmod", (3, 0o4755), "EPERM"),
    ("fchmodat", (3, 0, 0o2755), "EPERM"),
    ("openat", (3, 0, 0, 0o4755), ALLOW),  # without O_CREAT the mode means nothing
    ("openat", (3, 0, 0o101, 0o644), ALLOW),
    ("openat", (3, 0, 0o101, 0o4755), "EPERM"),
    ("openat", (3, 0, 0o20200002, 0o6755), "EPERM"),
    ("personality", (0xFFFFFFFF,), ALLOW),
    ("personality", (0,), ALLOW),
    ("personality", (8,), "EPERM"),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_each_refusal_looks_at_the_right_arguments(
    machine: str, name: str, arguments: tuple[int, ...], expected: str
) -> None:
    assert answer(machine, name, *arguments) == expected


def test_a_foreign_architecture_is_killed(machine: str) -> None:
    other = next(number for name, (number, _) in ARCHITECTURES.items() if name != machine)
    assert decide(assemble(machine), other, 0) == KILL
    assert decide(assemble(machine), 0x40000003, 20) == KILL  # i386


def test_the_x32_interface_is_killed(machine: str) -> None:
    assert decide(assemble(machine), ARCHITECTURES[machine][0], 0x40000000 | 39) == KILL


@given(number=st.integers(syscalls.LAST_KNOWN + 1, 0x3FFFFFFF))
def test_a_call_that_was_unknown_when_the_list_was_written_does_not_exist(number: int) -> None:
    assert decide(assemble("x86_64"), ARCHITECTURES["x86_64"][0], number) == "ENOSYS"


@given(number=st.integers(0, syscalls.LAST_KNOWN), arguments=st.lists(st.integers(0, 2**64 - 1), max_size=6))
def test_nothing_is_refused_but_what_is_listed(number: int, arguments: list[int]) -> None:
    for machine, (architecture, numbers) in ARCHITECTURES.items():
        names = {value: name for name, value in numbers.items()}
        decision = decide(assemble(machine), architecture, number, tuple(arguments))
        assert decision in (ALLOW, "EPERM", "ENOSYS")
        if names.get(number) not in refused_names():
            assert decision == ALLOW


def test_every_refused_name_has_a_number_somewhere() -> None:
    assert refused_names() <= {*syscalls.X86_64, *syscalls.AARCH64, "create_module", "get_kernel_syms", "query_module"}


def test_the_number_in_the_documents_is_true() -> None:
    document = Path(__file__).parents[2] / "docs" / "security.md"
    assert f"{len(refused_names() & set(syscalls.X86_64))} system calls of x86-64 are refused" in document.read_text()


def test_an_architecture_without_a_table_is_refused() -> None:
    with pytest.raises(SandboxUnavailable, match="riscv64"):
        assemble("riscv64")
