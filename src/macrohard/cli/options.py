"""The options that `build` and `implement` share, and the checks of what was given with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

__all__ = ["JSON", "MODEL", "OWN_HOST", "Amount", "limit_options", "order_options", "spending_options"]

F = TypeVar("F", bound=Callable[..., Any])


class Amount(click.ParamType[float]):
    """A finite number above 0; `click.FloatRange` lets 'nan' and 'inf' pass."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; fails when it is none."""
        try:
            amount = float(value)
        except ValueError:
            amount = math.nan
        if not (math.isfinite(amount) and amount > 0):
            self.fail(f"{value!r} is not a number above 0", param, ctx)
        return amount


class _Example(click.ParamType[str]):
    """'ARGS => OUTPUT'."""

    name = "example"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The example as it was given; fails without an arrow or without arguments and output."""
        arguments, arrow, output = str(value).partition("=>")
        if not arrow or not (arguments.strip() or output.strip()):
            self.fail(f"{value!r} is not of the form 'ARGS => OUTPUT', as in 'to-int XIV => 14'", param, ctx)
        return str(value)


OWN_HOST = click.option(
    "--own-host", multiple=True, metavar="HOST", help="A host of your own network that may be asked; repeatable."
)
MODEL = click.option(
    "--model",
    envvar="MACROHARD_MODEL",
    default="embedded",
    show_default=True,
    show_envvar=True,
    help="The model that proposes; 'macrohard models' lists them.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout and nothing else.")

_LIMITS = (
    click.option("--max-minutes", "minutes", type=Amount(), metavar="N", help="Stop before N minutes have passed."),
    click.option("--max-tokens", "tokens", type=click.IntRange(1), metavar="N", help="Stop before N tokens are used."),
    click.option(
        "--max-cost", "usd", type=Amount(), metavar="USD", help="Stop before this much money is spent, in US dollars."
    ),
)

_OPTIONS = (
    click.option(
        "--example",
        "examples",
        multiple=True,
        type=_Example(),
        metavar="'ARGS => OUTPUT'",
        help="What the program must print for these arguments, or what a function returns: 'f(2) => 5'; may be repeated.",
    ),
    click.option(
        "--tests", metavar="DIR", help="A folder with your own tests: unittest classes or plain test_… functions."
    ),
    MODEL,
    *_LIMITS,
    click.option(
        "--candidates",
        type=click.IntRange(1, 64),
        metavar="N",
        help="Independent candidates for each function [default: 8].",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**32 - 1),
        default=0,
        metavar="N",
        show_default=True,
        help="Another seed gives another run.",
    ),
    JSON,
)


def order_options(command: F) -> F:
    """Give a command the options that make up an order, and `--json`."""
    return _with(_OPTIONS, command)


def limit_options(command: F) -> F:
    """Give a command the options that limit a run."""
    return _with(_LIMITS, command)


def spending_options(command: F) -> F:
    """Give a command the options that limit what a model may use."""
    return _with(_LIMITS[1:], command)


def _with(options: Iterable[Callable[[F], F]], command: F) -> F:
    # The option that is applied last comes first in the help.
    for option in reversed([*options]):
        command = option(command)
    return command
