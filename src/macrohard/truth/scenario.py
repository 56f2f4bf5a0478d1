"""Running the steps of a check inside the walls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from macrohard.errors import UserError
from macrohard.sandbox import Command
from macrohard.truth import standalone
from macrohard.truth.check import Check
from macrohard.truth.context import Context

MOUNT = "/project"
"""Where the program is seen inside; only its source folder is there, so that it cannot read its own evidence."""
PYTHON_INSIDE = "python3"


def play(check: Check, program: Sequence[str], python_path: str, context: Context) -> tuple[list[standalone.Json], str]:
    """Run a check in a fresh folder until a step is broken.

    Returns the observations in the JSON form of `Observation` and the failure as a sentence, '' when every
    expectation was met. A wall that stopped a step breaks it. Raises ValueError or OSError when the files of the
    check cannot be laid out.
    """
    execute = execute_in_sandbox(python_path, context)
    return standalone.run_scenario(check.model_dump(mode="json"), program, PYTHON_INSIDE, execute)


def execute_in_sandbox(python_path: str, context: Context) -> standalone.Execute:
    """Return what runs one command of a scenario in the sandbox, with the program mounted read-only."""
    source = f"{MOUNT}/{python_path}"
    mounts = {source: context.project / python_path}
    env = {"PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}

    def execute(argv: Sequence[str], stdin: bytes, folder: str) -> standalone.Json:
        command = Command(tuple(argv), stdin, Path(folder), mounts, env, context.limits)
        seen = context.sandbox.run(command)
        return {
            "exit_status": seen.exit_status,
            "ending": seen.ending,
            "stdout": seen.stdout,
            "stderr": seen.stderr,
        }

    return execute


def inputs_of(project: Path, python_path: str = "src") -> dict[str, str]:
    """Return path in the project -> sha256 of every file of the program.

    Raises UserError when the folder is missing, too large, or holds a link or a pipe.
    """
    try:
        found, strange = standalone.read_program(str(project), python_path)
    except OSError as error:
        raise UserError(f"The program in {project / python_path} cannot be read: {error}.") from error
    if strange:
        names = standalone.visible(", ".join(strange))
        raise UserError(f"Replace these by plain files, the program cannot be checked with them: {names}.")
    return {path: standalone.sha256(data) for path, data in found.items()}
