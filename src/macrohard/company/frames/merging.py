"""Putting functions from different candidates into one module."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence

from macrohard.company.frames.renaming import Definition, bound_by, rename


def merge(sources: Sequence[str], names: Sequence[str] = ()) -> str:
    """One module from several: imports first and once, then every definition once.

    `names` are the functions that the sources are for, one each; they keep their names. What two sources define or
    import differently under one name is renamed in the later one, so that none changes the other.
    """
    imports: list[str] = []
    bodies: list[str] = []
    taken = {name: "" for name in names}
    for index, source in enumerate(sources):
        tree = ast.parse(source)
        part_imports, part = separated(tree, taken, names[index] if names else "")
        imports += [line for line in part_imports if line not in imports]
        bodies += [ast.unparse(node) for node in part]
    plain = sorted(line for line in imports if not line.startswith("from __future__"))
    return "\n\n\n".join(part for part in ["\n".join(plain), *bodies] if part) + "\n"


def separated(tree: ast.Module, taken: dict[str, str], own: str) -> tuple[list[str], list[ast.stmt]]:
    """The import lines and the definitions of a source that are not there yet, renamed where their names are taken.

    `taken` maps each name to what stands for it, and takes in what is new; `own` is never renamed.
    """
    _resolve(tree, taken, own)
    imports, definitions = [], []
    for node in tree.body:
        name = defined_name(node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports += [ast.unparse(single(node, alias)) for alias in node.names]
        elif name == own or taken.get(name or ast.unparse(node)) != ast.unparse(node):
            definitions.append(node)
    taken |= meanings(tree) | {
        text: text for node in definitions if not defined_name(node) and (text := ast.unparse(node))
    }
    return imports, definitions


def _resolve(tree: ast.Module, taken: Mapping[str, str], own: str) -> None:
    """Rename what clashes, one name after the other, since what uses a renamed helper differs from then on too."""
    while name := next((name for name, meaning in meanings(tree).items() if _clashes(name, meaning, taken, own)), ""):
        used = {*taken, *meanings(tree), *dir(builtins), *every_name(tree)}
        number = next(number for number in range(2, len(used) + 3) if f"{name}_{number}" not in used)
        rename(tree, name, f"{name}_{number}")


def _clashes(name: str, meaning: str, taken: Mapping[str, str], own: str) -> bool:
    """A helper with the name of a builtin would change all other functions that use the builtin."""
    return name != own and (taken.get(name, meaning) != meaning or name in dir(builtins))


def meanings(tree: ast.Module) -> dict[str, str]:
    """Name -> what the top of a module says it is, as text; two texts may be equal only when they mean the same."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {bound_by(alias): _imported(node, alias) for alias in node.names if alias.name != "*"}
        elif name := defined_name(node):
            found[name] = ast.unparse(node)
    return found


def _imported(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    """`import os` and `import os.path` bind the same module."""
    if isinstance(node, ast.Import) and not alias.asname:
        return f"import {bound_by(alias)}"
    return ast.unparse(single(node, alias))


def single(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.Import | ast.ImportFrom:
    """One import statement for one name."""
    if isinstance(node, ast.Import):
        return ast.Import(names=[alias])
    return ast.ImportFrom(module=node.module, names=[alias], level=node.level)


def every_name(tree: ast.Module) -> set[str]:
    """All names that a module binds or uses, wherever they stand in it."""
    fields = (
        getattr(node, field, None) for node in ast.walk(tree) for field in ("id", "name", "arg", "asname", "rest")
    )
    return {name for name in fields if isinstance(name, str)}


def defined_name(node: ast.stmt) -> str | None:
    """The one name that a top-level statement defines; None when it defines none or several."""
    if isinstance(node, Definition):
        return node.name
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return None
