"""What was answered is never asked again, whoever dies in between."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.errors import ModelUnavailable, UserError
from macrohard.models import Message, Question, Recorder, Sampling, ScriptedModel
from macrohard.models.record import key, union


def question(text: str = "q", purpose: str = "p", **options: Any) -> Question:
    return Question((Message("user", text),), Sampling(**options), purpose=purpose)


def test_an_answer_is_read_from_the_record_the_second_time(tmp_path: Path) -> None:
    model = ScriptedModel({"p": [["one", "two"]]})
    recorded = Recorder(tmp_path / "r.db", "run").wrap(model)
    first = recorded.answer([question(count=2)])[0]
    second = Recorder(tmp_path / "r.db", "run").wrap(model).answer([question(count=2)])[0]
    assert not first.recorded
    assert second == replace(first, recorded=True)
    assert len(model.calls) == 1


def test_another_run_asks_again(tmp_path: Path) -> None:
    model = ScriptedModel({"p": ["x"]})
    for run in ("a", "b"):
        Recorder(tmp_path / "r.db", run).wrap(model).answer([question()])
    assert len(model.calls) == 2


def test_everything_that_shapes_an_answer_is_part_of_the_key() -> None:
    base = question()
    others = [
        question("other"),
        question(purpose="other"),
        question(seed=1),
        question(count=2),
        replace(base, schema={"type": "object"}),
        replace(base, messages=(Message("system", "q"),)),
    ]
    keys = [key("d", one) for one in [base, *others]] + [key("other", base)]
    assert len(set(keys)) == len(keys)
    assert key("d", base) == key("d", question())


def test_texts_are_stored_once(tmp_path: Path) -> None:
    recorded = Recorder(tmp_path / "r.db", "run").wrap(ScriptedModel({"p": ["same reply"]}))
    recorded.answer([question("same prompt", seed=seed) for seed in range(5)])
    with sqlite3.connect(tmp_path / "r.db") as database:
        texts = [row[0] for row in database.execute("SELECT text FROM texts")]
    database.close()
    assert Counter(texts) == {"same reply": 1, "same prompt": 1}


def test_totals_count_calls_tokens_money_and_time(tmp_path: Path) -> None:
    record = Recorder(tmp_path / "r.db", "run")
    recorded = record.wrap(ScriptedModel({"p": ["a b"]}, delay=0.2))
    recorded.answer([question("one two three", seed=seed) for seed in range(4)])
    recorded.answer([question("one two three", seed=0)])
    totals = record.totals()
    assert (totals.calls, totals.prompt_tokens, totals.completion_tokens, totals.usd) == (4, 12, 8, 0.0)
    assert 0.2 <= totals.seconds < 0.75, "four calls at once take the time of one"


def test_an_unknown_price_is_unknown(tmp_path: Path) -> None:
    record, model = Recorder(tmp_path / "r.db", "run"), ScriptedModel({"p": ["a"]})
    model.name = "http://127.0.0.1:1/v1#m"
    record.wrap(model).answer([question()])
    assert record.totals().usd is None


def test_what_was_answered_is_kept_when_another_question_fails(tmp_path: Path) -> None:
    record = Recorder(tmp_path / "r.db", "run")
    with pytest.raises(ModelUnavailable):
        record.wrap(ScriptedModel({"p": ["x"]})).answer([question(), question(purpose="unknown")])
    assert record.totals().calls == 1


def test_text_that_is_no_unicode_comes_back(tmp_path: Path) -> None:
    recorded = Recorder(tmp_path / "r.db", "run").wrap(ScriptedModel({"p": ["zero \x00 and \U0001f600 stay"]}))
    recorded.answer([question("half \ud800")])
    assert recorded.answer([question("half \ud800")])[0].replies[0].text == "zero \x00 and \U0001f600 stay"


def test_a_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "r.db") as database:
        database.execute("PRAGMA user_version=999")
    database.close()
    with pytest.raises(UserError, match="newer"):
        Recorder(tmp_path / "r.db", "run")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_bytes(b"not a database" * 100)
    with pytest.raises(UserError, match=r"r\.db"):
        Recorder(tmp_path / "r.db", "run")


WORKER = """
import sys
from pathlib import Path
from typing import Any
from macrohard.models import Message, Question, Recorder, Sampling, ScriptedModel
folder = Path(sys.argv[1])
model = ScriptedModel({"p": [str(n) for n in range(30)]}, delay=0.02, log=folder / "calls.jsonl")
recorded = Recorder(folder / "r.db", "run").wrap(model)
for n in range(30):
    recorded.answer([Question((Message("user", str(n)),), Sampling(), purpose="p")])
"""


def test_a_killed_process_repeats_only_what_was_in_flight(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WORKER, str(tmp_path)]
    kills = 0
    for patience in (0.75, 0.9, 1.05, 60):
        with subprocess.Popen(words) as worker:
            try:
                worker.wait(patience)
            except subprocess.TimeoutExpired:
                worker.send_signal(signal.SIGKILL)
                kills += 1
    log = (tmp_path / "calls.jsonl").read_text().splitlines()
    asked = Counter(line for line in log if '"asked"' in line)
    assert len(asked) == 30
    assert sum(asked.values()) - 30 <= kills
    assert Recorder(tmp_path / "r.db", "run").totals().calls == 30


def test_two_processes_share_a_record(tmp_path: Path) -> None:
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path)]) for _ in range(2)]
    assert [worker.wait(100) for worker in workers] == [0, 0]
    assert Recorder(tmp_path / "r.db", "run").totals().calls == 30


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20))))
def test_the_union_of_intervals(spans: list[tuple[int, int]]) -> None:
    covered = {second for start, length in spans for second in range(start, start + length)}
    assert union([(float(start), float(start + length)) for start, length in spans]) == len(covered)


def test_started_is_wall_clock(tmp_path: Path) -> None:
    before = time.time()
    Recorder(tmp_path / "r.db", "run").wrap(ScriptedModel({"p": ["x"]})).answer([question()])
    with sqlite3.connect(tmp_path / "r.db") as database:
        (started,) = database.execute("SELECT started FROM calls").fetchone()
    database.close()
    assert before <= started <= time.time()
