"""The jury at work on real programs in the real sandbox."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial

import pytest

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.frames import frame
from macrohard.company.jury import Choice, Court, choose
from macrohard.company.jury.probes import MOST_PER_FUNCTION, probes_from
from macrohard.company.order import Kind
from macrohard.company.plan import units_by_check
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.inputs import call_of
from macrohard.sandbox import open_sandbox
from macrohard.truth import PYTHON, Check, Expectation, Source, Step
from macrohard.truth.examples import find_calls, find_examples

RIGHT = "def double(x):\n    return x * 2"
SAME = "def double(x):\n    return x + x"
ADDS = "def double(x):\n    return x + 2"
CONSTANT = "def double(x):\n    return 4"
TRIPLE = "def triple(x):\n    return x * 3"
CRASHES = "def double(x):\n    return x.missing"


def brief_of(*names: str) -> Brief:
    functions = tuple(FunctionBrief(name=name, parameters="x", returns="object", purpose="") for name in names)
    return Brief(kind=Kind.LIBRARY, name="tool", summary="", request="", functions=functions)


def checks_from(brief: Brief, given: str, tester: str = "", host: str = "") -> tuple[Check, ...]:
    """Checks of the request, of the tester and of the house."""
    said = {Source.REQUEST: given, Source.TESTER: tester, Source.HOST: host}
    return tuple(check for source, text in said.items() for check in checks_of(brief, find_calls(text), source))


def chosen(
    candidates: Sequence[Sequence[str]], given: str, tester: str = "", host: str = "", times: Sequence[int] = ()
) -> Choice:
    """What the jury makes of these candidates, the functions of a library; `times` each came as a reply."""
    names = [str(_name(sources[0])) for sources in candidates]
    brief = brief_of(*names)
    checks = checks_from(brief, given, tester, host)
    units, _ = units_by_check(brief, checks)
    probes, probed = probes_from(checks, (), units)
    read = [
        [
            Candidate(function=name, source=source, times=times[index] if times else 1)
            for index, source in enumerate(sources)
        ]
        for name, sources in zip(names, candidates, strict=True)
    ]
    court = Court(
        names=names, candidates=read, assemble=partial(frame, brief), checks=checks, probes=probes,
        units={**units, **probed}, sandbox=open_sandbox(),
    )  # fmt: skip
    return choose(court)


def _name(source: str) -> str:
    node = ast.parse(source).body[-1]
    assert isinstance(node, ast.FunctionDef)
    return node.name


def test_an_example_of_a_person_outweighs_any_agreement() -> None:
    choice = chosen([[ADDS, ADDS + " # 2", ADDS + " # 3", RIGHT]], "double(3) returns 6")
    assert choice.pick == (3,) and not choice.failed


def test_among_equals_agreement_decides() -> None:
    choice = chosen([[CONSTANT, ADDS, RIGHT, SAME]], "double(2) returns 4")
    assert choice.pick in {(2,), (3,)}


def test_equal_replies_count_as_often_as_they_came() -> None:
    assert chosen([[RIGHT, SAME, CONSTANT]], "double(2) returns 4", times=[1, 1, 9]).pick == (2,)


def test_the_tester_decides_where_people_do_not() -> None:
    assert chosen([[CONSTANT, ADDS]], "double(2) returns 4", "double(3) returns 5. double(4) returns 6.").pick == (1,)


def test_one_wrong_check_of_the_tester_is_disputed_and_does_not_veto() -> None:
    choice = chosen(
        [[RIGHT, SAME, SAME + " # 2"]], "double(2) returns 4", "double(5) returns 11. double(6) returns 12."
    )
    assert set(choice.disputed) == {"tester-01"} and "tester-02" not in choice.failed and not choice.doubtful


def test_candidates_that_disagree_leave_a_doubt() -> None:
    choice = chosen([[RIGHT, ADDS, CONSTANT, "def double(x):\n    return x ** 2"]], "double(2) returns 4")
    assert set(choice.doubtful) == {"double"} and choice.agreement["double"] < 0.6


def test_one_sound_candidate_confirms_nothing() -> None:
    choice = chosen([[RIGHT, CRASHES]], "double(3) returns 6")
    assert choice.pick == (0,) and choice.doubtful["double"].endswith("on every ordinary input: 1.")


def test_crashes_are_told_for_repair() -> None:
    assert "AttributeError" in chosen([[CRASHES]], "double(3) returns 6").crashes["double"]


def test_functions_that_only_work_together() -> None:
    """Each pair shares a secret; choosing one function after the other finds neither."""
    pack = [f"def pack(x):\n    return [x, '{key}']" for key in "ab"]
    unpack = [f"def unpack(x):\n    assert x[1] == '{key}'\n    return x[0]" for key in "cb"]
    choice = chosen([pack, unpack], "pack(1) returns [1, 'b']. unpack([1, 'b']) returns 1.")
    assert choice.pick == (1, 1) and not choice.failed


def test_no_mix_is_preferred_that_crashes_less_and_breaks_an_example() -> None:
    """Two odd inputs do not outweigh one example; with a second function programs are mixed at random too."""
    strays, crashes = "def double(x):\n    return str(x) * 2", "def double(x):\n    return int(x) * 2"
    odd = "double('a') returns 'aa'. double('b') returns 'bb'."
    choice = chosen([[strays, crashes], [TRIPLE]], "double(3) returns 6. triple(2) returns 6.", host=odd)
    assert choice.pick == (1, 0) and set(choice.failed) == {"host-01", "host-02"}


@pytest.mark.parametrize(("draft", "found"), [((1,), True), ((), False)], ids=["drafted together", "mixed singles"])
def test_a_draft_of_the_whole_program_is_chosen_whole(draft: tuple[int, ...], found: bool) -> None:
    """Of all pairs one keeps its records under the same key: the last but one, which are never tried unless they are known
    to belong together."""
    brief = Brief(
        kind=Kind.CLI, name="tool", summary="", request="", state_file="tool.json",
        commands=(CommandBrief(name="add", purpose="", arguments=(Argument(name="t"),)), CommandBrief(name="show", purpose="")),
    )  # fmt: skip
    checks = checks_of(brief, find_examples("    $ tool add Tea\n    Tea\n    $ tool show\n    Tea\n"), Source.REQUEST)
    keys = {"add": "abcdefghi!j", "show": "klmnopqrs!t"}
    code = {
        "add": "def add(records, t):\n    records.append({{'{key}': t}})\n    return t",
        "show": "def show(records):\n    return records[0]['{key}']",
    }
    candidates = [
        [
            Candidate(function=name, source=code[name].format(key=key), drafts=draft if key == "!" else ())
            for key in used
        ]
        for name, used in keys.items()
    ]
    units, _ = units_by_check(brief, checks)
    choice = choose(
        Court(
            names=["add", "show"], candidates=candidates, assemble=partial(frame, brief), checks=checks, probes=[],
            units=units, sandbox=open_sandbox(),
        )
    )  # fmt: skip
    assert (choice.pick == (9, 9) and not choice.failed) is found


@pytest.mark.parametrize(
    "evil",
    [
        "import os\ndef double(x=os._exit(0)):\n    return x * 2",
        "import os, signal\nKILL = os.kill(os.getppid(), signal.SIGKILL)\ndef double(x):\n    return KILL",
        "import os, signal\ndef double(x):\n    os.kill(os.getppid(), signal.SIGKILL)",
        "def double(x):\n    while True:\n        print('x' * 65536)",
        "def double(x):\n    print('6')\n    raise SystemExit",
    ],
    ids=["leaves at import", "kills at import", "kills", "floods", "prints a result"],
)
def test_hostile_candidates_lose(evil: str) -> None:
    choice = chosen([[evil, RIGHT, SAME]], "double(3) returns 6", "double('a') returns 'aa'")
    assert choice.pick in {(1,), (2,)} and not choice.failed


def test_checks_of_the_house_have_no_probes() -> None:
    """Nobody knows what an odd input should give, so that its neighbours show nothing either."""
    brief = brief_of("double")
    checks = checks_from(brief, "double(3) returns 6.")
    units, _ = units_by_check(brief, checks)
    assert probes_from(checks, (), units)[0]
    assert probes_from([check.model_copy(update={"source": Source.HOST}) for check in checks], (), units) == ([], {})


def test_probes_are_near_what_is_known_and_new() -> None:
    brief = brief_of("double")
    checks = checks_from(
        brief, "double(3) returns 6. double('ab') returns 'abab'. double([1, 2]) returns [1, 2, 1, 2]."
    )
    units, _ = units_by_check(brief, checks)
    probes, probed = probes_from(checks, (), units)
    calls = {call_of(probe.steps[0]) for probe in probes}
    assert {"double(4)", "double(0)", "double('ba')"} <= calls and "double(3)" not in calls
    assert all(probe.steps[0].expect.exit_status is None for probe in probes)
    assert set(probed) == {probe.id for probe in probes} and len(probes) <= MOST_PER_FUNCTION


def test_inputs_are_probes_freed_of_what_they_expect() -> None:
    brief = brief_of("double")
    (wrong,) = checks_from(brief, "", "double(30) returns 61")
    units, _ = units_by_check(brief, [wrong])
    (probe,) = probes_from((), [wrong], units)[0]
    assert call_of(probe.steps[0]) == "double(30)" and "61" not in probe.steps[0].argv[-1]
    assert probe.steps[0].expect == Expectation(exit_status=None)


@pytest.mark.parametrize("name", ["shown", "repr", "print", "sorted", "isinstance", "equal", "exec", "_shown"])
def test_a_function_may_be_called_like_what_shows_its_results(name: str) -> None:
    """Two that agree on the example alone must be seen to differ elsewhere."""
    right, wrong = (f"def {name}(x):\n    return {value}" for value in ("x * 2", "x + 2"))
    choice = chosen([[right, wrong]], f"{name}(2) returns 4")
    assert not choice.failed and choice.agreement[name] < 0.9


def test_no_probe_is_an_input_that_was_shown() -> None:
    """Three bools have eight values: who was shown them all has seen every input."""
    every = [(one, two, three) for one in (True, False) for two in (True, False) for three in (True, False)]
    checks = checks_from(brief_of("double"), " ".join(f"double{given} returns {sum(given)}." for given in every))
    units, _ = units_by_check(brief_of("double"), checks)
    assert len(checks) == 8 and probes_from(checks, (), units) == ([], {})


def test_an_input_that_is_a_check_already_is_no_probe() -> None:
    brief = brief_of("double")
    checks = checks_from(brief, "double(None) returns 'NoneNone'.")
    units, _ = units_by_check(brief, checks)
    assert probes_from(checks, checks, units) == ([], {})


def test_a_probe_leaves_out_a_step_before_the_last() -> None:
    """What is stored shows in the last line, so that programs that store otherwise differ there."""
    commands = (
        CommandBrief(name="add", purpose="", arguments=(Argument(name="t"),)),
        CommandBrief(name="show", purpose=""),
    )
    brief = Brief(kind=Kind.CLI, name="tool", summary="", request="", state_file="a.json", commands=commands)
    request = "    $ tool add Tea\n    Tea\n    $ tool add Sea\n    Sea\n    $ tool show\n    Tea Sea\n"
    checks = checks_of(brief, find_examples(request), Source.REQUEST)[-1:]
    units, _ = units_by_check(brief, checks)
    probes, _ = probes_from(checks, (), units)
    assert [[step.argv[1:] for step in probe.steps] for probe in probes] == [
        [("add", "Sea"), ("show",)], [("add", "Tea"), ("show",)],
    ]  # fmt: skip
    assert all(step.expect == Expectation(exit_status=None) for probe in probes for step in probe.steps)


def test_a_program_without_commands_is_tried_on_other_words_and_other_texts_of_its_file() -> None:
    """Its first word is no name of a command; and a file of another name is not there, which tells programs apart in nothing."""
    arguments = (Argument(name="file", type=ArgumentType.FILE), Argument(name="word"))
    command = CommandBrief(name="", purpose="", arguments=arguments)
    brief = Brief(kind=Kind.CLI, name="tool", summary="", request="", commands=(command,))
    request = "Given a.txt:\n\n    one\n    two\n\n`tool a.txt one` prints 1."
    checks = checks_of(brief, find_examples(request), Source.REQUEST)
    units, _ = units_by_check(brief, checks)
    probes, _ = probes_from(checks, (), units, 1)
    assert all(probe.steps[0].argv[1] == "a.txt" for probe in probes)
    assert {probe.steps[0].argv[2] for probe in probes} >= {"one", "eno"}
    assert {probe.files["a.txt"] for probe in probes} >= {"one\ntwo\n", "two\none\n", ""}
    assert probes_from(checks, (), units, 2)[0] != probes


@pytest.mark.parametrize("code", ["from tool import double\nresult = double(", "", "\0", "(" * 500, "result = 1"])
def test_code_that_cannot_be_read_has_no_probes(code: str) -> None:
    """A user may write anything into a check that is up for review."""
    step = Step(argv=(PYTHON, "-c", code), expect=Expectation())
    check = Check(id="user-01", statement="", source=Source.USER, steps=(step,))
    units, _ = units_by_check(brief_of("double"), [check])
    assert probes_from([check], (), units) == ([], {})


def test_probes_end_their_last_line_where_people_do() -> None:
    """What `wc` counts of a line that does not end is a matter of taste."""
    brief = Brief(
        kind=Kind.CLI, name="tool", summary="", request="", commands=(CommandBrief(name="", purpose="", reads_stdin=True),)
    )  # fmt: skip
    people = checks_of(brief, find_examples("    $ printf 'a\\nb\\n' | tool\n    2\n"), Source.REQUEST)
    (unended,) = checks_of(brief, find_examples("    $ printf 'c\\nd' | tool\n    2\n"), Source.TESTER)
    inputs = [unended.model_copy(update={"id": "input-01"})]
    units, _ = units_by_check(brief, [*people, *inputs])
    texts = [probe.steps[-1].stdin for probe in probes_from(people, inputs, units)[0]]
    assert "c\nd\n" in texts and all(text.endswith("\n") for text in texts if text)
    others = probes_from([people[0].model_copy(update={"source": Source.TESTER})], inputs, units)[0]
    assert "c\nd" in [probe.steps[-1].stdin for probe in others]
