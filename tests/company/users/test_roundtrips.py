"""Commands that undo each other: found without a model, tried on many values, and what fails is mended."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from macrohard.company import Order, Report, Status, build
from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import frame
from macrohard.company.jury import Court, choose
from macrohard.company.order import Kind
from macrohard.company.plan import units_by_check
from macrohard.company.progress import silent
from macrohard.company.request.sentences import split_statements
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.trial import Job, run_jobs
from macrohard.company.users.roundtrips import round_trips
from macrohard.sandbox import open_sandbox
from macrohard.truth import Check, Source, Verdict
from macrohard.truth.examples import find_examples
from macrohard.truth.standalone import judge

from ..programs import ROMAN, ROMAN_REQUEST, TO_INT
from ..scripted import Replies, argument, built, cases, claim_about, cli_brief, code, command, model_of, used, verdicts

TEMP_REQUEST = (
    "A command-line tool called temp that converts temperatures. `temp c-to-f 100` prints 212.0 and `temp f-to-c 32` prints "
    "0.0. Results are rounded to one decimal. A temperature below absolute zero (-273.15 in Celsius, -459.67 in Fahrenheit) "
    "is an error: it prints a message and exits with status 2."
)
C_TO_F = """
def c_to_f(degrees: float) -> str:
    if degrees < -273.15:
        raise ValueError("below absolute zero")
    return f"{degrees * 9 / 5 + 32:.1f}"
"""
F_TO_C = """
def f_to_c(degrees: float) -> str:
    if degrees < -459.67:
        raise ValueError("below absolute zero")
    return f"{(degrees - 32) * 5 / 9:.1f}"
"""
WRONG_BOUND = F_TO_C.replace("-459.67", "-273.15")


def trips(request: str, *commands: CommandBrief, state_file: str | None = None) -> tuple[Check, ...]:
    """The round trips of a program called p."""
    said = split_statements(request)
    brief = Brief(
        kind=Kind.CLI, name="p", summary="", request=request, statements=said, commands=commands, state_file=state_file
    )
    return round_trips(brief, checks_of(brief, find_examples(request), Source.REQUEST))


def taking(name: str, *types: ArgumentType, **more: Any) -> CommandBrief:
    """A command with arguments of these types."""
    arguments = tuple(Argument(name=f"a{number}", type=kind) for number, kind in enumerate(types))
    return CommandBrief(name=name, purpose="", arguments=arguments, **more)


def test_names_that_mirror_each_other_are_a_pair_in_both_directions() -> None:
    found = trips("`p c-to-f 100` prints 212.0.", *(taking(name, ArgumentType.NUMBER) for name in ("c-to-f", "f-to-c")))
    assert [check.id for check in found] == ["round-trip-01", "round-trip-02"]
    assert found[0].statement.startswith("`p f-to-c` undoes `p c-to-f` for what it takes of 100; ")
    assert found[1].statement.startswith("`p c-to-f` undoes `p f-to-c` for what it takes of 212.0; 100; ")


def test_the_claim_says_that_something_was_taken() -> None:
    """Where everything is refused nothing comes back; the check cannot know how much a program will take."""
    (several, _) = trips(
        "`p c-to-f 100` prints 212.0.", *(taking(name, ArgumentType.NUMBER) for name in ("c-to-f", "f-to-c"))
    )
    assert several.statement.endswith("; `p c-to-f` takes at least one of these")


def test_examples_that_come_back_are_a_pair_whatever_their_names() -> None:
    request = "`p there abc` prints `xyz`. `p home xyz` prints `abc`. `p far abc` prints `q`."
    names = [check.statement.split(" for ")[0] for check in trips(request, *map(text, ("there", "home", "far")))]
    assert names == ["`p home` undoes `p there`", "`p there` undoes `p home`"]


def text(name: str) -> CommandBrief:
    """A command that takes a text."""
    return taking(name, ArgumentType.TEXT)


@pytest.mark.parametrize(
    ("commands", "state_file"),
    [
        ([text("encode"), text("decide")], None),
        ([text("encode"), text("decode")], "p.json"),
        ([text("encode"), taking("decode", ArgumentType.FILE)], None),
        ([text("encode"), taking("decode", ArgumentType.INTEGER, ArgumentType.TEXT)], None),
        ([text("encode"), taking("decode", ArgumentType.TEXT, reads_stdin=True)], None),
        ([text("a-to-b"), text("b-to-c")], None),
        ([text("")], None),
    ],
    ids=["no opposites", "state", "a file", "other arguments", "standard input", "another target", "no command"],
)
def test_what_is_no_pair(commands: list[CommandBrief], state_file: str | None) -> None:
    assert trips("`p encode a` prints b.", *commands, state_file=state_file) == ()


def test_other_arguments_are_the_same_there_and_back() -> None:
    pair = [taking(name, ArgumentType.INTEGER, ArgumentType.TEXT) for name in ("shift-encode", "shift-decode")]
    found = trips("`p shift-encode 3 'a b'` prints `d e`. `p upper word` prints WORD.", *pair, text("upper"))
    assert "takes of 3 'a b'; 3 word; 4 'a b'; 2 'a b'" in found[0].statement


def test_a_request_cannot_break_out_of_the_code() -> None:
    """Words of the request stand in the code as literals, and in the statement without control characters."""
    (there, back) = trips('`p encode \'"""); 1/0 #{there}\'` prints `b`.', text("encode"), text("decode"))
    for check in (there, back):
        compile(check.steps[0].argv[-1], "code", "exec")
        assert "\x1b" not in check.statement
    assert repr('"""); 1/0 #{there}') in there.steps[0].argv[-1]


def temp(folder: Path, *f_to_c: str, mended: str = "no idea", candidates: int | None = None) -> Report:
    """A program that converts temperatures; all candidates of one direction are these."""
    return built(folder, TEMP_REQUEST, replies(*f_to_c, mended=mended), candidates=candidates)


def replies(*f_to_c: str, mended: str = "no idea") -> Replies:
    """What the model says when it is asked for that program."""
    degrees = argument("degrees", "number")
    return {
        "analyst: brief": [cli_brief("temp", command("c-to-f", degrees), command("f-to-c", degrees))],
        "engineer: c_to_f": [code(C_TO_F)],
        "engineer: f_to_c": [list(map(code, f_to_c))],
        "engineer: repair f_to_c": [code(mended)],
    }


def test_a_round_trip_that_the_user_rewrote_in_a_review_is_a_check_like_any_other(tmp_path: Path) -> None:
    """Nobody can tell any more which commands it runs, so that nothing is mended after it."""
    order = Order(request=TEMP_REQUEST, out=str(tmp_path), model=model_of(tmp_path, replies(WRONG_BOUND)), review=True)
    report = build(order, silent, lambda brief, checks: (brief, checks.replace("there = shown", "there  = shown")))
    claim = claim_about(report, "`temp f-to-c` undoes `temp c-to-f`")
    assert (claim.maker, claim.verdict) == ("user", Verdict.REFUTED)


def test_what_no_example_shows_comes_out_on_the_way_back(tmp_path: Path) -> None:
    """All engineers share the mistake, so that nobody contradicts it; the other command does."""
    report = temp(tmp_path, WRONG_BOUND)
    claim = claim_about(report, "`temp f-to-c` undoes `temp c-to-f`")
    assert claim.verdict is Verdict.UNVERIFIED and report.outcome is Status.DELIVERED
    assert "`temp f-to-c -459.4` is refused, but '-273' should come back" in claim.reason
    assert "import" not in claim.reason
    assert claim_about(report, "`temp c-to-f` undoes `temp f-to-c`").verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("f_to_c", "verdict"), [(WRONG_BOUND, Verdict.UNVERIFIED), (F_TO_C, Verdict.VERIFIED)], ids=["astray", "right"]
)
def test_an_error_is_not_called_verified_where_a_round_trip_speaks_against_it(
    tmp_path: Path, f_to_c: str, verdict: Verdict
) -> None:
    """The tester shares the mistake of the engineers, and the program does what it expects; the request does not want it."""
    says = {**replies(f_to_c), "tester: error *": [cases({"command": "temp f-to-c -500"})]}
    report = built(tmp_path, TEMP_REQUEST, says)
    claim = claim_about(report, "`temp f-to-c -500` prints an error")
    assert (claim.verdict, claim.maker) == (verdict, "tester"), verdicts(report)
    assert ("do not undo each other" in claim.reason) == (verdict is Verdict.UNVERIFIED)
    assert claim_about(report, "`temp f-to-c 32`").verdict is Verdict.VERIFIED


def test_who_is_undone_is_chosen_before_the_many(tmp_path: Path) -> None:
    report = temp(tmp_path, WRONG_BOUND, WRONG_BOUND, F_TO_C, candidates=12)
    assert claim_about(report, "`temp f-to-c` undoes `temp c-to-f`").verdict is Verdict.VERIFIED, verdicts(report)
    assert used(report, "f-to-c", "--", "-459.4").stdout == "-273.0\n"


def test_who_does_not_undo_is_mended(tmp_path: Path) -> None:
    report = temp(tmp_path, WRONG_BOUND, mended=F_TO_C)
    assert claim_about(report, "`temp f-to-c` undoes `temp c-to-f`").verdict is Verdict.VERIFIED, verdicts(report)


def test_a_last_digit_that_rounding_took_is_no_mistake(tmp_path: Path) -> None:
    """2.0 becomes -16.7, and that 1.9."""
    report = temp(tmp_path, F_TO_C)
    claim = claim_about(report, "`temp c-to-f` undoes `temp f-to-c`")
    assert claim.verdict is Verdict.VERIFIED and "; 2" in claim.statement


@pytest.mark.parametrize(("f_to_c", "broken"), [(WRONG_BOUND, True), (F_TO_C, False)])
def test_what_does_not_come_back_speaks_against_both(f_to_c: str, broken: bool) -> None:
    """Nobody knows which of the two is wrong, so that neither is called sure."""
    commands = tuple(taking(name, ArgumentType.NUMBER) for name in ("c-to-f", "f-to-c"))
    brief = Brief(kind=Kind.CLI, name="temp", summary="", request=TEMP_REQUEST, commands=commands)
    given = checks_of(brief, find_examples(TEMP_REQUEST), Source.REQUEST)
    checks = (*given, *round_trips(brief, given))
    units, last = units_by_check(brief, checks)
    sources = [C_TO_F.replace("degrees", "a0"), f_to_c.replace("degrees", "a0")]
    found = [[Candidate(function=name, source=text)] for name, text in zip(("c_to_f", "f_to_c"), sources, strict=True)]
    choice = choose(Court(["c_to_f", "f_to_c"], found, partial(frame, brief), checks, [], units, open_sandbox()))
    for features in choice.features.values():
        assert (features["broken"] > 0) is broken and features["confirmed"] == 0
    assert last["round-trip-01"] == "f_to_c" and not choice.disputed


LENIENT = TO_INT.replace("not NUMERAL.fullmatch(numeral)", "not all(c in VALUES for c in numeral)").replace(
    "not numeral or ", ""
)


@pytest.mark.parametrize(
    ("to_int", "verdict"), [(LENIENT, Verdict.UNVERIFIED), (TO_INT, Verdict.VERIFIED)], ids=["takes anything", "strict"]
)
def test_invalid_input_is_what_does_not_come_back(tmp_path: Path, to_int: str, verdict: Verdict) -> None:
    """No example shows what is invalid, and all engineers forget to refuse it."""
    report = roman(tmp_path, to_int, mended="no idea")
    claim = claim_about(report, "`roman to-int` takes nothing of VIX; ''; XXXX; VVVV; XIVXIV")
    assert claim.verdict is verdict, verdicts(report)
    if verdict is Verdict.UNVERIFIED:
        assert "`roman to-int VIX` prints '14', which does not lead back to 'VIX'" in claim.reason
        assert report.outcome is Status.DELIVERED


def test_who_takes_anything_is_mended(tmp_path: Path) -> None:
    report = roman(tmp_path, LENIENT, mended=TO_INT)
    assert claim_about(report, "`roman to-int` takes nothing of").verdict is Verdict.VERIFIED, verdicts(report)


def roman(folder: Path, to_int: str, mended: str) -> Report:
    """A program for numerals; all candidates of one direction are alike, and all that are mended."""
    says = {**ROMAN, "engineer: to_int": [code(to_int)], "engineer: repair to_int": [code(mended)]}
    return built(folder, ROMAN_REQUEST, says)


def test_only_a_request_that_speaks_of_invalid_input_wants_it_refused() -> None:
    pair = (text("encode"), text("decode"))
    silent_one = trips("`p encode ab` prints `ba`. A missing word is an error.", *pair)
    told = trips("`p encode ab` prints `ba`. Invalid input is an error.", *pair)
    assert (len(silent_one), len(told)) == (2, 4)


def comes_back(kind: ArgumentType, there: str, back: str, values: str) -> bool:
    """Whether the round trip of `p c-to-f`, tried on these values, holds for commands with these results for `x`."""
    commands = tuple(taking(name, kind) for name in ("c-to-f", "f-to-c"))
    request = f"There are the numbers {values}. `p c-to-f {values.split()[0]}` prints 1."
    brief = Brief(kind=Kind.CLI, name="p", summary="", request=request, commands=commands)
    check = round_trips(brief, checks_of(brief, find_examples(request), Source.REQUEST))[0]
    program = frame(
        brief, [f"def c_to_f(a0):\n    x = a0\n    return {there}", f"def f_to_c(a0):\n    x = a0\n    return {back}"]
    )
    (seen,) = run_jobs([program.files], program.start, [Job(0, check)], open_sandbox())
    return not judge(check.steps[0].expect.model_dump(), seen[0])


WHOLE, DECIMAL, WORD = ArgumentType.INTEGER, ArgumentType.NUMBER, ArgumentType.TEXT


@pytest.mark.parametrize(
    ("kind", "there", "back", "holds"),
    [
        (WHOLE, "f'{x:b}'", "str(int(str(x), 2))", True),
        (WHOLE, "f'{x:b}'", "str(int(str(x), 2) + (x != 100))", False),
        (WORD, "f'{int(x):b}'", "str(int(x, 2) + 1)", False),
        (WORD, "f'0{x}'", "x", False),
        (DECIMAL, "f'{x * 3}'", "f'{x / 3 + 1:.0f}'", False),
        (DECIMAL, "f'{x * 2 + 0.5}'", "f'{(x - 0.5) / 2 + 1:.0f}'", False),
        (DECIMAL, "f'{x * 3}'", "f'{x / 3 + 0.1:.1f}'", False),
        (DECIMAL, "f'{x / 3:.1f}'", "f'{x * 3:.1f}'", True),
        (DECIMAL, "f'{x / 3:.1f}'", "f'{x * 3 + 0.3:.1f}'", False),
        (WHOLE, "str(x)", "f'{x}.0'", True),
    ],
    ids=["binary", "one too many", "a text one too many", "a text like a number", "whole on the way", "whole at the end",
         "rounded at the end only", "rounded on the way", "more than rounded", "equal numbers"],
)  # fmt: skip
def test_only_what_was_rounded_on_the_way_may_come_back_otherwise(
    kind: ArgumentType, there: str, back: str, holds: bool
) -> None:
    assert comes_back(kind, there, back, "4 100 5 3 12 7") is holds


@pytest.mark.parametrize(("less", "holds"), [("", True), (" * 1.4", False)])
def test_the_last_place_of_a_small_number_is_a_small_one(less: str, holds: bool) -> None:
    back = f"f'{{x * 1.6e-19{less}:.1e}}'"
    assert comes_back(DECIMAL, "f'{x / 1.6e-19:.2f}'", back, "2.4e-19 7.2e-19") is holds


def test_whole_numbers_come_back_to_the_last_digit() -> None:
    """As floating-point numbers these two are equal."""
    assert not comes_back(WHOLE, "str(x)", "str(x + (x > 9))", "9007199254740992 4")


def test_the_claim_says_where_numbers_may_be_rounded() -> None:
    def said(kind: ArgumentType) -> str:
        return trips("`p c-to-f 4` prints 1.", *(taking(name, kind) for name in ("c-to-f", "f-to-c")))[0].statement

    assert said(DECIMAL).endswith(", a decimal result to one in its last place; `p c-to-f` takes at least one of these")
    assert not any("last place" in said(kind) for kind in (WHOLE, WORD))


@pytest.mark.parametrize(
    ("request_text", "sources", "kinds"),
    [
        ("`p upper hello` prints `HELLO`. `p lower HELLO` prints `hello`.",
         {"upper": "def upper(a0):\n    return a0.upper()", "lower": "def lower(a0):\n    return a0.lower()"}, ArgumentType.TEXT),
        ("`p ft-to-m 10` prints 3.0. `p m-to-ft 3` prints 9.8.",
         {"ft-to-m": "def ft_to_m(a0):\n    return f'{a0 * 0.3048:.1f}'", "m-to-ft": "def m_to_ft(a0):\n    return f'{a0 / 0.3048:.1f}'"},
         ArgumentType.NUMBER),
        ("Whole degrees, rounded to the nearest. `p f-to-c 212` prints 100. `p c-to-f 100` prints 212.",
         {"f-to-c": "def f_to_c(a0):\n    return str(round((a0 - 32) * 5 / 9))", "c-to-f": "def c_to_f(a0):\n    return str(round(a0 * 9 / 5 + 32))"},
         ArgumentType.INTEGER),
    ],
)  # fmt: skip
def test_what_is_lost_by_right_is_not_asked_back(
    request_text: str, sources: dict[str, str], kinds: ArgumentType
) -> None:
    """Case and fractions do not come back, and what does leads to the same again."""
    commands = tuple(taking(name, kinds) for name in sources)
    brief = Brief(
        kind=Kind.CLI,
        name="p",
        summary="",
        request=request_text,
        commands=commands,
        statements=split_statements(request_text),
    )
    checks = round_trips(brief, checks_of(brief, find_examples(request_text), Source.REQUEST))
    program = frame(brief, list(sources.values()))
    seen = run_jobs([program.files], program.start, [Job(0, check) for check in checks], open_sandbox())
    assert [judge(check.steps[0].expect.model_dump(), steps[0]) for check, steps in zip(checks, seen, strict=True)] == [
        "",
        "",
    ]
    assert any("leads to the same again" in check.statement for check in checks)


def test_a_wrong_number_is_no_loss() -> None:
    request_text = "`p to-int XL` prints 40. `p to-roman 40` prints XL. `p to-roman 9` prints IX."
    commands = (taking("to-int", ArgumentType.TEXT), taking("to-roman", ArgumentType.INTEGER))
    assert not any("leads to the same" in check.statement for check in trips(request_text, *commands))


def test_what_a_program_keeps_in_memory_only_does_not_come_back() -> None:
    """Whoever types the two command lines starts it twice."""
    request_text = "`p encode http://a.org` prints `k1`. `p decode k1` prints `http://a.org`."
    commands = (taking("encode", ArgumentType.TEXT), taking("decode", ArgumentType.TEXT))
    said = split_statements(request_text)
    brief = Brief(kind=Kind.CLI, name="p", summary="", request=request_text, statements=said, commands=commands)
    (check, *_) = round_trips(brief, checks_of(brief, find_examples(request_text), Source.REQUEST))
    keeps = "KNOWN = {}\n\n\ndef encode(x):\n    KNOWN['k1'] = x\n    return 'k1'"
    gives = "def decode(x):\n    if x not in KNOWN:\n        raise ValueError('unknown code')\n    return KNOWN[x]"
    program = frame(brief, [keeps, gives])
    (seen,) = run_jobs([program.files], program.start, [Job(0, check)], open_sandbox())
    assert "is refused, but 'http://a.org' should come back" in judge(check.steps[0].expect.model_dump(), seen[0])
