"""Which sentences say that an error changes nothing: what a check shows by looking at the files before and after."""

from __future__ import annotations

import re

from macrohard.company.request.refusals import without_quotations

_DO = (
    r"(?:changes?|alters?|modif(?:y|ies)|touch(?:es)?|stores?|saves?|writes?|records?|adds?|removes?|deletes?|updates?)"
)
_DONE = r"(?:changed|altered|modified|touched|stored|saved|written|recorded|added|removed|deleted|updated|lost)"
_DOING = r"(?:chang|alter|modify|touch|stor|sav|writ|record|add|remov|delet|updat)ing"
_IS = r"(?:is|are|gets?|(?:will|may|must|should|shall)\s+be)"
_NOT = r"(?:n['’]t|\s*not)"
_NEVER = rf"(?:never|(?:do(?:es)?|must|should|may|can|will){_NOT})"
_STAYS = r"(?:stays?|remains?|(?:is|are)\s+(?:left|kept)|leaves?|leaving|keeps?|keeping)"
_WHAT = r"(?:(?!(?:that|which|whose?|if|when|while|where|unless)\b)[\w.'`-]+\s+){1,5}?"
_ALL = r"(?:anything|(?:the\s+|its\s+)?(?:file|data|list|state)|\w+\.\w+)"
_AS_IT_WAS = r"(?:as\s+(?:it|they)\s+(?:is|was|are|were)|alone|the\s+same)"
_CHANGES_NOTHING = re.compile(
    rf"\b(?:(?:{_DO}|{_DOING})\s+nothing|nothing\s+(?:changes|(?:{_IS}\s+)?{_DONE})|without\s+{_DOING}\s+{_ALL}|{_NEVER}\s+{_DO}\s+{_ALL}"
    rf"|no\s+(?:file|changes?)\s+(?:{_IS}\s+)?(?:{_DONE}|made)|(?:is|are){_NOT}\s+{_DONE}|{_STAYS}\s+(?:{_WHAT})?{_AS_IT_WAS}"
    rf"|{_WHAT}un(?:changed|touched|altered|modified))\b[^.;]*",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    r"\b(?:else|but|except|besides|others?|rest|unless|only|until|more|apart|characters?|letters?|digits?|words?|lines?|text|case"
    r"|order|spaces?|punctuation|input|output|print(?:s|ed)?|shown)\b",
    re.IGNORECASE,
)
"""What changes all the same, or stays as it is in what is printed."""
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|while|where|unless|once|since|(?<!error )that|which|whose?)\b[^,;:]*\Z", re.IGNORECASE
)
_MOST_WORDS = 8


def changes_nothing(text: str) -> bool:
    """True when a part of a sentence says that all files stay as they are, without exception, and not as a condition."""
    plain = without_quotations(text)
    return any(
        not _BUT_FOR.search(match.group()) and not _CONDITION.search(plain[: match.start()])
        for match in _CHANGES_NOTHING.finditer(plain)
    )


def says_only_that(text: str) -> bool:
    """True for a clause such as 'changes nothing' or 'the score is left untouched'."""
    return len(text.split()) <= _MOST_WORDS and changes_nothing(text) and not _BUT_FOR.search(without_quotations(text))
