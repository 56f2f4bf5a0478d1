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
_STAYS = r"(?:stays?|remains?|(?:is|are)\s+(?:left|kept)|leaves?|leaving|keeps?|keeping)"
_WHAT = r"(?:[\w.'`-]+\s+){1,5}?"
_CHANGES_NOTHING = re.compile(
    rf"\b(?:(?:{_DO}|{_DOING})\s+nothing|nothing\s+(?:changes|{_IS}\s+{_DONE})|without\s+{_DOING}\s+anything"
    rf"|(?:does|do|must|should|may|can)(?:n['’]t|\s*not)\s+{_DO}\s+anything|no\s+file\s+{_IS}\s+{_DONE}"
    rf"|{_STAYS}\s+(?:{_WHAT})?as\s+(?:it|they)\s+(?:is|was|are|were)|{_WHAT}un(?:changed|touched|altered|modified))\b(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(
    r"\b(?:else|but|except|besides|others?|rest|unless|only|until|more|apart|characters?|letters?|digits?|words?|lines?|text|case"
    r"|order|spaces?|punctuation|input|output|print(?:s|ed)?|shown)\b",
    re.IGNORECASE,
)
"""What changes all the same, or stays as it is in what is printed."""
_MOST_WORDS = 8


def changes_nothing(text: str) -> bool:
    """True when a part of a sentence says that all files stay as they are, without exception."""
    found = _CHANGES_NOTHING.finditer(without_quotations(text))
    return any(not _BUT_FOR.search(match.group()) for match in found)


def says_only_that(text: str) -> bool:
    """True for a clause such as 'changes nothing' or 'the score is left untouched'."""
    return len(text.split()) <= _MOST_WORDS and changes_nothing(text) and not _BUT_FOR.search(without_quotations(text))
