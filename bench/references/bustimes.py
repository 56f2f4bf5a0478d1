"""36-bustimes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench.references import Library

DAY = 24 * 60


def _minutes(time: str) -> int:
    if not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", time):
        raise ValueError(f"not a time: {time!r}")
    return int(time[:2]) * 60 + int(time[3:])


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def later(time: str, minutes: int) -> str:
    return _time((_minutes(time) + minutes) % DAY)


def departures(first: str, last: str, every: int) -> list[str]:
    start, end = _minutes(first), _minutes(last)
    if every < 1:
        raise ValueError("every must be at least 1")
    if end < start:
        end += DAY
    return [_time(minutes) for minutes in range(start, end + 1, every)]


def wait(times: Sequence[str], now: str) -> int:
    moment = _minutes(now)
    if not times:
        raise ValueError("no times")
    return min([(_minutes(time) - moment) % DAY for time in times])


REFERENCE = Library(
    {"later": later, "departures": departures, "wait": wait},
    [
        "later('09:50', 25)",
        "later('00:10', -20)",
        "later('23:59', 1)",
        "later('00:00', 0)",
        "later('12:34', 1440)",
        "later('08:00', 3000)",
        "later('08:00', -3000)",
        "later('00:00', -1)",
        "later('9:50', 25)",
        "later('24:00', 5)",
        "later('10:60', 5)",
        "later('1000', 5)",
        "later('', 5)",
        "later('10:5', 5)",
        "departures('07:00', '08:00', 25)",
        "departures('23:30', '00:10', 20)",
        "departures('07:00', '08:00', 20)",
        "departures('07:00', '07:10', 15)",
        "departures('12:00', '12:00', 10)",
        "departures('06:05', '09:00', 60)",
        "departures('22:45', '00:00', 25)",
        "departures('23:00', '22:59', 720)",
        "departures('10:00', '10:03', 1)",
        "departures('07:00', '08:00', 0)",
        "departures('07:00', '08:00', -10)",
        "departures('07:00', '25:00', 10)",
        "departures('7:00', '08:00', 10)",
        "wait(['12:00', '08:15'], '08:05')",
        "wait(['12:00', '08:15'], '23:15')",
        "wait(['12:00', '08:15'], '08:15')",
        "wait(['12:00', '08:15'], '08:16')",
        "wait(['18:30', '06:45', '09:00'], '18:31')",
        "wait(['18:30', '06:45', '09:00'], '00:00')",
        "wait(['10:00'], '10:01')",
        "wait(['00:00'], '23:59')",
        "wait([], '10:00')",
        "wait(['10:00'], 'noon')",
        "wait(['8:15'], '08:05')",
        "wait(['10:00'], '10:00 ')",
    ],
)
