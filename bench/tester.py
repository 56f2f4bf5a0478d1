"""Measures how often the tester expects the right thing, before and after it is asked again.

    python -m bench.tester

The cases are those of the first round of the tester for each example request; the answer keys of `bench/references`
say which are right. Resumable: a request that has a row is left alone. Writes `bench/results/tester.json`.
"""

from __future__ import annotations

import ast
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.machine import RESULTS, circumstances, write_result
from bench.references import Command, Library, Reference, Refused, key_of
from bench.requests import EXAMPLES, texts
from macrohard.company.analyst import write_brief
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.asking import questions
from macrohard.company.tester.confirming import confirmed
from macrohard.company.tester.department import ROUNDS, write_cases
from macrohard.company.tester.inputs import inputs_of_check
from macrohard.models import Budget, Model, Recorder, open_model
from macrohard.truth import Source
from macrohard.truth.examples import CallExample, CommandExample, Example, find_examples, find_files

NAME = "tester"
SEED = 0


def main() -> int:
    """Measure the requests that have no row yet."""
    path = RESULTS / f"{NAME}.json"
    rows: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["requests"] if path.is_file() else {}
    with tempfile.TemporaryDirectory() as folder:
        model = open_model("embedded", Recorder(Path(folder) / "calls.db", NAME), Budget())
        for request in texts(EXAMPLES):
            if request.stem not in rows:
                rows[request.stem] = measured(request.read_text(encoding="utf-8"), key_of(request.stem), model)
                _write(rows, model)
                print(f"{request.stem}: {[(case['right'], case['confirmed']) for case in rows[request.stem]]}")
    return 0


def measured(request: str, key: Reference, model: Model) -> list[dict[str, Any]]:
    """Each case of one request: what it says, whether it is right, whether it was confirmed."""
    examples = find_examples(request)
    brief = write_brief(request, None, examples, (), model, SEED)
    known = checks_of(brief, examples, Source.REQUEST)
    seen = {inputs_of_check(check) for check in known}
    asked = [(brief, item) for item in questions(brief, find_files(request), known)]
    written = write_cases(asked, find_files(request), set(), ROUNDS[0], model, SEED)
    cases = [case for group in written for case in group if inputs_of_check(case[2]) not in seen]
    sure = confirmed([case[:2] for case in cases], model, SEED)
    return [
        {"statement": check.statement, "error": _is_error(example), "right": is_right(example, key), "confirmed": kept}
        for (_, example, check), kept in zip(cases, sure, strict=True)
    ]


def _is_error(example: Example) -> bool:
    return bool(example.raises) if isinstance(example, CallExample) else example.lines[-1].error


def is_right(example: Example, key: Reference) -> bool:
    """Whether the key does what the case expects."""
    if isinstance(example, CallExample) and isinstance(key, Library):
        return _right_call(example, key)
    return isinstance(example, CommandExample) and isinstance(key, Command) and _right_session(example, key)


def _right_call(example: CallExample, key: Library) -> bool:
    call = ast.parse(example.expression, mode="eval").body
    assert isinstance(call, ast.Call)  # an example is a call of literals
    try:
        result = key.functions[example.function](
            *map(ast.literal_eval, call.args),
            **{str(item.arg): ast.literal_eval(item.value) for item in call.keywords},
        )
    except Exception as error:  # noqa: BLE001 - whatever the key raises for these arguments
        return type(error).__name__ == example.raises
    return example.result is not None and bool(result == ast.literal_eval(example.result))


def _right_session(example: CommandExample, key: Command) -> bool:
    kept: list[dict[str, object]] = []
    last = example.lines[-1]
    try:
        for line in example.lines:
            shown = key.run(line.words[1:], line.stdin, example.files, kept)
    except Refused:
        return last.error and line is last
    except (ArithmeticError, IndexError, KeyError, ValueError):
        return False  # it is called in a way that the request does not know
    return not last.error and shown.strip() == (last.stdout or "").strip()


def _write(rows: dict[str, Any], model: Model) -> None:
    head = {"schema": "macrohard/bench/tester/v1", "command": "python -m bench.tester", "seed": SEED}
    cases = [case for row in rows.values() for case in row]
    counts = {
        name: {
            "written": _share([case for case in cases if case["error"] is error]),
            "confirmed": _share([case for case in cases if case["error"] is error and case["confirmed"]]),
        }
        for name, error in (("values", False), ("errors", True))
    }
    write_result(
        NAME, {**head, **circumstances(), "model": model.name, "model_digest": model.digest, **counts, "requests": rows}
    )


def _share(cases: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {"right": sum(case["right"] for case in cases), "n": len(cases)}


if __name__ == "__main__":
    raise SystemExit(main())
