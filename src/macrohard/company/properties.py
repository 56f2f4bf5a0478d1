"""Properties: what the description of a function says of all its results, whatever goes in.

They are read from the text by code, without a model, and only where the words leave little doubt: what sorts gives back the items that it
was given, what removes doubles gives nothing new the second time. A property needs no expected result, so that it can be tried on
inputs of which nobody knows the answer; and it shares no mistake with the candidates, which all read the text with the same model.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from macrohard.company import propertied
from macrohard.company.neighbours import near_value
from macrohard.company.propertied import HOLDS
from macrohard.truth import PYTHON, Check, Expectation, Source, Step
from macrohard.truth.examples import CallExample, Example
from macrohard.truth.syntax import Unreadable, expression, literal, written

_ID = "property"
"""What the ids of these checks begin with."""
_MOST_INPUTS = 10
_TOOLS = "_what_looks"
"""The name in the code of a check that no function has."""
_VERB = r"(?:^|[.;:]\s+|\bto\s+|\band\s+|\bfunction\s+(?:for|will|which|that)\s+)"
"""Before it a sentence says what the function does, and not what its argument is."""
_SOME = (
    r"\b(?:first|last|nth|n-th|\d+(?:st|nd|rd|th)|even|odd|index|indices|position|column|row|specified|k|n|smallest|largest|adjacent|consecutive"
    r"|leading|trailing|once|one|outer\w*|minimum|maximum|replace\w*|middle|extra)\b"
)
"""What is done to some items by their place or size is done to others the second time."""
_FEW = r"even|odd|first|last|k|n|index|indices"
_SHAPES = r"square|rectangle|circle|cube|cuboid|sphere|cylinder|cone|parallelogram|rhombus|pentagon|hexagon|trapezium|tetrahedron"


@dataclass(frozen=True, slots=True)
class Property:
    """Something that every result has."""

    holds: Callable[[Sequence[object], object, propertied.Call], bool | None]
    says: str
    """What it says of a function, as the end of a sentence."""
    told: str
    """A pattern of words that tell it."""
    unless: str = r"(?!)"
    """Of words with which they do not."""

    def is_told(self, prose: str) -> bool:
        """Whether a description says so."""
        return bool(re.search(self.told, prose, re.IGNORECASE)) and not re.search(self.unless, prose, re.IGNORECASE)


_BY = r"\b(?:by|based on|according|key)\b"
PROPERTIES = (
    Property(propertied.has_items, "gives back the values that it was given, each as often",
             rf"{_VERB}(?:sorts?|re-?arranges?|re-?orders?|shuffles?|reverses?)\s", rf"\b(?:inversions?|count|number of|words?|remov\w*|duplicates?|unique|distinct|only|top|smallest|largest|{_FEW})\b"),
    Property(propertied.is_ascending, "gives back what is in ascending order",
             rf"{_VERB}sorts?\b[^.]{{0,200}}\b(?:ascending|increasing) order\b", _BY),
    Property(propertied.is_descending, "gives back what is in descending order",
             rf"{_VERB}sorts?\b[^.]{{0,200}}\b(?:descending|decreasing) order\b", _BY),
    Property(propertied.is_part, "gives back no value that it was not given, nor more often",
             rf"{_VERB}(?:removes?|filters?|deletes?|drops?)\s", r"\b(?:inserts?|replaces?|adds?|then)\b"),
    Property(propertied.is_idempotent, "changes nothing when it is done again",
             rf"{_VERB}(?:sorts?|removes?|filters?|deletes?|strips?|normali[sz]es?|lower-?cases?|upper-?cases?)\s", _SOME),
    Property(propertied.is_count, "gives a whole number from 0 on",
             rf"{_VERB}(?:counts?|(?:finds?|gets?|returns?|calculates?) the number of)\s",
             r"\b(?:inside|within|each|every|frequency|otherwise)\b|-1"),
    Property(propertied.is_unlike, "gives back no item twice",
             rf"{_VERB}(?:removes? (?:all )?(?:the )?duplicates?|(?:finds?|gets?|returns?) (?:all )?(?:the )?(?:unique|distinct))\b",
             r"\b(?:consecutive|adjacent)\b"),
    Property(propertied.is_place, "gives a whole number from -1 to the length of what it was given",
             rf"{_VERB}(?:finds?|returns?|gets?) (?:the )?(?:first |last )?(?:index|position) of\b"),
    Property(propertied.is_growing, "gives no less for more",
             rf"\b(?:area|volume|perimeter|circumference) of an? (?:regular )?(?:{_SHAPES})\b", r"\b(?:within|between|inside|given sum)\b"),
    Property(propertied.is_symmetric, "gives the same, lists in whatever order, with its arguments the other way round",
             r"\b(?:gcd|lcm|greatest common (?:divisor|factor)|least common multiple|hamming distance|common elements|intersection)\b"),
)  # fmt: skip
"""Each was held against the authors' own functions of public sets: how many of these break it tells how often it is read wrongly
(`docs/log.md`)."""


def properties_of(texts: Mapping[str, str], package: str, examples: Sequence[Example]) -> tuple[Check, ...]:
    """The checks of all these functions, by name with what is said of each; each function is held against its own examples."""
    calls = [example for example in examples if isinstance(example, CallExample)]
    return tuple(
        check
        for name, text in texts.items()
        for check in property_checks(name, text, package, [call for call in calls if call.function == name])
    )


def property_checks(name: str, text: str, package: str, examples: Sequence[CallExample]) -> tuple[Check, ...]:
    """A check for each property that the text tells of a function and its examples show, on their arguments and on some near them."""
    given = [(arguments, example.result) for example in examples if (arguments := _arguments(example)) is not None]
    inputs = [*(arguments for arguments, _ in given), *(near for arguments, _ in given for near in _near(arguments))]
    inputs = list({written(item): item for item in inputs if _is_readable(item)}.values())[:_MOST_INPUTS]
    prose = _prose(name, text, examples)
    kinds = sorted({propertied.kind(literal(result or "None")) for _, result in given})
    told = [item for item in PROPERTIES if inputs and item.is_told(prose) and _is_shown(item, given)]
    return tuple(
        Check(
            id=f"{_ID}-{name}-{number:02d}",
            statement=f"`{name}` {item.says}, as far as {_calls(inputs)} shows",
            source=Source.TESTER,
            steps=(_trial(item, package, name, inputs, kinds),),
        )
        for number, item in enumerate(told, 1)
    )


def is_property(check: Check) -> bool:
    """True for what this module makes."""
    return check.id.startswith(_ID)


def is_told(check: Check) -> bool:
    """A property, unless the user has approved it, which makes it the user's own."""
    return is_property(check) and check.source is Source.TESTER


def _prose(name: str, text: str, examples: Sequence[CallExample]) -> str:
    """The text without its examples, and without the name of the function where a sentence begins with it."""
    for example in examples:
        text = text.replace(example.quotation or example.expression, " ")
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(rf"(^|[.;:] )`?{re.escape(name)}(?:\([^()]*\))?`? ", r"\1", text)


def _is_shown(item: Property, given: Sequence[tuple[tuple[object, ...], str | None]]) -> bool:
    """Whether it holds for all results that people gave, of which some are of a kind that can show it."""
    held = [_held(item, arguments, result) for arguments, result in given]
    return True in held and False not in held


def _held(item: Property, arguments: tuple[object, ...], result: str | None) -> bool | None:
    """For what has to be called again, whether the result is of a kind for which that could be done."""
    try:
        expected = literal(result or "None")
        return item.holds(arguments, expected, lambda *again: expected)
    except Exception:  # noqa: BLE001 - a predicate on what people wrote, which can be anything
        return None


def _trial(item: Property, package: str, name: str, inputs: Sequence[tuple[object, ...]], kinds: Sequence[str]) -> Step:
    """The step that looks for it in what a function gives for these arguments.

    What looks has a namespace of its own, so that a function may be called `items` or `copy`.
    """
    given = f"[{', '.join(map(written, inputs))}]"
    code = (
        f"exec({_source()!r}, {_TOOLS} := {{}})\nfrom {package} import {name}\n"
        f"{_TOOLS}['tell']({name}, {_TOOLS}[{item.holds.__name__!r}], {given}, {kinds!r})\n"
    )
    return Step(argv=(PYTHON, "-c", code), expect=Expectation(stdout=HOLDS))


def _is_readable(arguments: tuple[object, ...]) -> bool:
    """Whether it can be written in Python as a literal: an infinite number cannot."""
    try:
        return literal(written(arguments)) == arguments
    except Unreadable:
        return False


def _calls(inputs: Sequence[object]) -> str:
    return f"any of {len(inputs)} different calls" if len(inputs) > 1 else "one call"


@cache
def _source() -> str:
    return inspect.getsource(propertied)


def _arguments(example: CallExample) -> tuple[object, ...] | None:
    """The literals that a call is given; None for other calls, and for those that raise."""
    call = expression(example.expression)
    if example.raises or not isinstance(call, ast.Call) or call.keywords:
        return None
    try:
        return tuple(literal(item) for item in call.args)
    except Unreadable:
        return None


def _near(arguments: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    for place, value in enumerate(arguments):
        for near in near_value(value):
            yield (*arguments[:place], near, *arguments[place + 1 :])
