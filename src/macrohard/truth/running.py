"""Making evidence: a check is run in the sandbox, and what was seen is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from macrohard.sandbox import Limits, Sandbox
from macrohard.truth.check import Check
from macrohard.truth.context import Context
from macrohard.truth.evidence import Observation, Run
from macrohard.truth.scenario import inputs_of, play
from macrohard.truth.standalone import visible


def run_check(
    check: Check,
    project_root: Path,
    program: Sequence[str],
    sandbox: Sandbox,
    limits: Limits | None = None,
    *,
    python_path: str = "src",
    inputs: Mapping[str, str] | None = None,
    times: int = 1,
) -> Run:
    """Run a check against the program in `project_root` and return the evidence, whether it passed or not.

    `program` holds the words for `{program}`, such as ('{python}', '-m', 'roman'). `limits` are those of one step.
    `inputs`, from `inputs_of`, saves reading the program again when many checks are run against it. Raises UserError
    when the program cannot be read, SandboxUnavailable when a wall is missing.

    What a program does can depend on chance, such as the order in which Python goes through a set. With `times` above 1 it
    is run so often, and must meet its expectations each time; the evidence is of the last run.
    """
    digests = dict(inputs if inputs is not None else inputs_of(project_root, python_path))
    context = Context(project_root, sandbox, limits or Limits())
    for passed in range(times):
        try:
            observed, failure = play(check, program, python_path, context)
        except (OSError, ValueError) as error:
            observed, failure = [], f"The check cannot be run: {visible(str(error))}."
        if failure:
            failure += f" (It was met in {passed} of {passed + 1} runs.)" if passed else ""
            break
    return Run(
        check=check,
        program=tuple(program),
        python_path=python_path,
        inputs=digests,
        observed=tuple(Observation.model_validate(one) for one in observed),
        failure=failure,
    )
