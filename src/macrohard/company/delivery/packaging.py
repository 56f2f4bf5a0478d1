"""The packaging of a delivered project."""

from __future__ import annotations

import json

from macrohard.company.brief import Brief
from macrohard.company.order import Kind

_PYPROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = {name}
version = "0.1.0"
description = {summary}
requires-python = ">=3.10"
dependencies = []
{scripts}
[tool.hatch.build.targets.wheel]
packages = ["src/{package}"]
"""
_START = """#!/bin/sh
# Starts {name} from any folder, through links too, without installing it and without importing from the current folder.
file=$0
while [ -L "$file" ]; do
  target=$(readlink -- "$file") || exit 1
  case $target in /*) file=$target ;; *) file=$(dirname -- "$file")/$target ;; esac
done
here=$(CDPATH= cd -- "$(dirname -- "$file")/.." && pwd) || exit 1
exec python3 -c 'import sys; sys.path[:] = [sys.argv.pop(1), *filter(None, sys.path)]; import runpy
runpy.run_module("{package}", run_name="__main__", alter_sys=True)' "$here/src" "$@"
"""


def files(brief: Brief) -> dict[str, str]:
    """Path in the project -> text. A JSON string is also a TOML string."""
    command = brief.kind is Kind.CLI
    scripts = f'\n[project.scripts]\n{brief.name} = "{brief.package}.cli:main"\n' if command else ""
    name, summary = json.dumps(brief.name), json.dumps(brief.summary, ensure_ascii=False)
    found = {
        "pyproject.toml": _PYPROJECT.format(name=name, summary=summary, scripts=scripts, package=brief.package),
        ".gitignore": "__pycache__/\n*.pyc\n.venv/\ndist/\n",
    }
    if command:
        found[f"bin/{brief.name}"] = _START.format(name=brief.name, package=brief.package)
    return found
