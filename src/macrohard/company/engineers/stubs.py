"""Stubs: a function's signature and docstring, which is all that an engineer is asked to fill in."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import unicodedata

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief, FunctionBrief
from macrohard.company.engineers.promise import ENDED, RAISES, RETURNS, STORED
from macrohard.company.engineers.recipes import recipe_for
from macrohard.truth.check import Record

_ANNOTATIONS = {
    ArgumentType.TEXT: "str",
    ArgumentType.INTEGER: "int",
    ArgumentType.NUMBER: "float",
    ArgumentType.FILE: "str",
    ArgumentType.FLAG: "bool",
}
_TAKEN = {*dir(builtins), *keyword.kwlist, "records", "stdin_text", "main"}


class Stub(Record):
    """One function to fill in."""

    name: str
    signature: str
    """'def to_int(numeral: str) -> str:'."""
    docstring: str
    imports: str = ""
    """Import lines that stand above it."""
    context: str = ""
    """What the engineer should read besides: the whole request, the other functions."""

    @property
    def head(self) -> str:
        """Imports and signature as Python, without the docstring."""
        return (f"{self.imports}\n\n\n" if self.imports else "") + f"{self.signature}\n    ...\n"

    @property
    def text(self) -> str:
        """The stub as Python, its body a docstring."""
        body = "\n".join(docstring_lines(self.docstring))
        head = f"{self.imports}\n\n\n" if self.imports else ""
        return f"{head}{self.signature}\n{body}\n"


def docstring_lines(text: str) -> list[str]:
    """A docstring as the lines of Python in which it stands below a signature, whatever is in it."""
    lines = _escaped(text.strip()).split("\n")
    body = "\n".join(f"    {line}".rstrip() for line in lines).strip()
    return (f'    """{body}\n    """' if len(lines) > 1 else f'    """{body}"""').split("\n")


def _escaped(text: str) -> str:
    """Text that means itself between triple quotes, whatever is in it."""
    text = text.replace("\\", "\\\\").replace("\0", "\\x00").replace("\r", "\\r")
    return re.sub(r'"{3,}|"+\Z', lambda quotes: '\\"' * len(quotes.group()), text)


def identifier(text: str, suffix: str) -> str:
    """A Python name for a word of the request: 'to-int' -> 'to_int', 'list' -> 'list_' + suffix."""
    # Python reads a name in its NFKC form, and not every \w may stand in one.
    plain = unicodedata.normalize("NFKC", text.lower())
    letters = (letter if f"a{letter}".isidentifier() else " " for letter in plain)
    name = re.sub(r"[_\s]+", "_", "".join(letters)).strip("_") or suffix
    if not name.isidentifier():
        name = f"{suffix}_{name}"
    return f"{name}_{suffix}" if name in _TAKEN else name


def function_name(command: CommandBrief) -> str:
    """The name of the function behind a command; none of a module, which its engineer may want to import."""
    name = identifier(command.name or "run", "command")
    return f"{name}_command" if name in sys.stdlib_module_names else name


def parameter_name(argument: Argument) -> str:
    """The name of the parameter behind an argument or option; a file's parameter holds its text."""
    if argument.type is ArgumentType.FILE:
        base = identifier(argument.name, "file")
        return base if base.endswith("text") else f"{base.removesuffix('_file')}_text"
    return identifier(argument.name, "value")


def parameters(brief: Brief, command: CommandBrief) -> list[tuple[str, str]]:
    """Name and annotation of every parameter of a command's function, in order, without doubles."""
    found: dict[str, str] = {}
    if brief.state_file:
        found["records"] = "list[dict[str, Any]]"
    if command.reads_stdin:
        found["stdin_text"] = "str"
    for argument in command.arguments:
        annotation = _ANNOTATIONS[argument.type]
        if argument.repeated:
            annotation = f"list[{annotation}]"
        elif argument.optional or (argument.is_option and argument.type is not ArgumentType.FLAG):
            annotation = f"{annotation} | None"
        found[parameter_name(argument)] = annotation
    return list(found.items())


def command_stub(brief: Brief, command: CommandBrief, statements: tuple[str, ...], examples: tuple[str, ...]) -> Stub:
    """The stub of the function behind one command.

    `statements` are the sentences of the request that concern it, `examples` lines of a Python session.
    """
    arguments = ", ".join(f"{name}: {annotation}" for name, annotation in parameters(brief, command))
    lines = [command.purpose.rstrip(".") + ".", "", *statements, *([""] if statements else [])]
    if brief.state_file:
        keys = ", ".join(f"{field.name!r} ({_ANNOTATIONS[field.type]})" for field in brief.state_fields)
        lines.append("`records` is the stored data, a list of dicts with the keys " + (keys or "you need") + ".")
        lines.append(STORED)
    if command.reads_stdin:
        lines.append(f"`stdin_text` is all the text from standard input{ENDED}")
    for argument in command.arguments:
        if argument.type is ArgumentType.FILE:
            name = parameter_name(argument)
            lines.append(f"`{name}` is the text of the file, not its name.")
            lines += filter(None, [recipe_for(brief.request, name)])
    lines += [f"`{parameter_name(item)}` is None where it is left out." for item in command.arguments if item.optional]
    lines.append(RETURNS)
    lines.append(RAISES)
    if examples:
        lines += ["", "Examples:", *examples]
    return Stub(
        name=function_name(command),
        signature=f"def {function_name(command)}({arguments}) -> str:",
        docstring="\n".join(lines),
        imports="from typing import Any" if brief.state_file else "",
        context=brief.request,
    )


def function_stub(
    brief: Brief, function: FunctionBrief, statements: tuple[str, ...], examples: tuple[str, ...]
) -> Stub:
    """The stub of one function of a library.

    `statements` are the sentences of the request that concern it, `examples` lines of a Python session.
    """
    lines = [function.purpose.rstrip(".") + ".", *([""] if statements else []), *statements]
    if examples:
        lines += ["", *examples]
    return Stub(
        name=function.name,
        signature=f"def {function.name}({function.parameters}) -> {function.returns}:",
        docstring="\n".join(lines),
        context=brief.request,
    )
