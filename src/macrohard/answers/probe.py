"""What a model's hidden state at the end of a text says of it, such as that a claim is supported by what stands before: a linear probe
(Alain and Bengio 2016).

The words of a model's reply are not looked at, and no reply is drawn. A probe holds for the model that it was fitted with and for
no other (`python -m bench.grounding`, `python -m bench.asking`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from operator import mul

from macrohard.truth.confidence import Fitted

PACKAGE, FOLDER = "macrohard.answers", "probes"


class Probe(Fitted):
    """The weights of a fit."""

    format: str = "macrohard/probe/v1"
    penalty: float
    intercept: float
    weights: tuple[float, ...]
    """One for each dimension of the hidden state."""

    def score(self, embedding: Sequence[float]) -> float:
        """Log-odds of what it was fitted on, from the hidden state at the end of a text. Raises ValueError for one of another length."""
        if len(embedding) != len(self.weights):
            raise ValueError(f"the probe is for {len(self.weights)} dimensions, not for {len(embedding)}")
        return self.intercept + float(sum(map(mul, self.weights, embedding)))


@cache
def probe(name: str, model_digest: str) -> Probe | None:
    """The shipped one of this name for this model; None where there is none."""
    file = files(PACKAGE) / FOLDER / f"{name}.json"
    if not file.is_file():
        return None
    found = Probe.model_validate_json(file.read_text(encoding="utf-8"))
    return found if found.model_digest == model_digest else None
