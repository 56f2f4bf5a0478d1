"""Answers: what others say is held against what can be run, read or computed, and nothing is believed.

`check` holds a text against a repository by running it (`check_repository`) or against sources that the user gives by quoting
them (`check_sources`). After either has changed, `recheck` says which verdicts still hold, of one report or of all that were kept in
a ledger. `ask` answers a question with sentences of
the sources, or with the statement that they do not say.
"""

from macrohard.answers.answer import AnswerReport, AnswerSentence
from macrohard.answers.answering import ask, refuse_question
from macrohard.answers.deciding import check
from macrohard.answers.keeping import KeptCheck, KeptReport, keep, recheck_ledger
from macrohard.answers.rechecking import Lasting, Rechecked, RecheckReport, read_report, recheck
from macrohard.answers.report import CheckReport, Part, SourceRead, SourceUnread, Standing, Statement, Unsupported
from macrohard.answers.software import check_repository
from macrohard.answers.sourced import check_sources
from macrohard.answers.sources import Web, is_address, is_source, refuse_sources, text_at

__all__ = [
    "AnswerReport",
    "AnswerSentence",
    "CheckReport",
    "KeptCheck",
    "KeptReport",
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
    "ask",
    "check",
    "check_repository",
    "check_sources",
    "is_address",
    "is_source",
    "keep",
    "read_report",
    "recheck",
    "recheck_ledger",
    "refuse_question",
    "refuse_sources",
    "text_at",
]
