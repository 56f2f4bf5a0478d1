"""Requests are built one after the other or at once; each row is kept as it comes, and what is ended leaves none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUN = """
import sys
from pathlib import Path
from bench import machine, requests, running
place = Path(sys.argv.pop(1))
running.ROOT, machine.RESULTS = place, place / "results"
sys.exit(requests.main())
"""


def begun(place: Path, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """The measurement, with a program of its own in the place of Macrohard."""
    command = place / "macrohard"
    command.write_text(program)
    command.chmod(0o700)
    out = ["--out", str(place / "out")]
    return subprocess.Popen([sys.executable, "-c", RUN, str(place), *out, *arguments], cwd=ROOT)


@pytest.mark.parametrize("at_once", [1, 3])
def test_what_has_a_row_is_not_built_again(tmp_path: Path, at_once: int) -> None:
    program = f"#!/bin/sh\necho $2 >> {tmp_path}/built\necho '{{}}'\n"
    for names in (["02-slugs"], []):
        with begun(tmp_path, program, "--at-once", str(at_once), *names) as bench:
            assert bench.wait(120) == 0
    built = (tmp_path / "built").read_text().split()
    assert len(built) == len(set(built)) == 12 and built[0].endswith("02-slugs.txt")
    result = json.loads((tmp_path / "results" / "requests.json").read_text())
    assert result["n"] == 12 and list(result["requests"]) == sorted(result["requests"])
    assert {row["at_once"] for row in result["requests"].values()} == {at_once}


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_measurement_that_is_ended_takes_its_builds_with_it(tmp_path: Path, at_once: int) -> None:
    program = f"#!/bin/sh\necho $$ > {tmp_path}/$$.part; mv {tmp_path}/$$.part {tmp_path}/$$.started\nexec sleep 600\n"
    with begun(tmp_path, program, "--at-once", str(at_once)) as bench:
        deadline = time.monotonic() + 60
        while len(started := list(tmp_path.glob("*.started"))) < at_once:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        bench.terminate()
        assert bench.wait(60) == 128 + signal.SIGTERM
    assert not (tmp_path / "results").exists()
    for path in started:
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.stem), 0)
