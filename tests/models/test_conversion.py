"""The weights in the engine's own form are made once."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from macrohard.errors import ModelUnavailable
from macrohard.models import Budget, Message, Question, Sampling
from macrohard.models.embedded import EmbeddedModel


def test_a_conversion_that_fails_is_tried_once_for_all_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is killed for want of memory, a hundred questions were a hundred conversions."""
    tried = list[object]()

    def killed(words: object, **options: Any) -> subprocess.CompletedProcess[str]:
        tried.append(words)
        time.sleep(0.5)
        return subprocess.CompletedProcess([], -9, "", "")

    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path))
    monkeypatch.setattr("macrohard.models.embedded.client.verified_weights", lambda path: tmp_path / "weights")
    monkeypatch.setattr("macrohard.models.embedded.conversion.CONVERTED_BYTES", 0)
    monkeypatch.setattr("macrohard.models.embedded.conversion.subprocess.run", killed)
    questions = [Question((Message("user", str(number)),), Sampling()) for number in range(100)]
    with pytest.raises(ModelUnavailable, match="could not be prepared"):
        Budget().wrap(EmbeddedModel(folder=tmp_path / "run")).answer(questions)
    assert len(tried) == 1
