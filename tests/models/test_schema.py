"""Schemas are kept to what every mind understands, and replies are held to them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.models.schema import BadSchema, parsed, problem, vet

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "pattern": "^[a-z]+$"},
        "age": {"type": "integer", "minimum": 0, "maximum": 150},
        "pets": {"type": "array", "items": {"$ref": "#/$defs/Pet"}, "maxItems": 2},
        "mood": {"anyOf": [{"const": None}, {"enum": ["good", "bad"]}]},
    },
    "required": ["name"],
    "additionalProperties": False,
    "$defs": {"Pet": {"type": "object", "properties": {"legs": {"type": "number"}}, "required": ["legs"]}},
}


@pytest.mark.parametrize(
    "value",
    [
        {"name": "ada"},
        {"name": "ada", "age": 36, "pets": [{"legs": 4}, {"legs": 3.5, "tail": True}], "mood": None},
        {"name": "ada", "age": 36.0, "mood": "bad"},
    ],
)
def test_what_obeys(value: Any) -> None:
    vet(PERSON)
    assert problem(value, PERSON) == ""


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([], "type"),
        ({}, "lacks 'name'"),
        ({"name": ""}, "length"),
        ({"name": "Ada"}, "form"),
        ({"name": "a", "age": -1}, "range"),
        ({"name": "a", "age": 1.5}, "type"),
        ({"name": "a", "age": True}, "type"),
        ({"name": "a", "pets": [{}]}, "pets[0] lacks 'legs'"),
        ({"name": "a", "pets": [{"legs": 1}] * 3}, "length"),
        ({"name": "a", "mood": "so-so"}, "none of"),
        ({"name": "a", "x": 1}, "does not belong"),
    ],
)
def test_what_does_not(value: Any, told: str) -> None:
    assert told in problem(value, PERSON)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "obj"}, {"oneOf": []}, {"enum": []}, {"anyOf": []}, {"$ref": "#/$defs/None"}, {"required": "name"},
        {"$ref": "other.json"}, {"properties": []}, {"items": {"if": {}}}, {"pattern": "(?=a)"}, {"pattern": "("},
        {"pattern": "a" * 201}, {"pattern": r"(a)\1"}, {"minLength": "1"}, "string", None, 3,
    ],
)  # fmt: skip
def test_schemas_that_are_refused(schema: Any) -> None:
    with pytest.raises(BadSchema):
        vet(schema)


def test_a_schema_without_end_is_refused() -> None:
    schema: dict[str, Any] = {"type": "array"}
    for _ in range(50):
        schema = {"type": "array", "items": schema}
    with pytest.raises(BadSchema):
        vet(schema)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_a_value_is_the_only_one_that_its_constant_allows(value: Any) -> None:
    assert problem(value, {"const": value}) == ""
    assert problem([value, 0], {"const": value}) != ""


@given(st.dictionaries(st.text(), st.integers()), st.sampled_from(["", "Here you are:\n```json\n", "  "]))
def test_json_is_found_in_what_stands_around_it(value: dict[str, int], before: str) -> None:
    text = json.dumps(value)
    assert json.loads(parsed(f"{before}{text}\n``` done", {"type": "object"})) == value


@pytest.mark.parametrize("text", ["", "no", "{", "[1", '{"a": }', "[" * 100_000])
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(ValueError, match="JSON"):
        parsed(text, {"type": "object"})
