"""The tasks: a stub with its docstring for Macrohard, and hidden tests for the harness alone.

The sets are public and lie outside the repository; `--data` says where. HumanEval+ and MBPP+ (EvalPlus, Apache-2.0) are
only reported on; those tasks of MBPP (CC BY 4.0) that are not in MBPP+ are for fitting, but for those that nobody could get
right from their text, with the asserts of each and further inputs on which it must do what its author's solution does.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.functions.algorithms import functions
from bench.functions.author import calls_of, comparison, solution_of
from bench.functions.undecided import wants_untold_words

_SOON = "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, 20)"
"""All tests of a task of MBPP take less than a second; what computes longer is endless, and is ended."""
SETS = ("humaneval+", "mbpp+", "mbpp-fit", "algorithms")


@dataclass(frozen=True, slots=True)
class Task:
    """One function to write."""

    id: str
    function: str
    stub: str
    """A stub file: what Macrohard sees."""
    hidden: str
    """Python that ends with an exception when the function that stands before it is wrong."""
    reported: bool = True
    """False for a task that is only fitted on."""
    author: str = ""
    """Python of the author's own function, where the hidden tests hold against it: they tell nothing if it fails them."""


def tasks(name: str, data: Path) -> list[Task]:
    """All tasks of a set, in its order. Raises KeyError for an unknown set, OSError when its file is not there."""
    read = {"humaneval+": _humaneval, "mbpp+": _mbpp_plus, "mbpp-fit": _mbpp_fit, "algorithms": _algorithms}[name]
    return list(read(data))


def digest_of(every: Sequence[Task]) -> str:
    """'sha256:…' of what the tasks of a set ask and of their hidden tests."""
    text = json.dumps([[task.id, task.stub, task.hidden] for task in every])
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _humaneval(data: Path) -> Iterator[Task]:
    for row in _rows(data / "humanevalplus.jsonl.gz"):
        name = row["entry_point"]
        yield Task(row["task_id"], name, row["prompt"], f"{row['test']}\n\ncheck({name})\n")


def _mbpp_plus(data: Path) -> Iterator[Task]:
    for row in _rows(data / "mbppplus.jsonl.gz"):
        name, stub = _stub(row["prompt"], row["test_list"][0], row["code"])
        yield Task(f"mbpp/{row['task_id']}", name, stub, row["test"])


def _mbpp_fit(data: Path) -> Iterator[Task]:
    reported = {row["task_id"] for row in _rows(data / "mbppplus.jsonl.gz")}
    for row in _rows(data / "mbpp.jsonl.gz"):
        if row["task_id"] not in reported:
            name, stub = _stub(row["text"], row["test_list"][0], row["code"])
            asserts = [*row["test_list"], *row["challenge_test_list"]]
            if not wants_untold_words(stub, asserts):
                hidden = "\n".join([_SOON, row["test_setup_code"], *asserts, comparison(row, name)])
                yield Task(f"mbpp/{row['task_id']}", name, stub, hidden, reported=False, author=solution_of(row))


def _algorithms(data: Path) -> Iterator[Task]:
    for found in functions(data / "algorithms"):
        yield Task(found.id, found.name, found.stub, f"{_SOON}\n{found.hidden}", reported=False, author=found.author)


def _stub(text: str, shown: str, code: str) -> tuple[str, str]:
    """The name of the function and its stub: the task's text with its first assert, as EvalPlus shows it.

    MBPP gives no signature; the assert tells how many arguments there are, and nothing is taken from the solution but
    which of the names in the assert is the function.
    """
    defined = {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)}
    call = calls_of(ast.parse(shown), defined)[0]
    name = ast.unparse(call.func)
    parameters = ", ".join([f"arg{number}" for number, _ in enumerate(call.args, 1)])
    docstring = f"{text.strip()}\n{shown.strip()}".replace("\\", "\\\\").replace('"""', "'''")
    body = "\n".join(f"    {line}".rstrip() for line in docstring.split("\n")).strip()
    return name, f'def {name}({parameters}):\n    """{body}\n    """\n'
