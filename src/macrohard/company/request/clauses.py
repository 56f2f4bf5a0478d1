"""Clauses: the statements of a request cut into what a check can show by itself, and what must show each.

"`tool sort` prints the lines in order, ignoring case" says two things: a call of the command shows the first, the second
needs a check of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macrohard.company.brief import Brief
from macrohard.company.request.aftermath import aftermath_of, with_aftermath
from macrohard.company.request.clause import Clause, Need
from macrohard.company.request.cutting import AFTERMATH, LONGEST, cut
from macrohard.company.request.refusals import demands_error, speaks_of_stderr, without_quotations
from macrohard.company.request.statements import named_in
from macrohard.company.request.statuses import Status, find_statuses, is_unread
from macrohard.truth.examples import find_examples

_CONDITION = re.compile(
    r"\b(?:if|when|whenever|unless|never|at\s+most|at\s+least|no\s+more|no\s+longer|except|otherwise|by\s+default|empty|must"
    r"|should|cannot|up\s+to|maximum|minimum)\b",
    re.IGNORECASE,
)
"""What one call of a command need not show."""
_LIMIT = re.compile(
    r"\b(?:never|at\s+most|at\s+least|no\s+more|must|cannot|except|unless|maximum|minimum)\b", re.IGNORECASE
)
"""What is more than a purpose."""
_SPECIFIES = re.compile(
    r"\b(?:alphabetical(?:ly)?|(?:a|de)scending|in\s+(?!any\b)(?:\w+\s+)?order\b(?!\s+to\b)|case[- ]?insensitive(?:ly)?|ignor(?:es?|ing)"
    r"|ties|duplicates?|most\s+frequent|without\s+(?:punctuation|repetitions?))\b",
    re.IGNORECASE,
)
"""What is more than a purpose, too: an order, and what does not count."""
_OPTION = re.compile(r"(?<![\w-])--[A-Za-z][\w-]*|(?<=`)-[A-Za-z]\b")
_JOINS = re.compile(r"(?:and|or|but|so|while|also|like|with|for|example|e\.g|then|here|usage)", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:(?:please\s+)?(?:call|name)\s+it|(?:it|this|(?:the|its)\s+\w+)\s+(?:(?:is|should\s+be|must\s+be|shall\s+be)\s+)?"
    r"(?:called|named)?)\s+[`'\"]?[\w-]+[`'\"]?\s*[.;,]?",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:standard\s+library|dependenc(?:y|ies)|type\s+hints?|unit\s+tests?|docstrings?|argparse|PEP\s?8)\b|\bpython\s*3",
    re.IGNORECASE,
)
"""How a program is made, which nothing that it prints shows."""
_KEEPS = r"(?:keep|stor|sav|record|hold|putt?|writ|persist|liv|remember|collect|manag)(?:e?s?|ing)|kept|stored|saved|written|held|is|are"
_ORDERS = r"(?:I\s+(?:need|want)|I(?:'d|\s+would)\s+(?:love|like)|(?:please\s+)?(?:make|write|build|create)(?:\s+me)?|need)\s[\w' `-]{1,60}(?:,\s[\w`-]{1,40},)?\s(?:that|which)\s+"
"""What is ordered, with its name."""
_KEEPING = re.compile(r"(?:and\s+)?(?:keep|stor|sav|record|hold|putt|writ|remember)(?:ing|s|es)\b", re.IGNORECASE)
"""How a clause begins that says nothing but where something is kept."""
_PLACE = (
    r"(?:\s+(?:in|inside|of)\s+the\s+(?:current|working|same|local)(?:\s+working)?\s+(?:folder|directory)|\s+file"
    r"|\s+between\s+runs|\s+as\s+(?:a\s+)?JSON(?:\s+list)?)*"
)


def clauses_of(brief: Brief) -> tuple[Clause, ...]:
    """The clauses of all statements of a brief, in their order."""
    examples = tuple(quotations(brief))
    found: list[Clause] = []
    for index, statement in enumerate(brief.statements):
        goes_on = bool(found) and found[-1].need is Need.ERROR
        found += _clauses(brief, statement, examples, first=not index, goes_on=goes_on)
    return tuple(with_aftermath(brief, found))


def quotations(brief: Brief) -> dict[str, str]:
    """The examples of the request as they stand in its statements -> the whole of each; a statement ends where a block of code
    begins."""
    found = (example.quotation for example in find_examples(brief.request))
    return {" ".join(item.partition("\n\n")[0].partition("\n```")[0].split()): " ".join(item.split()) for item in found}


def says_nothing_else(text: str, examples: Sequence[str]) -> bool:
    """True for a clause that consists of examples, and of words that join them."""
    for item in sorted(examples, key=len, reverse=True):
        text = text.replace(item, " ")
    return all(_JOINS.fullmatch(word) for word in re.findall(r"\w[\w.]*", text))


def options_in(text: str) -> frozenset[str]:
    """The options that a text names: '--unique'."""
    return frozenset(_OPTION.findall(text))


def _clauses(
    brief: Brief, statement: str, examples: tuple[str, ...], *, first: bool, goes_on: bool
) -> Iterator[Clause]:
    """`goes_on` says that the statement before ends in an error."""
    if len(statement) > LONGEST:
        yield Clause(statement, statement, Need.MORE)
        return
    kept = _kept(brief, statement)
    if kept and not demands_error(statement):
        yield Clause(statement[:kept].strip(" ,;:"), statement, Need.FILE)
        if re.search(r"\w+\W+\w+", statement[kept:]):
            yield Clause(re.sub(r"^[\s,;:]+(?:and\s)?", "", statement[kept:]), statement, Need.MORE)
        return
    after_error, standing = False, [item for item in examples if item in statement]
    for index, text in enumerate(cut(statement, standing, first=first)):
        statuses = tuple(dict.fromkeys(item.number for item in _statuses(statement, text)))
        need = (
            Need.CALL
            if says_nothing_else(text, standing) and named_in(brief, text)
            else _need(brief, text, statement, statuses, first=first and not index, after_error=after_error)
        )
        if need in (Need.CASE, Need.MORE) and (after_error or (goes_on and not index)):
            need = aftermath_of(brief, text, need)
        after_error = need in (Need.ERROR, Need.UNCHANGED)
        yield Clause(text, statement, need, statuses)


def _kept(brief: Brief, statement: str) -> int:
    """Where the clause ends that says in which file things are kept; 0 when there is none."""
    if not brief.state_file:
        return 0
    name = re.escape(brief.state_file)
    said = rf"(?:{_ORDERS}|[\w' -]{{0,80}}?(?:,\s+(?:which|that)\s[\w' -]{{0,40}}?)?)\b(?:{_KEEPS})\b[\w' -]{{0,60}}?\b(?:in|to|into|inside)\b[\w ]{{0,40}}?\s[`'\"]?{name}(?![\w-]|\.\w)[`'\"]?{_PLACE}[.;]?"
    match = re.match(said, statement, re.IGNORECASE)
    return match.end() if match and not _CONDITION.search(match.group()) else 0


def _statuses(statement: str, text: str) -> Iterator[Status]:
    start = statement.find(text)
    return (item for item in find_statuses(statement) if start <= item.start and item.end <= start + len(text))


def _need(
    brief: Brief, text: str, statement: str, statuses: tuple[int, ...], *, first: bool, after_error: bool
) -> Need:
    named = named_in(brief, text)
    is_purpose = first and not named and not (demands_error(text) or _LIMIT.search(text) or _SPECIFIES.search(text))
    if is_purpose or _CALLED.fullmatch(text):
        return Need.NOTHING
    if brief.state_file and brief.state_file in text:
        begins = _KEEPING.match(text) or re.match(_ORDERS, text, re.IGNORECASE)
        whole = begins and _kept(brief, text) == len(text) and not demands_error(text)
        return Need.FILE if whole else Need.MORE
    if _MADE.search(text) or (is_unread(text) and not any(statuses)):
        return Need.MORE
    if any(statuses) or demands_error(text):
        return Need.ERROR if len({item for item in statuses if item}) < 2 else Need.MORE
    if speaks_of_stderr(text) or (after_error and AFTERMATH.match(text)):
        return Need.MORE
    if named and not _CONDITION.search(without_quotations(text)):
        return Need.CALL
    return Need.CALL if options_in(text) and named_in(brief, statement) else Need.CASE
