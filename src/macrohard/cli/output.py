"""Prints JSON on stdout."""

from __future__ import annotations

import json
from typing import Any

import click
from pydantic import BaseModel

__all__ = ["print_json"]


def print_json(content: BaseModel | dict[str, Any]) -> None:
    """Print one JSON object in ASCII, so that nothing in it can act on a terminal."""
    plain = content.model_dump(mode="json") if isinstance(content, BaseModel) else content
    click.echo(json.dumps(plain, indent=2, ensure_ascii=True))
