"""Hidden tests, applied by the harness alone, in the sandbox."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from bench.functions.tasks import Task
from macrohard.sandbox import Command, Limits, Sandbox
from macrohard.sandbox.command import MEBIBYTE

_LIMITS = Limits(cpu_seconds=60, wall_seconds=90, memory_bytes=2048 * MEBIBYTE, processes=16)
"""EvalPlus gives a solution four times the time of the canonical one; here all are given the same, which is more."""
_AT_ONCE = 2


def passes(task: Task, sources: Sequence[str], sandbox: Sandbox) -> list[bool]:
    """Whether each source of the task's function passes all hidden tests."""

    def one(source: str) -> bool:
        word = secrets.token_hex(16)  # so that no source can say that it passed
        text = f"{_imported(source)}\n{task.hidden}\nprint({word!r})\n"
        environment = {"PYTHONPATH": "/packages", "OPENBLAS_NUM_THREADS": "1"}
        completed = sandbox.run(
            Command(("python3", "-B", "-"), text.encode(), mounts=_numpy(), env=environment, limits=_LIMITS)
        )
        return completed.exit_status == 0 and completed.stdout.rstrip().endswith(word.encode())

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(one, sources))


def _imported(source: str) -> str:
    """The source as if it were imported, so that a main block of its own does not run."""
    return (
        "import sys\n__name__ = 'task'\nsys.modules['task'] = sys.modules['__main__']\n"
        f"exec(compile({source!r}, 'task.py', 'exec'), globals())\n"
    )


def _numpy() -> dict[str, Path]:
    """The tests of EvalPlus compare with numpy, which is installed beside Macrohard and not in the sandbox."""
    spec = find_spec("numpy")
    assert spec is not None and spec.origin is not None  # the embedded engine depends on it
    folder = Path(spec.origin).parent
    found = {"/packages/numpy": folder}
    libraries = folder.with_name("numpy.libs")
    return found | ({"/packages/numpy.libs": libraries} if libraries.is_dir() else {})
