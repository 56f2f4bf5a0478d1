"""Who is heard as what: soundness of a candidate does not depend on how other functions store things."""

from __future__ import annotations

from functools import partial

from macrohard.company.brief import Argument, Brief, CommandBrief
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import frame
from macrohard.company.jury import Court
from macrohard.company.jury.hearing import hear
from macrohard.company.order import Kind
from macrohard.company.plan import units_by_check
from macrohard.company.tester.acceptance import checks_of
from macrohard.sandbox import open_sandbox
from macrohard.truth import Source
from macrohard.truth.examples import find_examples

ADD = "def add(records, t):\n    records.append({{'{key}': t}})\n    return '{said}'"
SHOW = "def show(records):\n    return records[0]['{key}']"


def candidate(code: str, key: str, draft: int | None = None, said: str = "Tea") -> Candidate:
    name = code[4:].partition("(")[0]
    drafts = () if draft is None else (draft,)
    return Candidate(function=name, source=code.format(key=key, said=said), drafts=drafts)


def court() -> Court:
    """The chosen program keeps its records under 'a'; one draft under 'b' is right, one under 'c' says the wrong thing."""
    brief = Brief(
        kind=Kind.CLI, name="tool", summary="", request="", state_file="tool.json",
        commands=(CommandBrief(name="add", purpose="", arguments=(Argument(name="t"),)), CommandBrief(name="show", purpose="")),
    )  # fmt: skip
    checks = checks_of(brief, find_examples("    $ tool add Tea\n    Tea\n    $ tool show\n    Tea\n"), Source.REQUEST)
    adds = [candidate(ADD, "a"), candidate(ADD, "b", 1), candidate(ADD, "c", 2, "Tee"), candidate(ADD, "d")]
    shows = [candidate(SHOW, "a"), candidate(SHOW, "b", 1), candidate(SHOW, "c", 2)]
    units, _ = units_by_check(brief, checks)
    return Court(
        names=["add", "show"], candidates=[adds, shows], assemble=partial(frame, brief), checks=checks, probes=[],
        units=units, sandbox=open_sandbox(),
    )  # fmt: skip


def test_a_candidate_that_stores_otherwise_is_heard_in_its_own_draft() -> None:
    here = court()
    assert hear(here, (0, 0), 0).sound == [(0, 0), (1, 1)]
    # What `add` says is no matter of `show`.
    assert hear(here, (0, 0), 1).sound == [(0, 0), (1, 1), (2, 2)]


def test_a_draft_whose_functions_are_not_all_candidates_is_none() -> None:
    here = court()
    assert here.draft(1) == (1, 1) and here.draft(7) is None
