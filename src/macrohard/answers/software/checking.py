"""The check of a text about a repository: read -> recognise -> run -> judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from macrohard.answers.report import CheckReport, Part, Standing, Statement, together
from macrohard.answers.sentences import Sentence, sentences
from macrohard.answers.software.calling import calls, python_sessions
from macrohard.answers.software.covering import coverage
from macrohard.answers.software.depending import dependencies
from macrohard.answers.software.environment import environment_of
from macrohard.answers.software.filing import files, python_versions
from macrohard.answers.software.printing import commands, successes
from macrohard.answers.software.rule import Decision, Rule, Saying, undecided
from macrohard.answers.software.starting import starts
from macrohard.answers.software.testing import tests
from macrohard.answers.software.transcribing import transcripts
from macrohard.answers.software.workplace import Workplace, workplace
from macrohard.errors import MacrohardError
from macrohard.sandbox import Sandbox, open_sandbox

RULES: tuple[Rule, ...] = (
    files, python_versions, dependencies, calls, commands, transcripts, python_sessions, successes, starts, tests, coverage,
)  # fmt: skip
"""What can be decided, cheap things first."""
SECONDS = 600.0
"""The longest that one command may take."""
LONGEST = 1000
"""Characters of a sentence: what is longer is none, and would make some patterns slow."""
Progress = Callable[[str, int, int], None]
"""Called before each part is decided, with its words, how many are done, and how many there are."""


def check_repository(
    text: str,
    repository: Path,
    environment: Path | None = None,
    *,
    sandbox: Sandbox | None = None,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> CheckReport:
    """Hold what a text says of a repository against what its code does and its files say.

    Runs nothing but what decides a statement, each time in the sandbox and in a fresh copy. The packages of `environment`, by
    default of `.venv` or `venv` in the repository, can be imported. Raises UserError when the repository or the environment is
    none, SandboxUnavailable when a wall is missing.
    """
    found = environment_of(repository, environment)
    read = [(sentence, _sayings(sentence)) for sentence in sentences(text)]
    total, done = sum(len(said) for _, said in read), 0
    statements = []
    with workplace(repository, found, sandbox or open_sandbox(), seconds) as (place, digest):
        for sentence, said in read:
            parts = []
            for saying in said:
                if progress:
                    progress(sentence.words[saying.start : saying.end], done, total)
                parts.append(_decided(sentence, saying, place))
                done += 1
            statements.append(_statement(sentence, parts))
    return CheckReport(
        text=text,
        repository=str(repository),
        environment=str(found.folder) if found else None,
        files_sha256=digest,
        statements=tuple(statements),
    )


def sayings(sentence: Sentence) -> Iterator[Saying]:
    """What a sentence says that can be decided, each of its words once: the rule that comes first has them."""
    taken: list[Saying] = []
    if len(sentence.words) > LONGEST and not sentence.is_code:
        return
    for rule in RULES:
        for saying in rule(sentence):
            if all(saying.end <= other.start or saying.start >= other.end for other in taken):
                taken.append(saying)
    yield from sorted(taken, key=lambda saying: saying.start)


def _sayings(sentence: Sentence) -> list[Saying]:
    """A fault of ours makes it one that cannot be checked: a text must not be able to hide its other statements."""
    try:
        return list(sayings(sentence))
    except Exception as fault:  # noqa: BLE001 - told in the report
        told = _fault(fault)
        return [Saying(0, len(sentence.words), lambda _: told)]


def _fault(fault: Exception) -> Decision:
    return undecided(f"Macrohard failed on it ({type(fault).__name__}); that is a fault of Macrohard.")


def _decision(saying: Saying, place: Workplace) -> Decision:
    """Faults that its user can mend end the check; ours do not, so that the other statements keep their verdicts."""
    try:
        return saying.decide(place)
    except MacrohardError:
        raise
    except Exception as fault:  # noqa: BLE001 - told in the report
        return _fault(fault)


def _decided(sentence: Sentence, saying: Saying, place: Workplace) -> Part:
    decision = _decision(saying, place)
    return Part(
        words=sentence.words[saying.start : saying.end],
        start=sentence.start + saying.start,
        end=sentence.start + saying.end,
        verdict=decision.verdict,
        reason=decision.reason,
        evidence=decision.evidence,
    )


def _statement(sentence: Sentence, parts: Sequence[Part]) -> Statement:
    return Statement(
        text=sentence.words,
        start=sentence.start,
        end=sentence.end,
        verdict=together(part.verdict for part in parts) if parts else Standing.NOT_CHECKED,
        parts=tuple(parts),
    )
