"""Standard input, which need not be there: who starts a command may have closed it."""

from __future__ import annotations

import sys

from macrohard.errors import UserError

__all__ = ["is_asked", "read_stdin"]


def read_stdin(most: int) -> bytes:
    """At most so many bytes. Raises UserError where it is closed or cannot be read."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise UserError("Standard input is closed; give the text in quotes or in a file.")
    try:
        return bytes(stream.read(most))
    except OSError as error:
        raise UserError(f"Standard input cannot be read ({error.strerror}); give the text in a file.") from error


def is_asked() -> bool:
    """Whether somebody sits at it who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
