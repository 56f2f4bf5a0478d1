"""The environment of a repository may be made by somebody who would like to be shown more of the machine than that."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from macrohard.answers.software.environment import environment_of
from macrohard.errors import UserError

VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


def environment(folder: Path) -> Path:
    """One with a package that brings a command, and its site-packages."""
    packages = folder / "lib" / VERSION / "site-packages"
    brought = packages / "click-8.1.dist-info"
    brought.mkdir(parents=True)
    (folder / "bin").mkdir()
    shutil.copy2("/bin/true", folder / "bin" / "ruff")
    (folder / "pyvenv.cfg").write_text(f"home = /usr\nversion = {VERSION.removeprefix('python')}\n")
    (packages / "click").mkdir()
    (brought / "entry_points.txt").write_text("[console_scripts]\nclicks = click.main:run\n")
    (brought / "RECORD").write_text("click/__init__.py,,\n")
    return brought


def test_an_environment_in_the_repository_is_found(tmp_path: Path) -> None:
    environment(tmp_path / ".venv")
    found = environment_of(tmp_path, None)
    assert found is not None and found.has("click")
    assert found.scripts == {"clicks": "click.main:run"} and list(found.programs) == ["ruff"]
    assert found.distributions_of("click") == {"click"}


def test_a_link_to_another_folder_is_followed_only_where_somebody_names_it(tmp_path: Path) -> None:
    environment(tmp_path / "elsewhere")
    root = tmp_path / "repository"
    root.mkdir()
    (root / ".venv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is a link; name .* with --environment"):
        environment_of(root, None)
    assert environment_of(root, root / ".venv") is not None


@pytest.mark.parametrize("part", ["lib", f"lib/{VERSION}", f"lib/{VERSION}/site-packages"])
def test_packages_that_lie_elsewhere_are_not_shown(tmp_path: Path, part: str) -> None:
    environment(tmp_path / ".venv")
    shutil.rmtree(tmp_path / ".venv" / part)
    (tmp_path / ".venv" / part).symlink_to("/usr")
    with pytest.raises(UserError, match="lie elsewhere"):
        environment_of(tmp_path, None)


def test_programs_that_lie_elsewhere_are_not_taken(tmp_path: Path) -> None:
    environment(tmp_path / ".venv")
    shutil.rmtree(tmp_path / ".venv" / "bin")
    (tmp_path / ".venv" / "bin").symlink_to("/usr/bin")
    found = environment_of(tmp_path, None)
    assert found is not None and found.programs == {}


def test_the_python_of_an_environment_is_not_taken(tmp_path: Path) -> None:
    brought = environment(tmp_path / ".venv")
    for name in ("python", "python3", "python3.11"):
        shutil.copy2("/bin/true", tmp_path / ".venv" / "bin" / name)
    (brought / "entry_points.txt").write_text("[console_scripts]\npython3 = click.main:run\nclicks = click.main:run\n")
    found = environment_of(tmp_path, None)
    assert found is not None and list(found.programs) == ["ruff"]
    (tmp_path / "commands").mkdir()
    found.write_commands(tmp_path / "commands")
    assert sorted(path.name for path in (tmp_path / "commands").iterdir()) == ["clicks", "ruff"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["entry_points.txt", "RECORD"])
@pytest.mark.parametrize("kind", ["zero", "pipe", "long", "elsewhere"])
def test_what_tells_of_packages_is_a_short_plain_file(tmp_path: Path, name: str, kind: str) -> None:
    path = environment(tmp_path / ".venv") / name
    text = path.read_text()
    path.unlink()
    if kind == "zero":
        path.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "elsewhere":
        (tmp_path / "elsewhere").write_text(text)
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path.write_text(text)
        os.truncate(path, 2**30)
    found = environment_of(tmp_path, None)
    assert found is not None and (found.scripts == {} if name != "RECORD" else found.distributions_of("click") == set())
