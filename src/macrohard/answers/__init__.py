"""Answers: what others say is held against what can be run, read or computed, and nothing is believed.

So far statements about software are checked, by execution: `check_repository`.
"""

from macrohard.answers.report import CheckReport, Part, Standing, Statement
from macrohard.answers.software import check_repository

__all__ = ["CheckReport", "Part", "Standing", "Statement", "check_repository"]
