"""The jury: runs all candidates on shared inputs, groups them by behaviour, and chooses one for each function."""

from macrohard.company.jury.choice import Choice, choose
from macrohard.company.jury.court import Court

__all__ = ["Choice", "Court", "choose"]
