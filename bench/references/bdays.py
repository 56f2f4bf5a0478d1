"""45-bdays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bench.references import Command, Kept, Refused, Session


def _day(text: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Refused(text)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(text) from error


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Children with their days of birth, in the order they were added."""
    born = {str(item["name"]): date.fromisoformat(str(item["born"])) for item in kept}
    if words[0] == "month":
        if not re.fullmatch("[0-9]+", words[1]) or not 1 <= int(words[1]) <= 12:
            raise Refused(words[1])
        found = [(day.day, name) for name, day in born.items() if day.month == int(words[1])]
        return "\n".join(f"{day} {name}" for day, name in sorted(found, key=lambda item: item[0]))
    name, day = words[1], _day(words[2])
    if words[0] == "add":
        if name in born:
            raise Refused(name)
        kept.append({"name": name, "born": words[2]})
        return f"{name}, born {words[2]}"
    if name not in born or day < born[name]:
        raise Refused(name)
    birth = born[name]
    return f"{name} is {day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))}"


_TOM = ["add Tom 2015-03-09"]
_ALL = [
    *_TOM,
    "add Zoe 2011-03-02",
    "add Ben 2019-12-31",
    "add Amy 2008-03-09",
    "add Kim 2020-03-15",
    "add Lou 2000-01-01",
]
REFERENCE = Command(
    run,
    [
        Session(_TOM),
        Session([*_TOM, "age Tom 2024-03-08"]),
        Session([*_TOM, "age Tom 2024-03-09"]),
        Session([*_TOM, "age Tom 2024-03-10"]),
        Session([*_TOM, "age Tom 2015-03-09"]),
        Session([*_TOM, "age Tom 2016-03-08"]),
        Session([*_TOM, "age Tom 2024-02-29"]),
        Session([*_TOM, "age Tom 2024-12-01"]),
        Session([*_TOM, "age Tom 2025-01-31"]),
        Session([*_TOM, "age Tom 2115-03-09"]),
        Session([*_TOM, "month 3"]),
        Session([*_TOM, "month 4"]),
        Session(["month 3"]),
        Session([*_ALL, "month 3"]),
        Session([*_ALL, "month 12"]),
        Session([*_ALL, "month 1"]),
        Session([*_ALL, "month 2"]),
        Session([*_ALL, "age Ben 2020-12-30"]),
        Session([*_ALL, "age Ben 2020-12-31"]),
        Session([*_ALL, "age Ben 2020-01-01"]),
        Session([*_ALL, "age Lou 1999-12-31"]),
        Session([*_ALL, "age Lou 2024-12-31"]),
        Session([*_ALL, "age Amy 2024-03-08"]),
        Session(["add 'Mary Ann' 2012-07-04", "age 'Mary Ann' 2022-07-04"]),
        Session(["add 'Mary Ann' 2012-07-04", "month 7"]),
        Session([*_TOM, "add Tom 2016-04-01"]),
        Session([*_TOM, "add Tom 2016-04-01", "age Tom 2024-03-09"]),
        Session([*_TOM, "add Tom 2016-04-01", "month 4"]),
        Session([*_TOM, "age Sue 2024-03-09"]),
        Session(["age Tom 2024-03-09"]),
        Session([*_TOM, "age Tom 2015-03-08"]),
        Session([*_TOM, "age Tom 2024-02-30"]),
        Session([*_TOM, "age Tom 2023-02-29"]),
        Session(["add Sue 2015-13-01"]),
        Session(["add Sue 2015-04-31"]),
        Session(["add Sue 2015-04-31", "month 4"]),
        Session(["add Sue yesterday"]),
        Session([*_TOM, "month 0"]),
        Session([*_TOM, "month 13"]),
        Session([*_TOM, "month March"]),
        Session([*_TOM, "age Tom 2015-03-08", "age Tom 2020-03-09"]),
    ],
)
