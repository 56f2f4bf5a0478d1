"""A question, and the words in it that an answer should be about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from macrohard.answers.asking.wording import plain_question
from macrohard.answers.grounding.languages import ENGLISH, language_of
from macrohard.answers.grounding.words import Word, Words, searchable

_ASKING = frozenset([
    "how", "what", "why", "when", "where", "who", "whom", "whose", "which", "do", "does", "did", "can", "could", "may", "might",
    "will", "would", "shall", "should", "i", "me", "my", "you", "your", "we", "our", "us", "there", "mean", "means", "meaning",
    "get", "give", "tell", "show", "explain", "describe", "please", "many", "much", "long", "say", "says",
    "comment", "pourquoi", "quand", "qui", "quoi", "quel", "quelle", "quels", "quelles", "combien", "est-ce", "peut", "peux",
    "peuvent", "veut", "dire", "signifie", "donne", "dis", "explique", "décris", "mon", "ma", "mes", "ton", "ta", "tes", "votre",
    "vos", "notre", "nos",
])  # fmt: skip
"""Words with which one asks."""


@dataclass(frozen=True)
class Asking:
    """A question of the user."""

    text: str

    @cached_property
    def plain(self) -> str:
        """What it asks, without what only leans on the one who answers."""
        return plain_question(self.text)

    @cached_property
    def words(self) -> Words:
        """It taken apart; a question that is too short to tell its language counts as English."""
        return Words(self.plain, language_of(self.plain) or ENGLISH)

    @cached_property
    def topics(self) -> list[Word]:
        """What it is about: its words without those with which one asks; all of them where nothing else is left."""
        content = self.words.content
        return [word for word in content if self.written(word).lower() not in _ASKING] or content

    @property
    def query(self) -> list[str]:
        """What to search for."""
        return [part for word in self.topics for part in searchable(self.written(word))]

    def written(self, word: Word) -> str:
        """A word of it as it stands there."""
        return self.plain[word.start : word.end]
