"""`macrohard check --hook`: run by another coding agent when it is about to stop, on what it says it has done.

The event is the JSON that Claude Code and Codex give to a `Stop` hook on stdin; Grok Build reads the same settings. The agent
goes on when the hook ends with status 2, and reads its stderr.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from macrohard.answers import Part, Standing
from macrohard.cli.checking import checked
from macrohard.cli.findings import commands_of, told
from macrohard.cli.folders import folder
from macrohard.cli.plain import plain
from macrohard.cli.stdin import read_stdin
from macrohard.cli.words import FILE_LIMIT
from macrohard.errors import UserError

__all__ = ["answer_hook"]

_GO_ON = 2
"""The exit status with which a hook keeps an agent from stopping."""
_MOST_TOLD = 5
_EVENT_LIMIT = 8 * FILE_LIMIT


def answer_hook(repo: str | None, environment: str | None, seconds: float) -> int:
    """Check the last message of the agent. An agent that was sent back once already is not sent back again."""
    try:
        event = _event(read_stdin(_EVENT_LIMIT + 1))
        message = _message(event)
        if event.get("stop_hook_active") or not message.strip():
            return 0
        report = checked(message, _root(repo, event.get("cwd")), environment, seconds)
    except UserError as error:  # the agent cannot mend it, and must not be held up by it
        click.echo(f"Macrohard could not check what you say: {plain(str(error))}")
        return 0
    wrong = [part for part in report.parts if part.verdict is Standing.CONTRADICTED]
    right = sum(part.verdict is Standing.SUPPORTED for part in report.parts)
    counted = f"Macrohard ran what you say: {right} statement{'' if right == 1 else 's'} supported"
    if not wrong:
        click.echo(f"{counted}, none contradicted.")
        return 0
    click.echo(f"{counted}, {len(wrong)} not.", err=True)
    for part in wrong[:_MOST_TOLD]:
        click.echo(f"- “{told(part)}” is {part.verdict.value}: {plain(part.reason)}{_how(part)}", err=True)
    click.echo("Mend it, or say what is so.", err=True)
    return _GO_ON


def _root(repo: str | None, cwd: object) -> Path:
    """The repository that is named, else where the agent works."""
    return folder(repo if repo is not None else cwd if isinstance(cwd, str) and cwd else ".", "The repository")


def _how(part: Part) -> str:
    commands = commands_of(part)
    return f" See `{plain(commands[-1])}`." if commands else ""


def _event(data: bytes) -> dict[str, Any]:
    try:
        event = json.loads(data) if len(data) <= _EVENT_LIMIT else None
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise UserError("There is no event of a Stop hook on stdin; leave out --hook to check a text.")
    return event


def _message(event: dict[str, Any]) -> str:
    """The last message as the event tells it, else the last of the transcript."""
    message = event.get("last_assistant_message")
    if isinstance(message, str):
        return message
    path = event.get("transcript_path")
    return _last_of(Path(path)) if isinstance(path, str) else ""


def _last_of(transcript: Path) -> str:
    """The text of the last message of the assistant in a transcript, one JSON object a line; empty when there is none."""
    try:
        lines = transcript.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise UserError(f"The transcript {transcript} cannot be read ({error.strerror}).") from error
    return next((text for text in map(_said, reversed(lines)) if text), "")


def _said(line: str) -> str:
    try:
        message = json.loads(line)["message"]
        if message["role"] != "assistant":
            return ""
        content = message["content"]
        if isinstance(content, str):
            return content
        return "\n".join(item["text"] for item in content if item["type"] == "text")
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
