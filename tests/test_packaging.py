"""What is installed is what the repository says: locks, notices, version, package."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from macrohard import __version__

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("runtime.txt", "dev.txt")
PIN = re.compile(r"([a-z0-9._-]+)(?:\[[a-z,]+\])?==\S+( ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(lock: str) -> dict[str, list[str]]:
    """Pin, with its marker -> hashes of a lock; fails on a line that is neither."""
    found: dict[str, list[str]] = {}
    for line in (REQUIREMENTS / lock).read_text().splitlines():
        text = line.strip().removesuffix("\\").strip()
        if not line.startswith(" "):
            assert PIN.fullmatch(text), f"{lock}: {line}"
            found[text] = []
        else:
            assert HASH.fullmatch(text), f"{lock}: {line}"
            found[next(reversed(found))].append(text.rpartition(":")[2])
    return found


def names(lock: str) -> set[str]:
    """The packages of a lock."""
    return {pin.partition("==")[0] for pin in entries(lock)}


def normal(requirement: str) -> str:
    """The name in a requirement, in the form that locks use."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_hashes(lock: str) -> None:
    assert all(entries(lock).values())


def test_dev_contains_runtime_at_the_same_versions() -> None:
    assert entries("runtime.txt").items() <= entries("dev.txt").items()


def test_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    assert {normal(entry) for entry in project["dependencies"] + extras["embedded"]} <= names("runtime.txt")
    tested = [extras[name] for name in extras if name != "hub"]  # no test reaches the hub
    assert {normal(entry) for extra in tested for entry in extra} <= names("dev.txt")


def test_dev_lock_holds_what_its_source_asks_for() -> None:
    lines = (REQUIREMENTS / "dev.in").read_text().splitlines()
    asked = {normal(line) for line in lines if line and not line.startswith("#")}
    assert asked and asked <= names("dev.txt")


def test_what_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    asked = {normal(entry) for entry in [*project["dependencies"], *(entry for extra in extras for entry in extra)]}
    asked |= {"pydantic-ai", "openai", "anthropic"}  # what pydantic-ai-slim[anthropic,openai] stands for
    assert {name.replace("_", "-") for name in imported()} <= asked


def imported() -> set[str]:
    """The packages of others that a module under src/ imports anywhere."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"macrohard"}


def test_pip_that_comes_along_is_the_one_of_the_lock() -> None:
    (wheel,) = REQUIREMENTS.glob("pip-*.whl")
    version = wheel.name.split("-")[1]
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in entries("runtime.txt")[f"pip=={version}"]


def test_notice_names_every_package() -> None:
    notice = (ROOT / "NOTICE").read_text()
    named = set(re.findall(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", notice.partition("What is installed with")[2]))
    assert names("runtime.txt") - named == set()
    assert "Qwen2.5-Coder-1.5B-Instruct" in notice


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Version 2.0, January 2004" in text and text.rstrip().endswith("limitations under the License.")


def test_changelog_and_version_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    versions = re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert versions[:2] == ["Unreleased", __version__]


def test_wheel_carries_all_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--quiet", "--wheel-dir", str(tmp_path)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("macrohard-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        metadata = archive.read(f"macrohard-{__version__}.dist-info/METADATA").decode()
    source = {str(path.relative_to(ROOT / "src")) for path in (ROOT / "src").rglob("*") if path.is_file()}
    assert {name for name in source if "__pycache__" not in name} <= inside
    licences = f"macrohard-{__version__}.dist-info/licenses/"
    assert {f"{licences}LICENSE", f"{licences}NOTICE"} <= inside
    assert "License-Expression: Apache-2.0" in metadata
