"""Answers: what others say is held against what can be run, read or computed, and nothing is believed.

`check` holds a text against a repository by running it (`check_repository`) or against sources that the user gives by quoting
them (`check_sources`). After either has changed, `recheck` says which verdicts still hold. `ask` answers a question with sentences of
the sources, or with the statement that they do not say.
"""

from macrohard.answers.answer import AnswerReport, AnswerSentence
from macrohard.answers.answering import ask
from macrohard.answers.deciding import check
from macrohard.answers.rechecking import Lasting, Rechecked, RecheckReport, read_report, recheck
from macrohard.answers.report import CheckReport, Part, SourceRead, SourceUnread, Standing, Statement, Unsupported
from macrohard.answers.software import check_repository
from macrohard.answers.sourced import check_sources
from macrohard.answers.sources import Web, is_address, text_at

__all__ = [
    "AnswerReport",
    "AnswerSentence",
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
    "ask",
    "check",
    "check_repository",
    "check_sources",
    "is_address",
    "read_report",
    "recheck",
    "text_at",
]
