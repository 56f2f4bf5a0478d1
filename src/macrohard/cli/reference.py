"""Writes the reference of the command line from the code: `python -m macrohard.cli.reference FOLDER`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import BaseModel

from macrohard.cli.main import cli
from macrohard.cli.shapes import SHAPES

__all__ = ["reference"]

_HEAD = """# The command line

This page is written by `scripts/docs` from the code.

Exit status: 0 every acceptance claim is verified, 3 delivered with unverified claims, 4 declined, 2 something for you to
mend, 1 a fault of Macrohard (with a traceback on stderr), 130 interrupted, 141 nobody reads the output.

With `--json` a command prints exactly one JSON object on stdout. Its `schema_version` names its shape; a shape only
ever gains fields within a version.

| command | object |
|---|---|
"""


def reference() -> dict[str, str]:
    """File name -> content: the page of the commands, and a JSON schema for each object that they print."""
    rows = [f"| {command} | [`{_version(shape)}`]({_file(shape)}) |" for command, shape in SHAPES.items()]
    helps = [f"## {path}\n\n```text\n{_help(path, command)}\n```\n" for path, command in _commands(cli, "macrohard")]
    pages = {_file(shape): _schema(shape) for shape in SHAPES.values()}
    return {"commands.md": "\n".join([_HEAD + "\n".join(rows) + "\n", *helps]), **pages}


def _schema(shape: type[BaseModel]) -> str:
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | shape.model_json_schema(
        mode="serialization"
    )
    return json.dumps(content, indent=2) + "\n"


def _version(shape: type[BaseModel]) -> str:
    version = shape.model_fields["schema_version"].default
    assert isinstance(version, str)
    return version


def _file(shape: type[BaseModel]) -> str:
    """The name of its file: 'report.v1.json'."""
    return ".".join(_version(shape).split("/")[1:]) + ".json"


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if below := command.get_command(context, name):
                yield from _commands(below, f"{path} {name}")


def _help(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path, terminal_width=100, **cli.context_settings)
    return command.get_help(context)


if __name__ == "__main__":
    for name, content in reference().items():
        Path(sys.argv[1], name).write_text(content, encoding="utf-8")
