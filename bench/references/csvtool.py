"""12-csvtool."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Quoted fields are read and written as CSV."""
    command, name, *rest = words
    if name not in files:
        raise Refused(name)
    rows = list(csv.DictReader(io.StringIO(files[name])))
    header = next(csv.reader(io.StringIO(files[name])))
    if command == "columns":
        return "\n".join(header)
    if command == "rows":
        return str(len(rows))
    if rest[0] not in header:
        raise Refused(rest[0])
    if command == "column":
        return "\n".join(row[rest[0]] for row in rows)
    if command == "sum":
        return f"{sum(float(row[rest[0]]) for row in rows):.2f}"
    if command == "top":
        best = sorted(rows, key=lambda row: -float(row[rest[0]]))[: int(rest[1])]
        return "\n".join(row[header[0]] for row in best)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row[key] for key in header] for row in rows if row[rest[0]] == rest[1])
    return out.getvalue()


_PEOPLE = {"people.csv": "name,city,age\nAnn,Paris,31\nBob,Rome,25\nCem,Paris,47\n"}
_GOODS = {"goods.csv": 'item,price,note\nnut,0.5,"small, round"\nbolt,12.25,\nnail,9,sharp\nscrew,100,sharp\n'}
_ON_PEOPLE = (
    "columns people.csv", "rows people.csv", "column people.csv city", "column people.csv name", "sum people.csv age",
    "top people.csv age 2", "top people.csv age 1", "top people.csv age 3", "where people.csv city Paris",
    "where people.csv city Rome", "where people.csv name Zed", "column people.csv street", "sum people.csv street",
    "top people.csv street 1", "where people.csv street x", "rows nothing.csv",
)  # fmt: skip
_ON_GOODS = (
    "columns goods.csv", "rows goods.csv", "column goods.csv note", "sum goods.csv price", "top goods.csv price 2",
    "top goods.csv price 4", "where goods.csv note sharp", "where goods.csv item nut", "column goods.csv price",
)  # fmt: skip
REFERENCE = Command(
    run,
    [
        *(Session([line], files=_PEOPLE) for line in _ON_PEOPLE),
        *(Session([line], files=_GOODS) for line in _ON_GOODS),
    ],
)
