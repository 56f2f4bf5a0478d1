"""41-gapfill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Every n-th word loses its letters; with --key they are listed."""
    if not words or not re.fullmatch("[0-9]+", words[0]) or int(words[0]) < 1:
        raise Refused("n")
    every = int(words[0])
    key: list[str] = []
    seen = 0

    def gap(found: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        if seen % every:
            return found.group()
        key.append(found.group())
        return re.sub("[a-zA-Z]", "_", found.group())

    text = re.sub(r"[^ \n]+", gap, stdin)
    if "--key" in words:
        return "\n".join(f"{n}. {word}" for n, word in enumerate(key, 1))
    return text.removesuffix("\n")


_CAT = "The cat sat on the mat, happily.\n"
_TWO = "One two three four\nfive six seven eight.\n"
_GAPS = "Red  green   blue\n\n  pink and   grey\n"
_MARKS = "Don't say \"no\" (yet), Mr. O'Neil: it's 7pm, 42 well-known people wait!\n"
REFERENCE = Command(
    run,
    [
        Session(["3"], _CAT),
        Session(["2"], _CAT),
        Session(["3 --key"], _CAT),
        Session(["2 --key"], _CAT),
        Session(["1"], _CAT),
        Session(["1 --key"], _CAT),
        Session(["7"], _CAT),
        Session(["7 --key"], _CAT),
        Session(["8"], _CAT),
        Session(["8 --key"], _CAT),
        Session(["100"], _CAT),
        Session(["3"], _TWO),
        Session(["3 --key"], _TWO),
        Session(["5"], _TWO),
        Session(["4"], _TWO),
        Session(["4 --key"], _TWO),
        Session(["2"], _GAPS),
        Session(["3"], _GAPS),
        Session(["4 --key"], _GAPS),
        Session(["1"], _MARKS),
        Session(["2"], _MARKS),
        Session(["3"], _MARKS),
        Session(["5 --key"], _MARKS),
        Session(["1"], "Hello\n"),
        Session(["2"], "Hello\n"),
        Session(["1"], "A b C\n"),
        Session(["10 --key"], "a b c d e f g h i j k l m n o p q r s t u v w x y z\n"),
        Session(["10"], "a b c d e f g h i j k l m n o p q r s t u v w x y z\n"),
        Session(["1 --key"], "a b c d e f g h i j k\n"),
        Session(["0"], _CAT),
        Session(["-2"], _CAT),
        Session(["2.5"], _CAT),
        Session(["three"], _CAT),
        Session(["0 --key"], _CAT),
        Session([""], _CAT),
        Session(["--key"], _CAT),
    ],
)
