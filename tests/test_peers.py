"""Other systems: they reach the model and nothing else, and what counts as their word."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench import machine
from bench.functions.tasks import Task
from bench.peers import ourselves
from bench.peers.__main__ import asked, judged, main
from bench.peers.endpoint import serving
from bench.peers.jobs import FILE, SIMPLE, function_job, programs
from bench.peers.peer import Peer
from bench.peers.systems import PEERS
from bench.peers.walls import ADDRESS, Ended, run
from macrohard.models import Message, Question, Recorder, Sampling, ScriptedModel

ASK = f"""
from openai import OpenAI
client = OpenAI(base_url="{ADDRESS}", api_key="none")
turns = [{{"role": "system", "content": "Be brief."}}, {{"role": "user", "content": [{{"type": "text", "text": "Hello?"}}]}}]
whole = client.chat.completions.create(model="m", messages=turns, temperature=0, max_tokens=9, stop="END")
stream = client.chat.completions.create(model="m", messages=turns, stream=True)
print(whole.choices[0].message.content, whole.usage.completion_tokens > 0, client.models.list().data[0].id)
print("".join(chunk.choices[0].delta.content or "" for chunk in stream))
"""
ATTACK = """
import os, pathlib, socket
for place in PLACES:
    print(os.path.exists(place))
try:
    socket.create_connection(("127.0.0.1", PORT), timeout=2)
    print("reached")
except OSError:
    print("no way out")
pathlib.Path("made.txt").write_text("kept")
"""


def _in_walls(tmp_path: Path, model: ScriptedModel, code: str, seconds: float = 60) -> tuple[Ended, dict[str, int]]:
    work = tmp_path / "work"
    work.mkdir()
    place = tmp_path / "model.sock"
    with serving(place, model) as endpoint:
        ended = run(("python3", "-c", code), Path(sys.prefix), work, place, seconds, {})
    return ended, endpoint.tokens


def test_a_client_inside_the_walls_reaches_the_model_whole_and_as_a_stream(tmp_path: Path) -> None:
    model = ScriptedModel(lambda question, number: "Hi there.")
    ended, tokens = _in_walls(tmp_path, model, ASK)
    assert ended.output.splitlines() == ["Hi there. True qwen2.5-coder-1.5b-instruct", "Hi there."]
    assert tokens["requests"] == 2
    assert tokens["completion"] > 0
    first, second = sorted(model.calls, key=_greedy, reverse=True)
    assert (first.sampling.temperature, first.sampling.max_tokens, first.sampling.stop) == (0, 9, ("END",))
    assert (second.sampling.temperature, second.sampling.top_p) == (0.7, 0.8)
    assert [message.content for message in first.messages] == ["Be brief.", "Hello?"]


def _greedy(question: Question) -> bool:
    return question.sampling.temperature == 0


@pytest.mark.parametrize(
    ("asked", "error"), [({"messages": [{}]}, "BadRequestError"), ({"messages": []}, "InternalServerError")]
)
def test_what_goes_wrong_is_told_to_the_peer(tmp_path: Path, asked: dict[str, Any], error: str) -> None:
    """A request that is none is its fault; a model that fails is not, and is noted, so that no row comes of it."""
    code = (
        f"import openai\nclient = openai.OpenAI(base_url='{ADDRESS}', api_key='none', max_retries=0)\n"
        f"try:\n    client.chat.completions.create(model='m', **{asked!r})\n"
        "except openai.APIStatusError as error:\n    print(type(error).__name__)"
    )
    work, place = tmp_path / "work", tmp_path / "model.sock"
    work.mkdir()
    with serving(place, ScriptedModel({})) as endpoint:
        ended = run(("python3", "-c", code), Path(sys.prefix), work, place, 60, {})
        assert endpoint.failed is (error == "InternalServerError")
        endpoint.begin(0)
        assert not endpoint.failed
    assert ended.output.strip() == error


def test_nothing_else_is_within_reach(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mine")
    places = [str(secret), "/etc/shadow", "/etc/hostname", str(Path(__file__))]
    assert all(map(os.path.exists, places))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        known = f"PLACES, PORT = {places!r}, {listener.getsockname()[1]}\n"
        ended, _ = _in_walls(tmp_path, ScriptedModel({}), known + ATTACK)
    assert ended.output.splitlines() == ["False"] * 4 + ["no way out"]
    assert (tmp_path / "work" / "made.txt").read_text() == "kept"


def test_a_peer_that_does_not_end_is_ended(tmp_path: Path) -> None:
    ended, _ = _in_walls(tmp_path, ScriptedModel({}), "print('begun', flush=True)\nwhile True: pass", seconds=3)
    assert ended.exit_status is None
    assert ended.output == "begun\n"


@pytest.mark.parametrize(
    ("status", "written", "claimed"),
    [
        (0, "def f():\n    return 1\n", True),
        (0, "stub", False),
        (0, " stub\n\n", False),
        (0, "", False),
        (1, "other", False),
    ],
)
def test_aider_claims_what_it_edited(tmp_path: Path, status: int, written: str, claimed: bool) -> None:
    (tmp_path / FILE).write_text(written)
    assert PEERS["aider"].claims(tmp_path, "stub", Ended(status, "", 1.0)) is claimed


@pytest.mark.parametrize(("status", "claimed"), [("Submitted", True), ("LimitsExceeded", False)])
def test_mini_swe_agent_claims_what_it_submitted(tmp_path: Path, status: str, claimed: bool) -> None:
    peer, ended = PEERS["mini-swe-agent"], Ended(0, "", 1.0)
    assert not peer.claims(tmp_path, "stub", ended)
    (tmp_path / ".trajectory.json").write_text("{}")
    assert not peer.claims(tmp_path, "stub", ended)
    (tmp_path / ".trajectory.json").write_text(json.dumps({"info": {"exit_status": status}}))
    assert peer.claims(tmp_path, "stub", ended) is claimed


@pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)
def test_a_link_out_of_the_walls_is_not_followed(tmp_path: Path, peer: Peer) -> None:
    (tmp_path / "project").mkdir()
    for place in (tmp_path / FILE, tmp_path / "project" / FILE):
        place.symlink_to("/proc/self/environ")
    assert peer.written(tmp_path) == ""
    assert not peer.claims(tmp_path, "", Ended(0, "", 1.0))


def test_much_output_is_kept_to_its_end(tmp_path: Path) -> None:
    ended, _ = _in_walls(tmp_path, ScriptedModel({}), "for n in range(100_000): print('x' * 100)\nprint('end')")
    assert ended.output.endswith("xx\nend\n") and len(ended.output) <= 20 * 1024


def test_gpt_engineer_reads_a_prompt_and_may_put_the_file_into_a_folder(tmp_path: Path) -> None:
    peer = PEERS["gpt-engineer"]
    (tmp_path / FILE).write_text("stub\n")
    peer.prepare(tmp_path, "Do it.")
    assert (tmp_path / "project" / "prompt").read_text() == "Do it.\n\ntask.py:\n```python\nstub\n```\n"
    assert not peer.claims(tmp_path, "stub\n", Ended(0, "", 1.0))
    (tmp_path / "project" / "src").mkdir()
    (tmp_path / "project" / "src" / FILE).write_text("done")
    assert peer.written(tmp_path) == "done"
    assert peer.claims(tmp_path, "stub\n", Ended(0, "", 1.0))


class Writer(Peer):
    """A peer that writes what it was made with, and says that it is done when it is told to."""

    name, requirement = "writer", "writer==1"

    def __init__(self, source: str, *, sure: bool) -> None:
        self.source, self.sure = source, sure

    def command(self, instruction: str) -> tuple[str, ...]:
        """Write the file."""
        return ("python3", "-c", f"open('task.py', 'w').write({self.source!r}); print({instruction!r})")

    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """As it was told."""
        return self.sure


TASK = Task("t/0", "double", 'def double(x):\n    """Twice x."""\n', "assert double(3) == 6\n")


@pytest.mark.parametrize(
    ("source", "sure", "outcome"),
    [
        ("def double(x):\n    return x * 2\n", True, "claimed and right"),
        ("def double(x):\n    return x + 2\n", True, "claimed and wrong"),
        ("def double(x):\n    return x * 2\n", False, "not claimed and right"),
        ("", False, "not claimed and wrong"),
    ],
)
def test_what_a_peer_says_is_held_against_the_hidden_tests(
    tmp_path: Path, source: str, sure: bool, outcome: str
) -> None:
    job, place = function_job(TASK), tmp_path / "model.sock"
    with serving(place, ScriptedModel({})) as endpoint:
        row = judged(job, *asked(Writer(source, sure=sure), job, _environment(tmp_path), place, endpoint))
    assert (row["outcome"], row["source"], row["exit_status"]) == (outcome, source, 0)
    told = (tmp_path / "logs" / "writer" / "t-0.txt").read_text()
    assert "Complete the function `double` in task.py" in told and "assert" not in told


def test_the_bare_model_is_asked_once_and_its_code_is_kept(tmp_path: Path) -> None:
    model = ScriptedModel(lambda question, number: "Here:\n```python\ndef double(x):\n    return 2 * x\n```\nDone.")
    job, place = function_job(TASK), tmp_path / "model.sock"
    with serving(place, model) as endpoint:
        row = judged(job, *asked(PEERS["one-answer"], job, _environment(tmp_path), place, endpoint))
    assert (row["outcome"], row["source"]) == ("claimed and right", "def double(x):\n    return 2 * x\n")
    assert row["tokens"]["requests"] == 1
    assert model.calls[0].sampling.temperature == 0
    assert "block:\n```\n" + TASK.stub.strip() in model.calls[0].messages[0].content


def test_a_reply_without_code_claims_nothing(tmp_path: Path) -> None:
    job, place = function_job(TASK), tmp_path / "model.sock"
    with serving(place, ScriptedModel(lambda question, number: "I cannot.")) as endpoint:
        row = judged(job, *asked(PEERS["one-answer"], job, _environment(tmp_path), place, endpoint))
    assert row["outcome"] == "not claimed and wrong"


@pytest.mark.parametrize(
    ("tests", "outcome"),
    [
        (
            "def test_three():\n    assert double(3) == 6\ndef test_exits():\n    assert double(0) == 0\n",
            "claimed and right",
        ),
        (
            "def test_three():\n    assert double(3) == 6\ndef test_wrong():\n    assert double(2) == 5\n",
            "not claimed and right",
        ),
        ("def test_square():\n    assert double(2) == 4 and double(3) == 9\n", "claimed and wrong"),
        ("", "not claimed"),
    ],
)
def test_the_best_of_eight_is_what_passes_most_of_its_own_tests(tmp_path: Path, tests: str, outcome: str) -> None:
    bodies = iter(["import sys; sys.exit(0)", "return x * x", *["return x + x"] * 5, "return x +"])
    one = threading.Lock()

    def reply(question: Question, number: int) -> str:
        if "Write tests" in question.messages[0].content:
            return f"```python\nfrom task import *\n{tests}```\n" if tests else "I cannot."
        with one:
            return f"```python\ndef double(x):\n    {next(bodies)}\n```\n"

    job, place = function_job(TASK), tmp_path / "model.sock"
    with serving(place, ScriptedModel(reply)) as endpoint:
        row = judged(job, *asked(PEERS["best-of-eight"], job, _environment(tmp_path), place, endpoint))
    assert row["outcome"].startswith(outcome) and row["tokens"]["requests"] == 9


def test_a_model_that_fails_is_no_fault_of_the_peer(tmp_path: Path) -> None:
    job, place = function_job(TASK), tmp_path / "model.sock"
    with serving(place, ScriptedModel({})) as endpoint, pytest.raises(SystemExit, match="run the command again"):
        asked(PEERS["one-answer"], job, _environment(tmp_path), place, endpoint)


LEAP = """
import sys
command, text = sys.argv[1:]
if not text.isdigit() or int(text) < 1:
    print("error: not a year", file=sys.stderr)
    sys.exit(2)
leap = lambda year: year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
year = int(text)
print(("no", "yes")[leap(year)] if command == "check" else next(y for y in range(year + 1, year + 9) if leap(y)))
"""
SLUGS = "import re\ndef slugify(text):\n    return re.sub('[^a-z0-9]+', '-', text.lower()).strip('-')\n"


def test_the_simple_requests_are_given_word_for_word_and_graded_by_the_hidden_key() -> None:
    jobs = {job.id: job for job in programs("requests")}
    assert len(jobs) == SIMPLE and all(job.given == "" and FILE in job.instruction for job in jobs.values())
    assert "Where the text says `leap`, the user types `python task.py`" in jobs["05-leap"].instruction
    assert "imports its functions" in jobs["02-slugs"].instruction
    for name, source in (("05-leap", LEAP), ("02-slugs", SLUGS)):
        right, wrong, none = (
            jobs[name].grade(text) for text in (source, source.replace("4", "5").replace("'-'", "'_'"), "")
        )
        assert right.right >= right.n - 1  # `lower` knows letters that are not ASCII
        assert wrong.right < right.right and none.right == 0 and none.n == right.n


def test_macrohard_claims_what_it_calls_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(*arguments: str, state: Path) -> tuple[int, dict[str, Any], float, int]:
        assert arguments[0] == "implement" and arguments[2:] == ("--max-minutes", "10.0", "--json") and state.is_dir()
        Path(arguments[1]).write_text(Path(arguments[1]).read_text() + "    return x * 2\n")
        cost = {"prompt_tokens": 10, "completion_tokens": 20, "model_calls": 3}
        return 0, {"outcome": "verified", "cost": cost}, 1.26, 0

    monkeypatch.setattr(ourselves, "macrohard", command)
    row = judged(function_job(TASK), *ourselves.live(function_job(TASK), 10.0))
    assert (row["outcome"], row["seconds"]) == ("claimed and right", 1.3)
    assert row["tokens"] == {"prompt": 10, "completion": 20, "requests": 3}
    assert ourselves.version().startswith("macrohard==")


def test_what_the_limit_ends_is_not_claimed_and_costs_what_was_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = {
        "implement": (4, {"error": "The time limit was reached"}),
        "runs": (0, {"runs": [{"run_id": "implement-1"}]}),
    }

    def command(*arguments: str, state: Path) -> tuple[int, dict[str, Any], float, int]:
        if arguments[0] == "implement":
            recorder = Recorder(state / "macrohard" / "calls.db", "implement-1")
            question = Question((Message("user", "anything"),), Sampling(), purpose="p")
            recorder.wrap(ScriptedModel(lambda question, number: "nothing")).answer([question])
        return *reports[arguments[0]], 600.0, 0

    monkeypatch.setattr(ourselves, "macrohard", command)
    row = judged(function_job(TASK), *ourselves.live(function_job(TASK), 10.0))
    assert (row["outcome"], row["exit_status"], row["tokens"]["requests"]) == ("not claimed and wrong", 4, 1)
    assert row["tokens"]["completion"] > 0
    reports["implement"] = (2, {"error": "No model"})
    with pytest.raises(KeyError):
        ourselves.live(function_job(TASK), 10.0)


def test_tasks_tried_at_once_share_the_model_and_are_counted_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, environment = threading.Barrier(2, timeout=60), _environment(tmp_path)

    def reply(question: Question, number: int) -> str:
        both.wait()  # neither is answered before the other has asked
        return f"```python\n{question.messages[0].content.split('```')[1].strip()}\n    return x * 2\n```\n"

    tasks = [replace(TASK, id=f"t/{number}") for number in range(4)]
    monkeypatch.setattr("bench.peers.jobs.tasks", lambda name, data: tasks)
    monkeypatch.setattr("bench.peers.__main__.install", lambda peer, folder: environment)
    monkeypatch.setattr("bench.peers.__main__.open_model", lambda *_: ScriptedModel(reply))
    monkeypatch.setattr(machine, "RESULTS", tmp_path)
    (tmp_path / "peers").mkdir()
    command = ["bench.peers", "one-answer", "humaneval+", "--data", str(tmp_path), "--limit", "4", "--at-once", "2"]
    monkeypatch.setattr(sys, "argv", command)
    assert main() == 0
    rows = json.loads((tmp_path / "peers" / "one-answer-humaneval+.json").read_text())["tasks"]
    assert sorted(rows) == [task.id for task in tasks]
    for row in rows.values():
        assert (row["outcome"], row["at_once"], row["tokens"]["requests"]) == ("claimed and right", 2, 1)


def _environment(tmp_path: Path) -> Path:
    """A folder where an environment would be, with the Python of the tests."""
    (tmp_path / "environment" / "bin").mkdir(parents=True)
    (tmp_path / "environment" / "bin" / "python3").symlink_to(sys.executable)
    return tmp_path / "environment"


def test_peers_are_measured_on_what_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.peers.jobs.tasks", lambda name, data: [replace(TASK, reported=False)])
    monkeypatch.setattr(sys, "argv", ["bench.peers", "aider", "mbpp-fit", "--data", str(tmp_path)])
    monkeypatch.setattr("bench.peers.__main__.install", lambda peer, folder: folder)
    with pytest.raises(SystemExit, match="for fitting"):
        main()
