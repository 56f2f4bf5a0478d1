"""Which checks show a clause that demands an error: not any error, but the one that the clause speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.company.brief import Brief
from macrohard.company.request.clause import Clause
from macrohard.company.request.refusals import named_exceptions
from macrohard.company.request.statements import named_in
from macrohard.company.request.unchanged import changes_nothing, hints_at_it
from macrohard.company.users.calling import RAISES, ends_well, is_error, left_out, written_for
from macrohard.company.users.faults import demanded, is_general, speaks_of, speaks_of_unknown
from macrohard.company.users.parsing import Refusal, parse
from macrohard.company.users.telling import (
    AGAIN,
    MORE_THAN_THERE_IS,
    comes_again,
    names_unknown,
    something_is_there,
    touches,
)
from macrohard.truth import PROGRAM, Check, Source


def by_error(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """Errors of each command that is named, with each status and exception that is."""
    own = _own(brief, clause, verified)
    shown = {(check.steps[-1].expect.stdout or "").removeprefix(RAISES) for check in own}
    good = 0 not in clause.statuses or any(check.source is not Source.HOST and ends_well(check) for check in verified)
    is_whole = bool(own) and good and shown.issuperset(named_exceptions(clause.text))
    return is_whole and not _not_failing(brief, clause, own, verified)


def lacking(brief: Brief, clause: Clause, verified: Sequence[Check]) -> list[str]:
    """The commands of which a clause is not shown that others show; none where no check shows it at all."""
    own = _own(brief, clause, verified)
    return _not_failing(brief, clause, own, verified) if own else []


def by_files(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """Each of the errors that it speaks of, where there was something to change."""
    shown = [any(map(_sees_a_change, _errors_of(brief, text, verified))) for text in clause.errors]
    return bool(shown) and all(shown)


def _own(brief: Brief, clause: Clause, verified: Sequence[Check]) -> list[Check]:
    """The checks that were written for the clause and show the error that it speaks of, as it wants it."""
    own, told = _errors_of(brief, clause.text, verified), [item for item in clause.statuses if item]
    if changes_nothing(clause.text, brief.state_file):
        own = [check for check in own if _sees_a_change(check)]
    elif hints_at_it(clause.text, behind_error=True):
        return []
    return [check for check in own if not told or check.steps[-1].expect.exit_status in told]


def _errors_of(brief: Brief, text: str, verified: Sequence[Check]) -> list[Check]:
    own = [check for check in written_for(text, verified) if is_error(check) and touches(check, text)]
    return [check for check in own if _is_meant(brief, text, check)]


def _is_meant(brief: Brief, text: str, check: Check) -> bool:
    """Whether the error can be the one that the clause speaks of; of a call in Python nothing is known."""
    if check.steps[-1].argv[0] != PROGRAM:
        return True
    words = parse(brief, check)
    if isinstance(words, Refusal):
        return speaks_of(text, words)
    if brief.state_file and AGAIN.search(text) and not comes_again(check):
        return False
    if brief.state_file and MORE_THAN_THERE_IS.search(text) and not something_is_there(check, words):
        return False
    return not speaks_of_unknown(text) or names_unknown(check, words)


def _not_failing(brief: Brief, clause: Clause, own: Sequence[Check], verified: Sequence[Check]) -> list[str]:
    """The commands that the clause names, or else may mean, without such an error; only of what it names must each check be its own."""
    if named := named_in(brief, clause.text):
        return left_out(brief, named, own)
    others = [check for check in verified if is_error(check) and _stands_in(brief, clause.text, check)]
    return left_out(brief, demanded(brief, clause.text), [*own, *others])


def _stands_in(brief: Brief, text: str, check: Check) -> bool:
    """Whether the error of another command, written for something else, is what the clause speaks of: a refusal of the argument parser
    that it calls an error, and any other for a clause about all invalid input."""
    if check.steps[-1].argv[0] != PROGRAM:
        return False
    words = parse(brief, check)
    if isinstance(words, Refusal):
        return speaks_of(text, words)
    return is_general(text) and check.source is not Source.HOST


def _sees_a_change(check: Check) -> bool:
    """Whether a check of an error compares the files before and after, and there were some."""
    return check.steps[-1].expect.unchanged and bool(check.files or len(check.steps) > 1) and not ends_well(check)
