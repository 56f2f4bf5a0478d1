"""Statements about dependencies: 'no dependency beyond click', 'the standard library only'."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from macrohard.answers.sentences import Sentence
from macrohard.answers.software.project import declared_in, name_of, normal
from macrohard.answers.software.rule import FILLERS, Decision, Saying, stated, supported, undecided
from macrohard.answers.software.workplace import Workplace, own_modules
from macrohard.truth.standalone import visible
from macrohard.truth.syntax import Unreadable

_NAME = r"`?\w[\w-]*(?:\.\w[\w-]*)*`?"
_LIBRARY = r"(?:the\s+)?(?:Python(?:'s)?\s+)?(?:own\s+)?standard\s+library"
_ONE = rf"(?:{_LIBRARY}|{_NAME})"
_NAMES = rf"(?P<{{0}}>{_ONE}(?:(?:\s*[,&]\s*(?:and\s+)?|\s+and\s+){_ONE})*)"
_KIND = r"(?:(?:runtime|run-time|external|third-party|required|python)\s+)*"
_BEYOND = r"(?:beyond|besides|other\s+than|except(?:\s+for)?|apart\s+from|but)"
_SAID = re.compile(
    rf"(?:`?(?P<owner>[\w-]+)`?\s+has\s+)?\b(?:no|zero|without(?:\s+any)?)\s+{_KIND}dependenc(?:ies\b|y\b(?!\s+(?!{_BEYOND})\w))(?:\s+{_BEYOND}\s+{_NAMES.format('beyond')})?"
    rf"|\b(?:only|sole)\s+{_KIND}dependenc(?:y|ies)\s+(?:is|are)\s+{_NAMES.format('listed')}"
    rf"|(?:`?(?P<subject>[\w-]+)`?\s+)?\bdepends\s+(?:only|solely)\s+on\s+{_NAMES.format('only')}"
    rf"|\b(?:only\s+(?:uses?|needs?|requires?)|(?:uses?|needs?|requires?)\s+(?:only|nothing\s+but))\s+{_LIBRARY}\b"
    rf"|{_LIBRARY}\s+only\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\bno\s+[\w -]+,\s*$", re.IGNORECASE)
"""'No classes, no web pages, ' lists what something is without: who knows what."""
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
        if _LIST.search(sentence.words[: found.start()]):
            continue
        names = found["beyond"] or found["listed"] or found["only"] or ""
        split = re.split(r"\s*(?:,|&|\band\b)\s*", _STANDARD.sub("", names).replace("`", ""))
        allowed = frozenset(normal(name) for name in (item.strip(" .") for item in split) if name)
        needed = allowed if found["listed"] or found["only"] else frozenset()
        yield Saying(
            found.start(), found.end(), partial(_decide, allowed, needed, found["subject"] or found["owner"] or "")
        )


def _decide(allowed: frozenset[str], needed: frozenset[str], subject: str, place: Workplace) -> Decision:
    """What is declared decides; so does what is imported and declared nowhere."""
    if subject.lower() not in {"", *FILLERS} and normal(subject) not in {name_of(place), *own_modules(place.root)}:
        return undecided(f"It is not known whether `{visible(subject, 80)}` is this project.")
    declared = declared_in(place)
    for more in declared[1] if declared else []:
        if more.name not in allowed:
            return supported(False, f"It declares `{more.name}`.", place.quote(more.path, more.line))
    if lacking := sorted(needed - {item.name for item in declared[1]}) if declared else []:
        return supported(False, f"It does not declare `{lacking[0]}`.", place.quote(declared[0] if declared else "", 1))
    for found in _imports(place):
        if isinstance(found, str):
            return undecided(f"`{visible(found)}` cannot be read, so that its imports are not known.")
        if not _names_of(found.module, place) & allowed:
            quoted = place.quote(found.path, found.line)
            if allowed and place.environment is None:  # `yaml` is brought by PyYAML: only an environment tells
                return undecided(f"It imports `{found.module}`; what brings it is known with an --environment.", quoted)
            return supported(False, f"It imports `{found.module}`.", quoted)
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


def _imports(place: Workplace) -> Iterator[_Import | str]:
    """Each import of the program of what is neither its own nor of the standard library, but for optional ones; the path of a
    file that cannot be read."""
    own = own_modules(place.root)
    for path in place.python_files():
        if _ASIDE.match(path.partition("/")[0]):
            continue
        try:
            tree = place.tree(path)
        except Unreadable:
            yield path
            continue
        beside = {other.stem for other in (place.root / path).parent.glob("*.py")}
        for module, line in _imported(tree):
            if module not in sys.stdlib_module_names and module not in own | beside:
                yield _Import(module, path, line)


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
