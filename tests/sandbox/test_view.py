from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from macrohard.sandbox import Command
from macrohard.sandbox.python import this_python
from macrohard.sandbox.view import arguments, environment

FORBIDDEN = (
    *("", "/", "relative", "/work", "/work/below", "/tmp/x", "/proc/self", "/dev/null", "/etc/shadow", "/usr/lib/x"),
    *("/bin/x", "/lib64/x", "/home/x", "/root/x", "/run/bin/python3", "/a/../etc", "/a/./b", "/a//b", "/a/", "//a"),
    *("/sys/x", "/a\0b", str(this_python().prefix / "bin")),
)


def build(command: Command) -> list[str]:
    with ExitStack() as held:
        return arguments(command, this_python(), held)


@pytest.mark.parametrize("inside", FORBIDDEN)
def test_a_mount_may_not_cover_or_enter_what_is_there(inside: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain absolute path"):
        build(Command(("true",), mounts={inside: tmp_path}))


def test_one_mount_may_not_lie_in_another(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain absolute path"):
        build(Command(("true",), mounts={"/a": tmp_path, "/a/b": tmp_path}))


def test_a_source_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc")
    with pytest.raises(ValueError, match="not a folder"):
        build(Command(("true",), mounts={"/a": tmp_path / "link"}))
    with pytest.raises(ValueError, match="not a folder"):
        build(Command(("true",), workdir=tmp_path / "link"))


def test_a_source_that_is_a_socket_or_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ValueError, match="not a folder"):
        build(Command(("true",), mounts={"/a": tmp_path / "pipe"}))


@pytest.mark.parametrize("env", [{"": "x"}, {"A=B": "x"}, {"A": "x\0--bind\0/\0/all"}, {"A\0B": "x"}])
def test_no_option_can_be_smuggled_in_through_a_variable(env: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="variable"):
        environment(Command(("true",), env=env))


def test_nothing_of_the_host_is_writable_without_a_working_folder() -> None:
    options = build(Command(("true",)))
    assert not {"--bind", "--bind-fd", "--dev", "--overlay"} & set(options)
    assert [options[at + 1] for at, option in enumerate(options) if option == "--dev-bind"] == [
        f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom")
    ]


def test_every_descriptor_is_closed_again(tmp_path: Path) -> None:
    before = os.listdir("/proc/self/fd")
    build(Command(("true",), workdir=tmp_path, mounts={"/a": tmp_path}))
    assert os.listdir("/proc/self/fd") == before
