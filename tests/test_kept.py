"""What was measured is not measured again, unless something changed that it depends on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.functions.kept import Kept


def test_measured_once_for_each_thing(tmp_path: Path) -> None:
    asked: list[int] = []

    def measure(value: int) -> list[dict[str, Any]]:
        asked.append(value)
        return [{"value": value}]

    path = tmp_path / "kept.jsonl"
    for _ in range(2):  # the second time as after a restart
        kept = Kept(path)
        for value in (1, 2, 1):
            assert kept.get([value, "stub"], lambda value=value: measure(value)) == [{"value": value}]  # type: ignore[misc]
    assert asked == [1, 2]
    with path.open("a", encoding="utf-8") as file:
        file.write('{"key": "half a li')  # killed while it was written
    assert Kept(path).get([3, "stub"], lambda: measure(4)) == [{"value": 4}]
    assert Kept(path).get([3, "stub"], lambda: measure(5)) == [{"value": 4}]
    assert Kept(path).get([1, "another stub"], lambda: measure(3)) == [{"value": 3}]
