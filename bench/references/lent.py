"""21-lent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """One call of `lent`."""
    match list(words):
        case ["give", thing, person]:
            if any(loan["thing"] == thing for loan in kept):
                raise Refused(f"{thing} is out already")
            kept.append({"thing": thing, "person": person})
            return f"{thing} -> {person}"
        case ["back", thing]:
            for place, loan in enumerate(kept):
                if loan["thing"] == thing:
                    del kept[place]
                    return f"{thing} is back"
            raise Refused(f"{thing} is not out")
        case ["list"]:
            loans = list(kept)
        case ["list", person]:
            loans = [loan for loan in kept if loan["person"] == person]
        case _:
            raise Refused("usage: lent give THING PERSON | back THING | list [PERSON]")
    return "\n".join(f"{loan['thing']} -> {loan['person']}" for loan in loans) or "nothing lent"


REFERENCE = Command(
    run,
    [
        Session(["list"]),
        Session(["list Ana"]),
        Session(["give saw Bob"]),
        Session(["give 'hedge trimmer' 'Mrs Miller'"]),
        Session(["give drill Ana", "list"]),
        Session(["give saw Bob", "give drill Ana", "give axe Bob", "list"]),
        Session(["give saw Bob", "give drill Ana", "give axe Bob", "list Bob"]),
        Session(["give saw Bob", "give drill Ana", "give axe Bob", "list Ana"]),
        Session(["give saw Bob", "list Carla"]),
        Session(["give saw Bob", "list bob"]),
        Session(["give saw Ana", "give axe ana", "list ana"]),
        Session(["give saw Ana", "give axe ana", "list Ana"]),
        Session(["give saw Bob", "give Saw Bob"]),
        Session(["give saw Bob", "give Saw Ana", "list"]),
        Session(["give saw Bob", "back saw"]),
        Session(["give 'hedge trimmer' 'Mrs Miller'", "back 'hedge trimmer'"]),
        Session(["give 'hedge trimmer' 'Mrs Miller'", "list 'Mrs Miller'"]),
        Session(["give saw Bob", "back saw", "list"]),
        Session(["give saw Bob", "give axe Ana", "back saw", "list"]),
        Session(["give saw Bob", "give axe Ana", "back axe", "list Ana"]),
        Session(["give saw Bob", "give axe Ana", "back saw", "give saw Bob", "list"]),
        Session(["give saw Bob", "back saw", "give saw Ana"]),
        Session(["give saw Bob", "back saw", "give saw Ana", "list Bob"]),
        Session(["give saw Bob", "give saw Ana"]),
        Session(["give saw Bob", "give saw Bob"]),
        Session(["give saw Bob", "give saw Ana", "list"]),
        Session(["give saw Bob", "give saw Ana", "back saw", "list"]),
        Session(["back saw"]),
        Session(["back saw", "list"]),
        Session(["give saw Bob", "back Bob"]),
        Session(["give saw Bob", "back Saw"]),
        Session(["give saw Bob", "back axe"]),
        Session(["give saw Bob", "back axe", "list"]),
        Session(["give saw Bob", "back saw", "back saw"]),
        Session(["give ladder Zoe", "give clamp Ana", "give brush Mia", "list"]),
    ],
)
