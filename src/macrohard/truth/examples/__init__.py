"""Examples that a person gave, found in the request or in `--example`, kept word for word."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from macrohard.truth.examples.below import announces_output
from macrohard.truth.examples.calls import find_calls
from macrohard.truth.examples.commands import find_commands
from macrohard.truth.examples.files import announces_file, find_files
from macrohard.truth.examples.filters import find_filtered
from macrohard.truth.examples.flush import without_transcripts
from macrohard.truth.examples.given import parse_given
from macrohard.truth.examples.pairs import Signature, find_pairs
from macrohard.truth.examples.piped import find_piped
from macrohard.truth.examples.programs import program_of
from macrohard.truth.examples.sessions import find_sessions
from macrohard.truth.examples.shapes import CallExample, CommandExample, Example, Line
from macrohard.truth.examples.tables import find_rows
from macrohard.truth.examples.transcripts import find_transcripts


@lru_cache(maxsize=16)
def find_examples(request: str) -> tuple[Example, ...]:
    """All examples that stand in a request: terminal transcripts first, then single commands, then calls, each once; none that begins
    "After" beside a transcript, behind which it may stand."""
    transcripts = find_transcripts(request)
    shown = {(line.words, line.stdin) for example in transcripts for line in example.lines}
    prose, files, program = without_transcripts(request), find_files(request), program_of(request)
    commands = [
        example
        for example in chain(find_commands(prose, files), find_rows(prose, program, files))
        if not (example.lines[0].prepares and transcripts)
        and (example.lines[-1].words, example.lines[-1].stdin) not in shown
    ]
    typed = (*transcripts, *commands, *find_filtered(prose, program))
    return (*typed, *find_piped(request, program, typed), *_calls(request))


def _calls(request: str) -> Iterator[CallExample]:
    """Those of Python sessions, then those in running text, each once."""
    prose = "\n".join(line for line in request.split("\n") if not line.lstrip().startswith(">>>"))
    seen: set[tuple[str, str | None, str | None]] = set()
    for call in chain(find_sessions(request), find_calls(prose)):
        said = (call.expression, call.result, call.raises)
        if said not in seen:
            seen.add(said)
            yield call


__all__ = [
    "CallExample",
    "CommandExample",
    "Example",
    "Line",
    "Signature",
    "announces_file",
    "announces_output",
    "find_calls",
    "find_commands",
    "find_examples",
    "find_files",
    "find_pairs",
    "find_sessions",
    "find_transcripts",
    "parse_given",
    "without_transcripts",
]
