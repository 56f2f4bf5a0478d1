"""07-todo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Tasks keep their order and their number."""
    if words[0] == "add":
        kept.append({"task": words[1], "done": False})
        return f"Added: {words[1]}"
    if words[0] == "list":
        return "\n".join(f"{n}. [{'x' if item['done'] else ' '}] {item['task']}" for n, item in enumerate(kept, 1))
    if not words[1].isdigit() or not 1 <= int(words[1]) <= len(kept):
        raise Refused(words[1])
    kept[int(words[1]) - 1]["done"] = True
    return f"Done: {kept[int(words[1]) - 1]['task']}"


_TWO = ["add 'Buy milk'", "add 'Call Ann'"]
_THREE = [*_TWO, "add Swim"]
REFERENCE = Command(
    run,
    [
        Session(["list"]),
        Session(["add 'Buy milk'"]),
        Session(["add x", "list"]),
        Session([*_TWO, "list"]),
        Session([*_TWO, "done 1", "list"]),
        Session([*_TWO, "done 2"]),
        Session([*_TWO, "done 2", "list"]),
        Session([*_THREE, "done 3", "done 1", "list"]),
        Session([*_THREE, "done 2", "add Run", "list"]),
        Session([*_THREE, "done 1", "done 2", "done 3", "list"]),
        Session(["done 1"]),
        Session([*_TWO, "done 3"]),
        Session([*_TWO, "done 0"]),
        Session([*_TWO, "done -1"]),
        Session([*_TWO, "done x"]),
        Session([*_TWO, "done 3", "list"]),
        Session(["add a", "add a", "done 2", "list"]),
    ],
)
