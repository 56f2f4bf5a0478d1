"""Exit statuses in the words in which people name them; what only looks like one is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.statuses import find_statuses, is_failure, is_unread, statuses_in


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("It exits with status 3.", [3]),
        ("It exits with exit status 3.", [3]),
        ("It exits with an exit status of 3.", [3]),
        ("exit status of 3", [3]),
        ("The exit code is 3.", [3]),
        ("The exit status should be 3 for bad input.", [3]),
        ("Exit code: 3", [3]),
        ("Exit code 3 for errors.", [3]),
        ("exit-code 3", [3]),
        ("Without the file it exits with 3.", [3]),
        ("Exits with code 3.", [3]),
        ("Exits with error code 3.", [3]),
        ("On error, exit 1 with a message.", [1]),
        ("On bad usage it must exit 64.", [64]),
        ("Then call sys.exit(4).", [4]),
        ("It returns exit code 1.", [1]),
        ("A return code of 5 says so.", [5]),
        ("A missing number is an error with exit status 3", [3]),
        ("An unknown name is an error with status 4.", [4]),
        ("It fails with code 4.", [4]),
        ("An unknown name ends with status 4.", [4]),
        ("It exits with a non-zero status 4.", [4]),
        ("It exits with status two.", [2]),
        ("exits with status 0 if valid and 1 otherwise", [0, 1]),
        ("exits with 0 if valid, 1 otherwise", [0, 1]),
        ("exit status 0 when good, otherwise 1", [0, 1]),
        ("Exit status: 0 on success, 1 on a bad line, 2 for a missing file", [0, 1, 2]),
        ("Exit codes: 0 ok, 1 error, 2 for an unknown column", [0, 1, 2]),
        ("The exit codes are 0 and 3.", [0, 3]),
        ("exit code 4 and status 5", [4, 5]),
        ("status 0 when good, status 7 when bad", [0, 7]),
        ("prints nothing and ends with exit status 0", [0]),
        ("It exits\nwith status 3.", [3]),
        ("nothing", []),
        ("exits with status 999", []),
        ("status code 200 means OK", []),
        ("A status code 404 is printed as missing.", []),
        ("HTTP status 20 is an error of the server.", []),
        ("Tasks with status 1 are open.", []),
        ("The country code 49 is Germany.", []),
        ("prints the error code 17 of the log", []),
        ("It exits after 3 tries.", []),
        ("It exits with 2 errors.", []),
        ("exits with status 1.5", []),
    ],
)
def test_statuses_are_read(text: str, statuses: list[int]) -> None:
    assert [item.number for item in find_statuses(text)] == statuses
    assert list(statuses_in(text)) == [number for number in statuses if number]


@pytest.mark.parametrize(
    "text", ["The exit status tells how many.", "It exits with the status of grep.", "EX_USAGE it is"]
)
def test_a_status_that_cannot_be_told(text: str) -> None:
    assert is_unread(text) and not is_failure(text)


def test_any_status_but_0() -> None:
    assert is_failure("exits with a non-zero status") and not is_unread("exits with a non-zero status")
    assert not is_failure("exits with status 0") and not is_failure("a non-zero number is printed")


@given(
    st.text()
    | st.lists(
        st.sampled_from(["exits", "with", "status", "code", "3", "0", "if", "and", ",", ".", "otherwise", "\n"])
    ).map(" ".join)
)
def test_a_status_stands_where_it_is_said_to(text: str) -> None:
    for item in find_statuses(text):
        assert text[: item.end].endswith(str(item.number)) and item.start < item.end
