"""Which sentences say something that can be checked at all."""

from __future__ import annotations

import re

_QUESTION = re.compile(r"\?[\"')\]*_\s]*$")
_OPINION = re.compile(
    r"\b(?:i|we) (?:think|believe|feel|hope|wish|love|hate|guess|suppose|would like|prefer)\b|\bin my (?:opinion|view)\b|\bto me\b|"
    r"\bimho\b|\b(?:personally|hopefully|arguably)\b|\b(?:should|ought to)\b|\b(?:je|nous) (?:pense|penso|croi|croy|esp|aim|déteste)|"
    r"\bà mon avis\b|\bselon moi\b|\b(?:il faut|devrait|devraient|devrions)\b",
    re.IGNORECASE,
)
_TASTE = re.compile(
    r"\b(?:beautiful|ugly|wonderful|awful|amazing|awesome|terrible|boring|delicious|lovely|magnificent|fantastic|horrible|"
    r"the best|the worst|beau|belle|laid|merveilleux|merveilleuse|affreux|affreuse|magnifique|ennuyeux|délicieux|"
    r"le meilleur|la meilleure|le pire|la pire)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")


def is_opinion(sentence: str) -> bool:
    """A question, a wish or a matter of taste; what holds a figure or somebody's words is more than taste."""
    if _QUESTION.search(sentence) or _OPINION.search(sentence):
        return True
    return bool(_TASTE.search(sentence)) and not _FIGURE.search(sentence) and '"' not in sentence
