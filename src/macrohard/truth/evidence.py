"""Evidence: the closed set of checkable kinds. Each holds all that is needed to produce it again."""

from __future__ import annotations

from typing import Literal

from macrohard.truth import standalone
from macrohard.truth.check import Check, Record
from macrohard.truth.context import Context, Outcome
from macrohard.truth.scenario import play


class Observation(Record):
    """What one command did when it was run."""

    exit_status: int | None
    ending: str
    """As in `sandbox.Ending`."""
    stdout_sha256: str
    stderr_sha256: str


class Run(Record):
    """A check that was run in the sandbox against a program with these inputs."""

    kind: Literal["run"] = "run"
    check: Check
    program: tuple[str, ...]
    """The words that start the program, for `{program}` in a step: ('{python}', '-m', 'roman')."""
    python_path: str = "src"
    """The folder of the project that Python imports from, relative to the project."""
    inputs: dict[str, str]
    """Path in the project -> sha256 of every file that the program was made of when it was run."""
    observed: tuple[Observation, ...]
    """One for each step that was run; a scenario stops at the first step that breaks its expectation."""
    failure: str = ""
    """Empty when every expectation was met, else what was broken, as a sentence."""

    def recheck(self, context: Context) -> Outcome:
        """Run the check again on the program that is in the project now.

        Raises SandboxUnavailable when a wall is missing; whatever else goes wrong, it does not hold.
        """
        try:
            found, strange = standalone.read_program(str(context.project), self.python_path)
            _, failure = play(self.check, self.program, self.python_path, context)
        except (OSError, ValueError) as error:
            return Outcome(holds=False, reason=f"The check cannot be run: {standalone.visible(str(error))}.")
        changed = tuple(standalone.changed_inputs(self.inputs, found, strange))
        return Outcome(holds=not failure, reason=failure, changed_inputs=changed)


Evidence = Run
