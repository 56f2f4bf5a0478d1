"""Writes the fits as the calibrations and probes that Macrohard ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.grounding.fitting import KINDS, Scored
from bench.grounding.material import RAGTRUTH
from bench.machine import circumstances
from macrohard.answers.grounding import probe, sureness
from macrohard.answers.grounding.probe import Probe
from macrohard.answers.grounding.sureness import READ
from macrohard.truth.confidence import FOLDER, Calibration


@dataclass(frozen=True, slots=True)
class Origin:
    """What fits were made of."""

    data_digest: str
    model_digest: str
    """Of the model that has read the claims."""
    command: str


def ship(scored: Mapping[str, Scored], origin: Origin) -> None:
    """Each under its name."""
    package = Path(sureness.__file__).parent
    for name, item in scored.items():
        about = _about(name, origin)
        calibration = Calibration(
            model_digest=origin.model_digest if name.endswith(READ) else "", tasks=item.summary["tasks"],
            intercept=item.found.intercept, terms=item.found.terms, threshold=item.threshold, **about,
        )  # fmt: skip
        _write(package / FOLDER / f"{name}.json", calibration.model_dump_json(indent=2))
        if item.probed is not None:
            shipped = Probe(
                model_digest=origin.model_digest, tasks=item.summary["tasks"], penalty=item.probed.penalty,
                intercept=_rounded(item.probed.intercept), weights=tuple(map(_rounded, item.probed.weights.tolist())), **about,
            )  # fmt: skip
            _write(package / probe.FOLDER / f"{name.removesuffix(READ)}.json", shipped.model_dump_json())


def _about(name: str, origin: Origin) -> dict[str, str]:
    sets = " ".join(KINDS.get(name.removesuffix(READ), (f"ragtruth ({', '.join(RAGTRUTH)})",)))
    return {"data": sets, "data_digest": origin.data_digest, "date": circumstances()["date"], "command": origin.command}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(value: float) -> float:
    """To five digits, more than the hidden states have."""
    return float(f"{value:.5g}")
