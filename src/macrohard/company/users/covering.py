"""Covering: which clauses of a request no passing check shows. A check shows what it says, and nothing that stands beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from macrohard.company.brief import Brief
from macrohard.company.plan import is_shown
from macrohard.company.request.clause import Clause, Need
from macrohard.company.request.clauses import clauses_of, options_in, quotations, says_nothing_else
from macrohard.company.request.keeping import is_json_by_name, names_file
from macrohard.company.request.refusals import named_exceptions
from macrohard.company.request.statements import concerned, named_in
from macrohard.company.request.unchanged import changes_nothing, hints_at_it
from macrohard.company.users.roundtripping import walked
from macrohard.company.users.telling import AGAIN, comes_again, tells, touches
from macrohard.truth import PEOPLE, PROGRAM, Check, Claim, Source, Step, Verdict
from macrohard.truth.examples import find_examples

_RAISES = "raises "
_DAMAGED = (
    r"(?:if\s+|when\s+)?(?:an?\s+|the\s+)?(?:damaged|corrupt(?:ed)?|broken|unreadable|malformed)\s+(?:file\s+)?[`'\"]?{name}[`'\"]?"
    r"\s+(?:is\s+(?:an\s+error|reported)|(?:prints|ends\s+(?:with|in))\s+an?\s+(?:error|message))"
    r"(?:\s+(?:and\s+exits\s+|and\s+ends\s+)?with\s+(?:exit\s+)?(?:status|code)\s+\d+)?[.;]?"
)


def uncovered(brief: Brief, claims: Sequence[Claim]) -> list[str]:
    """The clauses of the request that no verified claim shows, verbatim, each once."""
    verified = [run.check for claim in claims if claim.verdict is Verdict.VERIFIED for run in claim.evidence]
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


def untried(brief: Brief, claims: Sequence[Claim]) -> list[str]:
    """The examples of the request in blocks that no check holds, verbatim, each once: one in a sentence is missed with the sentence."""
    tried = {_flat(run.check.quotation or "") for claim in claims for run in claim.evidence}
    said = _flat(" ".join(brief.statements))
    found = dict.fromkeys(_flat(example.quotation) for example in find_examples(brief.request))
    return [text for text in found if text and text not in tried and text not in said]


def _flat(text: str) -> str:
    return " ".join(text.split())


def called(brief: Brief, step: Step) -> Iterator[str]:
    """The commands or functions that a step calls; a program without commands has one with an empty name."""
    if step.argv[0] == PROGRAM:
        word = step.argv[1] if len(step.argv) > 1 else ""
        yield word if any(command.name == word for command in brief.commands) else ""
    else:
        yield from (item.name for item in brief.functions if f"import {item.name}\n" in step.argv[-1])
        yield from walked(step)


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
        check for check in verified if check.source is not Source.HOST and ends_well(check) and tells(check, clause)
    ]
    names = named_in(brief, clause.text) or named_in(brief, clause.statement)
    calls = [check.steps[-1] for check in good if {*called(brief, check.steps[-1])} & {*names}]
    options = all(any(_has_option(step, item) for step in calls) for item in options_in(clause.text))
    return options and _calls_all(brief, names, [check.steps[-1] for check in good])


def _has_option(step: Step, option: str) -> bool:
    return any(word == option or word.startswith(f"{option}=") for word in step.argv)


def _calls_all(brief: Brief, names: Sequence[str], steps: Sequence[Step]) -> bool:
    return {name for step in steps for name in called(brief, step)}.issuperset(names)


def _by_case(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    own = [check for check in _written_for(clause, verified) if ends_well(check)]
    return bool(own) and _calls_all(brief, named_in(brief, clause.text), [check.steps[-1] for check in own])


def _by_error(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """Errors of each command that is named, with each status and exception that is."""
    own = [check for check in _written_for(clause, verified) if not ends_well(check)]
    if changes_nothing(clause.text, brief.state_file):
        own = [check for check in own if _sees_a_change(check)]
    elif hints_at_it(clause.text, behind_error=True):
        return False
    if brief.state_file and AGAIN.search(clause.text):
        own = [check for check in own if comes_again(check)]
    told, raised = [item for item in clause.statuses if item], named_exceptions(clause.text)
    if told:
        own = [check for check in own if check.steps[-1].expect.exit_status in told]
    shown = {(check.steps[-1].expect.stdout or "").removeprefix(_RAISES) for check in own}
    good = 0 not in clause.statuses or any(check.source is not Source.HOST and ends_well(check) for check in verified)
    return bool(own) and good and shown.issuperset(raised) and _fails_all(brief, clause, own, verified)


def _fails_all(brief: Brief, clause: Clause, own: Sequence[Check], verified: Sequence[Check]) -> bool:
    """Whether each command that the clause names fails in a check of its own; where it names none, each that it may mean fails."""
    named = named_in(brief, clause.text)
    others = [
        check for check in verified if not ends_well(check) and (check.source is not Source.HOST or _has_values(check))
    ]
    failing = [check.steps[-1] for check in (own if named else others)]
    return _calls_all(brief, named or _may_be_wrong(brief, clause), failing)


def _has_values(check: Check) -> bool:
    """Whether a rule of the house gives a command a value that is wrong, and does not just leave it out."""
    return len(check.steps[-1].argv) > 2


def _may_be_wrong(brief: Brief, clause: Clause) -> list[str]:
    """The commands with an input of which a clause about errors can speak, where it names none."""
    return [item.name for item in concerned(brief, clause.text) if item.arguments or item.reads_stdin]


def _by_files(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """Each of the errors that it speaks of, where there was something to change."""
    looked = {check.quotation for check in verified if check.source is not Source.HOST and _sees_a_change(check)}
    return bool(clause.errors) and looked.issuperset(clause.errors)


def _sees_a_change(check: Check) -> bool:
    """Whether a check of an error compares the files before and after, and there were some."""
    return check.steps[-1].expect.unchanged and bool(check.files or len(check.steps) > 1) and not ends_well(check)


def _by_damage(brief: Brief, clause: Clause, verified: Sequence[Check]) -> bool:
    """A rule of the house looks at a damaged file; nothing else can be shown of what no command prints."""
    file = brief.state_file
    if not file or not re.fullmatch(_DAMAGED.format(name=re.escape(file)), clause.text, re.IGNORECASE):
        return False
    ends = [
        check.steps[-1].expect.exit_status for check in verified if check.source is Source.HOST and file in check.files
    ]
    return bool(ends) and all(status in ends for status in clause.statuses)


def _written_for(clause: Clause, verified: Sequence[Check]) -> list[Check]:
    own = [check for check in verified if check.source is not Source.HOST and check.quotation == clause.text]
    return [check for check in own if touches(check, clause)]


def ends_well(check: Check) -> bool:
    """True for a check that shows a result, False for one that shows an error."""
    expect = check.steps[-1].expect
    return expect.exit_status == 0 and not (expect.stdout or "").startswith(_RAISES)


_WAYS: dict[Need, Callable[[Brief, Clause, Sequence[Check]], bool]] = {
    Need.FILE: _by_file,
    Need.CALL: lambda brief, clause, verified: (
        _by_call(brief, clause, verified) or (bool(options_in(clause.text)) and _by_case(brief, clause, verified))
    ),
    Need.CASE: _by_case,
    Need.ERROR: _by_error,
    Need.UNCHANGED: _by_files,
    Need.MORE: _by_damage,
}
