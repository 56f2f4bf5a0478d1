from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.sandbox.usage import Processes, folder_bytes, parse_stat


@given(name=st.binary(max_size=15).filter(lambda name: b"\0" not in name and b"\n" not in name))
def test_a_process_cannot_hide_its_figures_behind_its_name(name: bytes) -> None:
    rest = b" S 1 " + b"0 " * 9 + b"150 50 25 75 20 0 3 0 9 0 7 " + b"0 " * 27 + b"256"
    process = parse_stat(b"42 (" + name + b")" + rest)
    assert (process.number, process.zombie, process.threads, process.wait_status) == (42, False, 3, 256)
    assert process.cpu_seconds == 200 / os.sysconf("SC_CLK_TCK")
    assert process.children_cpu_seconds == 100 / os.sysconf("SC_CLK_TCK")
    assert process.resident_bytes == 7 * os.sysconf("SC_PAGE_SIZE")


def test_the_figures_are_those_of_the_kernel() -> None:
    folder = os.open("/proc", os.O_RDONLY)
    try:
        mine = Processes(folder).one(os.getpid())
        assert mine is not None
        assert abs(mine.cpu_seconds - time_used()) < 0.5
        assert mine.threads >= 1
        assert mine.resident_bytes > 1_000_000
        proportional = Processes(folder).proportional_bytes(mine)
        assert 1_000_000 < proportional <= mine.resident_bytes * 1.2
        assert Processes(folder).one(2**22 + 1) is None
    finally:
        os.close(folder)


def time_used() -> float:
    used = os.times()
    return used.user + used.system


def test_a_zombie_tells_how_it_ended() -> None:
    child = subprocess.Popen([sys.executable, "-c", "raise SystemExit(9)"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    folder = os.open("/proc", os.O_RDONLY)
    try:
        process = Processes(folder).one(child.pid)
        assert process is not None and process.zombie
        assert os.waitstatus_to_exitcode(process.wait_status) == 9
    finally:
        os.close(folder)
        child.wait()


_POWER = "-dac_override,-dac_read_search"
_WITHOUT_POWER = ("setpriv", "--bounding-set", _POWER, "--inh-caps", _POWER) if os.geteuid() == 0 else ()
"""Permissions count for root too then."""


@contextmanager
def opened(path: Path) -> Iterator[int]:
    folder = os.open(path, os.O_RDONLY)
    try:
        yield folder
    finally:
        os.close(folder)


def test_a_folder_is_measured_without_following_links(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"x" * 100_000)
    os.link(tmp_path / "below" / "file", tmp_path / "same")
    (tmp_path / "usr").symlink_to("/usr")
    (tmp_path / "loop").symlink_to(".")
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        assert 100_000 <= folder_bytes(folder) < 200_000
    finally:
        os.close(folder)


def test_a_walk_ends_where_it_is_enough(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "file").write_bytes(b"x" * 10_000)
    with opened(tmp_path) as folder:
        every = folder_bytes(folder)
        assert 500_000 <= every
        assert 100_000 < folder_bytes(folder, 100_000) < every


def test_a_tree_that_is_nested_too_deeply_cannot_be_measured(tmp_path: Path) -> None:
    (tmp_path / "/".join("a" * 60)).mkdir(parents=True)
    with opened(tmp_path) as folder:
        folder_bytes(folder)
        (tmp_path / "/".join("a" * 70)).mkdir(parents=True)
        with pytest.raises(OSError, match="nested too deeply"):
            folder_bytes(folder)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root reads every folder")
def test_a_folder_that_may_not_be_read_cannot_be_measured(tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir(mode=0)
    code = (
        "import os, sys\nfrom macrohard.sandbox.usage import folder_bytes\n"
        "try:\n    folder_bytes(os.open(sys.argv[1], os.O_RDONLY))\nexcept PermissionError:\n    print('hidden')"
    )
    ended = subprocess.run(
        [*_WITHOUT_POWER, sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ended.stdout == "hidden\n"
