"""Committed files do not tell where they were made or which servers packages were fetched from."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# In pieces, so that this file passes its own test.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "hugging" + "face.co", "hf" + ".co", "conda" + ".io"]
PLACES = ["/work/" + "main", "/work/" + "shared", "/tmp/" + "exp", "/root/" + ".", "/opt/" + "wheels", "/opt/" + "pypi"]
FORBIDDEN = re.compile("|".join(map(re.escape, HOSTS + PLACES)), re.IGNORECASE)
ALLOWED: dict[str, set[str]] = {}
"""Path -> what it may name nevertheless."""


def committed() -> list[Path]:
    """The text files that git knows of."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so nothing says which files are committed")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192]]


def test_no_file_names_a_server_or_a_place() -> None:
    found = {
        f"{name}: {match}"
        for path in committed()
        for match in FORBIDDEN.findall(path.read_text(encoding="utf-8", errors="replace"))
        if match not in ALLOWED.get(name := str(path.relative_to(ROOT)), set())
    }
    assert found == set()


def test_allowances_are_used() -> None:
    for name, matches in ALLOWED.items():
        assert matches <= set(FORBIDDEN.findall((ROOT / name).read_text()))


def test_locks_hold_no_address() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"://|file:|--(extra-)?index-url|--find-links| @ ", lock.read_text())


def test_uv_lock_is_not_committed() -> None:
    assert "uv.lock" not in {path.name for path in committed()}
