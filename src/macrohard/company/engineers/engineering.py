"""The engineers: several independent candidates for each function."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from macrohard.company.engineers.parameters import take_over
from macrohard.company.engineers.stubs import Stub
from macrohard.company.frames.merging import defined_name
from macrohard.company.prompts import engineer as prompts
from macrohard.models import Answer, Model, Question, Sampling
from macrohard.truth.check import Record
from macrohard.truth.syntax import Unreadable, parse, unparse

_FENCE = re.compile(r"```(?:python|py)?[^\n`]*\n(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)
MAX_TOKENS = 512
ENDS = ("\n```\n", "\nif __name__", "\nprint(", "\n# Example")
"""Where a reply goes on after the function, with explanations or calls of it; no service takes more than four."""
_LONGEST_REPLY = 50_000
"""Characters; far more than fit into the tokens that are asked for."""


class Candidate(Record):
    """One implementation of one function: its imports, the helpers it uses, the function itself."""

    function: str
    source: str
    log_probability: float | None = None
    repaired: int = 0
    """How many times it was mended."""
    times: int = 1
    """How many independent replies were this very program."""
    drafts: tuple[int, ...] = ()
    """Numbers of the drafts of the whole program in which it stood."""


Broken = tuple[Stub, Candidate, str]
"""A candidate of a stub, and what is wrong with it."""


def questions_for(stub: Stub, count: int, temperature: float, seed: int) -> list[Question]:
    """`count` candidates, half of them from each way of asking."""
    halves = [half for half in (count - count // 2, count // 2) if half]
    return [
        Question(
            prompts.messages(stub, variant),
            Sampling(half, temperature if half > 1 or variant else 0.2, 0.95, MAX_TOKENS, seed + variant, ENDS),
            purpose=f"engineer: {stub.name}",
        )
        for variant, half in enumerate(halves)
    ]


def joined(old: Sequence[Candidate], added: Sequence[Candidate]) -> list[Candidate]:
    """Old and new candidates, equal programs counted together; the old ones keep their places."""
    found = {candidate.source: candidate for candidate in old}
    for candidate in added:
        known = found.get(candidate.source)
        found[candidate.source] = _both(known, candidate) if known else candidate
    return list(found.values())


def _both(known: Candidate, again: Candidate) -> Candidate:
    return known.model_copy(update={"times": known.times + again.times, "drafts": known.drafts + again.drafts})


def repair_candidates(
    broken: Sequence[Broken], model: Model, seed: int, count: int = 2, temperature: float = 0.5
) -> list[Candidate]:
    """`count` attempts to mend each candidate; it is kept too, since mending can make it worse. They were told what to
    write, so none of them counts as an independent reply."""
    sampling = Sampling(count, temperature, 0.95, MAX_TOKENS, seed, ENDS)
    asked = [
        Question(prompts.repair(stub, candidate.source, told), sampling, purpose=f"engineer: repair {stub.name}")
        for stub, candidate, told in broken
    ]
    mended: list[Candidate] = []
    for (stub, candidate, _), answer in zip(broken, model.answer(asked) if asked else [], strict=True):
        update = {"repaired": candidate.repaired + 1, "times": 0}
        mended += [new.model_copy(update=update) for new in read_candidates(stub, [answer])]
    return mended


def read_candidates(stub: Stub, answers: Sequence[Answer]) -> list[Candidate]:
    """The replies that hold the function, each different program once."""
    found: dict[str, Candidate] = {}
    for reply in (reply for answer in answers for reply in answer.replies):
        source = extract(reply.text, stub)
        if source is not None:
            candidate = Candidate(function=stub.name, source=source, log_probability=reply.log_probability)
            key = unparse(parse(source))
            known = found.get(key)
            found[key] = known.model_copy(update={"times": known.times + 1}) if known else candidate
    return list(found.values())


def extract(text: str, stub: Stub) -> str | None:
    """The function of a reply with its imports and helpers; None when there is none that Python can read.

    Statements that run when the module is imported, and functions that the function does not use, are left out.
    """
    block = _FENCE.search(text[:_LONGEST_REPLY])
    try:
        return _extract(parse(block.group(1) if block else text[:_LONGEST_REPLY]), stub)
    except Unreadable:
        return None


def _extract(tree: ast.Module, stub: Stub) -> str | None:
    definitions = {name: node for node in tree.body if (name := defined_name(node))}
    target = definitions.get(stub.name)
    if not isinstance(target, ast.FunctionDef):
        return None
    _adopt_signature(target, stub)
    used = _used(target, definitions)
    kept = [node for node in tree.body if _is_import(node) or any(definitions[name] is node for name in used)]
    source = "\n\n".join(filter(None, [stub.imports, *(unparse(node) for node in kept)]))
    parse(source)  # what cannot be read again is no candidate
    return source


def _adopt_signature(target: ast.FunctionDef, stub: Stub) -> None:
    """Give the function the signature and the docstring of its stub."""
    wanted = parse(stub.text).body[-1]
    assert isinstance(wanted, ast.FunctionDef)  # stub.text is ours: a signature and a docstring
    if ast.get_docstring(target) is not None:
        target.body = target.body[1:]
    take_over(target, wanted)
    target.body = [*wanted.body[:1], *target.body]


def _used(target: ast.stmt, definitions: dict[str, ast.stmt]) -> set[str]:
    """Names of the definitions that the target needs, itself included."""
    needed: set[str] = set()
    waiting = [target]
    while waiting:
        node = waiting.pop()
        name = defined_name(node)
        if name is None or name in needed:
            continue
        needed.add(name)
        waiting += [definitions[item] for item in _globals_of(node) & set(definitions)]
    return needed


def _globals_of(node: ast.stmt) -> set[str]:
    """The names that a definition takes from outside; a parameter hides a global of its name in the body."""
    if not isinstance(node, ast.FunctionDef):
        return _names(node)
    hidden = {item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)}
    body = set().union(*(_globals_of(statement) for statement in node.body))
    around = [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
    return (body - hidden).union(*map(_names, around))


def _names(node: ast.AST) -> set[str]:
    return {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) and not (
        isinstance(node, ast.ImportFrom) and (node.module == "__future__" or node.level)
    )
