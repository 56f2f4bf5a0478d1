"""The host's side of trying the examples of a module: starts the driver in the sandbox and reads what came of each."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from macrohard.company.delivery.project import write
from macrohard.sandbox import Command, Sandbox

Came = list[tuple[bool, str | None]]
"""For each example of a docstring: whether it shows what stands there, and what it showed instead."""
_DRIVER = Path(__file__).with_name("driver.py")
_INSIDE, _SOURCES = "/examples/driver.py", "/examples/src"
_CAME = TypeAdapter(dict[str, Came])


def try_examples(files: Mapping[str, str], module: str, sandbox: Sandbox) -> dict[str, Came]:
    """Function -> what came of its examples; nothing where the module does not come to its end with them.

    `files` are the sources of a program (path below `src` -> text).
    """
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), dict(files))
        argv = ("python3", "-I", "-B", _INSIDE, _SOURCES, module)
        ended = sandbox.run(Command(argv, mounts={_INSIDE: _DRIVER, _SOURCES: Path(folder)}))
    try:
        return _CAME.validate_json(ended.stdout)
    except ValidationError:  # the program may have written in the driver's place
        return {}
