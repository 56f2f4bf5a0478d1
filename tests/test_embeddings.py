"""Search by words, by embeddings and by both, compared on what is known to hold what is sought."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench import embeddings
from bench.embeddings import Sought, _compared, _fused
from bench.machine import load
from bench.measures import Floats
from bench.page_asking import embeddings_part
from macrohard.answers.sources import open_index


def _vowels(texts: Sequence[str], python: Path) -> tuple[Floats, float]:
    """An encoder that counts vowels."""
    counted = np.array([[text.lower().count(vowel) for vowel in "aeiou"] for text in texts], dtype=float)
    return counted / np.linalg.norm(counted, axis=1, keepdims=True), 1.0


def test_each_way_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(embeddings, "_encoded", _vowels)
    folder = tmp_path / "sources"
    folder.mkdir()
    for name, text in (("a", "Banana, a bazaar."), ("e", "Red deer needed."), ("o", "Too cool for a zoo.")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    wanted = {name: str(folder / f"{name}.txt") for name in "aeo"}
    sought = [
        Sought("Seven bees?", frozenset({wanted["e"]}), ()),
        Sought("A banana", frozenset({wanted["o"]}), ((wanted["a"], 0), (wanted["o"], 0))),
    ]
    found = _compared(open_index([str(folder)]), sought, Path("python"))
    assert found["passages"] == 3
    counts = {way: [row["count"] for row in found[way].values()] for way in ("words", "embeddings", "both")}
    assert counts["words"] == [0, 1, 1] and counts["embeddings"][0] == 1 and counts["both"][2] == 2


def test_both_is_what_either_ranks_high() -> None:
    a, b, c = (("a", 0), ("b", 0), ("c", 0))
    assert _fused([a, b], [b, c]) == [b, a, c]


def test_the_encoder_runs_elsewhere_and_says_what_is_missing(tmp_path: Path) -> None:
    script = Path(embeddings.__file__).with_name("encoding.py")
    completed = subprocess.run(
        [sys.executable, script, tmp_path / "a.npy"], input="[]", capture_output=True, text=True, check=False
    )
    assert completed.returncode == 1 and "sentence_transformers" in completed.stderr


def test_the_page_tells_what_was_found() -> None:
    result = load("embeddings")
    assert result is not None
    found = result["sets"]["questions"]["words"]["among_4"]
    assert f"{found['count']} of {found['n']}" in embeddings_part()
