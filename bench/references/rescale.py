"""35-rescale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from bench.references import Command, Kept, Refused, Session

AMOUNT = re.compile(r"(?:([0-9]+) )?([0-9]+)/([1-9][0-9]*)(?= )|([0-9]+)(?= )")


def _show(amount: Fraction) -> str:
    whole, rest = divmod(amount, 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def _line(line: str, factor: Fraction) -> str:
    found = AMOUNT.match(line)
    if found is None:
        return line
    whole, top, bottom, single = found.groups()
    amount = Fraction(int(single)) if single else int(whole or 0) + Fraction(int(top), int(bottom))
    return _show(amount * factor) + line[found.end() :]


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    if len(words) != 2 or not all(re.fullmatch(r"[0-9]+", word) and int(word) >= 1 for word in words):
        raise Refused("two whole numbers, at least 1")
    factor = Fraction(int(words[1]), int(words[0]))
    return "\n".join(_line(line, factor) for line in stdin.splitlines())


REFERENCE = Command(
    run,
    [
        Session(["4 6"], "1 1/2 cups flour\n"),
        Session(["4 6"], "2 egg\n"),
        Session(["4 6"], "salt to taste\n"),
        Session(["6 2"], "1 cup rice\n"),
        Session(["4 6"], "1 1/2 cups flour\n2 egg\nsalt to taste\n"),
        Session(["2 4"], "1/2 tsp salt\n"),
        Session(["2 4"], "1/4 tsp salt\n"),
        Session(["4 6"], "3/4 cup sugar\n"),
        Session(["4 2"], "3 eggs\n"),
        Session(["4 2"], "1 egg\n"),
        Session(["4 2"], "2 1/2 cups milk\n"),
        Session(["3 3"], "1 2/3 cups oats\n"),
        Session(["4 3"], "1 1/3 cups oats\n"),
        Session(["3 4"], "1/8 tsp nutmeg\n"),
        Session(["2 30"], "150 g butter\n"),
        Session(["12 1"], "7 carrots\n"),
        Session(["1 12"], "1/12 cake\n"),
        Session(["2 3"], "10 3/4 oz beef\n"),
        Session(["2 2"], "2/4 cup cream\n"),
        Session(["4 8"], "3 cans of 400 g beans\n"),
        Session(["4 8"], "pinch of 5 spice\n"),
        Session(["4 8"], "a handful of parsley\n1 onion, cut in 4\n"),
        Session(["1 2"], "1 tin   tomatoes,  chopped\n"),
        Session(["5 2"], "1 kg potatoes\n2 1/2 tbsp oil\nblack pepper\n1/2 lemon\n5 cloves\n"),
        Session(["2 4"], "1 egg\n\n1/2 cup milk\n"),
        Session(["10 100"], "3/10 l stock\n"),
        # errors
        Session([""], "1 egg\n"),
        Session(["4"], "1 egg\n"),
        Session(["4 6 8"], "1 egg\n"),
        Session(["4 0"], "1 egg\n"),
        Session(["0 4"], "1 egg\n"),
        Session(["four 6"], "1 egg\n"),
        Session(["4 1.5"], "1 egg\n"),
        Session(["-2 4"], "1 egg\n"),
        Session(["4 1/2"], "1 egg\n"),
    ],
)
