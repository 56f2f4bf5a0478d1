"""The software company: from a request to a delivered program and its evidence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from macrohard.company.order import Kind, Limit, Order
from macrohard.company.progress import Event, Progress
from macrohard.company.report import Cost, Report, Status

if TYPE_CHECKING:
    from macrohard.company.building import build
    from macrohard.company.implementing import implement
    from macrohard.company.refusing import refuse
    from macrohard.company.resuming import resume

__all__ = [
    "Cost",
    "Event",
    "Kind",
    "Limit",
    "Order",
    "Progress",
    "Report",
    "Status",
    "build",
    "implement",
    "refuse",
    "resume",
]


_WORKFLOWS = {"build": "building", "implement": "implementing", "refuse": "refusing", "resume": "resuming"}


def __getattr__(name: str) -> object:
    """Load the workflows when they are first named: commands that only look at runs need none of what they import."""
    if name in _WORKFLOWS:
        return getattr(import_module(f"macrohard.company.{_WORKFLOWS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
