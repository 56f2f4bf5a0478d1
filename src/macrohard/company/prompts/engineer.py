"""What the engineers say to the model."""

from __future__ import annotations

from macrohard.company.stubs import Stub
from macrohard.models import Message

_SYSTEM = "You are an expert Python programmer. You write short, correct, typed code with the standard library only."

_TEMPLATES = (
    (
        "{context}Complete this function of the program. Reply with the whole function, with its imports and its type "
        "annotations, in one Python code block and nothing else. Do not read files, do not print, do not call input().\n\n"
        "```python\n{stub}```"
    ),
    (
        "{context}Write the body of this function. Think about the special cases that the text names before you write. "
        "Reply with one Python code block that holds the imports and the whole function. It must not print or read "
        "anything.\n\n```python\n{stub}```"
    ),
)
"""Two ways of asking: candidates from different prompts make different mistakes."""


def messages(stub: Stub, variant: int) -> tuple[Message, ...]:
    """The chat for one function; `variant` chooses the way of asking."""
    context = f"This is the request for the whole program:\n\n{stub.context.strip()}\n\n" if stub.context else ""
    text = _TEMPLATES[variant % len(_TEMPLATES)].format(context=context, stub=stub.text)
    return Message("system", _SYSTEM), Message("user", text)


def repair(stub: Stub, source: str, crash: str) -> tuple[Message, ...]:
    """The chat that asks to mend a crash: the code as it is, and the last lines of the traceback."""
    return (
        *messages(stub, 0),
        Message("assistant", f"```python\n{source.strip()}\n```"),
        Message("user", f"It crashes:\n\n{crash}\n\nReply with the whole corrected function in one Python code block."),
    )
