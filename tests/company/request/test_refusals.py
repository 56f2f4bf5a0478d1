"""A sentence that is read as an error becomes a check that demands one: the program would be made to refuse good input."""

from __future__ import annotations

import pytest

from macrohard.company.request.refusals import demands_error


@pytest.mark.parametrize(
    "text",
    [
        "Invalid input is an error.",
        "invalid input prints an error and exits with status 2.",
        "A year that is not a positive whole number is an error with exit status 2.",
        "A number that is not valid is an error.",
        "A number that does not exist is an error.",
        "No argument is an error.",
        "An item without a price is refused.",
        "selling more than there is is an error with exit status 2 and changes nothing.",
        "An empty list raises ValueError in both.",
        "`todo done` without a number fails.",
        "On bad input, exit 1 with a message.",
        "Errors are printed to stderr.",
        "Errors go to stderr, for example:",
        "A missing file prints an error message.",
        'If the list is empty, it prints "error: empty" to stderr.',
        "A missing file ends with a non-zero exit status.",
        "A count of zero is an error.",
        "A missing file is not an error, but an empty one is an error.",
        "A line that has no number counts as an error.",
        "An invalid line is counted as an error.",
        "unknown words are rejected",
        "empty notes are refused with exit status 2",
        "exits with status 0 if valid and 1 otherwise",
        "An unknown name fails with an exception.",
    ],
)
def test_what_demands_an_error(text: str) -> None:
    assert demands_error(text)


@pytest.mark.parametrize(
    "text",
    [
        "Duplicate numbers are not an error, they count once.",
        "An empty file is not treated as an error.",
        "An empty list isn't an error.",
        "A missing file is no error.",
        "It never fails on empty input.",
        "Unknown words do not raise an error.",
        "It raises nothing.",
        "It ends without an error.",
        "Words are not rejected.",
        "An empty line must not be refused.",
        "prints the number of errors and warnings",
        "It counts errors in a log.",
        "It lists all errors of the log, newest first.",
        "prints how many tests failed",
        "`logs count` prints the number of lines with level ERROR",
        "Lines that contain ERROR come first.",
        "prints the error rate",
        "It prints the mean squared error.",
        "Invalid lines are skipped.",
        "It ignores invalid lines.",
        "prints nothing and ends with exit status 0",
        'prints "invalid" for a number with a letter',
        "prints whether the number is invalid",
        "All words but the first, with the exception of names, are in small letters.",
        "The progress goes to standard error.",
        "status code 200 means OK",
        "Output is in capitals.",
    ],
)
def test_what_demands_none(text: str) -> None:
    assert not demands_error(text)
