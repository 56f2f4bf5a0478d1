"""The list of commands. A command's module is imported when the command is called, so that `--help` starts at once."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

import click

from macrohard import __version__
from macrohard.cli.failures import FAULT, USER, status_of
from macrohard.cli.streams import unread_told

__all__ = ["cli", "main"]

_COMMANDS = {
    "build": ("build", "Build a program from a request, with evidence for what it says."),
    "implement": ("implement", "Fill in the empty functions of a Python file."),
    "audit": ("audit", "Do every check of a delivered project again."),
    "check": ("check", "Check what a text says, by running a repository or quoting sources."),
    "ask": ("ask", "Answer a question with sentences of your sources, or say that they do not."),
    "recheck": ("recheck", "Check a text again after what it was held against has changed."),
    "runs": ("runs", "List the runs of this machine."),
    "show": ("runs", "Show one run."),
    "resume": ("runs", "Go on with a run that was stopped."),
    "cancel": ("runs", "End a run for good."),
    "models": ("models", "List, fetch and check the models."),
    "doctor": ("doctor", "Show what is in force on this machine."),
}
"""Name -> (module, summary) in the order of `--help`; each module has a command of that name."""


class _Commands(click.Group):
    """A group that imports a command only to run it, and ends every failure in `failures`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"macrohard.cli.{_COMMANDS[cmd_name][0]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line; raises Unread where nobody reads the help."""
        with unread_told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises Unread where nobody reads what it prints."""
        with unread_told():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries of the table, which needs no import."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run the command and exit with its status."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        options = words[: words.index("--")] if "--" in words else words
        # An agent whose hook ends with 2 has to go on, which mends no mistyped hook.
        user = FAULT if "--hook" in options else USER
        sys.exit(status_of(partial(super().main, words, *rest, **extra), as_json="--json" in options, user=user))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="macrohard %(version)s")
def cli() -> None:
    """A software company made of AI that only says what it can prove.

    \b
    Exit status: 0 every acceptance claim is verified, 3 delivered with unverified
    claims, 4 declined, 2 something for you to mend, 1 a fault of Macrohard,
    130 interrupted, 141 nobody reads the output.
    """


def main() -> NoReturn:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that is not in UTF-8 shows escapes instead of ending the command.
            stream.reconfigure(errors="backslashreplace")
    cli.main(prog_name="macrohard")
