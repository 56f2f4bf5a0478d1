"""The frame of a library: a package that offers its functions."""

from __future__ import annotations

from macrohard.company.brief import Brief


def files(brief: Brief, functions: str) -> dict[str, str]:
    """Path below `src` -> text."""
    package = brief.package
    names = sorted(function.name for function in brief.functions)
    listed = "".join(f"    {name!r},\n" for name in names).replace("'", '"')
    start = f'"""{brief.summary}"""\n\nfrom {package}.functions import {", ".join(names)}\n\n__all__ = [\n{listed}]\n'
    head = f'"""The functions of {brief.name}."""\n\nfrom __future__ import annotations\n\n'
    return {f"{package}/__init__.py": start, f"{package}/functions.py": head + functions, f"{package}/py.typed": ""}
