"""A mind that says what it was told to say: for tests, demonstrations and rehearsals without a model.

A script maps the purpose of a question to what is replied, occasion after occasion; the last occasion repeats:

    {"format": "macrohard/script/v1", "delay": 0.0, "log": "calls.jsonl",
     "replies": {"analyst: brief": ["{...}"], "engineer: *": [["first candidate", "second candidate"]]}}

A purpose may hold `*`, `?` and `[…]`; an exact one comes first. An occasion is one text for all replies to a
question, or a list of texts that they take in turn. A relative `log` lies beside the script.
"""

from __future__ import annotations

import fcntl
import fnmatch
import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from macrohard.errors import ModelUnavailable, UserError
from macrohard.models.parallel import each
from macrohard.models.question import Answer, Question, Reply

Occasion = str | Sequence[str]
Script = Mapping[str, Sequence[Occasion]] | Callable[[Question, int], Occasion]
"""Purpose -> occasions, or a function of the question and the number of the occasion, from 0."""


class ScriptFile(BaseModel):
    """The file behind `scripted:PATH`."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["macrohard/script/v1"]
    replies: dict[str, list[str | list[str]]]
    delay: float = 0.0
    """Seconds that each answer takes."""
    log: str | None = None
    """A file to which each call is written, so that calls can be counted over several processes."""


class ScriptedModel:
    """Answers from a script. The same question is the same occasion, in this process and, with a log, in the next."""

    def __init__(self, script: Script, *, delay: float = 0.0, log: Path | None = None, name: str = "scripted") -> None:
        self.name = name
        text = json.dumps(script, sort_keys=True, default=list) if isinstance(script, Mapping) else repr(script)
        self.digest = f"scripted:{hashlib.sha256(text.encode()).hexdigest()}"
        self.calls: list[Question] = []
        """Every question that was asked of this object, in the order of asking."""
        self._script = script
        self._delay = delay
        self._calls = _Calls(log)
        self._lock = threading.Lock()

    @classmethod
    def load(cls, path: Path) -> ScriptedModel:
        """The model of a script file. Raises UserError when there is none or it is not a script."""
        try:
            script = ScriptFile.model_validate_json(path.read_bytes())
        except OSError as problem:
            raise UserError(f"The script {path} cannot be read: {problem.strerror}") from problem
        except ValidationError as problem:
            first = problem.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(step) for step in first["loc"]) or "the file"
            raise UserError(f"The script {path} is not valid ({where}: {first['msg']})") from problem
        log = None if script.log is None else path.absolute().parent / script.log
        return cls(script.replies, delay=script.delay, log=log, name=f"scripted:{path}")

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer from the script, all at once. Raises ModelUnavailable for a purpose the script does not know."""
        return each(self._one, questions)

    def _one(self, question: Question) -> Answer:
        with self._lock:
            self.calls.append(question)
        started = time.monotonic()
        occasion = self._calls.note("asked", question)
        said = self._said(question, occasion)
        time.sleep(self._delay)
        self._calls.note("answered", question)
        texts = [said] if isinstance(said, str) else list(said)
        replies = tuple(_reply(texts[index % len(texts)]) for index in range(question.sampling.count))
        prompt = sum(len(message.content.split()) for message in question.messages)
        return Answer(replies, prompt, time.monotonic() - started)

    def _said(self, question: Question, occasion: int) -> Occasion:
        if callable(self._script):
            return self._script(question, occasion)
        script = self._script
        name = question.purpose
        if name not in script:
            name = next((pattern for pattern in script if fnmatch.fnmatchcase(name, pattern)), "")
        if not script.get(name):
            raise ModelUnavailable(f"The script has no reply for {question.purpose!r}: add it to the script")
        return script[name][min(occasion, len(script[name]) - 1)]


class _Calls:
    """Counts occasions, in memory or in a file that other processes write to as well."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lines: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def note(self, event: str, question: Question) -> int:
        """Write down an event and return the number of the occasion of this question."""
        identity = hashlib.sha256(repr((question.messages, question.sampling, question.purpose)).encode()).hexdigest()
        line = {"event": event, "purpose": question.purpose, "question": identity}
        if self._path is None:
            with self._lock:
                self._lines.append(line)
                return _occasion(self._lines, line)
        with self._path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            lines = [json.loads(text) for text in file if text.endswith("\n")]
            file.write(json.dumps(line) + "\n")
        return _occasion([*lines, line], line)


def _occasion(lines: Sequence[Mapping[str, Any]], line: Mapping[str, Any]) -> int:
    same = [known["question"] for known in lines if known["purpose"] == line["purpose"]]
    return list(dict.fromkeys(same)).index(line["question"])


def _reply(text: str) -> Reply:
    """Words count as tokens here."""
    return Reply(text, "stop", len(text.split()))
