"""All minds by name."""

from __future__ import annotations

from macrohard.errors import UserError
from macrohard.models.embedded import EmbeddedModel
from macrohard.models.question import Model


def open_model(name: str) -> Model:
    """The mind that the user calls `name`. Raises UserError for a name that nobody has."""
    if name == "embedded":
        return EmbeddedModel()
    raise UserError(f"There is no model called {name!r}; known are: embedded")
