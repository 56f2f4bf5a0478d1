"""Exit statuses in the words in which people name them; what only looks like one is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macrohard.company.request.statuses import error_status, find_statuses, is_failure, is_unread, statuses_in


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
        ("Exit codes:\n- 0: no problems\n- 1: problems found\n- 2: usage error", [0, 1, 2]),
        ("Exit codes:\n\n* 0 - fine\n\n* 64 - usage\n", [0, 64]),
        ("| Exit code | Meaning |\n|---|---|\n| 0 | fine |\n| 1 | problems |\n", [0, 1]),
        ("## Exit codes\n\n- `0`: fine\n- `2`, `3`: usage\n", [0, 2, 3]),
        ("**Exit codes**:\n0 = fine\n1, 2 = bad\n", [0, 1, 2]),
        ("Exit codes:\n0 success\n1 problems\n2 usage", [0, 1, 2]),
        ("Exit codes:\n\n    0  success\n    1  problems\n\n    5  rows are printed", [0, 1]),
        ("Exit codes:\n- 0: fine\n- 1: problems,\n  3 at most\n- 2: usage", [0, 1, 2]),
        ("The exit codes are:\n0, 1 and 2.", [0, 1, 2]),
        ("It has the exit codes 0 (ok), 1 (problems), 2 (usage).", [0, 1, 2]),
        ("Exits with code 2 (usage), 3 (no such file) or 4 (parse error).", [2, 3, 4]),
        ("Exits with code 2 (usage) or 3.", [2, 3]),
        ("Exit status is 0 on success, non-zero (3) otherwise.", [0, 3]),
        ("Errors end with code 1, status 2 means a failure.", [1, 2]),
        ("Exit codes:\n1. Zero when all is fine\n2. One otherwise", []),
        ("Exit codes:\n- 1-125: that of the command\n- 3 - 7: others", []),
        ("Exit codes:\n- 1 to 5: others", []),
        ("It uses the exit codes 1 to 5.", []),
        ("It prints the exit codes:\n- 0: a\n- 1: b", []),
        ("Exit codes:\n- 0: fine\n\nRules:\n- 3: three", [0]),
        ("Exits with code 2 (usage), 3 times.", [2]),
        ("Tasks: status 1 means open, status 2 means done. Errors exit with status 3.", [3]),
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


@pytest.mark.parametrize(
    ("text", "given", "status"),
    [
        ("Exit status: 0 if it is one, 1 if not, 2 on errors.", (), 2),
        ("Exit status: 0 if it is one, 1 if not, 2 on errors.", ("odd 2 => exit status 1",), 2),
        ("It exits with 0 if it is one, with 1 if not. On errors it exits with status 2.", (), 2),
        ("Exit codes:\n- 0: no problems\n- 1: problems found\n- 2: usage error", (), 2),
        ("Exit codes:\n\n* 0 - fine\n* 64 - usage", (), 64),
        ("exits with 0 if there are no errors, 1 otherwise, 3 for invalid input", (), 3),
        ("Exits with code 2 (usage), 3 (no such file) or 4 (parse error).", (), 2),
        ("Tasks: status 1 means open, status 2 means done. Errors exit with status 3.", (), 3),
        ("A wrong word exits with status 3, a missing one exits with status 4.", (), 3),
        ("exits with 0 if valid, 1 otherwise", (), 1),
        ("Errors exit with status 3.", ("up => exit 4",), 4),
        ("It counts.", (), 2),
    ],
)
def test_the_status_of_errors_is_the_one_that_is_called_so(text: str, given: tuple[str, ...], status: int) -> None:
    assert error_status(text, given) == status


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "exits",
                "with",
                "status",
                "code",
                "3",
                "0",
                "if",
                "and",
                ",",
                ".",
                "otherwise",
                "\n",
                "Exit codes:\n",
                "- 1:",
            ]
        )
    ).map(" ".join)
)
def test_a_status_stands_where_it_is_said_to(text: str) -> None:
    for item in find_statuses(text):
        assert text[: item.end].endswith(str(item.number)) and item.start < item.end


def test_a_text_full_of_exits_does_not_take_long() -> None:
    assert error_status("Write a tool. " + "exit with " * 2_000 + "status 3", ()) == 3


def test_exit_statuses() -> None:
    texts = [
        "exits with status 3",
        "exit code 4 and status 5",
        "status 0 when good, status 7 when bad",
        "nothing",
        "status 999",
    ]
    assert [error_status(text, ()) for text in texts] == [3, 4, 7, 2, 2]
