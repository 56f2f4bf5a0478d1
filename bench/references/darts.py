"""31-darts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

TIMES = {"": 1, "D": 2, "T": 3}


def _points(dart: str) -> int:
    if dart in ("0", "25", "50"):
        return int(dart)
    found = re.fullmatch(r"([DT]?)([1-9]|1[0-9]|20)", dart)
    if found is None:
        raise Refused(f"not a dart: {dart}")
    return TIMES[found[1]] * int(found[2])


def _left(kept: Kept) -> int:
    left = kept[0]["left"] if kept else 0
    if not isinstance(left, int) or left == 0:
        raise Refused("no leg in play")
    return left


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    match list(words):
        case ["start", number]:
            if not re.fullmatch(r"[0-9]+", number) or int(number) < 2:
                raise Refused(f"bad number to start from: {number}")
            kept[:] = [{"left": int(number)}]
            return f"{int(number)} left"
        case ["left"]:
            return f"{_left(kept)} left"
        case ["throw", *darts]:
            before = _left(kept)
            if not 1 <= len(darts) <= 3:
                raise Refused("one to three darts")
            after = before - sum([_points(dart) for dart in darts])
            if after == 0 and (darts[-1].startswith("D") or darts[-1] == "50"):
                kept[:] = [{"left": 0}]
                return "game shot"
            if after < 2:
                return f"bust, {before} left"
            kept[:] = [{"left": after}]
            return f"{after} left"
    raise Refused("start N, throw DART..., or left")


REFERENCE = Command(
    run,
    [
        # the transcript
        Session(["start 101"]),
        Session(["start 101", "throw T20 1"]),
        Session(["start 101", "throw T20 1", "throw 20 20"]),
        Session(["start 101", "throw T20 1", "throw 20 20", "left"]),
        Session(["start 101", "throw T20 1", "throw 20 20", "throw 0 D20"]),
        # ordinary visits
        Session(["start 501", "throw T20 T20 T20"]),
        Session(["start 501", "throw T20 T20 T20", "throw T19 25 50", "left"]),
        Session(["start 301", "throw 0 0 0"]),
        Session(["start 301", "throw 7"]),
        Session(["start 301", "throw D7 T7"]),
        Session(["start 170", "throw T20 T20 50"]),
        Session(["start 2"]),
        Session(["start 2", "throw D1"]),
        Session(["start 40", "throw 20 D10"]),
        Session(["start 4", "throw 2"]),
        # busts
        Session(["start 50", "throw 25 25"]),
        Session(["start 60", "throw T20"]),
        Session(["start 40", "throw D10 20"]),
        Session(["start 32", "throw 20 11"]),
        Session(["start 32", "throw 20 11", "throw D16"]),
        Session(["start 10", "throw 11"]),
        Session(["start 30", "throw D20"]),
        Session(["start 100", "throw 40"]),
        # a new leg
        Session(["start 501", "throw T20", "start 301", "left"]),
        Session(["start 2", "throw D1", "start 301", "throw 1"]),
        # errors
        Session(["left"]),
        Session(["throw 20"]),
        Session(["start 2", "throw D1", "left"]),
        Session(["start 2", "throw D1", "throw D1"]),
        Session(["start 301", "throw"]),
        Session(["start 301", "throw 1 2 3 4"]),
        Session(["start 301", "throw T21"]),
        Session(["start 301", "throw 20 X5"]),
        Session(["start 301", "throw T20 T20 bull", "left"]),
        Session(["start 1"]),
        Session(["start many"]),
        Session(["start 301", "throw 1", "start 0", "left"]),
        Session(["start 301.5"]),
    ],
)
