"""What clauses say of what an error leaves behind, and of which errors they say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.request.clause import Clause, Need
from macrohard.company.request.unchanged import changes_nothing, hints_at_it, says_only_that


def with_aftermath(brief: Brief, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, those of errors and of what these change told of each other: what is said behind several errors is said of all."""
    done: list[Clause] = []
    for clause in clauses:
        if clause.need is Need.ERROR:
            done.append(replace(clause, unchanged=changes_nothing(clause.text, brief.state_file)))
        elif clause.need is Need.UNCHANGED:
            said = next(item.statement for item in reversed(done) if item.need is Need.ERROR)
            mine = [place for place, item in enumerate(done) if item.need is Need.ERROR and item.statement == said]
            for place in mine:
                done[place] = replace(done[place], unchanged=True)
            done.append(replace(clause, errors=tuple(done[place].text for place in mine)))
        else:
            done.append(clause)
    return done


def aftermath_of(brief: Brief, text: str, need: Need) -> Need:
    """What a clause behind an error needs: a case that ends well would not show what an error leaves as it is."""
    if brief.kind is Kind.CLI and says_only_that(text, brief.state_file):
        return Need.UNCHANGED
    return Need.MORE if hints_at_it(text, behind_error=False) else need
