"""Running a command of a text, and telling what came of it from what stood in its way."""

from __future__ import annotations

from pathlib import Path

from macrohard.answers.evidence import Execution
from macrohard.answers.software.commands import Typed, argv_of
from macrohard.answers.software.workplace import Workplace, hindrance
from macrohard.truth.standalone import visible


def run_typed(
    command: Typed, place: Workplace, folder: Path
) -> tuple[Execution, str, str] | tuple[Execution | None, str]:
    """What was seen, stdout and stderr; or what was seen, if anything, and why it says nothing.

    Nothing is said by a command that does not exist, that is stopped by a limit, or that wants what is not there.
    """
    argv = argv_of(command.words, place)
    if isinstance(argv, str):
        return None, visible(argv, 200)
    seen, completed = place.run(command.text, argv, folder, command.stdin)
    out, error = completed.stdout.decode(errors="replace"), completed.stderr.decode(errors="replace")
    if seen.ending != "exit":
        return seen, f"It was stopped ({seen.ending})."
    if seen.exit_status and (why := hindrance(out + error, place)):
        return seen, why
    if (
        seen.exit_status
        and f"No module named {argv[2] if len(argv) > 2 else ''}" in error
        and argv[:2] == ("python3", "-m")
    ):
        return seen, f"There is no module `{visible(argv[2], 80)}`."
    return seen, out, error


def ended(seen: Execution) -> str:
    """How a command ended, as a sentence."""
    last = seen.shown.strip().splitlines()[-1:] if seen.exit_status else []
    return f"It ended with status {seen.exit_status}{': ' + visible(last[0], 200) if last else ''}."
