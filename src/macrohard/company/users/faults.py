"""What a clause about errors says is wrong: the form of the input, which an argument parser refuses, or what it stands for."""

from __future__ import annotations

import re

from macrohard.company.brief import ArgumentType, Brief, CommandBrief
from macrohard.company.placing import ADDS
from macrohard.company.request.statements import concerned
from macrohard.company.tester.cases import OF_FILES
from macrohard.company.users.parsing import Refusal

_BAD = r"(?:invalid|bad|malformed|wrong|illegal|improper|incorrect|unusable|faulty|nonsense|nonsensical|impossible|any\s+other)"
_INPUT = r"(?:inputs?|values?|arguments?|parameters?)"
_WRONG_INPUT = (
    r"\b{bad}\s+(?:\w+\s+)?(?:{what})\b|\b(?:{what})\s+(?:that\s+|which\s+)?(?:is|are)\s+(?:not\s+valid|{bad})\b"
    r"|\b(?:{what})\s+(?:that\s+|which\s+)?(?:cannot|can['’]t)\s+be\s+(?:read|parsed|understood|converted)\b"
)
_OTHER_INPUT = rf"\banything\s+(?:else|but|other)\b|\b(?:all|every)\s+other\s+{_INPUT}\b"
_ERRORS = re.compile(
    r"\A\W*(?:(?:and|all|any|every|each|its|the|user)\s+)*errors?\b(?!\s+(?:in|of|about|for|if|when|where)\b)"
    r"(?:[^:]*\Z|\s*:\s+(?:an?\s+)?(?:\w+\s+)?(?:messages?|exits?|prints?|stderr|standard\s+error)\b)"
    r"|\b(?:on|after|in\s+case\s+of)\s+(?:an?\s+|any\s+|every\s+|all\s+)?(?:errors?|failures?)\b(?!\s+(?:in|of)\b)"
    r"|\bgoes\s+wrong\b|\bany\s+(?:other\s+)?errors?\b",
    re.IGNORECASE,
)
"""Of errors whatever they come from: 'Errors exit with status 2', and not those that are listed behind a colon."""
_GENERAL = re.compile(_WRONG_INPUT.format(bad=_BAD, what=_INPUT) + "|" + _OTHER_INPUT, re.IGNORECASE)
_KIND_OF_NUMBER = r"(?:an?\s+)?(?:(?:valid|positive|negative|non-?negative|whole|real|natural|proper|decimal)\s+)*"
_A_NUMBER = r"(?:numbers?|integers?|ints?|numeric\w*|numerical|decimals?|floats?|digits?)"
_NO_NUMBER = re.compile(
    rf"(?:\b(?:not|no|non|nor|must\s+be|as|other\s+than)|n['’]t)[\s-]+{_KIND_OF_NUMBER}{_A_NUMBER}\b|\bnon(?:numeric|integer)\w*"
    r"|\b(?:words?|texts?|letters?|strings?)\s+(?:for|instead\s+of|where|in\s+place\s+of|as)\b|\bfraction\w*",
    re.IGNORECASE,
)
_CALL = r"(?:(?:sub)?commands?|options?|flags?|switch(?:es)?)"
_USAGE = (
    rf"\busage\b|\bwithout\s+(?:any\s+|its\s+)?arguments?\b|\b(?:{_BAD}|unknown|unrecogni[sz]ed|undefined|unsupported|missing|no|other)\s+{_CALL}\b"
    rf"|\b(?:{_BAD}|missing|required|extra|more|fewer|additional|superfluous|no|unexpected|too\s+few|too\s+many)\s+(?:number\s+of\s+)?(?:arguments?|parameters?)\b"
    r"|\b(?:missing|without|lacks|lacking)\s+(?:an?\s+|its\s+|the\s+)?(?:\w+\s+)?(?:{names})\b"
    r"|\b(?:{names})\s+(?:is|are)\s+(?:missing|left\s+out|not\s+given|absent)\b|\btoo\s+(?:few|many)\s+(?:{names})s?\b"
)
_OF_COMMAND = re.compile(
    rf"\b(?:unknown|unrecogni[sz]ed|undefined|unsupported|no|{_BAD})\s+(?:sub)?commands?\b", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"\bunknown\b|\bno\s+such\b|\bnon-?exist\w*|(?:\bnot|n['’]t)\s+(?:exist|found|known|listed|stored|registered|there|present)\b"
    r"|\b(?:cannot|can['’]t)\s+be\s+found\b",
    re.IGNORECASE,
)

_NUMBERS = {ArgumentType.INTEGER, ArgumentType.NUMBER}


def speaks_of(text: str, refusal: Refusal) -> bool:
    """Whether a clause calls this an error: what an argument parser refuses is not what most clauses mean."""
    if _ERRORS.search(text):
        return True
    if refusal.type is None:
        return bool(re.search(_USAGE.replace("{names}", _any_of(refusal.names)), text, re.IGNORECASE))
    if refusal.type is ArgumentType.FILE:
        return bool(OF_FILES.search(text) or _GENERAL.search(text))
    wrong = _WRONG_INPUT.format(bad=_BAD, what=f"{_any_of(refusal.names)}|words?|numbers?|types?")
    return bool(_NO_NUMBER.search(text) or _GENERAL.search(text) or re.search(wrong, text, re.IGNORECASE))


def _any_of(names: tuple[str, ...]) -> str:
    """The names as words, `item-name` also as 'item name'; a pattern that is never found for none."""
    return (
        "|".join(re.escape(name.lstrip("-")).replace(r"\-", r"[\s_-]").replace("_", r"[\s_-]") for name in names)
        or "(?!)"
    )


def is_general(text: str) -> bool:
    """True for a clause about invalid input or errors of any kind, which every command shows in its own way."""
    return bool(_ERRORS.search(text) or _GENERAL.search(text))


def speaks_of_unknown(text: str) -> bool:
    """True for 'an unknown item' and 'a number that does not exist'."""
    return _UNKNOWN.search(text) is not None


def demanded(brief: Brief, text: str) -> list[str]:
    """The commands that must each show a clause about errors which names none: those that take what it speaks of."""
    if _OF_COMMAND.search(text) and not is_general(text):
        return []
    taking = [item for item in concerned(brief, text) if item.arguments or item.reads_stdin]
    return [item.name for item in [item for item in taking if _takes(brief, item, text)] or taking]


def _takes(brief: Brief, command: CommandBrief, text: str) -> bool:
    """Whether a command with an input takes anything that the clause speaks of, as far as its types tell."""
    types = {item.type for item in command.arguments}
    kinds = []
    if OF_FILES.search(text):
        kinds.append(ArgumentType.FILE in types)
    if _NO_NUMBER.search(text):
        kinds.append(bool(types & _NUMBERS) or command.reads_stdin)
    if speaks_of_unknown(text):  # what is added is always unknown
        kinds.append(_can_name(command, text) and not (brief.state_file and command.name in ADDS))
    return is_general(text) or not kinds or any(kinds)


def _can_name(command: CommandBrief, text: str) -> bool:
    """Whether one of its arguments can stand for a thing that is there or not: a text, or a number of which the clause speaks."""
    said = {word.lower() for word in re.findall(r"[A-Za-z]+", text)}
    words = {word for item in command.arguments for word in re.findall(r"[a-z]+", item.name.lower())}
    types = {item.type for item in command.arguments}
    is_number = bool(types & _NUMBERS and {"number", "index", "id"} & said)
    return command.reads_stdin or ArgumentType.TEXT in types or bool(words & said) or is_number
