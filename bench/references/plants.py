"""34-plants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bench.references import Command, Kept, Refused, Session


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Refused(f"bad date: {text}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"bad date: {text}") from None


def _next(plant: Mapping[str, object]) -> date:
    return date.fromisoformat(str(plant["last"])) + timedelta(days=int(str(plant["days"])))


def _line(plant: Mapping[str, object], today: date) -> str:
    late = (today - _next(plant)).days
    if late == 0:
        return f"{plant['name']} (today)"
    return f"{plant['name']} ({late} day{'' if late == 1 else 's'} late)"


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    match list(words):
        case ["add", name, days, last]:
            if any(plant["name"] == name for plant in kept):
                raise Refused(f"already there: {name}")
            if not re.fullmatch(r"[0-9]+", days) or int(days) < 1:
                raise Refused(f"bad number of days: {days}")
            plant: dict[str, object] = {"name": name, "days": int(days), "last": _date(last).isoformat()}
            kept.append(plant)
            return f"{name}: {_next(plant)}"
        case ["water", name, day]:
            when = _date(day)
            for plant in kept:
                if plant["name"] == name:
                    if when < date.fromisoformat(str(plant["last"])):
                        raise Refused(f"{name} was watered after {day}")
                    plant["last"] = when.isoformat()
                    return f"{name}: {_next(plant)}"
            raise Refused(f"unknown plant: {name}")
        case ["due", day]:
            today = _date(day)
            due = [plant for plant in kept if _next(plant) <= today]
            due.sort(key=lambda plant: (_next(plant), str(plant["name"])))
            return "\n".join(_line(plant, today) for plant in due) or "nothing due"
    raise Refused("add NAME DAYS DATE, water NAME DATE or due DATE")


FERN = "add fern 5 2024-03-01"
THREE = [FERN, "add cactus 21 2024-02-20", "add basil 2 2024-03-04"]  # due 03-06, 03-12, 03-06

REFERENCE = Command(
    run,
    [
        Session([FERN]),
        Session([FERN, "due 2024-03-05"]),
        Session([FERN, "due 2024-03-06"]),
        Session([FERN, "due 2024-03-07"]),
        Session([FERN, "due 2024-03-09"]),
        Session([FERN, "water fern 2024-03-09"]),
        # adding
        Session(["add cactus 21 2024-02-20"]),
        Session(["add basil 1 2023-12-31"]),
        Session(["add fig 7 2023-02-25"]),
        Session(["add fig 7 2024-02-25"]),
        Session(["add 'peace lily' 10 2024-04-25"]),
        Session(["add ivy 365 2023-01-01"]),
        # due
        Session(["due 2024-03-05"]),
        Session([*THREE, "due 2024-03-05"]),
        Session([*THREE, "due 2024-03-06"]),
        Session([*THREE, "due 2024-03-13"]),
        Session(["add yucca 3 2024-05-01", "add aloe 9 2024-05-01", "add moss 6 2024-05-01", "due 2024-05-10"]),
        Session(["add yucca 3 2024-05-01", "add aloe 9 2024-05-01", "add moss 6 2024-05-01", "due 2024-05-08"]),
        Session(["add fern 5 2023-12-29", "due 2024-01-04"]),
        # watering
        Session([FERN, "water fern 2024-03-02"]),
        Session([FERN, "water fern 2024-03-01"]),
        Session([FERN, "water fern 2024-03-09", "due 2024-03-13"]),
        Session([FERN, "water fern 2024-03-09", "due 2024-03-15"]),
        Session([*THREE, "water fern 2024-03-06", "due 2024-03-12"]),
        Session(["add 'peace lily' 10 2024-04-25", "water 'peace lily' 2024-12-28"]),
        # errors
        Session([FERN, "add fern 3 2024-03-02"]),
        Session([FERN, "add fern 3 2024-03-02", "due 2024-03-06"]),
        Session(["water fern 2024-03-02"]),
        Session([FERN, "water frn 2024-03-07"]),
        Session([FERN, "water fern 2024-02-29"]),
        Session([FERN, "water fern 2024-02-29", "due 2024-03-06"]),
        Session([FERN, "water fern 2024-03-07", "water fern 2024-03-06"]),
        Session(["add fern 5 2024-02-30"]),
        Session(["add fern 5 2023-02-29"]),
        Session([FERN, "water fern 2024-13-01"]),
        Session([FERN, "due 2024-04-31"]),
        Session(["add fern 0 2024-03-01"]),
        Session(["add fern often 2024-03-01"]),
        Session(["add fern 2.5 2024-03-01"]),
        Session(["add fern 0 2024-03-01", FERN]),
    ],
)
