"""A function that crashes on odd inputs is mended without asking the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.company import Status
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.engineers.guarding import guarded
from macrohard.truth import Verdict
from macrohard.truth.syntax import parse

from ..scripted import built, cases, claim_about, cli_brief, code, command

KEYS = "def value(letter: str) -> str:\n    '''Its value.'''\n    return {'a': '1', 'b': '2'}[letter]"


def mended(source: str) -> str:
    found = guarded(Candidate(function="value", source=source))
    assert found is not None and found.times == 0
    return found.source


@pytest.mark.parametrize("body", ["{'a': 1}[x]", "x.missing", "1 / len(x)", "len(x) + x", "[1][len(x)]"])
def test_what_python_raises_becomes_a_value_error(body: str) -> None:
    scope: dict[str, object] = {}
    exec(mended(f"def value(x):\n    return {body}"), scope)  # noqa: S102 - written above
    value = scope["value"]
    assert callable(value)
    for odd in ("?", ""):
        with pytest.raises(ValueError, match="this input cannot be used|not enough"):
            value(odd)
            raise ValueError("not enough")


def test_results_docstring_and_own_errors_stay() -> None:
    scope: dict[str, object] = {}
    text = mended(KEYS + "\n\ndef helper():\n    return 1")
    exec(text, scope)  # noqa: S102 - written above
    value = scope["value"]
    assert callable(value) and value("a") == "1" and value.__doc__ == "Its value." and "def helper" in text
    exec(mended("def value(x):\n    raise ValueError('mine')"), scope)  # noqa: S102 - written above
    own = scope["value"]
    assert callable(own)
    with pytest.raises(ValueError, match="^mine$"):
        own(1)


def test_there_is_one_guard_at_most_and_none_around_a_generator() -> None:
    assert guarded(Candidate(function="value", source=mended(KEYS))) is None
    assert guarded(Candidate(function="value", source="def value(x):\n    yield x")) is None
    assert guarded(Candidate(function="value", source="def other(x):\n    return x")) is None
    assert parse(mended("def value(x):\n    '''Nothing.'''"))


def test_a_build_mends_a_crash_without_a_word_of_the_model(tmp_path: Path) -> None:
    request = (
        "A command-line tool called code. 'code value a' prints 1; any other letter is an error with exit status 2."
    )
    replies = {
        "analyst: brief": [cli_brief("code", command("value", "letter"))],
        "engineer: value": [code(KEYS)],
        "tester: value": [cases({"command": "code value b", "prints": "2"})],
        "tester: error *": [cases({"command": "code value z"})],
    }
    report = built(tmp_path, request, replies)
    assert report.outcome is Status.VERIFIED, report
    assert claim_about(report, "`code value` ends without a traceback for `'?'`, ").verdict is Verdict.VERIFIED
    assert "this input cannot be used" in next(Path(str(report.path)).glob("src/*/commands.py")).read_text()
