"""One server comes of however many clients, and of those that go away. Its engine loads nothing and only counts."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from macrohard.errors import ModelUnavailable
from macrohard.models import Budget, Message, Question, Sampling
from macrohard.models.embedded import EmbeddedModel
from macrohard.models.embedded.state import Place
from macrohard.models.lock import holder, is_held

ROOT = Path(__file__).parents[2]
SERVER = "tests.models.stand_in"
ASKED = {"messages": [{"role": "user", "content": "x"}], "max_tokens": 1000}


class Scene:
    """An embedded model whose server has another engine, which does what it is told (`stand_in.py`)."""

    def __init__(self, folder: Path) -> None:
        self.model = EmbeddedModel(folder=folder / "run", idle=120)
        self.place = Place(folder / "run", self.model.digest)
        self.engine = folder / "engine"
        self.engine.mkdir()
        self.tell()
        self._left: list[subprocess.Popen[bytes]] = []

    def tell(self, **told: float) -> None:
        """What the engine of the next server does."""
        (self.engine / "told.json").write_text(json.dumps(told), encoding="utf-8")

    def starts(self) -> int:
        """How often an engine began to load."""
        with contextlib.suppress(FileNotFoundError):
            return len((self.engine / "starts").read_text(encoding="utf-8"))
        return 0

    def left_loading(self) -> subprocess.Popen[bytes]:
        """A server that loads, and whose client has gone."""
        words = [sys.executable, "-P", "-m", SERVER, str(self.place.file.parent), str(self.engine), self.model.digest]
        before = self.starts()
        self._left.append(subprocess.Popen(words, start_new_session=True))
        assert _comes(lambda: self.starts() > before)
        return self._left[-1]

    def close(self) -> None:
        """Leave no server behind."""
        pid = holder(self.place.living)
        if pid is not None and is_held(self.place.living):
            os.kill(pid, signal.SIGKILL)
        for server in self._left:
            server.kill()
            server.wait()


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    found = Scene(tmp_path)
    for module in ("launch", "living"):
        monkeypatch.setattr(f"macrohard.models.embedded.{module}.MODULE", SERVER)
    monkeypatch.setattr("macrohard.models.embedded.client.engine_version", lambda: "1")
    monkeypatch.setattr("macrohard.models.embedded.client.verified_weights", lambda path: path)
    monkeypatch.setattr("macrohard.models.embedded.client.converted", lambda weights: found.engine)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]))
    yield found
    found.close()


def _comes(wanted: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it becomes so within the seconds."""
    deadline = time.monotonic() + seconds
    while not wanted():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_server_that_loads_for_a_client_that_has_gone_serves_the_next_one(scene: Scene) -> None:
    """Ctrl-C within the seconds of loading ends the client alone, and the next command comes at once."""
    scene.tell(loads=3)
    left = scene.left_loading()
    assert scene.model.ready().pid == left.pid
    assert scene.starts() == 1


def test_a_server_that_hangs_while_it_loads_is_replaced(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macrohard.models.embedded.living.START_SECONDS", 1.0)
    scene.tell(loads=1000)
    left = scene.left_loading()
    scene.tell(loads=0)
    assert scene.model.ready().pid != left.pid
    assert left.wait() == -signal.SIGKILL


def test_a_process_that_is_no_server_of_ours_is_left_alone(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number in the file may have been used again for something else."""
    monkeypatch.setattr("macrohard.models.embedded.living.START_SECONDS", 0.5)
    code = "import sys; from pathlib import Path; from macrohard.models.lock import hold;"
    code += "hold(Path(sys.argv[1])); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(scene.place.living)], stdin=subprocess.PIPE) as other:
        assert _comes(lambda: holder(scene.place.living) == other.pid)
        with pytest.raises(ModelUnavailable, match="end its process"):
            scene.model.ready()
        assert other.poll() is None


def test_a_server_that_finds_another_one_alive_leaves_the_client_to_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one was started by a client that has gone, so lately that it did not hold its lock yet."""
    spawn, others = os.posix_spawn, list[subprocess.Popen[bytes]]()

    def late(*words: Any, **options: Any) -> int:
        others.append(scene.left_loading())
        return spawn(*words, **options)

    scene.tell(loads=5)
    monkeypatch.setattr(os, "posix_spawn", late)
    assert scene.model.ready().pid == others[0].pid
    assert scene.starts() == len(others) == 1


def test_a_server_whose_engine_broke_ends_although_a_client_waits(scene: Scene) -> None:
    """It can answer nothing any more, and while it lives no other one is started."""
    scene.tell(breaks_after=3)
    state = scene.model.ready()
    connection = http.client.HTTPConnection("127.0.0.1", state.port, timeout=60)
    connection.request("POST", "/v1/chat/completions", json.dumps(ASKED), {"Authorization": f"Bearer {state.key}"})
    assert _comes(lambda: not is_held(scene.place.living), 30.0)
    connection.close()
    assert scene.model.ready().pid != state.pid
    assert "the engine is broken" in scene.place.log_before.read_text(), "why it had to be replaced is still to be read"
    assert "the engine is broken" not in scene.place.log.read_text()


def test_a_model_that_cannot_start_is_started_once_for_all_questions(scene: Scene) -> None:
    """Where it is killed for want of memory, a hundred questions were a hundred starts, of up to four minutes each."""
    scene.tell(is_killed=True)
    questions = [Question((Message("user", str(number)),), Sampling()) for number in range(100)]
    with pytest.raises(ModelUnavailable, match="did not start"):
        Budget().wrap(scene.model).answer(questions)
    assert scene.starts() == 1
    scene.tell()
    assert scene.model.ready(), "what failed before it was asked for again does not count"
