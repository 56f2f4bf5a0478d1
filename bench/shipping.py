"""Writes fits as the calibrations, probes and forests that Macrohard ships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import macrohard
from bench.logistic import Fit, Logistic
from bench.measures import Floats
from macrohard.answers import probe
from macrohard.answers.grounding import forest
from macrohard.answers.grounding.forest import Forest, Tree
from macrohard.answers.probe import Probe
from macrohard.truth.confidence import FOLDER, Calibration

PACKAGES = Path(macrohard.__file__).parents[1]


def ship_calibration(
    package: str, name: str, found: Fit | Logistic, threshold: float, about: Mapping[str, Any]
) -> None:
    """Into a package; `about` says what it was made of."""
    calibration = Calibration(intercept=found.intercept, terms=found.terms, threshold=threshold, **about)
    _write(package, FOLDER, name, calibration.model_dump_json(indent=2))


def ship_probe(name: str, intercept: float, weights: Floats, penalty: float, about: Mapping[str, Any]) -> None:
    """Beside the others; `about` says what it was made of."""
    rounded = tuple(map(_rounded, weights.tolist()))
    shipped = Probe(penalty=penalty, intercept=_rounded(intercept), weights=rounded, **about)
    _write(probe.PACKAGE, probe.FOLDER, name, shipped.model_dump_json())


def ship_forest(name: str, names: Sequence[str], trees: Sequence[Tree], about: Mapping[str, Any]) -> None:
    """Beside the others; `about` says what it was made of."""
    shipped = Forest(names=tuple(names), trees=tuple(trees), **about)
    _write(forest.PACKAGE, forest.FOLDER, name, shipped.model_dump_json())


def _write(package: str, folder: str, name: str, text: str) -> None:
    path = PACKAGES.joinpath(*package.split("."), folder, f"{name}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(value: float) -> float:
    """To five digits, more than the hidden states have."""
    return float(f"{value:.5g}")
