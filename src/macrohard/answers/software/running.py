"""Running a command of a text, and telling what came of it from what stood in its way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macrohard.answers.evidence import Execution
from macrohard.answers.software.commands import Typed, argv_of
from macrohard.answers.software.rule import Decision, undecided
from macrohard.answers.software.workplace import Workplace, hindrance
from macrohard.truth.standalone import visible


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended by itself, and what it printed."""

    seen: Execution
    out: str
    error: str


def run_typed(command: Typed, place: Workplace, folder: Path) -> Ran | Decision:
    """What came of a command; undecided where it says nothing.

    Nothing is said by a command that does not exist, that is stopped by a limit, or that wants what is not there.
    """
    argv = argv_of(command.words, place)
    if isinstance(argv, str):
        return undecided(visible(argv, 200))
    seen, completed = place.run(command.text, argv, folder, command.stdin)
    ran = Ran(seen, completed.stdout.decode(errors="replace"), completed.stderr.decode(errors="replace"))
    if seen.ending != "exit":
        return undecided(f"It was stopped ({seen.ending}).", seen)
    if seen.exit_status and (why := hindrance(ran.out + ran.error, place)):
        return undecided(why, seen)
    if seen.exit_status and argv[:2] == ("python3", "-m") and f"No module named {argv[2]}" in ran.error:
        return undecided(f"There is no module `{visible(argv[2], 80)}`.", seen)
    return ran


def ended(seen: Execution) -> str:
    """How a command ended, as a sentence."""
    last = seen.shown.strip().splitlines()[-1:] if seen.exit_status else []
    return f"It ended with status {seen.exit_status}{': ' + visible(last[0], 200) if last else ''}."
