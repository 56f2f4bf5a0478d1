"""Recipes are Python that works on the text of a file."""

from __future__ import annotations

import configparser
import csv
import io
import json
import tomllib

import pytest

from macrohard.company.engineers.recipes import recipe_for


@pytest.mark.parametrize(
    ("request_", "text", "expected"),
    [
        ("A tool for CSV files.", 'a,b\n"x, y","two\nlines"\n', [["a", "b"], ["x, y", "two\nlines"]]),
        ("A tool for TSV files.", "a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("It reads JSON.", '{"a": [1]}', {"a": [1]}),
        ("It reads TOML.", "a = 1\n", {"a": 1}),
    ],
)
def test_a_recipe_reads_its_format(request_: str, text: str, expected: object) -> None:
    recipe = recipe_for(request_, "file_text")
    assert recipe is not None
    code = recipe.split("`")[1].removeprefix("rows = ")
    assert eval(code, {"csv": csv, "io": io, "json": json, "tomllib": tomllib, "file_text": text}) == expected


def test_a_parser_is_made_before_it_reads() -> None:
    recipe = recipe_for("It reads INI files.", "text")
    assert recipe is not None
    made, read = recipe.split("`")[1].split("; ")
    parser = eval(made.removeprefix("parser = "), {"configparser": configparser})
    eval(read, {"parser": parser, "text": "[a]\nb = 1\n"})
    assert parser["a"]["b"] == "1"


@pytest.mark.parametrize("request_", ["It reads text.", "a csvtool", "JSONish"])
def test_without_a_format_there_is_no_recipe(request_: str) -> None:
    assert recipe_for(request_, "text") is None
