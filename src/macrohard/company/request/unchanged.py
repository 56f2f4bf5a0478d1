"""Which sentences say that an error changes nothing: what a check shows by looking at the files before and after.

Only what is said of all that a program keeps is read so: of "the balance stays as it was" nobody knows what else may change.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from macrohard.company.request.refusals import demands_error, without_quotations

_DO = r"(?:(?:change|alter|touch|store|save|write|record|add|remove|delete|update)(?:e?s)?|modif(?:y|ies))"
_DONE = r"(?:changed|altered|modified|touched|stored|saved|written|recorded|added|removed|deleted|updated|lost)"
_DOING = r"(?:chang|alter|modify|touch|stor|sav|writ|record|add|remov|delet|updat)ing"
_IS = r"(?:is|are|gets?|(?:will|may|must|should|shall)\s+be)"
_NOT = r"(?:n['’]t|\s*\bnot)"
_KEPT = r"(?:(?:data\s+)?files?|data|list|state|records|entries|everything|disk)"
_STATE = r"(?:un(?:changed|touched|altered|modified)|intact|alone|as[-\s]is|the\s+same|(?:exactly\s+)?as\s+(?:it|they)\s+(?:is|was|are|were))"
_STAYS = r"(?:(?:must|should|shall|will)\s+)?(?:stays?|remains?|(?:is|are|be)(?:\s+(?:left|kept))?)"
_LEAVES = r"(?:leaves?|leaving|keeps?|keeping)"
_LEAD = r"(?:(?:and|but|so|then|they|it|this|that|in\s+(?:that|this|such\s+a)\s+case)\s+)*"
_CAUSE = re.compile(
    r"\b(?:if|when|whenever|while|where|unless|once|because|since|for|on|says?|saying|means?|message|reads?)\b[^,;]*\Z"
    r"|\b(?:that(?!\s+case)|which|whose?)\s+\S[^,;]*\Z|\A\d:[^,;]*\Z",
    re.IGNORECASE,
)
"""What stands between an error and its cause, or its words."""
_CHANGE = r"(?:chang|alter|modif|touch|stor|sav|writ|record|add|remov|delet|updat|overwrit|sold|count)\w*"
_HINT = re.compile(
    rf"\b(?:nothing|never|not|no|without)\b[^,;.]{{0,40}}?\b{_CHANGE}|n['’]t\s[^,;.]{{0,40}}?\b{_CHANGE}|\b{_CHANGE}\s+nothing\b"
    r"|\b(?:un(?:changed|touched|altered|modified)|intact|as[-\s]is|side\s+effects?|left|kept|neither|the\s+same|as\s+(?:it|they)\s+(?:was|were))\b",
    re.IGNORECASE,
)


def changes_nothing(text: str, state_file: str | None) -> bool:
    """True when a part of a sentence demands an error and then says that all files stay as they are, without exception."""
    return _is_behind_error(without_quotations(text), _said(state_file))


def _is_behind_error(plain: str, said: re.Pattern[str]) -> bool:
    """Whether this stands there as what an error leaves behind: not as its cause, and not as what its message says."""
    places = [match.start() for match in said.finditer(plain)]
    ends = (match.end() for match in re.finditer(r"\S+", plain) if places)
    error = next((end for end in ends if demands_error(plain[:end])), None)
    if error is None:
        return False
    behind = max(0, error - 2)  # with "3:" of "status 3:"
    return any(not _CAUSE.search(plain[behind:place]) for place in places if place >= error)


def says_only_that(text: str, state_file: str | None) -> bool:
    """True for a clause such as 'changes nothing' or 'the file is left untouched'."""
    said = _said(state_file)
    return bool(re.fullmatch(rf"{_LEAD}{said.pattern}\W*", without_quotations(text).strip(), re.IGNORECASE))


def hints_at_it(text: str, *, behind_error: bool) -> bool:
    """True when a part of a sentence may say that something does not change; `behind_error` looks only at what stands behind
    the error that it demands."""
    plain = without_quotations(text)
    return _is_behind_error(plain, _HINT) if behind_error else bool(_HINT.search(plain))


@lru_cache
def _said(state_file: str | None) -> re.Pattern[str]:
    """How it is said of a program that keeps what it knows in this file; of one that keeps nothing it says something else."""
    if not state_file:
        return re.compile(r"(?!)")
    names = "|".join(re.escape(name) for name in (state_file, PurePosixPath(state_file).stem))
    what = rf"(?:(?:the|its|their|any|all)\s+)?(?:(?:saved|stored|existing)\s+)?(?:{_KEPT}|{names})"
    ways = (
        rf"(?:{_DO}|{_DOING})\s+nothing", rf"nothing\s+(?:changes|{_IS}\s+{_DONE})|(?<=[,;—-]\s)nothing\s+{_DONE}", rf"(?:without|w/o)\s+{_DOING}\s+(?:anything|{what})",
        rf"(?:never|(?:(?:do(?:es)?|must|should|may|can|will){_NOT}|not))\s+{_DO}\s+(?:anything|{what})",
        rf"no\s+(?:files?|data|changes?)\s+(?:{_IS}\s+)?(?:{_DONE}|made)", rf"{what}\s+{_IS}{_NOT}\s+{_DONE}",
        rf"{what}\s+(?:{_STAYS}\s+)?{_STATE}", rf"{_LEAVES}\s+{what}\s+{_STATE}",
    )  # fmt: skip
    place = rf"\s+(?:(?:at\s+all|then|in\s+(?:this|that|such\s+a)\s+case)|(?:to|in|on|from)\s+{what})"
    return re.compile(rf"\b(?:{'|'.join(ways)})\b(?:{place})*(?=\s*[,;:!)]|\.?\s*\Z|\.\s|\s+and\s)", re.IGNORECASE)
