"""Covering: which clauses of a request no passing check shows. A check shows what it says, and nothing that stands beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from macrohard.company.brief import Brief
from macrohard.company.plan import is_shown
from macrohard.company.request.clause import Clause, Need
from macrohard.company.request.clauses import clauses_of, options_in, quotations, says_nothing_else
from macrohard.company.request.keeping import is_json_by_name, names_file
from macrohard.company.request.statements import named_in
from macrohard.company.users.calling import called, ends_well, left_out, written_for
from macrohard.company.users.errors import by_error, by_files, lacking
from macrohard.company.users.telling import tells, touches
from macrohard.truth import PEOPLE, Check, Claim, Source, Step, Verdict
from macrohard.truth.examples import find_examples

_DAMAGED = (
    r"(?:if\s+|when\s+)?(?:an?\s+|the\s+)?(?:damaged|corrupt(?:ed)?|broken|unreadable|malformed)\s+(?:file\s+)?[`'\"]?{name}[`'\"]?"
    r"\s+(?:is\s+(?:an\s+error|reported)|(?:prints|ends\s+(?:with|in))\s+an?\s+(?:error|message))"
    r"(?:\s+(?:and\s+exits\s+|and\s+ends\s+)?with\s+(?:exit\s+)?(?:status|code)\s+\d+)?[.;]?"
)


def uncovered(brief: Brief, claims: Sequence[Claim]) -> list[str]:
    """The clauses of the request that no verified claim shows, verbatim, each once."""
    verified = _verified(claims)
    failed = {
        _flat(run.check.quotation or "")
        for claim in claims
        if claim.verdict is not Verdict.VERIFIED
        for run in claim.evidence
    }
    given = {_flat(item.quotation) for item in verified if item.quotation and _is_given(item)} - failed
    examples = {said: whole in given for said, whole in quotations(brief).items()}
    return list(
        dict.fromkeys(clause.text for clause in clauses_of(brief) if not _shown(brief, clause, verified, examples))
    )


def shown_in_part(brief: Brief, claims: Sequence[Claim]) -> dict[str, list[str]]:
    """The clauses of errors that a check shows -> the commands of which none does."""
    verified = _verified(claims)
    found = {item.text: lacking(brief, item, verified) for item in clauses_of(brief) if item.need is Need.ERROR}
    return {text: names for text, names in found.items() if names}


def _verified(claims: Sequence[Claim]) -> list[Check]:
    return [run.check for claim in claims if claim.verdict is Verdict.VERIFIED for run in claim.evidence]


def untried(brief: Brief, claims: Sequence[Claim]) -> list[str]:
    """The examples of the request in blocks that no check holds, verbatim, each once: one in a sentence is missed with the sentence."""
    tried = {_flat(run.check.quotation or "") for claim in claims for run in claim.evidence}
    said = _flat(" ".join(brief.statements))
    found = dict.fromkeys(_flat(example.quotation) for example in find_examples(brief.request))
    return [text for text in found if text and text not in tried and text not in said]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shown(brief: Brief, clause: Clause, verified: Sequence[Check], examples: Mapping[str, bool]) -> bool:
    """`examples` tells of each of the request whether a check shows it."""
    if clause.need is Need.NOTHING:
        return True
    standing = [item for item in examples if item in clause.text]
    if not all(examples[item] for item in standing):
        return False
    return (bool(standing) and says_nothing_else(clause.text, standing)) or _WAYS[clause.need](brief, clause, verified)


def _is_given(check: Check) -> bool:
    return check.source in PEOPLE and is_shown(check)


def _by_file(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    file = brief.state_file or ""
    if not (names_file(clause.text, file) and is_json_by_name(file)):
        return False
    quoted = {check.quotation for check in verified if check.source is Source.HOST and check.quotation}
    return any(file in item and item in clause.text for item in quoted)


def _by_call(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """Each command that is named is called, and with each option that is named."""
    good = [
        check
        for check in verified
        if check.source is not Source.HOST and ends_well(check) and tells(check, clause.text)
    ]
    names = named_in(brief, clause.text) or named_in(brief, clause.statement)
    calls = [check.steps[-1] for check in good if {*called(brief, check.steps[-1])} & {*names}]
    options = all(any(_has_option(step, item) for step in calls) for item in options_in(clause.text))
    return options and not left_out(brief, names, good)


def _has_option(step: Step, option: str) -> bool:
    return any(word == option or word.startswith(f"{option}=") for word in step.argv)


def _by_case(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    text = clause.text
    own = [check for check in written_for(text, verified) if ends_well(check) and touches(check, text)]
    return bool(own) and not left_out(brief, named_in(brief, text), own)


def _by_damage(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """A rule of the house looks at a damaged file; nothing else can be shown of what no command prints."""
    file = brief.state_file
    if not file or not re.fullmatch(_DAMAGED.format(name=re.escape(file)), clause.text, re.IGNORECASE):
        return False
    ends = [
        check.steps[-1].expect.exit_status for check in verified if check.source is Source.HOST and file in check.files
    ]
    return bool(ends) and all(status in ends for status in clause.statuses)


_WAYS: dict[Need, Callable[[Brief, Clause, Sequence[Check]], bool]] = {
    Need.FILE: _by_file,
    Need.CALL: lambda brief, clause, verified: (
        _by_call(brief, clause, verified) or (bool(options_in(clause.text)) and _by_case(brief, clause, verified))
    ),
    Need.CASE: _by_case,
    Need.ERROR: by_error,
    Need.UNCHANGED: by_files,
    Need.MORE: _by_damage,
}
