"""The words of a sentence as the tests compare them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from macrohard.answers.grounding.languages import Language, stem
from macrohard.answers.grounding.quantities import Date, Number, dates, numbers

_WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:['’]t\b)?")
_NOT = re.compile("n['’]t")
_ONLY = re.compile(r"\s+(only|just|merely|simply|seulement)\b", re.IGNORECASE)
_DENIED = 2
"""Words after a denial, one of which it is about: an adverb may stand before the other."""
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][^\W_]*")
_NEAR = 8
"""Characters between the end of a sentence and the first word of the next, at most."""
_ENDING = re.compile(r"[.!?:]\W*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning."""

    stem: str
    start: int
    end: int
    is_name: bool
    """Written with a capital, not only because a sentence begins."""


@dataclass(frozen=True)
class Words:
    """A sentence, taken apart."""

    text: str
    language: Language

    @cached_property
    def content(self) -> list[Word]:
        """Its words that carry meaning, numbers as they are written; in their order."""
        found = []
        for match in _WORD.finditer(self.text):
            word = match.group()
            lower = word.lower()
            silent = lower in self.language.stop or lower in self.language.negations
            if silent or (len(lower) == 1 and not lower.isdigit()):
                continue
            is_name = bool(_NAME.match(word)) and not self._begins(match.start())
            found.append(Word(stem(lower, self.language), *match.span(), is_name))
        return found

    def _begins(self, start: int) -> bool:
        """Whether a sentence begins with the word that begins there."""
        return start <= self._opening or bool(_ENDING.search(self.text[max(0, start - _NEAR) : start]))

    @cached_property
    def _opening(self) -> int:
        """Where the first sign stands that is no mark before a sentence."""
        return len(self.text) - len(self.text.lstrip(" \t\n\"'“«([*_#-"))

    @property
    def points_back(self) -> bool:
        """Whether it begins with a pronoun, so that what stands before says of what it speaks."""
        return next(iter(self.text.split()), "").lower().strip(",") in self.language.pronouns

    @cached_property
    def stems(self) -> set[str]:
        """Of the words that carry meaning."""
        return {word.stem for word in self.content}

    @cached_property
    def lower(self) -> set[str]:
        """All its words in lower case."""
        return {match.group().lower() for match in _PLAIN_WORD.finditer(self.text)}

    @cached_property
    def numbers(self) -> list[Number]:
        """In their order; what stands in a date is none."""
        return numbers(self.text, self.language)

    @cached_property
    def dates(self) -> list[Date]:
        """In their order; a bare year is one."""
        return dates(self.text, self.language)

    @cached_property
    def is_negated(self) -> bool:
        """True where something is denied."""
        return bool(self._denials)

    @cached_property
    def denied(self) -> frozenset[str]:
        """Stems of what its denials are about."""
        return frozenset(stem for end in self._denials for stem in self._after(end))

    @cached_property
    def _denials(self) -> list[int]:
        """Where each word ends that denies something."""
        known = self.language.negations
        plain = [match for match in _PLAIN_WORD.finditer(self.text) if match.group().lower() in known]
        return [match.end() for match in (*plain, *_NOT.finditer(self.text))]

    def _after(self, end: int) -> list[str]:
        """Stems of what a denial that ends there is about: of “not only” the “only”, else the next words that carry meaning."""
        if only := _ONLY.match(self.text, end):
            return [stem(only.group(1).lower(), self.language)]
        return [word.stem for word in self.content if word.start >= end][:_DENIED]


def searchable(word: str) -> list[str]:
    """What to search for to find a word: its parts, in lower case."""
    return word.lower().replace("-", " ").replace(".", " ").split()


@lru_cache(maxsize=8192)
def words_of(sentence: str, language: Language) -> Words:
    """A sentence of a source, taken apart once for all claims that are held against it."""
    return Words(sentence, language)
