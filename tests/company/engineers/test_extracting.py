"""What is read of a reply: the function in whatever form it was written, and all that it needs."""

from __future__ import annotations

from typing import Any

import pytest

from macrohard.company.engineers.extracting import extract
from macrohard.company.engineers.stubs import Stub
from macrohard.company.frames.merging import merge

from ..scripted import code

STUB = Stub(name="up", signature="def up(word):", docstring="Say it louder.")


def ran(source: str | None, name: str, *given: Any) -> Any:
    """What a function gives."""
    assert source is not None
    space: dict[str, Any] = {}
    exec(compile(source, "reply.py", "exec"), space)  # noqa: S102 - the source stands in this file
    return space[name](*given)


@pytest.mark.parametrize(
    "text",
    [
        code("up = lambda text: text.upper()"),
        code("def u_p(word):\n    return word.upper()").replace("u_p", "say_up"),
        code("letters = list(word)\nreturn ''.join(letters).upper()"),
        code("return word.upper()"),
        "1. Like this:\n\n   ```python\n   def up(word):\n       return word.upper()\n   ```\n",
        "```python\nimport string\n```\nand\n```python\ndef up(word):\n    return string.capwords(word).upper()\n```",
        code("def up(word):\n    return word.upper()\n\ndef down(word):\n    return word.lower("),
        code("def up(word):\n    return word.upper()\n\nprint(up('a'"),
    ],
)  # fmt: skip
def test_a_function_is_found_however_it_is_written(text: str) -> None:
    stub = STUB if "say_up" not in text else STUB.model_copy(update={"name": "sayup", "signature": "def sayup(word):"})
    assert ran(extract(text, stub), stub.name, "a b") == "A B"


def test_two_functions_of_other_names_are_none() -> None:
    stub = STUB.model_copy(update={"name": "sayup", "signature": "def sayup(word):"})
    assert extract(code("def say_up(word): return 1\n\ndef sayup_(word): return 2"), stub) is None


@pytest.mark.parametrize(
    ("text", "given", "result"),
    [
        ("def up(word):\n    return math.floor(float(word))", "2.5", 2),
        ("def up(word):\n    return Counter(word).most_common(1)[0][0]", "aab", "a"),
        ("def up(word: List[int]) -> Optional[int]:\n    return reduce(lambda a, b: a * b, word)", [2, 3], 6),
        ("def up(word):\n    return datetime.strptime(word, '%Y').year", "1999", 1999),
        ("def up(word):\n    return datetime.date.fromisoformat(word).year", "1999-01-01", 1999),
        ("from math import *\ndef up(word):\n    return sqrt(word)", 9, 3),
        ("def up(word):\n    from math import *\n    return sqrt(word)", 9, 3),
        ("from typing import *\nimport numpy\ndef up(word: List[int]):\n    return word", [1], [1]),
        ("from statistics import mean as up\ndef up(word):\n    return 2 * up(word)", [1, 3], 4),
        ("import string as s\ndef up(word):\n    return s.ascii_lowercase[word]", 1, "b"),
    ],
)
def test_it_gets_the_imports_that_it_uses_and_no_others(text: str, given: Any, result: Any) -> None:
    source = extract(code(text), STUB)
    assert ran(source, "up", given) == result
    assert source is not None and "*" not in source.split("def up")[0] and "numpy" not in source


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ndef up(word):\n    return np.array(word)",
        "from antigravity import *\ndef up(word):\n    return fly(word)\nimport nowhere\nnowhere.x = up\ndef up(word):\n    return nowhere",
        "def up(word):\n    nonlocal word\n    return word",
    ],
)  # fmt: skip
def test_what_no_program_could_run_is_none(text: str) -> None:
    assert extract(code(text), STUB) is None


def test_a_name_of_the_users_own_file_is_not_imported() -> None:
    stub = STUB.model_copy(update={"context": "def gcd(a, b):\n    return 1"})
    source = extract(code("def up(word):\n    return gcd(word, 2)"), stub)
    assert source is not None and "import" not in source


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("LOW, HIGH = 1, 3\ndef up(word):\n    return [LOW, word, HIGH]", [1, "a", 3]),
        ("ONE = TWO = 'b'\ndef up(word):\n    return word + ONE + TWO", "abb"),
        ("T = {'a': 'x'}\nBACK = {}\nfor k, v in T.items():\n    BACK[v] = k\ndef up(word):\n    return BACK['x']", "a"),
        ("T = {}\nT.update(a=1)\nT['b'] = 2\nprint(T)\ndef up(word):\n    return T", {"a": 1, "b": 2}),
        ("N = 1\nN += 1\nif N > 1:\n    N = 9\ndef up(word):\n    return N", 9),
        ("K = [1]\nfor up_ in range(2):\n    K.append(up_)\ndef up(word):\n    return K", [1, 0, 1]),
    ],
)  # fmt: skip
def test_tables_come_along_as_they_were_built(text: str, result: Any) -> None:
    assert ran(extract(code(text), STUB), "up", "a") == result


def test_tables_of_two_functions_stay_apart() -> None:
    """Each was written by itself, with names that the other uses otherwise, and the variable of a loop is no function of the program."""
    one = extract(code("T = []\nfor down in 'ab':\n    T.append(down)\ndef up(word):\n    return T"), STUB)
    stub = STUB.model_copy(update={"name": "down", "signature": "def down(word):"})
    two = extract(code("T = [9]\nfor x in 'c':\n    T.append(x)\ndef down(word):\n    return T"), stub)
    assert one is not None and two is not None
    for sources, names in (([one, two], ["up", "down"]), ([two, one], ["down", "up"])):
        whole = merge(sources, names)
        assert ran(whole, "up", "") == ["a", "b"] and ran(whole, "down", "") == [9, "c"]
    same = merge([one, one.replace("def up", "def again")], ["up", "again"])
    assert ran(same, "up", "") == ran(same, "again", "") == ["a", "b"]
