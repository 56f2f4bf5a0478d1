"""Statements about dependencies: 'no dependency beyond click', 'the standard library only'."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from macrohard.answers.sentences import Sentence
from macrohard.answers.software.project import declared_in, normal
from macrohard.answers.software.rule import Decision, Saying, stated, supported, undecided
from macrohard.answers.software.workplace import Workplace
from macrohard.truth.syntax import Unreadable, parse

_NAME = r"`?\w[\w-]*(?:\.\w[\w-]*)*`?"
_LIBRARY = r"(?:the\s+)?(?:Python(?:'s)?\s+)?(?:own\s+)?standard\s+library"
_NAMES = rf"(?P<{{0}}>{_LIBRARY}|{_NAME}(?:(?:\s*[,&]\s*(?:and\s+)?|\s+and\s+){_NAME})*)"
_KIND = r"(?:(?:runtime|run-time|external|third-party|required|python)\s+)*"
_BEYOND = r"(?:beyond|besides|other\s+than|except(?:\s+for)?|apart\s+from|but)"
_SAID = re.compile(
    rf"\b(?:no|zero|without(?:\s+any)?)\s+{_KIND}dependenc(?:ies\b|y\b(?!\s+(?!{_BEYOND})\w))(?:\s+{_BEYOND}\s+{_NAMES.format('beyond')})?"
    rf"|\b(?:only|sole)\s+{_KIND}dependenc(?:y|ies)\s+(?:is|are)\s+{_NAMES.format('listed')}"
    rf"|\bdepends\s+(?:only|solely)\s+on\s+{_NAMES.format('only')}"
    r"|\b(?:uses?|needs?|requires?)\s+(?:only|nothing\s+but)\s+(?:the\s+)?(?:Python\s+)?standard\s+library\b"
    r"|\b(?:the\s+)?(?:Python\s+)?standard\s+library\s+only\b|\bdependency-free\b",
    re.IGNORECASE,
)
_OWN = frozenset(
    [
        "a",
        "added",
        "adds",
        "also",
        "an",
        "and",
        "app",
        "application",
        "are",
        "code",
        "codebase",
        "has",
        "have",
        "i",
        "introduces",
        "is",
        "it",
        "its",
        "keeps",
        "library",
        "module",
        "needs",
        "now",
        "package",
        "program",
        "project",
        "pure",
        "python",
        "repo",
        "repository",
        "requires",
        "small",
        "still",
        "the",
        "there",
        "this",
        "tool",
        "uses",
        "using",
        "we",
        "with",
    ]
)
"""Words of a clause that is about the repository itself, and not about something that it makes or talks about."""
_LIST = re.compile(r"\bno\s+[\w -]+,\s*$", re.IGNORECASE)
"""'No classes, no web pages, ' lists what something is without: who knows what."""
_CLAUSE = re.compile(r"[,;:(]\s*|\b(?:and|but)\b")
_STANDARD = re.compile(rf"{_LIBRARY}|\bpython\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:tests?|docs?|examples?|benchmarks?|scripts?|tools?|build|dist)$|^(?:setup|conftest|noxfile|tasks)\.py$"
)


@dataclass(frozen=True, slots=True)
class _Import:
    module: str
    path: str
    line: int


def dependencies(sentence: Sentence) -> Iterator[Saying]:
    """'No dependency beyond click', 'depends only on click and rich', 'no dependencies'."""
    for found in stated(sentence, _SAID):
        if not _is_own(sentence.words[: found.start()]):
            continue
        names = found["beyond"] or found["listed"] or found["only"] or ""
        split = re.split(r"\s*(?:,|&|\band\b)\s*", _STANDARD.sub("", names).replace("`", ""))
        allowed = frozenset(normal(name) for name in (item.strip(" .") for item in split) if name)
        yield Saying(found.start(), found.end(), partial(_decide, allowed))


def _is_own(before: str) -> bool:
    """Whether the words before speak of the repository: by its name, which comes first, or by none but `_OWN`."""
    words = re.findall(r"[\w'-]+", _CLAUSE.split(before)[-1])
    named = words[1:] if words and (words[0][0].isupper() or "`" in before) else words
    return not _LIST.search(before) and all(word.lower() in _OWN for word in named)


def _decide(allowed: frozenset[str], place: Workplace) -> Decision:
    """What is declared decides; so does what is imported and declared nowhere."""
    declared = declared_in(place)
    for more in declared[1] if declared else []:
        if more.name not in allowed:
            return supported(False, f"It declares `{more.name}`.", place.quote(more.path, more.line))
    for found in _imports(place):
        if not _names_of(found.module, place) & allowed:
            return supported(False, f"It imports `{found.module}`.", place.quote(found.path, found.line))
    if declared is None:
        return undecided("No project file says what it depends on.")
    path, names = declared
    listed = ", ".join(f"`{item.name}`" for item in names) or "nothing"
    line = names[0].line if names else 1
    return supported(True, f"{path} declares {listed}, and the code imports nothing else.", place.quote(path, line))


def _names_of(module: str, place: Workplace) -> set[str]:
    """The distributions that may bring a module: those that are installed say it, else it has the name of one."""
    installed = place.environment.distributions_of(module) if place.environment else set()
    return {normal(name) for name in installed} | {normal(module)}


def _imports(place: Workplace) -> Iterator[_Import]:
    """Each import of the program of what is neither its own nor of the standard library, but for optional ones."""
    own = {path.stem for top in (place.root, place.root / "src") if top.is_dir() for path in top.iterdir()}
    for path in sorted(place.root.rglob("*.py")):
        inside = PurePosixPath(path.relative_to(place.root).as_posix())
        if any(_ASIDE.match(part) for part in inside.parts):
            continue
        try:
            tree = parse(place.text(str(inside)) or "")
        except Unreadable:
            continue
        for module, line in _imported(tree):
            if module not in sys.stdlib_module_names and module not in own:
                yield _Import(module, str(inside), line)


def _imported(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Top-level modules that are imported whatever happens, and on which line."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((name.name.partition(".")[0], child.lineno) for name in child.names)
        elif isinstance(child, ast.ImportFrom):
            if child.level == 0 and child.module:
                yield child.module.partition(".")[0], child.lineno
        elif not (_is_optional(child) or _is_for_types(child)):
            yield from _imported(child)


def _is_optional(node: ast.AST) -> bool:
    caught = [handler.type for handler in node.handlers] if isinstance(node, ast.Try) else []
    return any(
        "ImportError" in ast.unparse(kind) or "ModuleNotFoundError" in ast.unparse(kind) for kind in caught if kind
    )


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
