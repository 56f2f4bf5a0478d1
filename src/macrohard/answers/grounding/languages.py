"""What differs between languages: words that carry no meaning, negations, numbers, months, and words that exclude each other.

English and French; a text in another language is said to be outside of what was fitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import snowballstemmer  # type: ignore[import-untyped]

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, eq=False)
class Language:
    """The words of a language that the tests know."""

    name: str
    stemmer: str
    stop: frozenset[str]
    """Words that carry no meaning of their own."""
    negations: frozenset[str]
    numbers: dict[str, int]
    scales: dict[str, int]
    """Words after a number that multiply it."""
    months: dict[str, int]
    exclusive: tuple[frozenset[str], ...]
    """Sets of words of which only one can be so at a time, as they are written."""
    pronouns: frozenset[str]
    """First words of a sentence that stand for something in the one before."""


_MONTHS = "january february march april may june july august september october november december"
_MOIS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"

ENGLISH = Language(
    name="English",
    stemmer="english",
    stop=frozenset(
        ["a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "but", "as", "is", "are", "was", "were", "be", "been", "being", "it", "its", "this", "that", "these", "those", "he", "she", "they", "them", "his", "her", "their", "hers", "theirs", "there", "which", "who", "whom", "whose", "what", "when", "where", "how", "why", "than", "then", "so", "if", "do", "does", "did", "has", "have", "had", "having", "can", "could", "will", "would", "may", "might", "shall", "should", "must", "also", "into", "over", "under", "up", "down", "out", "about", "between", "through", "most", "some", "any", "each", "other", "such", "own", "same", "very", "just", "i", "you", "we", "your", "our", "my", "me", "us", "him", "himself", "herself", "itself", "themselves", "while", "because", "until", "both", "s", "t"]
    ),
    negations=frozenset(
        ["not", "no", "never", "none", "nothing", "nobody", "neither", "nor", "cannot", "without", "n't", "failed", "refused", "denied", "lacks", "lacked", "unable"]
    ),
    numbers={
        word: value
        for value, word in enumerate(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
            2,
        )
    }
    | {word: 10 * value for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)},
    scales={"hundred": 100, "thousand": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9, "billions": 10**9,
            "trillion": 10**12, "trillions": 10**12, "m": 10**6, "bn": 10**9, "k": 1000},
    months={word: number for number, word in enumerate(_MONTHS.split(), 1)}
    | {word[:3]: number for number, word in enumerate(_MONTHS.split(), 1) if word != "may"},
    exclusive=tuple(
        frozenset(words.split())
        for words in (
            "hourly daily weekly monthly quarterly annual annually yearly",
            "monday tuesday wednesday thursday friday saturday sunday",
            "first second third fourth fifth sixth seventh eighth ninth tenth last",
            "north south east west",
            "northern southern eastern western",
            "more less", "more fewer", "higher lower", "larger smaller", "bigger smaller", "older younger", "best worst",
            "increase decrease", "increased decreased", "increases decreases", "rose fell", "rise fall", "rises falls",
            "grew shrank", "gained lost", "won lost", "before after", "above below", "father mother", "brother sister",
            "son daughter", "husband wife", "always never", "all none", "born died", "true false", "minimum maximum",
            "most least", "majority minority", "bought sold", "accepted rejected", "approved rejected",
        )
    ),
    pronouns=frozenset(["it", "he", "she", "they", "this", "that", "these", "those", "its", "his", "her", "their"]),
)  # fmt: skip

FRENCH = Language(
    name="French",
    stemmer="french",
    stop=frozenset(
        ["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "et", "ou", "mais", "que", "qui", "quoi", "dont", "où", "à", "au", "aux", "en", "dans", "sur", "sous", "par", "pour", "avec", "est", "sont", "était", "étaient", "être", "été", "a", "ont", "avait", "avaient", "avoir", "ce", "cet", "cette", "ces", "il", "elle", "ils", "elles", "on", "se", "s", "sa", "son", "ses", "leur", "leurs", "y", "n", "c", "j", "m", "t", "qu", "comme", "plus", "moins", "très", "aussi", "ainsi", "alors", "donc", "car", "si", "entre", "vers", "chez", "selon", "nous", "vous", "je", "tu", "lui", "eux", "même", "mêmes", "tout", "tous", "toute", "toutes", "autre", "autres"]
    )
    - {"plus", "moins"},
    negations=frozenset(["ne", "pas", "jamais", "aucun", "aucune", "rien", "personne", "ni", "sans", "non", "refusé", "nié"]),
    numbers={
        word: value
        for value, word in enumerate(
            ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"], 2
        )
    }
    | {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    scales={"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9,
            "milliards": 10**9, "m": 10**6, "k": 1000},
    months={word: number for number, word in enumerate(_MOIS.split(), 1)},
    exclusive=tuple(
        frozenset(words.split())
        for words in (
            "quotidien hebdomadaire mensuel trimestriel annuel", "quotidiens hebdomadaires mensuels trimestriels annuels",
            "quotidienne hebdomadaire mensuelle trimestrielle annuelle",
            "lundi mardi mercredi jeudi vendredi samedi dimanche",
            "premier deuxième troisième quatrième cinquième dernier",
            "première deuxième troisième quatrième cinquième dernière",
            "nord sud ouest", "plus moins", "hausse baisse", "augmenté diminué", "augmente diminue", "gagné perdu",
            "avant après", "père mère", "frère sœur", "toujours jamais", "vrai faux", "acheté vendu", "né mort",
        )
    ),
    pronouns=frozenset(["il", "elle", "ils", "elles", "cela", "ceci", "ce", "cette", "ces", "son", "sa", "ses", "leur", "leurs"]),
)  # fmt: skip

LANGUAGES = (ENGLISH, FRENCH)
_FOREIGN = tuple(
    frozenset(word for word in words.split() if len(word) > 1) - ENGLISH.stop
    for words in (
        (
            "der die das ist den dem des ein eine einen einem und oder ist sind war wie was wer wo wann warum ich sie wir nicht mit von zu in im "
            "auf für auch es sich wird hat haben"
        ),
        "de het een en of is zijn was hoe wat wie waar wanneer waarom ik je we niet met van te in op voor ook er aan dat die hij heeft",
        "el la los las un una y o es son fue cómo qué quién dónde cuándo por no con de del a en para también se que su lo",
        "o a os as um uma e ou é são foi como que quem onde quando por não com de do da dos das em no na para também se ao",
        "il lo la i gli le un una e o è sono era come che chi dove quando perché non con di del della da in nel anche ha al",
    )
)
"""Common words of German, Dutch, Spanish, Portuguese and Italian, but for those that English has too: these languages are not
known, and shall not be taken for it."""
_ENOUGH = 20_000
"""Characters that tell the language of a text, however long it is."""
_LEAST_KNOWN = 0.12
"""Of the words of a text that are stop words of its language; in English and French prose it is a third or more."""


def language_of(text: str) -> Language | None:
    """English or French, whose common words are more of the text; None where few of its words are of either, or more are of a
    language that is not known."""
    words = [found.lower() for found in _WORD.findall(text, 0, _ENOUGH)]
    shares = [sum(word in language.stop for word in words) / max(1, len(words)) for language in LANGUAGES]
    best = max(range(len(LANGUAGES)), key=shares.__getitem__)
    foreign = max(sum(word in stop for word in words) / max(1, len(words)) for stop in _FOREIGN)
    return LANGUAGES[best] if shares[best] >= _LEAST_KNOWN and shares[best] > foreign else None


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


@cache
def stem(word: str, language: Language) -> str:
    """The stem of a word in lower case (Snowball, https://snowballstem.org)."""
    return str(_stemmer(language.stemmer).stemWord(word))
