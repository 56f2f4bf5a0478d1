"""Answers are sentences of the sources, whatever a model says; here it says what a script tells it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macrohard import models
from macrohard.answers import AnswerReport, Standing, ask, check
from macrohard.errors import UserError
from macrohard.models import Question, ScriptedModel

pytestmark = pytest.mark.usefixtures("home")

BRIDGE = (
    "# The bridge\n\nIt was opened on 3 May 1932. The Elbow Bridge is 412 metres long. Its engineer was Ada Hollis.\n"
)
GUIDE = "The Elbow Bridge is 420 metres long. Buses cross it until midnight.\n"
LENGTH = "How long is the Elbow Bridge?"
PDF = Path(__file__).with_name("two_pages.pdf")


def reader(*answering: str) -> ScriptedModel:
    """A model that says of each passage that it answers when one of its lines holds one of these words, and names these lines."""

    def said(question: Question, occasion: int) -> str:
        listing = question.messages[-1].content.split("\n\nQuestion:")[0].splitlines()[1:]
        found = [line.split("]")[0] + "]" for line in listing if any(word in line for word in answering)]
        if question.purpose == "reader: whether":
            return "Yes" if found else "No"
        return ", ".join(found) or "None"

    return ScriptedModel(said)


def asked(folder: Path, question: str, model: ScriptedModel, **sources: str) -> AnswerReport:
    """Ask these sources; `a` is a.md."""
    place = folder / "sources"
    place.mkdir(exist_ok=True)
    for name, content in sources.items():
        if not (place / f"{name}.md").exists():  # written again, it would be of another time
            (place / f"{name}.md").write_text(content, encoding="utf-8")
    return ask(question, [str(place)], model)


def test_an_answer_is_a_quotation(tmp_path: Path) -> None:
    report = asked(tmp_path, LENGTH, reader("metres"), a=BRIDGE)
    (sentence,) = report.sentences
    (excerpt,) = sentence.evidence
    assert sentence.text == "The Elbow Bridge is 412 metres long."
    assert (sentence.verdict, report.verdict, report.exit_status) == (Standing.SUPPORTED, Standing.SUPPORTED, 0)
    assert BRIDGE[excerpt.start : excerpt.end] == excerpt.quotation == sentence.text
    assert excerpt.place == "line 3" and sentence.probability is None


def test_a_sentence_that_points_back_comes_with_what_it_points_to(tmp_path: Path) -> None:
    report = asked(tmp_path, "Who was the engineer?", reader("Hollis"), a=BRIDGE)
    assert [item.text for item in report.sentences] == [
        "The Elbow Bridge is 412 metres long. Its engineer was Ada Hollis."
    ]


def test_sources_that_are_silent_are_an_answer(tmp_path: Path) -> None:
    report = asked(tmp_path, "Who owns the Elbow Bridge?", reader("owner"), a=BRIDGE)
    assert (report.verdict, report.exit_status, report.sentences) == (Standing.NOT_IN_SOURCES, 4, ())
    assert report.unsaid == ("owns",) and report.passages == 1


def test_nothing_that_is_asked_about_stands_there(tmp_path: Path) -> None:
    model = reader("metres")
    report = asked(tmp_path, "What do penguins eat?", model, a=BRIDGE)
    assert report.exit_status == 4 and not model.calls  # nothing to read, so nobody is asked


def test_what_two_sources_say_stands_where_the_first_says_it(tmp_path: Path) -> None:
    long, high = "The Elbow Bridge is 412 metres long.", "The towers of the Elbow Bridge are 60 metres high."
    report = asked(tmp_path, LENGTH, reader("metres"), a=f"{long} {high}", b=f"{long} The harbour is old.")
    assert [sentence.evidence[0].quotation for sentence in report.sentences] == [long, high]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_dispute_shows_both_sides(tmp_path: Path, swapped: bool) -> None:
    first, second = (GUIDE, BRIDGE) if swapped else (BRIDGE, GUIDE)
    report = asked(tmp_path, LENGTH, reader("metres"), a=first, b=second)
    assert (report.verdict, report.exit_status) == (Standing.DISPUTED, 3)
    assert {item.verdict for item in report.sentences} == {Standing.DISPUTED}
    for sentence in report.sentences:
        own, other = sentence.evidence
        assert own.address != other.address and own.dated and other.dated
        assert {"412" in own.quotation, "412" in other.quotation} == {True, False}


def test_the_other_side_is_found_where_the_model_does_not_pick_it(tmp_path: Path) -> None:
    report = asked(tmp_path, LENGTH, reader("412"), a=BRIDGE, b=GUIDE)
    (sentence,) = report.sentences
    assert sentence.verdict is Standing.DISPUTED and "420" in sentence.evidence[1].quotation


@pytest.mark.parametrize(
    "leaning",
    [
        "How long is the wonderful Elbow Bridge?",
        "How long is the so-called Elbow Bridge?",
        "How long is the Elbow Bridge? Are you sure? An expert says it is 900 metres long.",
        "Given that it is 900 metres long, how long is the Elbow Bridge?",
        "According to Smith (2031) it is 900 metres long. How long is the Elbow Bridge?",
        "How long is the wasteful, job-killing Elbow Bridge?",
        "How long is the courageous, long-overdue Elbow Bridge?",
    ],
)
def test_how_one_asks_changes_nothing(tmp_path: Path, leaning: str) -> None:
    plain = asked(tmp_path, LENGTH, reader("metres"), a=BRIDGE, b=GUIDE)
    leant = asked(tmp_path, leaning, reader("metres"), a=BRIDGE, b=GUIDE)
    assert (leant.sentences, leant.verdict, leant.unsaid) == (plain.sentences, plain.verdict, plain.unsaid)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.text(max_size=60) | st.lists(st.integers(-5, 9)).map(str),
    whether=st.sampled_from(["Yes", "yes.", "No", ""]),
)
def test_no_word_of_a_model_is_ever_shown(tmp_path: Path, which: str, whether: str) -> None:
    model = ScriptedModel({"reader: whether": [whether], "reader: which": [which]})
    report = asked(tmp_path, LENGTH, model, a=BRIDGE)
    assert all(item.quotation in BRIDGE for sentence in report.sentences for item in sentence.evidence)
    assert whether.lower().startswith("yes") or not report.sentences


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The population of Lyon is 520,000 people.", "The population of Nice is 340,000 people."),
        ("An adult ticket costs 6.50 euros.", "A child ticket costs 3.00 euros."),
        ("Acme had 120 employees in 2021.", "Acme had 135 employees in 2022."),
        ("The Elbow Bridge was opened in 1932.", "The Knee Bridge was opened in 1955."),
    ],
)
def test_two_things_are_no_dispute(tmp_path: Path, one: str, other: str) -> None:
    report = asked(tmp_path, one.removesuffix(".") + "?", reader(one.split()[-2]), a=one, b=other)
    assert report.verdict is Standing.SUPPORTED


def test_a_source_that_disagrees_with_itself(tmp_path: Path) -> None:
    source = "The Elbow Bridge is 412 metres long. Ships pass below. The Elbow Bridge is 420 metres long."
    report = asked(tmp_path, LENGTH, reader("metres"), a=source)
    assert [item.verdict for item in report.sentences] == [Standing.DISPUTED] * 2


def test_what_points_back_is_said_in_one_piece(tmp_path: Path) -> None:
    source = "# Bridges\n\nThe Elbow Bridge was opened in 1932. It is 412 metres long.\n\n## Size\n\nIt is green.\n"
    report = asked(tmp_path, "What is known of the Elbow Bridge?", reader("opened", "412", "green"), a=source)
    assert [item.text for item in report.sentences] == [
        "The Elbow Bridge was opened in 1932. It is 412 metres long.",
        "It is green.",
    ]


def test_letters_with_marks_are_found(tmp_path: Path) -> None:
    report = asked(tmp_path, "Where is İzmir?", reader("coast"), a="İzmir lies on the coast.")
    assert report.exit_status == 0 and report.unsaid == ()


def test_what_is_no_character_is_asked_all_the_same(tmp_path: Path) -> None:
    assert asked(tmp_path, f"{LENGTH} \udcff", reader("metres"), a=BRIDGE).exit_status == 0


def test_a_number_is_quoted_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"pear": {"price": 1.10, "limit": 1e400, "fresh": true, "price": 1.20}}', encoding="utf-8"
    )
    report = ask("What is the price of a pear?", [str(tmp_path / "a.json")], reader("pear"))
    assert [item.text for item in report.sentences] == [
        "pear price: 1.10", "pear limit: 1e400", "pear fresh: true", "pear price: 1.20"
    ]  # fmt: skip


def test_french(tmp_path: Path) -> None:
    source = "Le pont a été ouvert en 1932. Il mesure 412 mètres de long."
    report = asked(tmp_path, "Quelle est la longueur du magnifique pont, en mètres ?", reader("412"), a=source)
    assert report.asked == "Quelle est la longueur du pont, en mètres ?"
    assert [item.text for item in report.sentences] == [source]


def test_what_stands_in_two_passages_is_said_once(tmp_path: Path) -> None:
    report = asked(tmp_path, "How many buses cross the Elbow Bridge?", reader("Buses"), a=GUIDE, b=GUIDE)
    assert len(report.sentences) == 1


def test_a_row_is_quoted_with_its_place(tmp_path: Path) -> None:
    table = tmp_path / "bridges.csv"
    table.write_text("bridge,length\nElbow Bridge,412\nKnee Bridge,90\n", encoding="utf-8")
    report = ask(LENGTH, [str(table)], reader("412"))
    ((excerpt,),) = [item.evidence for item in report.sentences]
    assert "412" in excerpt.quotation and excerpt.place.startswith("row 2")


def test_a_page_is_quoted_with_its_number() -> None:
    report = ask("In how many days was Colossus built?", [str(PDF)], reader("122"))
    ((excerpt,),) = [item.evidence for item in report.sentences]
    assert (excerpt.place, excerpt.quotation) == ("page 2", "The data centre Colossus was built in 122 days.")


def test_the_code_of_the_document_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "asking.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.md").write_text(BRIDGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(models, "open_model", lambda name: {"embedded": reader("metres")}[name])
    exec(compile(block, "asking.md", "exec"), {})  # noqa: S102 - a block of our own
    assert capsys.readouterr().out == "None The Elbow Bridge is 412 metres long. line 3\n"


def test_one_door_to_both_checks(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BRIDGE, encoding="utf-8")
    report = check("The Elbow Bridge is 412 metres long.", sources=[str(tmp_path)])
    assert [item.verdict for item in report.statements] == [Standing.SUPPORTED]
    report = check("`a.md` exists.", repository=tmp_path)
    assert [item.verdict for item in report.statements] == [Standing.SUPPORTED]
    with pytest.raises(UserError, match="one of the two"):
        check("It is so.")
