"""`macrohard implement`: fills in the functions of a stub file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from macrohard.cli.options import order_options

__all__ = ["implement"]


@click.command()
@click.argument("file", metavar="FILE.py")
@click.option("--out", metavar="FILE|DIR", help="Where to write the result [default: in place].")
@order_options
def implement(file: str, out: str | None, as_json: bool, **settings: Any) -> int:
    """Fill in the empty functions of a Python file.

    A function is filled in when it has a signature, a docstring and an empty body or `raise NotImplementedError`.
    """
    from macrohard.cli.ordering import carry_out, make_order
    from macrohard.cli.words import read_file

    source = Path(file).absolute()
    text = read_file(source)
    order = make_order("implement", text, _target(source, out), settings, file_name=source.name)
    return carry_out(order, as_json=as_json)


def _target(source: Path, out: str | None) -> Path:
    """The file to write; raises UserError when it is another file that exists, or cannot be written."""
    from macrohard.cli.words import writable
    from macrohard.company.runs import unfinished_run
    from macrohard.errors import UserError

    target = source if out is None else Path(out).expanduser().absolute()
    if target.is_dir():
        target = target / source.name
    if target.exists() and not target.samefile(source):
        run_id = unfinished_run(str(target))
        going_on = f", or go on with `macrohard resume {run_id}`, which is not finished" if run_id else ""
        raise UserError(f"{target} exists; choose another file with --out, or remove it{going_on}.")
    target = target.resolve() if target.exists() else target  # the user's link goes on leading to the user's file
    writable(target)
    return target
