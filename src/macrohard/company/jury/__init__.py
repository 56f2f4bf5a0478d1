"""The jury: runs all candidates on shared inputs, groups them by behaviour, and chooses one for each function."""

from macrohard.company.jury.choice import choose
from macrohard.company.jury.court import Court, Memory
from macrohard.company.jury.mutants import Killed, killed_by_checks
from macrohard.company.jury.opinion import Choice

__all__ = ["Choice", "Court", "Killed", "Memory", "choose", "killed_by_checks"]
