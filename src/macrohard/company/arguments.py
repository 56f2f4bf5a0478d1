"""The arguments of a command, as its examples show them: how many, which may be left out, which options take a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice, product

from macrohard.company.brief import Argument, ArgumentType
from macrohard.company.naming import option_name

_OPTION = re.compile(r"--.|-[A-Za-z]$")
"""`-5` is a number."""
_MOST_WAYS = 64
"""In which options may be read as flags or with values; six of them, more than any example has."""

Options = dict[str, str | None]


def takes_value(arguments: Iterable[Argument]) -> set[str]:
    """The options that a value follows."""
    return {item.name for item in arguments if item.is_option and item.type is not ArgumentType.FLAG}


def parted(words: Sequence[str], valued: Collection[str]) -> tuple[list[str], Options]:
    """Positional words, and options with their values."""
    left, positional, options = list(words), list[str](), Options()
    while left:
        word = left.pop(0)
        if _OPTION.match(word):
            name, equals, value = word.partition("=")
            options[name] = value if equals else left.pop(0) if name in valued and left else None
        else:
            positional.append(word)
    return positional, options


def places(words: Sequence[str], valued: Collection[str]) -> list[int]:
    """Where the positional words stand."""
    found, index = [], 0
    while index < len(words):
        name, equals, _ = words[index].partition("=")
        if not _OPTION.match(words[index]):
            found.append(index)
        elif not equals and name in valued:
            index += 1
        index += 1
    return found


def fit_options(arguments: Sequence[Argument], calls: Sequence[Sequence[str]]) -> list[Argument]:
    """The options that are proposed and those that the calls use, each a flag or with a value of a type that its values have."""
    options = [item for item in arguments if item.is_option]
    used = dict.fromkeys(name for words in calls for name in parted(words, ())[1] if _is_option(name))
    options += [
        Argument(name=name, type=ArgumentType.FLAG) for name in used if name not in {item.name for item in options}
    ]
    valued = _valued(arguments, options, list(used), calls)
    shown = [parted(words, valued)[1] for words in calls]
    return [_typed(item, valued, [given[item.name] for given in shown if item.name in given]) for item in options]


def _is_option(name: str) -> bool:
    try:
        return option_name(name) is not None
    except ValueError:
        return False


def _valued(
    arguments: Sequence[Argument], options: Sequence[Argument], used: Sequence[str], calls: Sequence[Sequence[str]]
) -> set[str]:
    """The options that take a value: as proposed, unless the calls then have another number of positional words than are
    proposed, and have it where some are read otherwise."""
    proposed = takes_value(options)
    wanted = sum(not item.is_option for item in arguments)

    def broken(valued: set[str]) -> tuple[int, int]:
        read = [parted(words, valued) for words in calls]
        wrong = sum(
            len(positional) != wanted or any((name in valued) is (value is None) for name, value in given.items())
            for positional, given in read
        )
        return wrong, len(valued ^ proposed)

    others = proposed - set(used)
    ways = islice(product((False, True), repeat=len(used)), _MOST_WAYS)
    return min(({*others, *(name for name, on in zip(used, way, strict=True) if on)} for way in ways), key=broken)


def _typed(item: Argument, valued: Collection[str], values: Sequence[str | None]) -> Argument:
    if item.name not in valued:
        return item.model_copy(update={"type": ArgumentType.FLAG})
    told = [value for value in values if value is not None]
    proposed = _told(told) if item.type is ArgumentType.FLAG else item.type
    return item.model_copy(update={"type": _type(proposed, told, ())})


def _told(values: Sequence[str]) -> ArgumentType:
    """The type of values of which nobody proposed one: `007` is no number."""
    if all(value.lstrip("-").isdecimal() and str(int(value)) == value for value in values):
        return ArgumentType.INTEGER
    return (
        ArgumentType.NUMBER
        if all(re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", value) for value in values)
        else ArgumentType.TEXT
    )


def fit_positional(
    arguments: Sequence[Argument], calls: Sequence[Sequence[str]], files: Collection[str], form: tuple[int, str] | None
) -> list[Argument]:
    """The positional arguments, as many as the calls give, each of a type that their values have.

    `form` says how many are needed and which one may follow, where the request writes that down.
    """
    found = [item for item in arguments if not item.is_option]
    fewest, most = min(map(len, calls), default=len(found)), max(map(len, calls), default=len(found))
    if form and form[0] <= fewest and most <= form[0] + 1 and form[0] <= len(found):
        last = found[form[0]] if len(found) > form[0] else Argument(name=form[1])
        found = [*found[: form[0]], _left_out(last)]
    elif (fewest, most) == (0, 1):
        last = found[0] if found else Argument(name="value")
        found = [_left_out(last)]
    elif fewest != most and fewest:
        found = found[:fewest] or [Argument(name="value")]
        found[-1] = found[-1].model_copy(update={"repeated": True})
    elif fewest == most:
        found = found[:most] + [Argument(name=f"value{number}") for number in range(len(found) + 1, most + 1)]
    return [
        item.model_copy(update={"type": _type(item.type, [call[index] for call in calls if index < len(call)], files)})
        for index, item in enumerate(found)
    ]


def _left_out(item: Argument) -> Argument:
    return item.model_copy(update={"optional": True, "repeated": False})


def _type(proposed: ArgumentType, values: Sequence[str], files: Collection[str]) -> ArgumentType:
    if any(value in files for value in values):
        return ArgumentType.FILE
    if proposed is ArgumentType.INTEGER and not all(_is(int, value) for value in values):
        proposed = ArgumentType.NUMBER
    if proposed is ArgumentType.NUMBER and not all(_is(float, value) for value in values):
        proposed = ArgumentType.TEXT
    return proposed


def _is(number: type[int | float], value: str) -> bool:
    try:
        number(value)
    except ValueError:
        return False
    return True
