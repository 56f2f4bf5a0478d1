"""Where sound candidates part ways: which inputs are asked about, what the tester is shown, how a vote is counted."""

from __future__ import annotations

from functools import partial

import pytest

from macrohard.company.acceptance import checks_of
from macrohard.company.ballot import said, vote
from macrohard.company.engineering import Candidate
from macrohard.company.examples import find_calls
from macrohard.company.frames import frame
from macrohard.company.inputs import call_of
from macrohard.company.jury import Court, choose, splits
from macrohard.company.jury.probes import probes_from
from macrohard.company.jury.votes import says, votes_for
from macrohard.company.plan import units_by_check
from macrohard.company.stubs import Stub
from macrohard.models import ScriptedModel
from macrohard.sandbox import open_sandbox
from macrohard.truth import PROGRAM, Check, Expectation, Source, Step

from .test_jury import ADDS, RIGHT, SAME, brief_of

DOUBLE = Stub(name="double", signature="def double(x):", docstring="Twice x: double(2) returns 4.")


def court(*sources: str, times: tuple[int, ...] = ()) -> Court:
    brief = brief_of("double")
    checks = checks_of(brief, find_calls("double(2) returns 4"), Source.REQUEST)
    units, _ = units_by_check(brief, checks)
    probes, probed = probes_from(checks, (), units)
    candidates = [
        Candidate(function="double", source=source, times=times[index] if times else 1)
        for index, source in enumerate(sources)
    ]
    return Court(
        names=["double"], candidates=[candidates], assemble=partial(frame, brief), checks=checks, probes=probes,
        units={**units, **probed}, sandbox=open_sandbox(),
    )  # fmt: skip


def test_inputs_on_which_all_behave_alike_are_not_asked_about() -> None:
    assert splits(court(RIGHT, SAME), (0,), 0) == []


def test_each_way_of_parting_is_asked_about_once() -> None:
    """x * 2 and x + 2 part on every number but 2; a third parts from both for large ones only."""
    large = "def double(x):\n    return x * 2 if x < 7 else x"
    found = splits(court(RIGHT, ADDS, large), (0,), 0)
    assert len(found) == 2
    assert all(call_of(check.steps[-1]) != "double(2)" for check in found)


def test_candidates_that_break_an_example_have_no_say() -> None:
    assert splits(court(RIGHT, "def double(x):\n    return x * 3"), (0,), 0) == []


def test_votes_decide_between_equals() -> None:
    """Two independent replies each; the tester knows what twice is."""
    here = court(RIGHT, ADDS, times=(2, 2))
    (asked,) = splits(here, choose(here).pick, 0)
    call = call_of(asked.steps[-1])
    for right, pick in ((RIGHT, 0), (ADDS, 1)):
        result = repr(eval(call, {"double": eval(f"lambda x: {right.rpartition('return ')[2]}")}))
        model = ScriptedModel({f"tester: vote on {call}": [[result, result, "no idea", result, "99"]]})
        here.votes = said(vote("", [(DOUBLE, asked)], model, 0))
        assert choose(here).pick == (pick,)
        assert votes_for(here, (pick,), 0) == (3, 5)


def test_the_tester_sees_the_input_and_no_code() -> None:
    (asked,) = splits(court(RIGHT, ADDS), (0,), 0)
    model = ScriptedModel({"tester: vote on *": ["8"]})
    (found,) = vote("", [(DOUBLE, asked)], model, 0)
    assert found.said == ("8",) * 5
    shown = "\n".join(message.content for message in model.calls[0].messages)
    assert "Twice x" in shown and call_of(asked.steps[-1]) in shown
    assert "return x" not in shown and "def shown" not in shown


def test_a_command_is_asked_about_as_it_is_typed() -> None:
    stub = Stub(name="up", signature="def up(stdin_text: str) -> str:", docstring="", context="A tool called shout.")
    check = Check(
        id="probe-001",
        statement="",
        source=Source.HOST,
        steps=(Step(argv=(PROGRAM, "up"), stdin="a\n", expect=Expectation()),),
    )
    model = ScriptedModel({"tester: vote on printf 'a\\n' | shout up": ["A"]})
    (found,) = vote("shout", [(stub, check)], model, 0)
    assert found.said[0] == "A" and "A tool called shout." in model.calls[0].messages[-1].content


@pytest.mark.parametrize(
    ("text", "stdout", "status", "expected"),
    [
        ("[1,2]", "[1, 2]\n", 0, True),
        ("4.0", "4", 0, True),
        ("'tea'", "tea\n", 0, True),
        ("tea", "Tea", 0, False),
        ("raises ValueError", "raises ValueError", 1, True),
        ("Error: no such thing", "", 2, True),
        ("4", "4", 2, False),
        ("", "x", 0, False),
    ],
)
def test_a_vote_says_what_was_seen(text: str, stdout: str, status: int, expected: bool) -> None:
    seen = {"exit_status": status, "ending": "exit", "stdout": stdout, "stderr": "", "files": {}}
    assert says(text, seen) is expected
