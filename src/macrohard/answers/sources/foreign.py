"""Formats that are no text, read inside the sandbox: what a file does to its reader stays there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from macrohard.answers.sources.document import Mark, Media
from macrohard.errors import UserError
from macrohard.sandbox import Command, Limits, Sandbox
from macrohard.sandbox.command import MEBIBYTE
from macrohard.truth.standalone import visible

_DRIVER = Path(__file__).with_name("driver.py")
_INSIDE = "/read/driver.py"
_LIMITS = Limits(cpu_seconds=60, wall_seconds=90, memory_bytes=1024 * MEBIBYTE, output_bytes=64 * MEBIBYTE)
_PACKAGES = {Media.PDF: ("pypdf",), Media.HTML: ("inscriptis", "lxml")}
_BREAK = "\n\n"
"""Between pages."""


def read_foreign(data: bytes, media: Media, sandbox: Sandbox) -> tuple[str, tuple[Mark, ...]]:
    """The text of a PDF file or a web page, and where its pages begin.

    Raises UserError when it has none or cannot be read, SandboxUnavailable when a wall is missing.
    """
    mounts = {f"/packages/{name}": Path(str(files(name))) for name in _PACKAGES[media]}
    argv = ("python3", "-I", "-B", _INSIDE, media.value)
    ended = sandbox.run(Command(argv, data, mounts={_INSIDE: _DRIVER, **mounts}, limits=_LIMITS))
    if ended.ending != "exit" or ended.exit_status != 0:
        raise UserError(f"It could not be read: its reader was stopped ({ended.ending}).")
    return _joined(_parts(ended.stdout), media)


def _parts(output: bytes) -> list[tuple[str, str]]:
    try:
        told = json.loads(output)
        if "error" in told:
            raise UserError(f"It cannot be read: {visible(str(told['error']))}.")
        parts = [(str(place), str(text).replace("\r\n", "\n").replace("\r", "\n")) for place, text in told["parts"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError("It could not be read: its reader was disturbed.") from error
    if not any(text.strip() for _, text in parts):
        raise UserError("There is no text in it; a scanned page is a picture.")
    return parts


def _joined(parts: Sequence[tuple[str, str]], media: Media) -> tuple[str, tuple[Mark, ...]]:
    marks, at = [], 0
    for place, text in parts:
        marks.append(Mark(at, place))
        at += len(text) + len(_BREAK)
    return _BREAK.join(text for _, text in parts), tuple(marks) if media is Media.PDF else ()
