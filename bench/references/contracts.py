"""25-contracts."""

from __future__ import annotations

import re
from datetime import date

from bench.references import Library


def _read(text: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"not a date: {text!r}")
    return date.fromisoformat(text)


def quarter(text: str) -> str:
    """Year and calendar quarter of a date."""
    day = _read(text)
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def add_months(text: str, months: int) -> str:
    """The date a number of months later."""
    day = _read(text)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days)).isoformat()


def days_between(first: str, second: str) -> int:
    """Days from the first date to the second."""
    return (_read(second) - _read(first)).days


REFERENCE = Library(
    {"quarter": quarter, "add_months": add_months, "days_between": days_between},
    [
        "quarter('2024-01-01')",
        "quarter('2024-03-31')",
        "quarter('2024-04-01')",
        "quarter('2023-06-30')",
        "quarter('2023-07-01')",
        "quarter('1999-09-30')",
        "quarter('1999-10-01')",
        "quarter('2000-12-31')",
        "quarter('2023-02-29')",
        "quarter('2023-13-01')",
        "quarter('2023-00-10')",
        "quarter('20230509')",
        "quarter('2023/05/09')",
        "quarter('09-05-2023')",
        "quarter('2023-05-09 ')",
        "quarter('2023-W19-2')",
        "quarter('')",
        "add_months('2023-05-09', 1)",
        "add_months('2023-05-09', 0)",
        "add_months('2023-05-09', -5)",
        "add_months('2023-12-01', 1)",
        "add_months('2024-01-31', 1)",
        "add_months('2024-03-31', -1)",
        "add_months('2023-08-31', 1)",
        "add_months('2023-01-31', 2)",
        "add_months('2024-02-29', 12)",
        "add_months('2024-02-29', -48)",
        "add_months('2023-02-28', 1)",
        "add_months('2023-06-15', 30)",
        "add_months('2023-11-30', 13)",
        "add_months('2023-01-10', -1)",
        "add_months('2023-04-31', 1)",
        "add_months('2023-4-30', 1)",
        "days_between('2023-05-09', '2023-05-09')",
        "days_between('2024-02-28', '2024-03-01')",
        "days_between('2023-02-28', '2023-03-01')",
        "days_between('2023-01-01', '2024-01-01')",
        "days_between('2024-03-01', '2024-02-01')",
        "days_between('2023-05-09', '2023-06-31')",
        "days_between('20230509', '2023-06-30')",
    ],
)
