from __future__ import annotations

import keyword
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.brief import Argument, ArgumentType
from macrohard.company.engineers.stubs import identifier, parameter_name
from macrohard.company.naming import (
    argument_name,
    command_name,
    option_name,
    package_name,
    program_name,
    signature,
    state_file_name,
)

wild = st.text() | st.from_regex(r"[A-Za-z0-9_./ '\"-]{1,50}", fullmatch=True) | st.sampled_from(sorted(keyword.kwlist))


@given(wild)
def test_programs_and_packages_are_always_safe(text: str) -> None:
    name = program_name(text)
    assert re.fullmatch(r"[A-Za-z]([A-Za-z0-9_-]{0,38}[A-Za-z0-9])?", name)
    package = package_name(name)
    assert package.isidentifier() and package.isascii() and not keyword.iskeyword(package)
    assert package.lower() not in sys.stdlib_module_names
    assert program_name(name) == name


@given(wild, st.sampled_from(["value", "command", "file"]))
def test_identifiers_are_always_names_of_python(text: str, suffix: str) -> None:
    name = identifier(text, suffix)
    assert name.isidentifier() and not keyword.iskeyword(name)
    scope: dict[str, object] = {}
    exec(f"{name} = 1", scope)  # noqa: S102 - what Python itself reads
    assert scope[name] == 1, "the name is as Python reads it"


@given(wild, st.sampled_from(ArgumentType))
def test_parameters_are_always_names_of_python(text: str, kind: ArgumentType) -> None:
    assert parameter_name(Argument(name=text, type=kind)).isidentifier()


@pytest.mark.parametrize(
    ("text", "program", "package"),
    [
        ("roman", "roman", "roman"),
        ("my_tool", "my_tool", "my_tool"),
        ("to-do", "to-do", "to_do"),
        ("__init__", "init", "init"),
        ("../../etc", "etc", "etc"),
        (".git", "git", "git"),
        ("-rf", "rf", "rf"),
        ("9to5", "program-9to5", "program_9to5"),
        ("", "program", "program"),
        ("json", "json", "json_program"),
        ("typing-extensions", "typing-extensions", "typing_extensions_program"),
        ("argparse", "argparse", "argparse_program"),
        ("os", "os", "os_program"),
        ("test", "test", "test_program"),
        ("tests", "tests", "tests_program"),
        ("class", "class", "class_program"),
    ],
)
def test_programs(text: str, program: str, package: str) -> None:
    assert program_name(text) == program
    assert package_name(program) == package


@pytest.mark.parametrize("text", ["--help", "../x", "a;rm -rf", "x y", "a\nb", "é", "-x", "$(x)", "a" * 41, "\u202e"])
def test_commands_that_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a safe name"):
        command_name(text)


def test_commands_and_options() -> None:
    assert [command_name(text) for text in ("to-int", " add ", "", "2x")] == ["to-int", "add", "", "2x"]
    assert [option_name(text) for text in ("--count", "unique", "-v", "--help", "-h")] == [
        "--count", "--unique", "-v", None, None,
    ]  # fmt: skip
    for text in ("--", "---x", "--a b", "--a=b", "-xy", "--%s", ""):
        with pytest.raises(ValueError, match="not a safe name"):
            option_name(text)


def test_arguments_are_mended() -> None:
    assert [argument_name(text) for text in ("<FILE>", "[number]", "first name", "n")] == [
        "file", "number", "first-name", "n",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="not a safe name"):
        argument_name("…")


@pytest.mark.parametrize(
    "text",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/b.json",
        "..",
        ".",
        "",
        "json.py",
        "a\n.json",
        'a".json',
        "a b",
        "~",
        "a\\b",
        "{x}",
    ],
)
def test_state_files_that_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        state_file_name(text)


def test_state_files() -> None:
    assert [state_file_name(name) for name in ("tasks.json", ".tasks", "größen.json")]


def test_signatures() -> None:
    text = "def area(width: float, *rest: list[int | None], height: float = -1.0) -> dict[str, tuple[int, ...]]:"
    assert (
        signature("area", "width: float, *rest: list[int | None], height: float = -1.0", "dict[str, tuple[int, ...]]")
        == text
    )


@pytest.mark.parametrize(
    ("name", "parameters", "returns"),
    [
        ("f", "a: int = __import__('os').getpid()", "int"),
        ("f", "a: print(1)", "int"),
        ("f", "a", "int: pass\nimport os\ndef g() -> int"),
        ("f(a): pass\ndef g", "", "int"),
        ("f", "a: int) -> int: pass\ndef g(b", "int"),
        ("f", "a, a", "int"),
        ("class", "", "int"),
        ("f", "", "(yield)"),
        ("f", "", ""),
        ("f", "a: (lambda: 0)", "int"),
        ("", "", "int"),
        ("f", "\x00", "int"),
        ("ｆ", "", "int"),
    ],
)
def test_signatures_that_are_more_than_that(name: str, parameters: str, returns: str) -> None:
    with pytest.raises(ValueError):
        signature(name, parameters, returns)


@pytest.mark.parametrize("kind", ["'\x1b]0;owned\x07\x1b[2J'", "int # \x1b[8m\n", "'\u202e'", "'\u200b'"])
def test_a_signature_is_one_plain_line(kind: str) -> None:
    """It is shown in the README and on terminals."""
    with pytest.raises(ValueError, match="one plain line"):
        signature("f", f"x: {kind}", "int")
    assert signature("f", "x: 'int'", "int") == "def f(x: 'int') -> int:"
