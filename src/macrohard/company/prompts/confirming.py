"""What the tester asks itself again about a case that it wrote, without being shown what it had expected."""

from __future__ import annotations

from collections.abc import Sequence

from macrohard.models import Message

_SYSTEM = (
    "You are a careful software tester. You say exactly what a command prints according to its description, and "
    "nothing else."
)
_NOTES = (
    "A tool called notes. It stores notes in notes.json. `notes new TITLE BODY` stores a note and prints "
    '"Saved TITLE". `notes find WORD` prints the titles that contain the word, one per line. `notes repeat WORD COUNT` '
    "prints a word several times. A count that is not a whole number is an error."
)
_SHAPES = (
    "A Python library called shapes. area(width: float, height: float) -> float returns the area of a rectangle. "
    "A negative size raises ValueError."
)
_STORED = (("notes new Tea 'Buy tea'", "notes new Sea Swim", "notes find ea"), "Tea\nSea")
_WRONG = (("notes repeat tea x",), "error")
_REPEATED = (("notes repeat tea 3",), "teateatea")
_COMMANDS = {False: (_STORED, _REPEATED), True: (_STORED, _WRONG, _REPEATED)}
_CALLS = {
    False: (("area(2, 3)", "6"), ("area(1.5, 2)", "3.0")),
    True: (("area(2, 3)", "6"), ("area(-1, 2)", "raises ValueError"), ("area(1.5, 2)", "3.0")),
}


def shown_by_commands(request: str, lines: Sequence[str], *, error: bool) -> tuple[Message, ...]:
    """The chat that asks what the last of some command lines prints; with `error` it may be an error."""
    shots = [(_session(before), said) for before, said in _COMMANDS[error]]
    return _chat(_NOTES, shots, request, _session(lines))


def shown_by_call(request: str, expression: str, *, error: bool) -> tuple[Message, ...]:
    """The chat that asks what a call returns; with `error` it may raise an exception."""
    return _chat(_SHAPES, [(f">>> {call}", said) for call, said in _CALLS[error]], request, f">>> {expression}")


def _session(lines: Sequence[str]) -> str:
    """The lines as in a terminal, the output of all but the last left out."""
    return "\n".join([*(f"$ {line}\n..." for line in lines[:-1]), f"$ {lines[-1]}"])


def _chat(about: str, shots: Sequence[tuple[str, str]], request: str, session: str) -> tuple[Message, ...]:
    messages = [Message("system", _SYSTEM)]
    for index, (asked, said) in enumerate(shots):
        messages.append(Message("user", _ask(asked) if index else f"{about}\n\n{_ask(asked)}"))
        messages.append(Message("assistant", said))
    return (*messages, Message("user", f"Another one. {request.strip()}\n\n{_ask(session)}"))


def _ask(session: str) -> str:
    return f"What is shown?\n\n{session}"
