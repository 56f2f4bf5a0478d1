"""Evidence: the closed set of checkable kinds. Each holds all that is needed to produce it again."""

from __future__ import annotations

from typing import Literal

from macrohard.truth.check import Check, Record


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


Evidence = Run
