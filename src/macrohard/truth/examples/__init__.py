"""Examples that a person gave, found in the request or in `--example`, kept word for word."""

from macrohard.truth.examples.calls import find_calls
from macrohard.truth.examples.commands import find_commands
from macrohard.truth.examples.files import find_files
from macrohard.truth.examples.given import parse_given
from macrohard.truth.examples.pairs import Signature, find_pairs
from macrohard.truth.examples.shapes import CallExample, CommandExample, Example, Line
from macrohard.truth.examples.transcripts import find_transcripts


def find_examples(request: str, error_status: int = 2) -> tuple[Example, ...]:
    """All examples that stand in a request: terminal transcripts first, then single commands, then calls.

    An error of which a transcript shows no exit status ends with `error_status`.
    """
    transcripts = find_transcripts(request, error_status)
    shown = {line.words for example in transcripts for line in example.lines}
    commands = [example for example in find_commands(request) if example.lines[0].words not in shown]
    return (*transcripts, *commands, *find_calls(request))


__all__ = [
    "CallExample",
    "CommandExample",
    "Example",
    "Line",
    "Signature",
    "find_calls",
    "find_commands",
    "find_examples",
    "find_files",
    "find_pairs",
    "find_transcripts",
    "parse_given",
]
