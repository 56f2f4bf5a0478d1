"""Choosing anew among what was sampled, with the code of the product, and without asking the model."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from bench.functions.hidden import passes
from bench.functions.tasks import Task
from macrohard.company.engineers.engineering import Candidate, read_candidates
from macrohard.company.engineers.extracting import extract
from macrohard.company.jury import Choice, Court, Memory, choose
from macrohard.company.properties import properties_of
from macrohard.company.stubfile import StubFile, fill, read_stub_file
from macrohard.company.stubplan import brief_of, workshop_of
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.cases import MOST_CASES
from macrohard.company.tester.confirming import ENOUGH
from macrohard.company.workshop import court_of
from macrohard.models import Answer, Reply, ScriptedModel
from macrohard.sandbox import Sandbox
from macrohard.truth import Check, Source
from macrohard.truth.examples import CallExample

_EXAMPLE = TypeAdapter(CallExample)


def judged(
    task: Task, row: Mapping[str, Any], sandbox: Sandbox, known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Which of the candidates, and whether the bare answer, pass the hidden tests; candidates that are `known` by the same tests are
    not tried again."""
    file = read_stub_file(task.stub, "task.py")
    candidates, bare = _programs(file, row)
    seen = known["candidates"] if known and _same_tests(known, task) else {}
    new = [source for source in candidates if digest(source) not in seen]
    tried = [_whole(file, source) for source in [*new, *([bare] if bare else [])]]
    verdicts = passes(task, [*tried, *([task.author] if task.author else [])], sandbox)
    found = {**seen, **{digest(source): right for source, right in zip(new, verdicts, strict=False)}}
    return {
        "id": task.id,
        "replies": len(row["replies"]),
        "tests": digest(task.hidden),
        "programs": _digest_of(candidates, bare),
        "bare": bool(bare) and verdicts[len(new)],
        "author": verdicts[-1] if task.author else True,
        "candidates": {key: found[key] for key in map(digest, candidates)},
    }


def is_current(verdicts: Mapping[str, Any], task: Task, row: Mapping[str, Any]) -> bool:
    """Whether these are of what is read of all replies of the row today, by the tests of today."""
    programs = _programs(read_stub_file(task.stub, "task.py"), row)
    return verdicts.get("programs") == _digest_of(*programs) and _same_tests(verdicts, task)


def _programs(file: StubFile, row: Mapping[str, Any]) -> tuple[list[str], str | None]:
    """What is read of the replies, and of the bare answer."""
    candidates = candidates_of(file, row, len(row["replies"]))
    return [candidate.source for candidate in candidates], extract(row["bare"], file.stubs[0])


def _digest_of(candidates: Sequence[str], bare: str | None) -> str:
    return digest("\n".join([*candidates, bare or ""]))


def _same_tests(verdicts: Mapping[str, Any], task: Task) -> bool:
    """A line without a digest of its tests is of those that a set came with."""
    return bool(verdicts.get("tests", digest(task.hidden) if task.reported else "") == digest(task.hidden))


def chosen(
    task: Task,
    row: Mapping[str, Any],
    count: int,
    sandbox: Sandbox,
    memory: Memory | None = None,
    *,
    tester: bool = True,
) -> tuple[Choice, list[Candidate], tuple[Check, ...]]:
    """What the jury makes of the first `count` candidates, the candidates, and the checks, with or without those of the
    tester; `memory` is of this task with the same checks."""
    file = read_stub_file(task.stub, "task.py")
    row = row if tester else {**row, "cases": []}
    court = _court(file, checks_from(file, row), inputs_from(file, row), candidates_of(file, row, count), sandbox)
    if memory is not None:
        court.memory = memory
    return choose(court), list(court.candidates[0]), tuple(court.checks)


def _court(
    file: StubFile, checks: Sequence[Check], inputs: Sequence[Check], candidates: list[Candidate], sandbox: Sandbox
) -> Court:
    """The jury's court for these candidates of a task."""
    made = workshop_of(brief_of("task", file), file, checks, inputs, ScriptedModel({}), sandbox, len(candidates), 0)
    return court_of(made, [candidates])


def best_by_own_tests(
    task: Task, row: Mapping[str, Any], count: int, sandbox: Sandbox
) -> tuple[Candidate | None, bool]:
    """What the bare model would hand in if it ran its own tests: of its first `count` replies to the plain prompt the one that passes
    most examples, of equals the one that passes most of the cases that it wrote, the first of these; and whether that passes all, of
    which there must be one."""
    file = read_stub_file(task.stub, "task.py")
    candidates = read_candidates(file.stubs[0], [_answer(plain_replies(row, count))])
    if not candidates:
        return None, False
    brief = brief_of("task", file)
    given = checks_of(brief, file.examples, Source.USER)
    written = checks_of(brief, [_EXAMPLE.validate_python(case["example"]) for case in row["cases"]], Source.TESTER)
    court = _court(file, (*given, *written), (), candidates, sandbox)
    court.run([(index,) for index in range(len(candidates))], (*given, *written))

    def broken(index: int) -> tuple[int, int]:
        examples, cases = (sum(bool(court.failure((index,), check)) for check in checks) for checks in (given, written))
        return examples, cases

    best = min(range(len(candidates)), key=broken)
    return candidates[best], bool(given or written) and broken(best) == (0, 0)


def candidates_of(file: StubFile, row: Mapping[str, Any], count: int) -> list[Candidate]:
    """The first `count` candidates, half of each prompt, doubles counted together."""
    return read_candidates(file.stubs[0], [_answer(first_replies(row, count))])


def _answer(replies: Sequence[Mapping[str, Any]]) -> Answer:
    read = (Reply(item["text"], "stop", item["tokens"], item["log_probability"]) for item in replies)
    return Answer(tuple(read), 0, 0.0)


def plain_replies(row: Mapping[str, Any], count: int) -> list[Mapping[str, Any]]:
    """The first `count` replies to the plain prompt."""
    return [reply for reply in row["replies"] if reply["prompt"] == 0][:count]


def first_replies(row: Mapping[str, Any], count: int) -> list[Mapping[str, Any]]:
    """The first `count` replies, half of each prompt."""
    by_prompt = [[reply for reply in row["replies"] if reply["prompt"] == prompt] for prompt in (0, 1)]
    return [*by_prompt[0][: (count + 1) // 2], *by_prompt[1][: count // 2]]


def checks_from(file: StubFile, row: Mapping[str, Any]) -> tuple[Check, ...]:
    """The examples of the docstring, what it says of all results, then what the tester confirmed."""
    brief = brief_of("task", file)
    kept = [_EXAMPLE.validate_python(case["example"]) for case in row["cases"] if _is_kept(case, row["cases"])]
    told = properties_of(file.docstrings, brief.package, file.examples)
    return *checks_of(brief, file.examples, Source.USER), *told, *checks_of(brief, kept, Source.TESTER)


def _is_kept(case: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> bool:
    """As the tester does: the first confirmed cases of a question, of the second round only where the first has none."""
    sure = [item for item in cases if item["question"] == case["question"] and item["votes"] >= ENOUGH]
    first = [item for item in sure if item["round"] == min(other["round"] for other in sure)][:MOST_CASES]
    return any(item is case for item in first)


def inputs_from(file: StubFile, row: Mapping[str, Any]) -> tuple[Check, ...]:
    """The cases that the tester did not confirm, as inputs."""
    doubted = [_EXAMPLE.validate_python(case["example"]) for case in row["cases"] if not _is_kept(case, row["cases"])]
    found = checks_of(brief_of("task", file), doubted, Source.TESTER)
    return tuple(check.model_copy(update={"id": f"input-{number:02d}"}) for number, check in enumerate(found, 1))


def digest(source: str) -> str:
    """A short name for a program."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _whole(file: StubFile, source: str) -> str:
    """The stub file with its function filled in."""
    return fill(file.text, {file.stubs[0].name: source})
