from __future__ import annotations

import pytest

from macrohard.company.analyst import write_brief
from macrohard.errors import UserError
from macrohard.models.scripted import ScriptedModel
from macrohard.truth.examples import find_examples

from .programs import ROMAN_REQUEST
from .scripted import argument, cli_brief, command


def test_the_brief_that_fits_the_examples_is_taken() -> None:
    wrong = cli_brief("roman", command("convert", "value"), command("back", "value"))
    right = cli_brief("romans", command("to-int", "numeral"), command("to-roman", argument("number", "integer")))
    model = ScriptedModel({"analyst: brief": [wrong, ["garbage", wrong, right]]})
    brief = write_brief(ROMAN_REQUEST, None, find_examples(ROMAN_REQUEST), (), model, 0)
    assert [item.name for item in brief.commands] == ["to-int", "to-roman"] and brief.name == "roman"


@pytest.mark.parametrize(
    ("said", "given", "status"),
    [
        (" Errors end with exit status 3.", (), 3),
        (" On error, exit 3 with a message.", (), 3),
        (" An unknown word exits with status 3.", ("up => error",), 3),
        ("\n\n    $ shout up\n    error: no word\n    $ echo $?\n    3\n", (), 3),
        (" The status code 200 means OK.", (), 2),
        ("", ("up => exit 4",), 4),
        ("", ("up a => exits with status 4",), 4),
        ("", (), 2),
    ],
    ids=[
        "in the request",
        "in few words",
        "not in an error without one",
        "in a transcript",
        "of a server",
        "in an example of the user",
        "in words of the user",
        "nowhere",
    ],
)
def test_the_status_of_errors_is_what_people_say(said: str, given: tuple[str, ...], status: int) -> None:
    model = ScriptedModel({"analyst: brief": [cli_brief("shout", command("up", "word"))]})
    assert write_brief(f"A tool called shout.{said}", None, (), given, model, 0).error_status == status


def test_garbage_is_refused() -> None:
    model = ScriptedModel({"analyst: brief": ["garbage"]})
    with pytest.raises(UserError, match="No brief came of this request"):
        write_brief("Do something.", None, (), (), model, 0)
    assert len(model.calls) == 2
