"""Statements about functions: '`slugify("A b")` returns "a-b"', and sessions of Python that begin with `>>>`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from macrohard.answers.sentences import Sentence
from macrohard.answers.software.rule import Decision, Saying, bare_of, stated, supported, undecided
from macrohard.answers.software.running import ended
from macrohard.answers.software.workplace import Workplace, hindrance
from macrohard.truth.equality import equal
from macrohard.truth.examples import CallExample, find_calls
from macrohard.truth.standalone import visible
from macrohard.truth.syntax import Unreadable, literal

_FAILED = re.compile(r"(?ms)^Failed example:\n(.*?)^Expected")
_PROMPT = re.compile(r"(?m)^[ \t]*>>> ")
_SESSION = "session.txt"
_CALL = """import importlib
module = importlib.import_module({module!r})
try:
    got = eval({expression!r}, vars(module))
except Exception as error:
    print("raises", *(kind.__name__ for kind in type(error).__mro__))
else:
    print(ascii(got))
"""
_LONGEST_RESULT = 65536
_LOOKED_AT = 16384
"""Characters of what doctest prints that are searched."""
_APART = frozenset({"tests", "test", "docs", "examples", "build", "dist"})


def calls(sentence: Sentence) -> Iterator[Saying]:
    """'`slugify("A b")` returns "a-b"' and '`median([])` raises ValueError'."""
    if sentence.is_code:
        return
    for example in find_calls(sentence.words, complaints=True):
        start = sentence.words.find(example.quotation)
        ahead = re.compile(re.escape(bare_of(example.quotation)))
        method = start > 0 and sentence.words[start - 1] == "."
        if start >= 0 and not method and any(found.start() == start for found in stated(sentence, ahead)):
            opened = sentence.words[max(0, start - 1) : start] == "`"
            yield Saying(start - opened, start + len(example.quotation), partial(_call, example))


def python_sessions(sentence: Sentence) -> Iterator[Saying]:
    """A block of code with `>>>` lines, and what they show."""
    if sentence.is_code and _PROMPT.search(sentence.words) and "+SKIP" not in sentence.words:
        yield Saying(0, len(sentence.words.rstrip()), partial(_session, sentence.words))


def _call(example: CallExample, place: Workplace) -> Decision:
    try:
        modules = _modules_of(example.function, place)
    except Unreadable as error:
        return undecided(f"`{visible(str(error))}` cannot be read, so that it is not known what to call.")
    if len(modules) != 1:
        where = "more than one module defines" if modules else "no module of the repository defines"
        return undecided(f"It is not known what to call: {where} `{visible(example.function, 80)}`.")
    code = _CALL.format(module=modules[0], expression=example.expression)
    with place.folder() as folder:
        seen, completed = place.run(example.expression, ("python3", "-c", code), folder)
    printed = completed.stdout.decode(errors="replace").strip()
    if seen.exit_status != 0 or not printed:
        return undecided(ended(seen), seen)
    if printed.startswith("raises "):
        kinds = printed.split()[1:]
        if kinds[0] == "ModuleNotFoundError" and place.environment is None:
            return undecided("It needs a module: name an environment that has it with --environment.", seen)
        return supported(example.raises in kinds, f"It raises {visible(kinds[0], 80)}.", seen)
    told = f"It gives `{visible(printed, 200)}`."
    if example.raises:
        return supported(False, told, seen)
    if len(printed) > _LONGEST_RESULT:
        return undecided("It gives more than can be compared.", seen)
    try:
        return supported(equal(literal(printed), literal(example.result or "")), told, seen)
    except Unreadable:
        return undecided(f"{told} That is no plain value, which could be compared.", seen)


def _modules_of(function: str, place: Workplace) -> list[str]:
    """The modules that define a function of this name at their top, as they are imported.

    Raises Unreadable for a file that names the function and cannot be read.
    """
    found = []
    for path in place.python_files():
        parts = PurePosixPath(path).with_suffix("").parts
        parts = parts[1:] if parts[0] == "src" else parts
        if not parts or _APART & set(parts) or not all(map(str.isidentifier, parts)):
            continue
        if not place.mentions(path, function):
            continue
        body = place.tree(path).body
        if any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == function for node in body):
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def _session(text: str, place: Workplace) -> Decision:
    """Run by doctest, which compares what is shown."""
    argv = ("python3", "-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE", _SESSION)
    with place.folder() as folder:
        (folder / _SESSION).write_text(text, encoding="utf-8")
        seen, completed = place.run("python3 -m doctest", argv, folder)
    output = completed.stdout.decode(errors="replace")
    if seen.exit_status == 0:
        return supported(True, "Every line shows what is said.", seen)
    unknown = "NameError" in output or "FileNotFoundError" in output or hindrance(output, place)
    if unknown or "\nExpected nothing\n" in output or seen.exit_status is None:
        return undecided("It cannot be run as it stands: a name, file or result in it is not shown.", seen)
    expected = _FAILED.search(output[:_LOOKED_AT])
    first = visible(" ".join(expected.group(1).split()), 200) if expected else ended(seen)
    return supported(False, f"It shows something else: `{first}`.", seen)
