"""Writes the fits as the calibrations and probes that Macrohard ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.forests import Grown
from bench.grounding.fitting import KINDS
from bench.grounding.material import RAGTRUTH
from bench.grounding.scored import Scored
from bench.machine import circumstances
from bench.shipping import ship_calibration, ship_forest, ship_probe
from macrohard.answers.grounding.sureness import PACKAGE, READ


@dataclass(frozen=True, slots=True)
class Origin:
    """What fits were made of."""

    data_digest: str
    model_digest: str
    """Of the model that has read the claims."""
    command: str


def ship(scored: Mapping[str, Scored], origin: Origin) -> None:
    """Each under its name."""
    for name, item in scored.items():
        about = _about(name, item, origin)
        if isinstance(item.found, Grown):
            ship_forest(name, item.found.names, item.found.trees, about)
        else:
            ship_calibration(PACKAGE, name, item.found, item.threshold, about)
        if item.probed is not None:
            ship_probe(name.removesuffix(READ), item.probed.intercept, item.probed.weights, item.probed.penalty, about)


def _about(name: str, item: Scored, origin: Origin) -> dict[str, Any]:
    sets = " ".join(KINDS.get(name.removesuffix(READ), (f"ragtruth ({', '.join(RAGTRUTH)})",)))
    return {
        "model_digest": origin.model_digest if name.endswith(READ) else "",
        "data": sets,
        "data_digest": origin.data_digest,
        "tasks": item.summary["tasks"],
        "date": circumstances()["date"],
        "command": origin.command,
    }
