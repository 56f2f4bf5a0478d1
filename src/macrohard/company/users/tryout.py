"""The users: emulated users operate the finished program as a person would, each command a process of its own.

What they see is the evidence. Besides the checks of people and of the tester they try what every program of its kind
must do: start, explain itself, fail politely.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from macrohard.company.brief import Brief
from macrohard.company.confidence import Confidence
from macrohard.company.engineers.stubs import function_name
from macrohard.company.frames import Program
from macrohard.company.jury import Choice
from macrohard.company.plan import is_shown
from macrohard.company.properties import is_property
from macrohard.company.users.calling import called, ends_well
from macrohard.company.users.covering import shown_in_part, uncovered, untried
from macrohard.company.users.house import house_checks
from macrohard.company.users.withholding import withheld
from macrohard.company.users.wording import wording_checks
from macrohard.sandbox import Sandbox
from macrohard.truth import PEOPLE, PROGRAM, Check, Claim, Run, Source, Verdict, inputs_of, run_check
from macrohard.truth.standalone import visible

BEYOND = "is right beyond the inputs above"
"""What a claim about a whole function or program says; all others are acceptance claims, which say what was asked for or tried."""
_AT_ONCE = 2
_TIMES = 5
"""Two lines in an order of chance come out right five times in a row once in 32 times; after one run, every second time."""
UNTRIED = "No check that shows it has passed."
NOT_ASKED = "It could not be tried: it calls what is not there, or needs what the request does not show."
_ONLY_SHOWN = "Nothing shows a result of it but the examples that its engineers were given."


def try_out(
    brief: Brief,
    program: Program,
    project: Path,
    checks: Sequence[Check],
    choice: Choice,
    confidence: Confidence | None,
    sandbox: Sandbox,
) -> tuple[Claim, ...]:
    """One claim for every check; one without evidence for every clause of the request that no check shows, and for
    every function, or the program, of which it is not sure that it is right beyond what was seen."""
    inputs = inputs_of(project)

    def run(check: Check) -> Run:
        return run_check(check, project, program.start, sandbox, inputs=inputs, times=_times(check))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = list(pool.map(run, [*checks, *wording_checks(brief, checks), *house_checks(brief, checks)]))
    claims = withheld([claim_of(brief, run) for run in runs])
    in_part = shown_in_part(brief, claims)
    claims += [
        _open(brief, f"“{visible(text, 400)}”", _untried(in_part.get(text))) for text in uncovered(brief, claims)
    ]
    claims += [_open(brief, f"The example “{visible(text, 400)}” holds", NOT_ASKED) for text in untried(brief, claims)]
    said = confidence.of if confidence else {}
    in_doubt = doubts(brief, claims, choice, confidence)
    claims += [_open(brief, f"`{name}` {BEYOND}", why, said.get(name)) for name, why in in_doubt.items()]
    if confidence and not in_doubt and (why := confidence.doubt_of_all()):
        claims.append(_open(brief, f"`{brief.name}` as a whole {BEYOND}", why, confidence.program))
    return tuple(claim.model_copy(update={"id": f"C{number:02d}"}) for number, claim in enumerate(claims, 1))


def _times(check: Check) -> int:
    """What is printed or stored is looked at several times; an error is an error."""
    return _TIMES if any(step.expect.stdout or step.expect.files for step in check.steps) else 1


def claim_of(brief: Brief, run: Run) -> Claim:
    """What a run shows: an example of a person that fails is refuted, any other failing check leaves it open."""
    given = run.check.source in PEOPLE
    verdict = Verdict.VERIFIED if not run.failure else Verdict.REFUTED if given else Verdict.UNVERIFIED
    return Claim(
        id="",
        statement=run.check.statement,
        subject=brief.name,
        maker=run.check.source.value,
        evidence=(run,),
        verdict=verdict,
        reason=run.failure,
    )


def doubts(brief: Brief, claims: Sequence[Claim], choice: Choice, confidence: Confidence | None) -> dict[str, str]:
    """Function -> why it is not called right beyond what was seen.

    Its calibrated probability is too low; without a calibration, the jury abstains, or only examples that its engineers
    were shown speak for it.
    """
    if confidence is not None:
        return confidence.doubts()
    alone = [name for name in only_shown(brief, claims) if name not in choice.confirmed]
    return {**dict.fromkeys(alone, _ONLY_SHOWN), **choice.doubtful}


def _untried(commands: Sequence[str] | None) -> str:
    """Why a clause is open, with the commands of which it is not shown where it is of others."""
    return f"{UNTRIED[:-1]} for {', '.join(f'`{name}`' for name in commands)}." if commands else UNTRIED


def _open(brief: Brief, statement: str, reason: str, confidence: float | None = None) -> Claim:
    """A claim that nothing proves, so that nobody overlooks it."""
    return Claim(
        id="",
        statement=statement,
        subject=brief.name,
        maker=Source.REQUEST.value,
        reason=reason,
        confidence=confidence,
    )


def only_shown(brief: Brief, claims: Sequence[Claim]) -> list[str]:
    """The functions of which no verified check shows a result, but those whose examples engineers see.

    Such a check was written by the tester, or is a test file of the user, which may call every function.
    """
    verified = [run.check for claim in claims if claim.verdict is Verdict.VERIFIED for run in claim.evidence]
    if any(check.source is Source.USER and check.files and check.steps[0].argv[0] != PROGRAM for check in verified):
        return []
    unseen = [
        check
        for check in verified
        if check.source is not Source.HOST and not is_shown(check) and not is_property(check)
    ]
    shown = {name for check in unseen if ends_well(check) for step in check.steps for name in called(brief, step)}
    names = {command.name: function_name(command) for command in brief.commands}
    names |= {item.name: item.name for item in brief.functions}
    return [function for name, function in names.items() if name not in shown]
