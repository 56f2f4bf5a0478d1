"""Prints JSON on stdout."""

from __future__ import annotations

import json

import click
from pydantic import BaseModel

__all__ = ["print_json"]


def print_json(content: BaseModel) -> None:
    """Print one JSON object in ASCII, so that nothing in it can act on a terminal."""
    click.echo(json.dumps(content.model_dump(mode="json"), indent=2, ensure_ascii=True))
