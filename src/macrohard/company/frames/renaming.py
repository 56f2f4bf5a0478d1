"""Renaming a name that the top of a module defines, without changing what the module does."""

from __future__ import annotations

import ast

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
"""What has a name and a body of its own."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def rename(tree: ast.AST, old: str, new: str) -> None:
    """Rename `old` to `new`, which must be new to the tree, in place.

    Variables of that name are renamed with it, which changes nothing. What others may know by name stays:
    parameters, attributes, members of classes, keywords of calls.
    """
    _Renaming(old, new).visit(tree)


def bound_by(alias: ast.alias) -> str:
    """The name that `import …` binds: 'os' for `import os.path`."""
    return alias.asname or alias.name.split(".")[0]


class _Renaming(ast.NodeTransformer):
    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, _Function) and self._old in _parameters(node):
            return self._outside(node)
        if isinstance(node, ast.ClassDef) and self._old in map(_member, node.body):
            return self._methods(node)
        if isinstance(node, ast.alias):
            return self._alias(node)
        for field in ("id", "name", "rest"):
            if getattr(node, field, None) == self._old:
                setattr(node, field, self._new)
        if isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self._new if name == self._old else name for name in node.names]
        return super().generic_visit(node)

    def _outside(self, node: _Function) -> _Function:
        """A function with such a parameter means that one inside; its head is read outside."""
        if not isinstance(node, ast.Lambda):
            node.name = self._new if node.name == self._old else node.name
            node.decorator_list = [self.visit(item) for item in node.decorator_list]
            node.returns = self.visit(node.returns) if node.returns else None
        self.visit(node.args)
        return node

    def _methods(self, node: ast.ClassDef) -> ast.ClassDef:
        """A class with such a member means that one in its own body, and the one outside in its methods."""
        node.name = self._new if node.name == self._old else node.name
        for item in node.body:
            name = _member(item)
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
                self.visit(item)
                item.name = name or item.name
        return node

    def _alias(self, node: ast.alias) -> ast.alias:
        if bound_by(node) == self._old:
            node.asname = self._new
        return node


def _parameters(node: _Function) -> set[str]:
    arguments = node.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return {item.arg for item in listed if item}


def _member(node: ast.stmt) -> str | None:
    """The name that a statement of a class body binds."""
    if isinstance(node, Definition):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return next((item.id for item in targets if isinstance(item, ast.Name)), None)
