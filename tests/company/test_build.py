"""Whole builds through the front door: everything is real but for the mind that answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macrohard.company import Event, Order, Report, Status, build
from macrohard.company.progress import silent
from macrohard.errors import UserError
from macrohard.truth import Verdict

from .programs import ROMAN, ROMAN_REQUEST
from .scripted import (
    Replies,
    argument,
    built,
    cases,
    claim_about,
    cli_brief,
    code,
    command,
    files_of,
    library_brief,
    model_of,
    python,
    used,
    verdicts,
)

UP_REQUEST = "A command-line tool called shout. 'shout up tea' prints TEA."
UP_BRIEF = cli_brief("shout", command("up", "word"))
UPPER = code("def up(word: str) -> str:\n    return word.upper()")
LOWER = code("def up(word: str) -> str:\n    return word.lower()")


def test_two_commands_are_built_and_verified(roman: Report) -> None:
    assert roman.outcome is Status.VERIFIED
    assert set(verdicts(roman).values()) == {Verdict.VERIFIED}
    assert claim_about(roman, "`roman to-int XIV` prints `14`").maker == "request"
    assert claim_about(roman, "`roman to-roman 4` prints `IV`").maker == "tester"
    assert claim_about(roman, "--help").maker == "host"
    assert used(roman, "to-roman", "1994").stdout == "MCMXCIV\n"


def test_every_claim_rests_on_what_was_run(roman: Report) -> None:
    assert [claim.id for claim in roman.claims] == [f"C{number:02d}" for number in range(1, len(roman.claims) + 1)]
    assert all(run.observed and not run.failure for claim in roman.claims for run in claim.evidence)
    assert all(claim.evidence for claim in roman.claims)


def test_errors_end_politely(roman: Report) -> None:
    ended = used(roman, "to-int", "ABC")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "error: not a numeral: ABC\n"


def test_what_no_check_shows_is_named(tmp_path: Path) -> None:
    """The example leaves the exit status to the request, and shows nothing of the clauses beside."""
    request = (
        ROMAN_REQUEST.replace("status 2", "status 1") + " A missing word exits with status 3. Small letters count, too."
    )
    report = built(tmp_path, request, {**ROMAN, "tester: statement *": ["no idea"]}, examples=("to-int ABC => error",))
    assert claim_about(report, "`roman to-int ABC` prints an error").statement.endswith("exits with status 1")
    unseen = [text for text, verdict in verdicts(report).items() if verdict is Verdict.UNVERIFIED]
    assert {"“A missing word exits with status 3.”", "“Small letters count, too.”"} <= set(unseen)
    assert any("several exit statuses for errors (1, 3)" in note for note in report.choices)


@pytest.mark.parametrize(
    ("calls", "reason"),
    [
        (["of tea 1.5", "name nosuch"], "No check that shows it has passed for `of`."),
        (["of nosuch 2"], "No check that shows it has passed for `name`."),
        (["of tea 1.5"], "No check that shows it has passed."),
        (["of nosuch 2", "name nosuch"], ""),
    ],
)
def test_an_error_is_shown_by_what_it_speaks_of(tmp_path: Path, calls: list[str], reason: str) -> None:
    """1.5 is no whole number, which says nothing of unknown goods; and one command nothing of another."""
    said = "Unknown goods are an error with exit status 2."
    request = f"A tool called price. 'price of tea 3' prints 6. 'price name tea' prints Tea. {said}"
    commands = command("of", "goods", argument("count", "integer")), command("name", "goods")
    of = "def of(goods, count):\n    if goods != 'tea':\n        raise ValueError('unknown')\n    return str(2 * count)"
    name = "def name(goods):\n    if goods != 'tea':\n        raise ValueError('unknown')\n    return 'Tea'"
    replies: Replies = {
        "analyst: brief": [cli_brief("price", *commands)],
        "engineer: of": [code(of)],
        "engineer: name": [code(name)],
        "tester: error *": [cases(*({"command": f"price {call}"} for call in calls))],
    }
    report = built(tmp_path, request, replies)
    found = {claim.statement: (claim.verdict, claim.reason) for claim in report.claims}
    assert found.get(f"“{said}”") == ((Verdict.UNVERIFIED, reason) if reason else None)
    assert reason in (Path(str(report.path)) / "README.md").read_text()


@pytest.fixture(scope="module")
def shout(tmp_path_factory: pytest.TempPathFactory) -> tuple[Order, Report, list[Event]]:
    """An order with examples and tests beside the request, what came of it, and what was told meanwhile."""
    folder = tmp_path_factory.mktemp("shout")
    events: list[Event] = []

    def listen(event: Event) -> None:
        events.append(event)

    order = Order(
        request="A tool that says a word louder.",
        examples=("up tea => TEA", "up => exit 2"),
        tests={"test_up.py": "import shout.commands\ndef test_up():\n    assert shout.commands.up('a') == 'A'\n"},
        out=str(folder / "out"),
        model=model_of(folder, {"analyst: brief": [UP_BRIEF], "engineer: up": [UPPER]}),
    )
    return order, build(order, listen), events


def test_examples_and_tests_beside_the_request(shout: tuple[Order, Report, list[Event]]) -> None:
    report = shout[1]
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert [claim.maker for claim in report.claims[:3]] == ["user"] * 3
    assert verdicts(report)["The tests in test_up.py pass"] is Verdict.VERIFIED


def test_the_departments_tell_what_they_do(shout: tuple[Order, Report, list[Event]]) -> None:
    events = shout[2]
    said = [event.department for event in events]
    assert list(dict.fromkeys(said)) == ["analyst", "tester", "engineers", "jury", "integrator", "users", "delivery"]
    assert all(event.message.isprintable() for event in events)


def test_a_finished_order_is_not_built_over(shout: tuple[Order, Report, list[Event]]) -> None:
    with pytest.raises(UserError, match="exists already"):
        build(shout[0], silent)


def test_state_stands_in_the_folder_where_it_is_used(tmp_path: Path) -> None:
    request = (
        "A tool called tasks that keeps tasks in tasks.json.\n\n"
        "    $ tasks add Tea\n    Added 1\n    $ tasks add Sea\n    Added 2\n    $ tasks list\n    1 Tea\n    2 Sea\n"
    )
    brief = cli_brief(
        "tasks",
        command("add", "title"),
        command("list"),
        state_file="tasks.json",
        fields=[{"name": "title", "type": "text"}],
    )
    add = "def add(records, title):\n    records.append({'title': title})\n    return f'Added {len(records)}'"
    shown = "def list_command(records):\n    return '\\n'.join(f\"{n} {r['title']}\" for n, r in enumerate(records, 1))"
    replies = {
        "analyst: brief": [brief],
        "tester: list": [cases({"before": ["tasks add Swim"], "command": "tasks list", "prints": "1 Swim"})],
        "engineer: add": [code(add)],
        "engineer: list_*": [code(shown)],
    }
    report = built(tmp_path, request, replies)
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert (
        verdicts(report)["After `tasks add Tea`, `tasks add Sea`, `tasks list` prints `1 Tea / 2 Sea`"]
        is Verdict.VERIFIED
    )
    assert (
        claim_about(
            report, "with `{damaged` in tasks.json ends with a message and exit status 2, and leaves it as it is"
        ).verdict
        is Verdict.VERIFIED
    )
    here = tmp_path / "elsewhere"
    here.mkdir()
    assert used(report, "add", "Swim", cwd=here).stdout == "Added 1\n"
    assert used(report, "list", cwd=here).stdout == "1 Swim\n"
    assert [path.name for path in here.iterdir()] == ["tasks.json"]
    (here / "tasks.json").write_text("{")
    assert used(report, "add", "Swim", cwd=here).returncode == 2
    assert (here / "tasks.json").read_text() == "{"


def test_standard_input_and_files(tmp_path: Path) -> None:
    request = (
        "A tool called count. `printf 'a b' | count words` prints 2. With this file sea.txt:\n\n"
        "    one\n    two\n\nand this file tea.txt:\n\n    three\n\n    $ count lines sea.txt\n    2\n"
    )
    brief = cli_brief("count", command("words", stdin=True), command("lines", argument("path", "file")))
    words = "def words(stdin_text):\n    return str(len(stdin_text.split()))"
    lines = "def lines(path_text):\n    return str(len(path_text.splitlines()))"
    replies = {
        "analyst: brief": [brief],
        "tester: words": [cases({"command": "count words", "stdin": "x y z\n", "prints": "3"})],
        "tester: lines": [cases({"command": "count lines tea.txt", "prints": "1"})],
        "engineer: words": [code(words)],
        "engineer: lines": [code(lines)],
    }
    report = built(tmp_path, request, replies)
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert used(report, "words", stdin="a b c").stdout == "3\n"
    missing = used(report, "lines", "nowhere.txt")
    assert missing.returncode == 2 and "cannot read nowhere.txt" in missing.stderr


def test_the_exit_status_that_was_asked_for(tmp_path: Path) -> None:
    request = "A tool called half. 'half 4' prints 2. An odd number is an error with exit status 3."
    brief = cli_brief("half", command("", argument("number", "integer")))
    run = "def run(number):\n    if number % 2:\n        raise ValueError('odd')\n    return str(number // 2)"
    replies = {
        "analyst: brief": [brief],
        "engineer: run": [code(run)],
        "tester: half": [cases({"command": "half 8", "prints": "4"})],
        "tester: error 1": [cases({"command": "half 3"})],
    }
    report = built(tmp_path, request, replies)
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert [used(report, *words).returncode for words in (["4"], ["3"], ["x"], [])] == [0, 3, 3, 3]


def test_a_library(tmp_path: Path) -> None:
    request = 'A Python library called words with slug(text). slug("A B") returns "a-b". slug("") raises ValueError.'
    brief = library_brief("words", ("slug", {"text": "str"}, "str"))
    slug = "def slug(text):\n    if not text:\n        raise ValueError('empty')\n    return '-'.join(text.lower().split())"
    tester = cases({"call": "slug('C D E')", "returns": "'c-d-e'"})
    report = built(
        tmp_path, request, {"analyst: brief": [brief], "engineer: slug": [code(slug)], "tester: slug": [tester]}
    )
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert report.run == ()
    assert verdicts(report)['`slug("A B")` returns `"a-b"`'] is Verdict.VERIFIED
    assert verdicts(report)['`slug("")` raises ValueError'] is Verdict.VERIFIED
    source = Path(str(report.path), "src")
    assert python("-c", "import words; print(words.slug('X Y'), words.__all__)", cwd=source).stdout == "x-y ['slug']\n"
    assert ">>> slug('A B')\n    'a-b'\n" in (source / "words" / "functions.py").read_text(), "as Python shows it"
    assert python("-m", "doctest", "words/functions.py", cwd=source).returncode == 0


PRINTS = code("def up(word: str) -> str:\n    print(word.upper())\n    return ''")


@pytest.mark.parametrize("replies", [[PRINTS, UPPER], [PRINTS]], ids=["one does as told", "all print"])
def test_what_docstrings_say_is_so(tmp_path: Path, replies: list[str]) -> None:
    """On the command line nobody sees whether a function prints or returns what is printed; in its docstring one does."""
    tester = [cases({"command": "shout up sea", "prints": "SEA"})]
    told: Replies = {"analyst: brief": [UP_BRIEF], "tester: up": tester, "engineer: up": [replies]}
    report = built(tmp_path, UP_REQUEST, told)
    assert report.outcome is Status.VERIFIED, verdicts(report)
    source = Path(str(report.path), "src")
    text = (source / "shout" / "commands.py").read_text()
    assert ("print(" not in text) is ("it never prints" in text) is (UPPER in replies)
    assert (">>> up('tea')\n    'TEA'\n" in text) is (UPPER in replies)
    assert python("-m", "doctest", "shout/commands.py", cwd=source).returncode == 0


def test_what_only_shown_examples_speak_for_is_open(tmp_path: Path) -> None:
    """Its engineers do not agree on every input that none of them was shown."""
    other = code("def up(word: str) -> str:\n    return word.upper() if word != 'aet' else word")
    replies: Replies = {"analyst: brief": [UP_BRIEF], "engineer: up": [[UPPER, other]]}
    told = {**replies, "tester: up": [cases({"command": "shout up sea", "prints": "SEA"})]}
    assert built(tmp_path, UP_REQUEST, told).outcome is Status.VERIFIED
    (tmp_path / "alone").mkdir()
    report = built(tmp_path / "alone", UP_REQUEST, replies)
    assert report.outcome is Status.DELIVERED
    claim = claim_about(report, "`up` is right beyond the inputs above")
    assert claim.verdict is Verdict.UNVERIFIED and "Nothing shows a result of it" in claim.reason


@pytest.mark.parametrize(("voices", "outcome"), [(3, Status.VERIFIED), (2, Status.DELIVERED)])
def test_engineers_who_agree_on_what_none_was_shown_speak_for_a_function(
    tmp_path: Path, voices: int, outcome: Status
) -> None:
    """Three do; two may have made the same mistake."""
    replies = {"analyst: brief": [UP_BRIEF], "engineer: up": [*[UPPER] * voices, "I cannot."]}
    report = built(tmp_path, UP_REQUEST, replies, candidates=2)
    assert report.outcome is outcome, verdicts(report)
    assert any("is right beyond" in claim.statement for claim in report.claims) is (outcome is Status.DELIVERED)


def test_an_example_that_fails_is_refuted(tmp_path: Path) -> None:
    request = "A tool called shout. 'shout up tea' prints TEA. 'shout up sea' prints OCEAN."
    report = built(tmp_path, request, {"analyst: brief": [UP_BRIEF], "engineer: up": [UPPER]})
    assert report.outcome is Status.DELIVERED
    assert claim_about(report, "prints `TEA`").verdict is Verdict.VERIFIED
    wrong = claim_about(report, "prints `OCEAN`")
    assert wrong.verdict is Verdict.REFUTED and "it printed 'SEA'" in wrong.reason.replace('"', "'").replace("`", "'")
    shown, _, unverified = (Path(str(report.path)) / "README.md").read_text().partition("## Unverified")
    assert "prints `OCEAN`" not in shown.partition("## Verified")[2] and "OCEAN" in unverified


def test_nothing_proved_is_nothing_delivered(tmp_path: Path) -> None:
    report = built(tmp_path, UP_REQUEST, {"analyst: brief": [UP_BRIEF], "engineer: up": [LOWER]})
    assert report.outcome is Status.DECLINED
    assert (report.path, report.evidence, report.run, report.recheck) == (None, None, (), ())
    assert not (tmp_path / "out" / "shout").exists()


def test_a_wrong_check_of_the_tester_does_not_veto(tmp_path: Path) -> None:
    wrong = cases({"command": "shout up sea", "prints": "See"}, {"command": "shout up a", "prints": "A"})
    replies = {"analyst: brief": [UP_BRIEF], "engineer: up": [UPPER], "tester: up": [wrong]}
    report = built(tmp_path, UP_REQUEST, replies)
    assert report.outcome is Status.VERIFIED
    assert not any("See" in claim.statement for claim in report.claims)
    assert any(note.startswith("Set aside: ") and "`See`" in note for note in report.notes), report.notes


def test_candidates_that_disagree_leave_a_doubt(tmp_path: Path) -> None:
    """All pass the example, and no two do the same elsewhere."""
    ways = [f"word.upper() if word == 'tea' else word + '{end}'" for end in "abcde"]
    candidates = [code(f"def up(word: str) -> str:\n    return {way}") for way in ways]
    turned = [[*candidates[number % 5 :], *candidates[: number % 5]] for number in range(10)]
    report = built(tmp_path, UP_REQUEST, {"analyst: brief": [UP_BRIEF], "engineer: up": turned}, candidates=4)
    assert report.outcome is Status.DELIVERED
    doubt = claim_about(report, "`up` is right beyond the inputs above")
    assert doubt.verdict is Verdict.UNVERIFIED and not doubt.evidence
    assert "agree with it on" in doubt.reason


def test_engineers_who_say_nothing_that_can_be_read(tmp_path: Path) -> None:
    replies = {"analyst: brief": [UP_BRIEF], "engineer: *": ["I cannot.", "```python\ndef other(): pass\n```"]}
    report = built(tmp_path, UP_REQUEST, replies)
    assert report.outcome is Status.DECLINED
    assert {claim.verdict for claim in report.claims} == {Verdict.UNVERIFIED}
    assert report.notes == ("Some function could not be written at all.",)


@pytest.mark.parametrize(
    "brief", ["", "{}", "[" * 100_000, '{"program": 1}', cli_brief("empty"), "null", "1" * 1_000_000]
)
def test_a_brief_that_cannot_be_read(tmp_path: Path, brief: str) -> None:
    with pytest.raises(UserError, match="No brief came of this request"):
        built(tmp_path, UP_REQUEST, {"analyst: brief": [brief], "engineer: up": [UPPER]})
    assert not (tmp_path / "out" / "shout").exists()


def test_a_crash_is_mended(tmp_path: Path) -> None:
    crashing = code("def up(word: str) -> str:\n    return word.uper()")
    replies = {"analyst: brief": [UP_BRIEF], "engineer: up": [crashing], "engineer: repair up": [UPPER]}
    report = built(tmp_path, UP_REQUEST, replies)
    assert claim_about(report, "prints `TEA`").verdict is Verdict.VERIFIED


def test_the_same_order_gives_the_same_bytes(tmp_path: Path, roman: Report) -> None:
    """The dates differ, and here the place of the script, which is the name of the scripted model."""
    again = built(tmp_path, ROMAN_REQUEST, ROMAN)
    assert again.run_id != roman.run_id
    first, second = files_of(roman), files_of(again)
    assert first.keys() == second.keys() and len(first) > 20
    assert {path for path in first if first[path] != second[path]} <= {"README.md", "evidence/ledger.jsonl"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"examples": ("caf\udce9 => x",)}, "The example is not text in UTF-8"),
        ({"examples": ("up 'tea => TEA",)}, "check its quotes"),
        (
            {"tests": {"test_\udce9.py": "def test_a():\n    pass\n"}},
            "The name of a file of --tests is not text in UTF-8",
        ),
        ({"tests": {"test_a.py": "from pytest import raises\n"}}, "needs pytest"),
        ({"request": "A tool\udce9"}, "The request is not text in UTF-8"),
        ({"out": "/tmp/\udce9"}, "--out is not text in UTF-8"),
        ({"model": "scripted:\udce9"}, "The name of the model is not text in UTF-8"),
    ],
)
def test_orders_that_nobody_could_carry_out(tmp_path: Path, more: dict[str, Any], said: str) -> None:
    """They are refused before a run begins, which is seen by the missing note that says how to go on."""
    order = {"request": UP_REQUEST, "out": str(tmp_path), "model": "scripted:none"}
    with pytest.raises(UserError, match=said) as refused:
        build(Order.model_validate({**order, **more}), silent)
    assert str(refused.value).isprintable() and not getattr(refused.value, "__notes__", [])


def test_review_makes_checks_the_users_own(tmp_path: Path) -> None:
    def review(brief: str, checks: str) -> tuple[str, str]:
        return brief.replace("Does what was asked.", "Shouts."), checks

    replies = {"analyst: brief": [UP_BRIEF], "engineer: up": [UPPER]}
    order = Order(request=UP_REQUEST, out=str(tmp_path), model=model_of(tmp_path, replies), review=True)
    report = build(order, silent, review)
    assert claim_about(report, "prints `TEA`").maker == "user"
    assert "Shouts." in used(report, "--help").stdout


def test_the_choices_are_those_of_the_brief_that_was_approved(tmp_path: Path) -> None:
    replies = {"analyst: brief": [UP_BRIEF], "engineer: up": [UPPER]}
    order = Order(request=UP_REQUEST, out=str(tmp_path), model=model_of(tmp_path, replies), review=True)
    report = build(
        order, silent, lambda brief, checks: (brief.replace('"error_status": 2', '"error_status": 7'), checks)
    )
    assert any("exit status 7" in choice for choice in report.choices), report.choices
    assert not any("exit status 2" in choice for choice in report.choices)


def test_what_the_user_approves_of_the_tester_counts_and_was_not_shown(tmp_path: Path) -> None:
    """Two engineers alone would leave the function open."""
    replies = {
        "analyst: brief": [UP_BRIEF],
        "engineer: up": [UPPER],
        "tester: up": [cases({"command": "shout up sea", "prints": "SEA"})],
    }
    order = Order(request=UP_REQUEST, out=str(tmp_path), model=model_of(tmp_path, replies), review=True, candidates=2)
    report = build(order, silent, lambda brief, checks: (brief, checks))
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert claim_about(report, "prints `SEA`").maker == "user"


def test_rules_of_the_house_stay_its_own_after_a_review(tmp_path: Path) -> None:
    """The user has approved examples; what the house adds is refuted by nothing that a user said."""
    crashes = code("def up(word: str) -> str:\n    if not word:\n        raise RuntimeError\n    return word.upper()")
    replies = {"analyst: brief": [UP_BRIEF], "engineer: *": [crashes]}
    order = Order(request=UP_REQUEST, out=str(tmp_path), model=model_of(tmp_path, replies), review=True)
    report = build(order, silent, lambda brief, checks: (brief, checks))
    odd = claim_about(report, "`shout up` ends without a traceback for `'?'`")
    assert (odd.maker, odd.verdict) == ("host", Verdict.UNVERIFIED)
    assert report.outcome is Status.DELIVERED


def test_a_review_that_cannot_be_read(tmp_path: Path) -> None:
    model = model_of(tmp_path, {"analyst: brief": [UP_BRIEF]})
    order = Order(request=UP_REQUEST, out=str(tmp_path), model=model, review=True)
    with pytest.raises(UserError, match="reviewed brief or checks cannot be used"):
        build(order, silent, lambda brief, checks: (brief, "[{]"))


def test_what_comes_out_right_by_chance_is_not_verified(tmp_path: Path) -> None:
    """Python goes through a set of words in another order each time it is started."""
    request = "A command-line tool called words. `words sort c,a,b` prints `a,b,c`."
    by_chance = "def sort(text: str) -> str:\n    return ','.join(set(text.split(',')))\n"
    says: Replies = {
        "analyst: brief": [cli_brief("words", command("sort", "text"))],
        "engineer: sort": [code(by_chance)],
    }
    assert verdicts(built(tmp_path, request, says))["`words sort c,a,b` prints `a,b,c`"] is Verdict.REFUTED
