"""What the engineers say to the model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from macrohard.company.engineers.stubs import Stub
from macrohard.models import Message

_SYSTEM = "You are an expert Python programmer. You write short, correct, typed code with the standard library only."

_PLAIN = (
    "Complete this Python function. Reply with its imports and the whole function, without its docstring and without "
    "comments, in one Python code block and nothing else. It must not print, read files or call input().\n\n```python\n{stub}```"
)
_WITH_REQUEST = (
    "This is the request for the whole program:\n\n{context}\n\nWrite this function of it:\n\n```python\n{head}```\n\n"
    "{docstring}\n\nThink about the special cases that the text names. Reply with one Python code block that holds the "
    "imports and the whole function, without docstring and comments. It must not print, read files or call input()."
)
_TOLD = (
    "Write this Python function:\n\n```python\n{head}```\n\n{docstring}\n\nThink about the special cases that the text "
    "names. Reply with one Python code block that holds the imports and the whole function, without docstring and "
    "comments. It must not print, read files or call input()."
)
_DRAFT = (
    "This is the request for a program:\n\n{context}\n\nWrite these functions of it, which share the stored records:\n\n"
    "{functions}\n\nReply with one Python code block that holds the imports and all these functions, without docstrings "
    "and comments. They must not print, read files or call input()."
)
_MEND = "{told}\n\nReply with the whole corrected function in one Python code block."
_CRASHES = (
    "It crashes. {crash}\n\nIf this input is right, the function must return the right result; if it makes no sense, it "
    "must raise ValueError with a short message before anything else is done with it."
)
_SAID = re.compile(r"\(stderr: (.*)\)\Z", re.DOTALL)
_ASTRAY = "It is not right yet: {seen}."


def messages(stub: Stub, variant: int) -> tuple[Message, ...]:
    """The chat for one function: variant 0 shows the stub as code, variant 1 tells it, with the request where there is one.

    Candidates from different prompts make different mistakes.
    """
    template = (_WITH_REQUEST if stub.context else _TOLD) if variant % 2 else _PLAIN
    text = template.format(
        context=stub.context.strip(), stub=stub.text, head=stub.head, docstring=stub.docstring.strip()
    )
    return Message("system", _SYSTEM), Message("user", text)


def draft(stubs: Sequence[Stub]) -> tuple[Message, ...]:
    """The chat for all functions of a program at once, so that they agree on what they share."""
    told = (f"```python\n{stub.head}```\n\n{stub.docstring.strip()}" for stub in stubs)
    text = _DRAFT.format(context=stubs[0].context.strip(), functions="\n\n".join(told))
    return Message("system", _SYSTEM), Message("user", text)


def repair(stub: Stub, source: str, told: str) -> tuple[Message, ...]:
    """The chat that asks to mend a function: the code as it is, and what is wrong with it."""
    return (
        *messages(stub, 0),
        Message("assistant", f"```python\n{source.strip()}\n```"),
        Message("user", _MEND.format(told=told)),
    )


def crashing(crash: str) -> str:
    """What is wrong with a function that crashes: the input, and the last lines of the traceback."""
    return _CRASHES.format(crash=crash)


def astray(failure: str) -> str:
    """What is wrong with a function that does not undo another, from what its round trip broke."""
    said = _SAID.search(failure)
    return _ASTRAY.format(seen=said.group(1) if said else failure)
