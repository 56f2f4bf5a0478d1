"""`--review`: the user reads, edits and approves the brief and the checks before anything is built."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from macrohard.cli.plain import plain
from macrohard.cli.screen import Screen
from macrohard.cli.stdin import is_asked
from macrohard.company.reviewing import approved
from macrohard.errors import UserError

__all__ = ["Review", "reviewer"]

Review = Callable[[str, str], tuple[str, str]]
"""(brief as JSON, checks as JSON) -> both as the user approved them."""


def reviewer(screen: Screen) -> Review:
    """A review on this terminal; raises UserError when nobody sits at it."""
    if not is_asked():
        raise UserError("--review asks on the terminal, but stdin is not one; leave --review out, or use a terminal.")

    def review(brief: str, checks: str) -> tuple[str, str]:
        with screen.aside(), tempfile.TemporaryDirectory(prefix="macrohard-review-") as folder:
            return _reviewed(Path(folder) / "review.json", brief, checks)

    return review


def _reviewed(path: Path, brief: str, checks: str) -> tuple[str, str]:
    content = {"brief": json.loads(brief), "checks": json.loads(checks)}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    while True:
        _edit(path)
        try:
            edited = _parsed(path)
        except (OSError, ValueError) as error:
            click.echo(f"The file is not usable: {plain(str(error))}.", err=True)
            if not click.confirm("Edit it again?", default=True, err=True):
                break
            continue
        if click.confirm("Build with this brief and these checks?", default=True, err=True):
            return edited
        if not click.confirm("Edit it again?", default=True, err=True):
            break
    raise UserError("The brief was not approved, so nothing was built; give the command again to start over.")


def _edit(path: Path) -> None:
    """Open the file in the user's editor, or say where it is and wait."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        click.echo(f"The brief and the checks are in {path}; edit them there.", err=True)
        click.prompt("Press Enter when you are done", default="", show_default=False, err=True)
        return
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise UserError(f"The editor '{editor}' did not work ({error}); set EDITOR to one that does.") from error


def _parsed(path: Path) -> tuple[str, str]:
    """The brief and the checks as JSON; raises OSError or ValueError when the file holds none that can be used."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or set(content) != {"brief", "checks"}:
        raise ValueError('it must hold an object with "brief" and "checks"')
    brief, checks = json.dumps(content["brief"]), json.dumps(content["checks"])
    approved(brief, checks)  # after the review the file is gone, and all that was edited with it
    return brief, checks
