from __future__ import annotations

from pathlib import Path

from macrohard.company import Status
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.engineers.stubs import Stub
from macrohard.company.engineers.writing import write_candidates
from macrohard.models.scripted import ScriptedModel

from ..scripted import Replies, built, cases, claim_about, cli_brief, code, command, used, verdicts

UP = Stub(name="up", signature="def up(word: str) -> str:", docstring="Say it louder.", context="A request.")
DOWN = Stub(name="down", signature="def down(word: str) -> str:", docstring="Say it softer.", context="A request.")
UPPER = "def up(word):\n    return word.upper()"
LOWER = "def down(word):\n    return word.lower()"


def written(
    replies: Replies, *, wanted: tuple[int, ...] = (0, 1), count: int = 4, seed: int = 0
) -> tuple[list[list[Candidate]], ScriptedModel]:
    """Candidates for up and down, half of them from drafts of both, and who was asked."""
    model = ScriptedModel({**replies, "engineer: *": ["No."]})
    return write_candidates([UP, DOWN], wanted, model, count, 0.8, seed, together=True), model


def test_equal_replies_are_one_candidate_of_more_weight() -> None:
    replies = [code("def up(word):\n    return word.upper()"), code("# so\ndef up(word): return (word.upper())"), "No."]
    model = ScriptedModel({"engineer: up": [replies]})
    ((candidate,),) = write_candidates([UP], [0], model, 3, 0.8, 0)
    assert candidate.times == 3 and "word.upper()" in candidate.source and candidate.drafts == ()
    assert [question.sampling.count for question in model.calls] == [2, 1]


def test_what_engineers_are_shown() -> None:
    """Their stubs, and the request in half of the questions; nothing else reaches them, so no hidden check can."""
    model = ScriptedModel({"engineer: *": ["No."]})
    write_candidates([UP, DOWN], [0, 1], model, 4, 0.8, 0, together=True)
    for question in model.calls:
        shown = "".join(message.content for message in question.messages)
        assert ("Say it louder." in shown) is (question.purpose != "engineer: down")
        assert ("Say it softer." in shown) is (question.purpose != "engineer: up")
    assert [any("A request." in message.content for message in question.messages) for question in model.calls].count(
        True
    ) == 3


def test_only_what_is_wanted_is_written() -> None:
    model = ScriptedModel({"engineer: down": [code(LOWER)]})
    up, down = write_candidates([UP, DOWN], [1], model, 2, 0.8, 0)
    assert up == [] and [candidate.function for candidate in down] == ["down"]
    assert {question.purpose for question in model.calls} == {"engineer: down"}


def test_half_of_the_replies_are_drafts_of_the_whole_program() -> None:
    (up, down), model = written({"engineer: draft": [code(f"{UPPER}\n\n{LOWER}")]}, count=5)
    assert sorted((question.purpose, question.sampling.count) for question in model.calls) == [
        ("engineer: down", 1), ("engineer: down", 2), ("engineer: draft", 2), ("engineer: up", 1), ("engineer: up", 2),
    ]  # fmt: skip
    (draft,) = [question for question in model.calls if question.purpose == "engineer: draft"]
    assert UP.signature in draft.messages[-1].content and DOWN.signature in draft.messages[-1].content
    assert [(item.function, item.times, item.drafts) for item in (*up, *down)] == [
        ("up", 2, (0, 1)),
        ("down", 2, (0, 1)),
    ]


def test_functions_of_one_draft_know_each_other() -> None:
    """Each keeps the helpers that it needs, and the number of the draft even where the other function is missing."""
    both = code(f"import re\n\nSIGN = '!'\n\ndef up(word):\n    return re.escape(word) + SIGN\n\n{LOWER}")
    (up, down), _ = written({"engineer: draft": [[both, code(UPPER)]]})
    assert [item.drafts for item in up] == [(0,), (1,)] and [item.drafts for item in down] == [(0,)]
    assert "import re" in up[0].source and "SIGN = '!'" in up[0].source and "SIGN" not in down[0].source


def test_a_draft_that_is_also_written_alone_counts_for_both() -> None:
    drafts = [code(f"{UPPER}\n\n{LOWER}"), "No."]
    (up, down), _ = written(
        {"engineer: draft": [drafts], "engineer: up": [code(UPPER)], "engineer: down": [code(LOWER)]}
    )
    assert [(item.times, item.drafts) for item in (*up, *down)] == [(3, (0,)), (3, (0,))]


def test_no_two_rounds_share_the_number_of_a_draft() -> None:
    replies: Replies = {"engineer: draft": [code(f"{UPPER}\n\n{LOWER}")]}
    first, second = (written(replies, seed=seed)[0] for seed in (1000, 2000))
    assert not set(first[0][0].drafts) & set(second[0][0].drafts)


def test_a_draft_brings_candidates_for_functions_that_are_not_wanted() -> None:
    """It would not belong together otherwise."""
    (up, down), model = written({"engineer: draft": [code(f"{UPPER}\n\n{LOWER}")]}, wanted=(1,))
    assert [item.function for item in (*up, *down)] == ["up", "down"]
    assert {question.purpose for question in model.calls} == {"engineer: draft", "engineer: down"}


def test_one_candidate_is_no_draft() -> None:
    _, model = written({}, count=1)
    assert {question.purpose for question in model.calls} == {"engineer: up", "engineer: down"}


REQUEST = (
    "A tool called tasks that keeps tasks in tasks.json.\n\n"
    "    $ tasks add Tea\n    Added Tea\n    $ tasks add Sea\n    Added Sea\n    $ tasks list\n    Tea\n    Sea\n"
)


def stored_under(key: str) -> str:
    """A program that keeps its tasks under this key."""
    return (
        f"def add(records, title):\n    records.append({{'{key}': title}})\n    return f'Added {{title}}'\n\n"
        f"def list_command(records):\n    return '\\n'.join(r['{key}'] for r in records)"
    )


def test_a_program_whose_functions_were_drafted_together(tmp_path: Path) -> None:
    """Those that were written alone disagree about the key under which a task is kept."""
    alone = {"engineer: add": stored_under("name"), "engineer: list_command": stored_under("task")}
    replies: Replies = {
        "analyst: brief": [
            cli_brief(
                "tasks", command("add", "title"), command("list"), state_file="tasks.json",
                fields=[{"name": "title", "type": "text"}],
            )
        ],
        "tester: list": [cases({"before": ["tasks add Swim"], "command": "tasks list", "prints": "Swim"})],
        "engineer: draft": [code(stored_under("title"))],
        **{purpose: [code(source)] for purpose, source in alone.items()},
    }  # fmt: skip
    report = built(tmp_path, REQUEST, replies, candidates=4)
    assert report.outcome is Status.VERIFIED, verdicts(report)
    assert not claim_about(report, "`tasks list` prints `Tea / Sea`").reason
    assert used(report, "add", "Tea", cwd=tmp_path).returncode == 0
    assert used(report, "list", cwd=tmp_path).stdout == "Tea\n"
