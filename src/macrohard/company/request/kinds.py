"""Whether a request wants a command-line program or a library, where nobody says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from macrohard.company.order import Kind
from macrohard.truth.examples import CallExample, CommandExample, Example

_ON_A_COMMAND_LINE = re.compile(
    r"\bcommand[- ]line\b|\bCLI\b|\bstandard\s+(?:input|output|error)\b|\bstdin\b|\bexit(?:s)?\s+(?:with\s+)?(?:status|code)|(?<!\w)--[a-z]",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"\b(?:library|package|module|function)s?\b", re.IGNORECASE)
_NOT_ORDERED = re.compile(
    r"\b(?:standard\s+library|(?:no|any|other|external|third[- ]party|additional)\s+(?:\w+\s+)?(?:librar(?:y|ies)|packages?|modules?))\b",
    re.IGNORECASE,
)


def guess_kind(request: str, examples: Sequence[Example]) -> Kind:
    """A library when its examples are calls, or when the request says library or package and shows no command.

    A request that speaks of the command line may still tell a rule as a call, 'where F(0) = 0', and any may say what is to be used:
    'the standard library', 'no packages'.
    """
    if any(isinstance(example, CommandExample) for example in examples):
        return Kind.CLI
    ordered = _ORDERED.search(_NOT_ORDERED.sub("", request)) is not None
    calls = any(isinstance(example, CallExample) for example in examples)
    if _ON_A_COMMAND_LINE.search(request):
        return Kind.LIBRARY if ordered and calls else Kind.CLI
    return Kind.LIBRARY if ordered or calls else Kind.CLI
