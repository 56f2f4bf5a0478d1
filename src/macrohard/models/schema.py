"""JSON schemas: the part of the language that every mind is asked in, and whether a reply obeys.

Minds differ in what they enforce, and an engine may break on a schema it does not know; so schemas are kept to
the keywords below, and every structured reply is checked here as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from macrohard.models.question import TURN_TOKENS, Question

ANNOTATIONS = frozenset({"title", "description", "default", "examples", "$schema", "$id", "$comment"})
CONSTRAINTS = frozenset(
    {
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs",
        "pattern", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum",
    }
)  # fmt: skip
TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
_DEPTH = 32


_PATTERN = re.compile(r"(?:[^\\(\[]|\\[dws.+*?^$|(){}\[\]\\/-]|\((?!\?)|\[[^\[\]]+\])*")
"""Regular expressions that every engine reads alike: no look-around, no back-references, no flags."""


class BadSchema(ValueError):
    """Raised for a schema with a keyword, type or reference that is not known here."""


def vet(schema: Any, root: Mapping[str, Any] | None = None, depth: int = 0) -> None:
    """Raise BadSchema unless the schema, a JSON value, is made of known keywords with sound values."""
    if not isinstance(schema, Mapping) or depth > _DEPTH:
        raise BadSchema("a schema must be an object, nested not too deep")
    root = schema if root is None else root
    unknown = set(schema) - ANNOTATIONS - CONSTRAINTS
    if unknown:
        raise BadSchema(f"the keyword {min(unknown)!r} is not known")
    types = schema.get("type", [])
    for name in [types] if isinstance(types, str) else types:
        if name not in TYPES:
            raise BadSchema(f"the type {name!r} is not known")
    if "$ref" in schema:
        resolve(schema["$ref"], root)
    _vet_values(schema)
    for inner in _inner(schema):
        vet(inner, root, depth + 1)


def resolve(reference: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference like '#/$defs/Command' names. Raises BadSchema."""
    name = str(reference).removeprefix("#/$defs/")
    found = root.get("$defs", {}).get(name)
    if not str(reference).startswith("#/$defs/") or not isinstance(found, Mapping):
        raise BadSchema(f"the reference {reference!r} leads nowhere")
    return found


def problem(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any] | None = None, where: str = "reply") -> str:
    """What is wrong with a value, as a sentence; empty when it obeys a vetted schema."""
    root = schema if root is None else root
    return next((found for found in _problems(value, schema, root, where)), "")


def wish(schema: Mapping[str, Any]) -> str:
    """How a model is asked that is given no schema but in words."""
    return f"Reply with one JSON value and nothing else. It must obey this JSON schema: {dict(schema)}"


def most_read(question: Question) -> int:
    """Upper bound of the prompt tokens of one reply of a remote model, the schema included, however it is sent."""
    schema = 0 if question.schema is None else len(wish(question.schema).encode()) + TURN_TOKENS
    return question.most_read + schema


def parsed(text: str, schema: Mapping[str, Any]) -> str:
    """The JSON in a reply, without a code fence or words around it. Raises ValueError saying what is wrong."""
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    text = text[min(starts, default=0) :]
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON ({error})") from error
    if found := problem(value, schema):
        raise ValueError(found)
    return text[:end]


def _inner(schema: Mapping[str, Any]) -> Iterator[Any]:
    yield from schema.get("properties", {}).values()
    yield from schema.get("$defs", {}).values()
    yield from schema.get("anyOf", [])
    for keyword in ("items", "additionalProperties"):
        if keyword in schema and not isinstance(schema[keyword], bool):
            yield schema[keyword]


def _vet_values(schema: Mapping[str, Any]) -> None:
    sound = {
        "properties": dict, "$defs": dict, "required": list, "enum": list, "anyOf": list,
        "minItems": int, "maxItems": int, "minLength": int, "maxLength": int, "minimum": (int, float),
        "maximum": (int, float),
    }  # fmt: skip
    for keyword, kind in sound.items():
        if keyword in schema and not isinstance(schema[keyword], kind):  # type: ignore[arg-type]
            raise BadSchema(f"the value of {keyword!r} has the wrong type")
    if "pattern" in schema:
        _vet_pattern(schema["pattern"])
    for keyword in ("enum", "anyOf"):
        if schema.get(keyword, True) == []:
            raise BadSchema(f"{keyword!r} is empty")


def _vet_pattern(pattern: Any) -> None:
    if not isinstance(pattern, str) or len(pattern) > 200 or not _PATTERN.fullmatch(pattern):
        raise BadSchema("the pattern is not a plain regular expression")
    try:
        re.compile(pattern)
    except re.error as problem:
        raise BadSchema(f"the pattern is not a regular expression ({problem})") from problem


def _problems(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], where: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _problems(value, resolve(schema["$ref"], root), root, where)
    if "anyOf" in schema and all(problem(value, one, root, where) for one in schema["anyOf"]):
        yield f"{where} is none of the things it may be"
    if "enum" in schema and not any(_same(value, one) for one in schema["enum"]):
        yield f"{where} is not one of {schema['enum']}"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{where} is not {schema['const']!r}"
    types = schema.get("type", list(TYPES))
    if not any(_is(value, name) for name in ([types] if isinstance(types, str) else types)):
        yield f"{where} is not of type {types}"
    if isinstance(value, dict):
        yield from _object_problems(value, schema, root, where)
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        for index, item in enumerate(value):
            yield from _problems(item, schema["items"], root, f"{where}[{index}]")
    yield from _size_problems(value, schema, where)


def _object_problems(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], where: str
) -> Iterator[str]:
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where} lacks {name!r}"
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, inner in value.items():
        if name in known:
            yield from _problems(inner, known[name], root, f"{where}.{name}")
        elif others is False:
            yield f"{where} has {name!r}, which does not belong there"
        elif isinstance(others, Mapping):
            yield from _problems(inner, others, root, f"{where}.{name}")


def _size_problems(value: Any, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if isinstance(value, (list, str)):
        kind = "Items" if isinstance(value, list) else "Length"
        if not schema.get(f"min{kind}", 0) <= len(value) <= schema.get(f"max{kind}", len(value)):
            yield f"{where} has the wrong length"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} does not have the form {schema['pattern']!r}"
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{where} is out of range"


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name]) or (name == "integer" and isinstance(value, float) and value.is_integer())


def _same(left: Any, right: Any) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)
