"""The model that reads sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macrohard.models import Model

__all__ = ["reader"]


def reader(name: str, command: str, limits: Mapping[str, Any]) -> Model:
    """This model within these limits, its weights fetched first where it is the embedded one. What it says of sentences is kept and
    not asked again. Raises UserError for a name that is none."""
    from macrohard.cli.ordering import fetch_weights
    from macrohard.cli.screen import watch
    from macrohard.models import Budget, Recorder, open_model
    from macrohard.paths import cache_dir

    with watch() as screen:
        fetch_weights(name, screen)
    return open_model(name, Recorder(cache_dir() / "readings.db", command), Budget(**limits))
