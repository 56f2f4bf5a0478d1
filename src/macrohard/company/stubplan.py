"""The plan for a stub file: its brief, its workshop, and the program that it becomes when it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from macrohard.company.brief import Brief, FunctionBrief
from macrohard.company.engineers.stubs import Stub
from macrohard.company.frames import Program
from macrohard.company.order import Kind
from macrohard.company.plan import units_by_check
from macrohard.company.polish import polish
from macrohard.company.stubfile import StubFile, fill
from macrohard.company.workshop import Workshop
from macrohard.models import Model
from macrohard.sandbox import Sandbox
from macrohard.truth import Check


def brief_of(name: str, file: StubFile) -> Brief:
    """The brief of a stub file that is imported by this name."""
    functions = tuple(
        FunctionBrief(
            name=stub.name,
            parameters=stub.signature.partition("(")[2].rpartition(")")[0],
            returns=stub.signature.rpartition("->")[2].strip(" :") if "->" in stub.signature else "object",
            purpose=stub.docstring.split("\n")[0],
        )
        for stub in file.stubs
    )
    return Brief(kind=Kind.LIBRARY, name=name, summary="", request=request_of(file.stubs), functions=functions)


def request_of(stubs: Sequence[Stub]) -> str:
    """The text that the tester reads about these functions."""
    return "\n\n".join(f"{stub.signature}\n{stub.docstring}" for stub in stubs)


def workshop_of(
    brief: Brief,
    file: StubFile,
    checks: Sequence[Check],
    inputs: Sequence[Check],
    model: Model,
    sandbox: Sandbox,
    count: int,
    seed: int,
) -> Workshop:
    """Everything the engineers and the jury need to fill in the functions of a stub file."""
    units, last = units_by_check(brief, [*checks, *inputs])
    return Workshop(
        stubs=file.stubs,
        checks=checks,
        inputs=inputs,
        units=units,
        last=last,
        assemble=partial(program_of, brief, file),
        model=model,
        sandbox=sandbox,
        count=count,
        seed=seed,
    )


def program_of(brief: Brief, file: StubFile, sources: Sequence[str], *, neat: bool = False) -> Program:
    """The filled file; `neat` formats what is put in, which costs a process and is done once, for the chosen one."""
    parts = {f"{stub.name}.py": source for stub, source in zip(file.stubs, sources, strict=True)}
    parts = polish(parts) if neat else parts
    text = fill(file.text, {path.removesuffix(".py"): source for path, source in parts.items()})
    return Program(files={f"{brief.package}.py": text}, start=())
