"""Running Macrohard as a user would, and what a measurement keeps of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dulwich import porcelain

from bench.machine import circumstances

ROOT = Path(__file__).resolve().parent.parent
_RUNNING: list[subprocess.Popen[str]] = []
_STARTING = threading.Lock()
"""Held while something is started or struck off, so that all that runs is ended and nothing is started afterwards."""
_ENDING = threading.Event()


def measure(arguments: list[str], state: Path) -> dict[str, Any]:
    """Run one command that delivers, and audit what it delivered; a project that is a repository in a fresh clone.

    `state` is emptied before, so that the command never goes on with an unfinished run: its row tells the whole cost.
    """
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    began = circumstances()
    status, report, seconds, memory = macrohard(*arguments, "--json", state=state)
    claims = report.get("claims", [])
    verdicts = Counter(claim["verdict"] for claim in claims)
    row: dict[str, Any] = {
        "began": began["date"],
        "date": circumstances()["date"],
        "processor": began["processor"],
        "commit": began["commit"],
        "exit_status": status,
        "outcome": report.get("outcome", "error"),
        "confidence": report.get("confidence"),
        "functions": report.get("functions", []),
        "error": report.get("error"),
        "verified": verdicts["verified"],
        "unverified": verdicts["unverified"],
        "refuted": verdicts["refuted"],
        "wall_seconds": round(seconds, 1),
        "cost": report.get("cost"),
        "builder_peak_bytes": memory,
        "model_server_peak_bytes": _server_peak(),
        "model": report.get("model"),
        "model_digest": report.get("model_digest"),
        "not_verified": [
            {"statement": claim["statement"], "verdict": claim["verdict"], "reason": claim["reason"]}
            for claim in claims
            if claim["verdict"] != "verified"
        ],
        "notes": report.get("notes", []),
    }
    if report.get("evidence"):
        row["audit"] = _audit(Path(report["evidence"]).parent, verdicts["verified"])
    return row


def _audit(project: Path, verified: int) -> dict[str, Any]:
    """What an audit of a fresh clone says about the claims that were called verified."""
    with tempfile.TemporaryDirectory() as folder:
        if (project / ".git").is_dir():
            clone = Path(folder) / project.name
            porcelain.clone(str(project), str(clone), errstream=porcelain.NoneStream()).close()
            project = clone
        status, report, seconds, _ = macrohard("audit", str(project), "--json")
    findings = Counter(claim["finding"] for claim in report.get("claims", []))
    return {"exit_status": status, "verified": verified, "findings": findings, "wall_seconds": round(seconds, 1)}


def macrohard(*arguments: str, state: Path | None = None) -> tuple[int, dict[str, Any], float, int]:
    """Exit status, JSON object, wall seconds and peak memory in bytes of one command; it keeps its runs in `state`."""
    start = time.monotonic()
    command = [str(ROOT / "macrohard"), *arguments]
    environment = {**os.environ, "XDG_STATE_HOME": str(state)} if state else None
    with _STARTING:
        _exit_when_ending()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, env=environment)
        _RUNNING.append(process)
    with process:
        assert process.stdout is not None  # asked for above
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        with _STARTING:
            _RUNNING.remove(process)
    _exit_when_ending()
    report = json.loads(text) if text.strip() else {}
    return process.returncode, report, time.monotonic() - start, usage.ru_maxrss * 1024


def end_together() -> None:
    """A measurement that is asked to end takes what it runs with it, so that nothing else works in the same folder when it is begun
    again; of what did not end by itself no row is written."""
    # In a thread of its own: the main thread may be starting something at this moment, which has to be ended too.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=_end).start())


def _end() -> None:
    with _STARTING:
        _ENDING.set()
        for process in _RUNNING:
            process.terminate()


def _exit_when_ending() -> None:
    if _ENDING.is_set():
        sys.exit(128 + signal.SIGTERM)


def _server_peak() -> int | None:
    """Peak memory in bytes of the process that holds the weights; None when none runs."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = (status.parent / "cmdline").read_bytes().split(b"\0")
            if b"macrohard.models.embedded.server" in words:
                peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
                return int(peak.split()[1]) * 1024
        except (OSError, StopIteration):
            continue
    return None
