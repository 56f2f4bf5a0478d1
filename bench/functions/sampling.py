"""Asks the model once for everything that a rule of choice may use: one bare answer, candidates, cases of the tester."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench import store
from bench.counting import Counted, tokens_of
from bench.functions.examples import is_barred
from bench.functions.replay import candidates_of, chosen
from bench.functions.tasks import Task
from bench.machine import circumstances
from macrohard.company.brief import Brief
from macrohard.company.engineers.engineering import questions_for
from macrohard.company.rounds import ROUNDS
from macrohard.company.stubfile import StubFile, read_stub_file
from macrohard.company.stubplan import brief_of
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.asking import Asked, questions
from macrohard.company.tester.confirming import ENOUGH, votes
from macrohard.company.tester.department import ROUNDS as TESTER_ROUNDS
from macrohard.company.tester.department import Case, write_cases
from macrohard.company.tester.inputs import inputs_of_check
from macrohard.company.workshop import DEFAULT_CANDIDATES
from macrohard.models import Answer, Message, Model, Question, Sampling
from macrohard.models.parallel import each
from macrohard.sandbox import Sandbox, open_sandbox
from macrohard.truth import Source

CANDIDATES = 16
FIRST_ROUNDS = 3
"""Of the product: together they ask for sixteen candidates."""
TEMPERATURE = 0.8
SEED = 0
BARE_TOKENS = 768
_AT_ONCE = 16
"""Tasks that are sampled at once, so that the batch of the engine is full while some of them run programs or ask for a few replies."""
BARE = (
    "Please provide a self-contained Python script that solves the following problem in a markdown code block:\n"
    "```\n{stub}\n```\n"
)
"""The chat format of EvalPlus, without the beginning of a reply that it puts into the model's mouth."""


def sample_all(name: str, tasks: Sequence[Task], model: Model, limit: int | None) -> None:
    """Sample the tasks that have no line yet, or none with all its rounds, in a random order that is always the same, up
    to `limit` lines in all."""
    known, sandbox, lock = store.read(name), open_sandbox(), threading.Lock()

    def one(task: Task) -> None:
        begun = known.get(task.id, {})
        row = completed(task, begun if begun and _is_current(task, begun) else sample(task, model), model, sandbox)
        with lock:
            store.append(name, row)
        print(f"{task.id}: {row['seconds']} s, {row['tokens']}", flush=True)

    waiting = [task for task in in_order(tasks)[:limit] if not _is_complete(task, known.get(task.id, {}))]
    if waiting:
        each(one, waiting, _AT_ONCE)


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """The tasks in the order in which they are sampled."""
    return random.Random(SEED).sample(list(tasks), len(tasks))


def _is_complete(task: Task, row: Mapping[str, Any]) -> bool:
    return "rounds" in row and _is_current(task, row)


def _is_current(task: Task, row: Mapping[str, Any]) -> bool:
    """Whether the tester was asked with the examples that are read today; older lines do not tell."""
    given = _given(read_stub_file(task.stub, "task.py"))
    return bool(row.get("given", given) == given)


def _given(file: StubFile) -> list[str]:
    return [example.quotation for example in file.examples]


def sample(task: Task, model: Model) -> dict[str, Any]:
    """One line of the store; the bare answer, which nothing is fitted on, only of the sets that are reported on."""
    started = time.monotonic()
    file = read_stub_file(task.stub, "task.py")
    (stub,) = file.stubs
    engineers = questions_for(stub, CANDIDATES, TEMPERATURE, SEED)
    bare = Question(
        (Message("user", BARE.format(stub=task.stub.strip())),), Sampling(max_tokens=BARE_TOKENS), None, "bare"
    )
    asked = [*engineers, *([bare] if task.reported else [])]
    answers = model.answer(asked)
    answers, first = answers[: len(engineers)], answers[len(engineers) :]
    cases, asking = _cases(file, model)
    made = circumstances()
    tokens = {"bare": tokens_of(first), "engineers": tokens_of(answers), "tester": asking}
    return {
        "id": task.id,
        "made": {key: made[key] for key in ("date", "processor", "engine", "commit")},
        "model": model.name,
        "model_digest": model.digest,
        "given": _given(file),
        "bare": first[0].replies[0].text if first else "",
        "replies": _replies(answers),
        "cases": cases,
        "tokens": tokens,
        "seconds": round(time.monotonic() - started, 1),
    }


def completed(task: Task, row: Mapping[str, Any], model: Model, sandbox: Sandbox) -> dict[str, Any]:
    """The line with the further rounds of the product, which it asks for while no candidate passes the examples."""
    (stub,) = read_stub_file(task.stub, "task.py").stubs
    replies, spent, rounds = list(row["replies"]), dict(row["tokens"]["engineers"]), FIRST_ROUNDS
    for number, turn in enumerate(ROUNDS[FIRST_ROUNDS:], FIRST_ROUNDS + 1):
        if not breaks_example(task, {**row, "replies": replies}, sandbox):
            break
        count = round(turn.share * DEFAULT_CANDIDATES)
        answers = model.answer(questions_for(stub, count, turn.temperature, SEED + 1000 * number))
        replies, rounds = replies + _replies(answers), number
        spent = {kind: spent[kind] + more for kind, more in tokens_of(answers).items()}
    return {**row, "replies": replies, "tokens": {**row["tokens"], "engineers": spent}, "rounds": rounds}


def breaks_example(task: Task, row: Mapping[str, Any], sandbox: Sandbox) -> bool:
    """Whether the best of all candidates breaks an example, or there is none."""
    count = len(row["replies"])
    if not candidates_of(read_stub_file(task.stub, "task.py"), row, count):
        return True
    choice, _, _ = chosen(task, row, count, sandbox)
    return is_barred(choice, task.function)


def _replies(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    return [
        {
            "prompt": prompt,
            "text": reply.text,
            "log_probability": reply.log_probability,
            "tokens": reply.completion_tokens,
        }
        for prompt, answer in enumerate(answers)
        for reply in answer.replies
    ]


def _cases(file: StubFile, model: Model) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Every case of the tester's first two rounds with the replies that repeat it, and the tokens of both.

    As in the product, the second round is asked where the first confirmed nothing.
    """
    counted = Counted(model)
    brief = brief_of("task", file)
    known = checks_of(brief, file.examples, Source.USER)
    given = {inputs_of_check(check) for check in known}
    asked: list[tuple[Brief, Asked]] = [(brief, item) for item in questions(brief, {}, known)]
    seen: set[tuple[object, ...]] = set()
    rows: list[dict[str, Any]] = []
    for number, samplings in enumerate(TESTER_ROUNDS[:2]):
        waiting = [index for index in range(len(asked)) if not _is_confirmed(index, rows)]
        written = write_cases([asked[index] for index in waiting], {}, seen, samplings, counted, SEED + 10 * number)
        cases = [
            (index, case)
            for index, group in zip(waiting, written, strict=True)
            for case in group
            if inputs_of_check(case[2]) not in given
        ]
        repeated = votes([case[:2] for _, case in cases], counted, SEED)
        rows += [
            {"round": number, "question": index, "example": _example(case), "votes": count}
            for (index, case), count in zip(cases, repeated, strict=True)
        ]
    return rows, counted.tokens


def _is_confirmed(question: int, rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(row["question"] == question and row["votes"] >= ENOUGH for row in rows)


def _example(case: Case) -> dict[str, Any]:
    return case[1].model_dump(mode="json", exclude_none=True)
