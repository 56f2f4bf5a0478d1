"""What docs/checking.md says is so."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from macrohard.answers import Standing
from macrohard.answers.sentences import sentences
from macrohard.answers.software.checking import sayings

from .repositories import checked, verdicts

PAGE = (Path(__file__).parents[2] / "docs" / "checking.md").read_text(encoding="utf-8")
SAID = re.findall(r"^\| (.+?\.) \| .+ \|$", PAGE, re.MULTILINE)


def test_the_table_was_found() -> None:
    assert len(SAID) == 10


@pytest.mark.parametrize("text", SAID)
def test_every_example_is_read(text: str) -> None:
    (sentence,) = sentences(text)
    (saying,) = sayings(sentence)
    assert len(sentence.words) - 1 <= saying.end - saying.start + len("It ")


@pytest.mark.parametrize(
    "text", ["all tests should pass", "if all tests pass", "delivered programs have no dependencies"]
)
def test_what_is_no_statement_is_none(text: str) -> None:
    assert f'"{text}"' in PAGE
    assert [saying for sentence in sentences(text) for saying in sayings(sentence)] == []


def test_the_settings_of_the_hook_can_be_read() -> None:
    (settings,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    ((entry,),) = [group["hooks"] for group in json.loads(settings)["hooks"]["Stop"]]
    assert shlex.split(entry["command"]) == ["macrohard", "check", "--hook"]


def test_the_worked_example() -> None:
    """What the picture in the README shows."""
    examples = Path(__file__).parents[2] / "examples" / "check"
    report = checked((examples / "report.md").read_text(encoding="utf-8"), examples / "greet")
    assert list(verdicts(report).values()) == [
        Standing.PARTLY, Standing.NOT_CHECKED, Standing.SUPPORTED, Standing.CONTRADICTED, Standing.SUPPORTED,
        Standing.SUPPORTED, Standing.SUPPORTED, Standing.CONTRADICTED, Standing.SUPPORTED,
    ]  # fmt: skip
