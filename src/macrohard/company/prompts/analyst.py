"""What the analyst says to the model."""

from __future__ import annotations

import json
from typing import Any, Literal

from macrohard.company.order import Kind

_SYSTEM = (
    "You are a careful software analyst. You turn a request into a brief in JSON. "
    "You add nothing that the request does not say."
)


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _array(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "items": items}


_TEXT = {"type": "string"}
_ARGUMENT = _object(name=_TEXT, type={"enum": ["text", "integer", "number", "file"]})
_OPTION = _object(name=_TEXT, type={"enum": ["flag", "text", "integer", "number"]})
_COMMAND = _object(
    name=_TEXT,
    purpose=_TEXT,
    arguments=_array(_ARGUMENT, 6),
    options=_array(_OPTION, 4),
    reads_stdin={"type": "boolean"},
)
_FIELD = _object(name=_TEXT, type={"enum": ["text", "integer", "number", "flag"]})
_PARAMETER = _object(name=_TEXT, type=_TEXT)
_FUNCTION = _object(
    name=_TEXT,
    parameters=_array(_PARAMETER, 6),
    returns=_TEXT,
    purpose=_TEXT,
)
SCHEMAS: dict[Kind, dict[str, Any]] = {
    Kind.CLI: _object(
        program=_TEXT, summary=_TEXT, commands=_array(_COMMAND, 10), state_file=_TEXT, record_fields=_array(_FIELD, 8)
    ),
    Kind.LIBRARY: _object(package=_TEXT, summary=_TEXT, functions=_array(_FUNCTION, 10)),
}

_CLI_REQUEST = (
    "A tool called notes. It stores notes in notes.json. `notes new TITLE BODY` stores a note and prints "
    '"Saved TITLE". `notes pin NUMBER` pins a note, counted from 1. `notes find WORD` prints the titles that contain '
    "the word, one per line, and with `--count` only how many. `notes size` prints the number of characters read from "
    "standard input."
)
_CLI_BRIEF: dict[str, Any] = {
    "program": "notes",
    "summary": "Keeps notes and finds them again.",
    "commands": [
        {
            "name": "new",
            "purpose": "Store a note that is not pinned; print 'Saved TITLE' with the title of the note.",
            "arguments": [{"name": "title", "type": "text"}, {"name": "body", "type": "text"}],
            "options": [],
            "reads_stdin": False,
        },
        {
            "name": "pin",
            "purpose": "Pin the note with this number, counted from 1.",
            "arguments": [{"name": "number", "type": "integer"}],
            "options": [],
            "reads_stdin": False,
        },
        {
            "name": "find",
            "purpose": "Print the titles that contain the word, one per line; with --count only how many.",
            "arguments": [{"name": "word", "type": "text"}],
            "options": [{"name": "--count", "type": "flag"}],
            "reads_stdin": False,
        },
        {
            "name": "size",
            "purpose": "Print the number of characters of the text.",
            "arguments": [],
            "options": [],
            "reads_stdin": True,
        },
    ],
    "state_file": "notes.json",
    "record_fields": [
        {"name": "title", "type": "text"},
        {"name": "body", "type": "text"},
        {"name": "pinned", "type": "flag"},
    ],
}
WORKED_NAMES = frozenset(part["name"] for command in _CLI_BRIEF["commands"] for part in (command, *command["options"]))
"""The commands and options of the worked example, which a reply may copy."""
_LIBRARY_REQUEST = (
    "A Python library called shapes with a function area(width, height) that returns the area of a rectangle as a "
    "float, and scale(sizes, factor=2), which returns every size multiplied by the factor. A negative size raises "
    "ValueError. area(2, 3) returns 6.0."
)
_LIBRARY_BRIEF = {
    "package": "shapes",
    "summary": "Measures and scales rectangles.",
    "functions": [
        {
            "name": "area",
            "parameters": [{"name": "width", "type": "float"}, {"name": "height", "type": "float"}],
            "returns": "float",
            "purpose": "Return the area of a rectangle. Raise ValueError when a size is negative.",
        },
        {
            "name": "scale",
            "parameters": [{"name": "sizes", "type": "list[float]"}, {"name": "factor", "type": "float = 2"}],
            "returns": "list[float]",
            "purpose": "Return every size multiplied by the factor. Raise ValueError when a size is negative.",
        },
    ],
}
_EXAMPLES: dict[Kind, tuple[str, dict[str, Any]]] = {
    Kind.CLI: (_CLI_REQUEST, _CLI_BRIEF),
    Kind.LIBRARY: (_LIBRARY_REQUEST, _LIBRARY_BRIEF),
}


def messages(kind: Kind, request: str) -> list[tuple[Literal["system", "user", "assistant"], str]]:
    """One worked example, then the request."""
    example, brief = _EXAMPLES[kind]
    return [("system", _SYSTEM), ("user", example), ("assistant", json.dumps(brief)), ("user", request)]
