"""Recipes: how the standard library reads a format that a request names. Small models know it and forget to use it."""

from __future__ import annotations

import re

_RECIPES = {
    "CSV": "Read it with `rows = list(csv.reader(io.StringIO({name}, newline='')))`: `rows[0]` holds the names of the columns.",
    "TSV": "Read it with `rows = list(csv.reader(io.StringIO({name}, newline=''), delimiter='\\t'))`.",
    "JSON": "Read it with `json.loads({name})`.",
    "TOML": "Read it with `tomllib.loads({name})`.",
    "INI": "Read it with `parser = configparser.ConfigParser(); parser.read_string({name})`.",
}


def recipe_for(request: str, name: str) -> str | None:
    """How the text in the parameter `name` is read, when the request names its format; None when it names none."""
    named = (recipe for form, recipe in _RECIPES.items() if re.search(rf"\b{form}\b", request))
    found = next(named, None)
    return found.format(name=name) if found else None
