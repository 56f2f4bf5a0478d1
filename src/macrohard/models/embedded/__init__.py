"""The embedded mind: one loaded copy of the weights, served on the loopback to every process of the user."""

from macrohard.models.embedded.client import EmbeddedModel

__all__ = ["EmbeddedModel"]
