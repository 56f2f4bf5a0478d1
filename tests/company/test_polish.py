from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macrohard.company.polish import polish, type_errors


def test_unused_imports_go_and_text_is_formatted() -> None:
    assert polish({"a/b.py": "import os\nx = 'a'\n\n\n\n\ndef f( x ):return x\n"}) == {
        "a/b.py": 'x = "a"\n\n\ndef f(x):\n    return x\n'
    }


def test_settings_of_a_project_are_no_concern(tmp_path: Path) -> None:
    long = f"x = {'a' * 60!r} + {'b' * 60!r}\n"
    assert polish({"a.py": long, "pyproject.toml": "[tool.ruff]\nline-length = 20\n"})["a.py"].count("\n") == 4


@settings(max_examples=5)  # each starts programs
@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=20)), min_size=1, max_size=5))
def test_values_stay_what_they_are(values: list[tuple[str, str]]) -> None:
    text = "".join(f"{name} = {value!r}\n" for name, value in values)
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    exec(text, before)  # noqa: S102 - written above
    exec(polish({"a.py": text})["a.py"], after)  # noqa: S102 - written above
    assert {name: after[name] for name, _ in values} == {name: before[name] for name, _ in values}


def test_nested_code_can_be_polished() -> None:
    deep = "def f(x):\n    return " + "-" * 190 + "x\n"
    assert ast.parse(polish({"a.py": deep})["a.py"])


def test_type_errors_are_told_of_this_program_and_no_other_of_its_name(tmp_path: Path) -> None:
    """What is kept between two programs is of the standard library alone."""
    said = []
    for place, result in (("one", "x"), ("two", "str(x)"), ("three", "x"), ("one", "str(x)")):
        package = tmp_path / place / "tool"
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text(f"import re\n\n\ndef f(x: int) -> str:\n    return {result}\n")
        said.append(type_errors(package.parent, "tool", tmp_path / "cache"))
    assert [len(found) for found in said] == [1, 0, 1, 0]
    assert "__init__.py:5" in said[0][0] and "Incompatible return value type" in said[0][0]


@pytest.mark.parametrize("name", ["typing_extensions", "mypy", "pathspec", "mypy_extensions", "librt"])
def test_a_package_that_is_called_like_a_part_of_the_type_checker_is_not_run(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    code = f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\nx: int = 'a'\n"
    (tmp_path / name / "__init__.py").write_text(code, encoding="utf-8")
    type_errors(tmp_path, name, tmp_path / "cache")
    assert not (tmp_path / "ran").exists()


def test_a_package_in_the_folder_where_macrohard_is_started_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ruff").mkdir()
    code = f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
    for file in ("__init__.py", "__main__.py"):
        (tmp_path / "ruff" / file).write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert polish({"a.py": "x='a'\n"}) == {"a.py": 'x = "a"\n'}
    assert not (tmp_path / "ran").exists()
