from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
