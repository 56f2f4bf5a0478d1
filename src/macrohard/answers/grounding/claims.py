"""A sentence that says two things of one subject, cut into claims that stand alone.

"The bridge is 412 metres long and was opened in 1932" says two things, which may stand in two places. A cut can change what is said, so
that only the plainest sentences are cut: the subject is a definite thing or a name of several words, without a number, a quantity or anything
that belongs to it; a verb that can be told from its form follows it at once, and another one an "and"; and between them stands nothing
that could have a subject or a condition of its own. All other sentences stay whole.
"""

from __future__ import annotations

import re

from macrohard.answers.grounding.languages import FRENCH
from macrohard.answers.grounding.words import Words

_SUBJECT = {
    True: r"(?:L[ea]s?\s+|L['’])(?:[^\W\d_]+[\s-]+){0,2}?[^\W\d_]+|[A-ZÀ-Þ][^\W\d_]+(?:\s+[A-ZÀ-Þ][^\W\d_]+){1,3}",
    False: r"The\s+(?:[^\W\d_]+[\s-]+){0,2}?[^\W\d_]+|[A-Z][^\W\d_]+(?:\s+[A-Z][^\W\d_]+){1,3}",
}
_VERBS = {True: "est|sont|était|étaient|fut|furent|avait|avaient", False: "is|are|was|were|has|have|had"}
_ELSE = {
    True: r"ne|n['’].*|pas|et|ou|ni|mais|qui|que|qu['’].*|dont|où|quand|si|lorsque|puisque|comme|car|de|du|des|d['’].*|tous|toutes|peu|plupart",
    False: r"not|n['’]t|no|never|and|or|nor|but|which|who|whom|whose|that|when|where|if|unless|while|because|since|as|than|of|in|on|at|"
    r"only|most|few|all|many|some|any|each|every|both|other|others|first|last",
}
"""Words that may not stand in a subject; between the two verbs only those of place and time may."""
_BESIDE = {True: {"de", "du", "des"}, False: {"of", "in", "on", "at", "first", "last", "all"}}
_LEAST = 2
"""Words that carry meaning, in what is said of the subject: of fewer anything may be so."""


def claims_of(sentence: Words) -> tuple[str, ...]:
    """The two claims of a sentence, each as a sentence of its own; none where it says one thing, or where it cannot be told."""
    is_french = sentence.language is FRENCH
    verbs = _VERBS[is_french]
    conjunction = "et" if is_french else "and"
    found = re.fullmatch(
        rf"(?P<subject>{_SUBJECT[is_french]}) (?P<one>(?:{verbs}) [^,;:\"“”«»()]+?) {conjunction} (?P<other>(?:{verbs}) [^,;:\"“”«»()]+)",
        sentence.text,
    )
    if found is None or _has(found["subject"], _ELSE[is_french], set()):
        return ()
    beside = _BESIDE[is_french]
    said = (found["one"], found["other"])
    if any(_has(part, rf"{_ELSE[is_french]}|{verbs}", beside) for part in (part.partition(" ")[2] for part in said)):
        return ()
    if any(len(Words(part, sentence.language).content) < _LEAST for part in said) or not _names(
        sentence, found["subject"]
    ):
        return ()
    return tuple(f"{found['subject']} {part.rstrip('.')}." for part in said)


def _has(words: str, forbidden: str, allowed: set[str]) -> bool:
    """Whether any of these words is forbidden and not allowed."""
    pattern = re.compile(forbidden, re.IGNORECASE)
    return any(pattern.fullmatch(word) and word.lower() not in allowed for word in words.split())


def _names(sentence: Words, subject: str) -> bool:
    """Whether a subject names something: it has a word that carries meaning, and no number."""
    taken = Words(subject, sentence.language)
    is_counted = any(word.lower() in sentence.language.numbers for word in re.findall(r"[^\W_]+", subject))
    return bool(taken.content) and not is_counted
