"""Runs delivered programs on the answer keys, which no build sees.

    python -m bench.keys [--set SET] [--out DIR] [NAME …]

`--out` is where `python -m bench.requests` built them; the rows of programs that do not lie there stay as they were. A verdict covers
the inputs that it names; this tells how far a program is right beyond them, though a few inputs of the keys are the examples of the
requests. Writes `bench/results/keys.json`, for the set `unseen` `bench/results/unseen-keys.json`, and so on.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.machine import circumstances, load, write_result
from bench.references import Command, Library, Reference, Refused, Session, key_of
from bench.requests import EXAMPLES, UNSEEN, add_set, command_of, delivered, out_of
from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.tester.acceptance import call_check
from macrohard.sandbox import Sandbox, open_sandbox
from macrohard.truth import PROGRAM, PYTHON, Check, Expectation, Source, Step, inputs_of, run_check
from macrohard.truth.examples import CallExample

NAMES = {EXAMPLES: "keys", **{name: f"{name}-keys" for name in UNSEEN}}
"""What the results of a set are kept as."""


def main() -> int:
    """Try the programs that are named, or all that were delivered."""
    parser = argparse.ArgumentParser(description="Run delivered programs on the answer keys.")
    parser.add_argument("names", nargs="*", help="requests such as 01-roman; all when none is named")
    add_set(parser)
    options = parser.parse_args()
    found = delivered(options.set, out_of(options))
    sandbox, known = open_sandbox(), load(NAMES[options.set])
    rows: dict[str, Any] = dict(known["requests"]) if known else {}
    for name, project in found.items():
        if not options.names or name in options.names:
            rows[name] = tried(key_of(name), project, sandbox)
            _print(name, rows[name])
    if not options.names:
        result = {"schema": "macrohard/bench/keys/v1", "command": command_of("keys", options.set), **circumstances()}
        write_result(NAMES[options.set], {**result, "requests": dict(sorted(rows.items()))})
    return 0


def _print(name: str, row: dict[str, Any]) -> None:
    print(f"{name}: {row['right']} of {row['n']} right", flush=True)
    for wrong in row["wrong"]:
        print(f"    {wrong['statement']}: {wrong['reason']}", flush=True)


def tried(key: Reference, project: Path, sandbox: Sandbox) -> dict[str, Any]:
    """How many results of the key the program gives, and those that it does not."""
    package = next((project / "src").iterdir()).name
    inputs = inputs_of(project)
    runs = [
        run_check(check, project, (PYTHON, "-m", package), sandbox, inputs=inputs)
        for check in checks_of(key, project.name, package)
    ]
    wrong = [{"statement": run.check.statement, "reason": run.failure} for run in runs if run.failure]
    return {"n": len(runs), "right": len(runs) - len(wrong), "wrong": wrong}


def clean(rows: Iterable[Mapping[str, Any]]) -> int:
    """How many programs give every result of their key."""
    return sum(bool(row["right"] == row["n"]) for row in rows)


def checks_of(key: Reference, name: str, package: str) -> Iterator[Check]:
    """The key as checks."""
    if isinstance(key, Library):
        yield from _library_checks(key, package)
    else:
        yield from (_session_check(key, session, name) for session in key.sessions)


def _library_checks(key: Library, package: str) -> Iterator[Check]:
    brief = Brief(kind=Kind.LIBRARY, name=package, summary="", request="")
    for call in key.calls:
        name = call.partition("(")[0]
        try:
            result = repr(eval(call, dict(key.functions)))
        except ValueError:
            yield call_check(brief, CallExample(quotation="", function=name, expression=call, raises="ValueError"))
        else:
            yield call_check(brief, CallExample(quotation="", function=name, expression=call, result=result))


def _session_check(key: Command, session: Session, name: str) -> Check:
    """The last line must do what the key does; those before it only prepare it."""
    kept: list[dict[str, object]] = []
    steps = []
    for number, line in enumerate(session.lines, 1):
        words, last = shlex.split(line), number == len(session.lines)
        stdin = session.stdin if last else ""
        try:
            shown = key.run(words, stdin, session.files, kept)
            expect = Expectation(stdout=shown.rstrip("\n") if last else None, exit_status=0 if last else None)
        except Refused:
            expect = Expectation(exit_status=2, error_message=True) if last else Expectation(exit_status=None)
        steps.append(Step(argv=(PROGRAM, *words), stdin=stdin, expect=expect))
    shown = "; ".join(f"{name} {line}" for line in session.lines) + (f" < {session.stdin!r}" if session.stdin else "")
    return Check(id="key", statement=shown, source=Source.HOST, files=dict(session.files), steps=tuple(steps))


if __name__ == "__main__":
    raise SystemExit(main())
