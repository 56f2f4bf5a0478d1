"""Statements about software are checked by execution: what decides them is run in the sandbox."""

from macrohard.answers.software.checking import Progress, check_repository

__all__ = ["Progress", "check_repository"]
