"""`macrohard build`: from a request to a program with evidence."""

from __future__ import annotations

from typing import Any

import click

from macrohard.cli.options import order_options

__all__ = ["build"]


@click.command()
@click.argument("request", metavar="REQUEST|-|FILE")
@click.option("--out", metavar="DIR", help="The folder in which the project folder is made [default: this folder].")
@click.option("--kind", type=click.Choice(["cli", "library"]), help="The kind of program [default: what fits].")
@click.option(
    "--review", is_flag=True, help="Show the brief and the checks, to be edited and approved, before building."
)
@order_options
def build(request: str, out: str | None, as_json: bool, **settings: Any) -> int:
    """Build a program from a request, with evidence for what it says.

    The request is given in quotes, on stdin (-), or in a text file. What was begun is kept: the same command again
    goes on where a stopped one was.
    """
    from macrohard.cli.ordering import carry_out, make_order
    from macrohard.cli.words import place, read_request

    text = read_request(request)
    order = make_order("build", text, place(out), settings)
    return carry_out(order, as_json=as_json)
