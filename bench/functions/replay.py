"""Choosing anew among what was sampled, with the code of the product, and without asking the model."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from bench.functions.hidden import passes
from bench.functions.tasks import Task
from macrohard.company.acceptance import checks_of
from macrohard.company.engineering import Candidate, extract, read_candidates
from macrohard.company.examples import CallExample
from macrohard.company.implementing import brief_of, workshop_of
from macrohard.company.jury import Choice, choose
from macrohard.company.stubfile import StubFile, fill, read_stub_file
from macrohard.company.workshop import court_of
from macrohard.models import Answer, Reply, ScriptedModel
from macrohard.sandbox import Sandbox
from macrohard.truth import Check, Source

ENOUGH_VOTES = 2
_EXAMPLE = TypeAdapter(CallExample)


def judged(task: Task, row: Mapping[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    """Which of the candidates, and whether the bare answer, pass the hidden tests."""
    file = read_stub_file(task.stub, "task.py")
    bare = extract(row["bare"], file.stubs[0])
    sources = [candidate.source for candidate in candidates_of(file, row, len(row["replies"]))]
    verdicts = passes(task, [_whole(file, source) for source in [*sources, *([bare] if bare else [])]], sandbox)
    return {
        "id": task.id,
        "bare": bool(bare) and verdicts[-1],
        "candidates": {digest(source): right for source, right in zip(sources, verdicts, strict=False)},
    }


def chosen(
    task: Task, row: Mapping[str, Any], count: int, sandbox: Sandbox
) -> tuple[Choice, list[Candidate], tuple[Check, ...]]:
    """What the jury makes of the first `count` candidates, the candidates, and the checks."""
    file = read_stub_file(task.stub, "task.py")
    checks, candidates = checks_from(file, row), candidates_of(file, row, count)
    workshop = workshop_of(brief_of("task", file), file, checks, ScriptedModel({}), sandbox, count, 0)
    return choose(court_of(workshop, [candidates])), candidates, checks


def candidates_of(file: StubFile, row: Mapping[str, Any], count: int) -> list[Candidate]:
    """The first `count` candidates, half of each prompt, doubles counted together."""
    replies = [reply for prompt in (0, 1) for reply in _first(row["replies"], prompt, (count + 1 - prompt) // 2)]
    read = tuple(Reply(item["text"], "stop", item["tokens"], item["log_probability"]) for item in replies)
    return read_candidates(file.stubs[0], [Answer(read, 0, 0.0)])


def _first(replies: Sequence[Mapping[str, Any]], prompt: int, count: int) -> list[Mapping[str, Any]]:
    return [reply for reply in replies if reply["prompt"] == prompt][:count]


def checks_from(file: StubFile, row: Mapping[str, Any]) -> tuple[Check, ...]:
    """The examples of the docstring, then what the tester confirmed."""
    brief = brief_of("task", file)
    kept = [_EXAMPLE.validate_python(case["example"]) for case in row["cases"] if case["votes"] >= ENOUGH_VOTES]
    return *checks_of(brief, file.examples, Source.USER), *checks_of(brief, kept, Source.TESTER)


def digest(source: str) -> str:
    """A short name for a program."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _whole(file: StubFile, source: str) -> str:
    """The stub file with its function filled in."""
    return fill(file.text, {file.stubs[0].name: source})
