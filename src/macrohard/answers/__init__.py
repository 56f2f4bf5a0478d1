"""Answers: what others say is held against what can be run, read or computed, and nothing is believed.

Statements about software are checked by execution, `check_repository`; others against sources that the user gives,
`check_sources`. After either has changed, `recheck` says which verdicts still hold.
"""

from macrohard.answers.rechecking import Lasting, Rechecked, RecheckReport, read_report, recheck
from macrohard.answers.report import CheckReport, Part, SourceRead, SourceUnread, Standing, Statement, Unsupported
from macrohard.answers.software import check_repository
from macrohard.answers.sourced import check_sources
from macrohard.answers.sources import Web, is_address, text_at

__all__ = [
    "CheckReport",
    "Lasting",
    "Part",
    "RecheckReport",
    "Rechecked",
    "SourceRead",
    "SourceUnread",
    "Standing",
    "Statement",
    "Unsupported",
    "Web",
    "check_repository",
    "check_sources",
    "is_address",
    "read_report",
    "recheck",
    "text_at",
]
