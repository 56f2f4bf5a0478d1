"""Statements about dependencies, files and the version of Python, decided by reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.answers import Standing

from ..repositories import ENVIRONMENT, checked, reason, repository, verdicts, written

RICH = "from rich.console import Console\n"
OPTIONAL = "from typing import TYPE_CHECKING\ntry:\n    import ujson\nexcept ImportError:\n    import json\nif TYPE_CHECKING:\n    import rich\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("No dependencies beyond click.", Standing.SUPPORTED),
        ("No runtime dependencies other than `click` and rich.", Standing.SUPPORTED),
        ("It depends only on Click.", Standing.SUPPORTED),
        ("Its only dependency is click.", Standing.SUPPORTED),
        ("Greet has no dependencies other than click.", Standing.SUPPORTED),
        ("No dependencies beyond the standard library and click.", Standing.SUPPORTED),
        ("Its only dependencies are click and rich.", Standing.CONTRADICTED),
        ("It depends only on rich.", Standing.CONTRADICTED),
        ("Output depends only on click.", Standing.NOT_CHECKED),
        ("Other has no dependencies.", Standing.NOT_CHECKED),
        ("It is small, and this tool has no dependencies besides click.", Standing.SUPPORTED),
        ("No dependencies.", Standing.CONTRADICTED),
        ("No dependencies beyond the standard library.", Standing.CONTRADICTED),
        ("No dependency except rich.", Standing.CONTRADICTED),
        ("It uses only the Python standard library.", Standing.CONTRADICTED),
    ],
)
def test_what_is_declared_decides(tmp_path: Path, text: str, verdict: Standing) -> None:
    report = checked(text, repository(tmp_path))
    assert list(verdicts(report).values()) == [verdict]
    for quotation in report.parts[0].evidence:
        assert quotation.kind == "quotation" and (verdict is Standing.NOT_CHECKED or quotation.path == "pyproject.toml")


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"src/greet/other.py": RICH}, Standing.CONTRADICTED),
        ({"tests/test_other.py": RICH}, Standing.SUPPORTED),
        ({"src/greet/other.py": OPTIONAL}, Standing.SUPPORTED),
        ({"src/greet/other.py": "from greet.main import main\nfrom . import main as own\n"}, Standing.SUPPORTED),
        ({"src/greet/other.py": "def broken(:\n"}, Standing.NOT_CHECKED),
        ({"redis.conf": "", "src/greet/other.py": "import redis\n"}, Standing.CONTRADICTED),
        ({"src/greet/tools/fetch.py": "import requests\n"}, Standing.CONTRADICTED),
        ({"app/main.py": "import helper\n", "app/helper.py": ""}, Standing.SUPPORTED),
    ],
    ids=["imported", "in a test", "optional", "own", "broken", "no module", "in a folder", "beside"],
)
def test_what_is_imported_and_declared_nowhere_decides_too(
    tmp_path: Path, changed: dict[str, str], verdict: Standing
) -> None:
    report = checked("No dependencies beyond click.", repository(tmp_path, changed), ENVIRONMENT)
    assert list(verdicts(report).values()) == [verdict], report


def test_a_module_may_have_another_name_than_what_brings_it(tmp_path: Path) -> None:
    """`_pytest` comes with pytest: the environment says so."""
    root = written(tmp_path, {"a.py": "import _pytest\n", "requirements.txt": "# needed\npytest>=8\n"})
    assert list(verdicts(checked("No dependencies beyond pytest.", root, ENVIRONMENT)).values()) == [Standing.SUPPORTED]
    assert list(verdicts(checked("No dependencies beyond pytest.", root)).values()) == [Standing.NOT_CHECKED]


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": "[tool.poetry.dependencies]\npython = '^3.11'\nclick = '^8'\n"},
        {"setup.cfg": "[options]\ninstall_requires =\n    click>=8\n"},
        {"setup.py": "from setuptools import setup\nsetup(name='x', install_requires=['click>=8'])\n"},
        {"requirements.txt": "click==8.1 --hash=sha256:00\n"},
    ],
    ids=["poetry", "setup.cfg", "setup.py", "requirements.txt"],
)
def test_every_usual_file_that_declares(tmp_path: Path, files: dict[str, str]) -> None:
    root = written(tmp_path, files)
    assert list(verdicts(checked("No dependencies beyond click.", root)).values()) == [Standing.SUPPORTED]
    assert list(verdicts(checked("No dependencies.", root)).values()) == [Standing.CONTRADICTED]


@pytest.mark.parametrize(
    "broken",
    [
        {"pyproject.toml": "[project"},
        {"pyproject.toml": "[project]\ndynamic = ['dependencies']\n"},
        {"requirements.txt": "-r base.txt\n", "base.txt": "requests\n"},
    ],
    ids=["broken", "dynamic", "elsewhere"],
)
def test_what_cannot_be_read_is_not_checked(tmp_path: Path, broken: dict[str, str]) -> None:
    report = checked("No dependencies.", written(tmp_path, {**broken, "a.py": "import os\n"}))
    assert list(verdicts(report).values()) == [Standing.NOT_CHECKED] and "No project file" in reason(report)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Added `tests/test_greet.py`.", Standing.SUPPORTED),
        ("I created a new file `src/greet/__init__.py`.", Standing.SUPPORTED),
        ("`test_greet.py` was added.", Standing.SUPPORTED),
        ("`src/greet/` exists.", Standing.SUPPORTED),
        ("Removed `setup.py`.", Standing.SUPPORTED),
        ("`README.md` was removed.", Standing.CONTRADICTED),
        ("It includes `docs/index.md`.", Standing.CONTRADICTED),
        ("Added `../../etc/passwd.py`.", Standing.NOT_CHECKED),
        ("Removed `node_modules/`.", Standing.NOT_CHECKED),
        ("It requires Python 3.11 or newer.", Standing.SUPPORTED),
        ("Requires Python 3.10+.", Standing.CONTRADICTED),
    ],
)
def test_files_and_the_version_of_python(tmp_path: Path, text: str, verdict: Standing) -> None:
    assert list(verdicts(checked(text, repository(tmp_path))).values()) == [verdict]
