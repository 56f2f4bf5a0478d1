"""Documenting: what the docstrings of a delivered program say about its functions is so."""

from macrohard.company.documenting.docstrings import documented

__all__ = ["documented"]
