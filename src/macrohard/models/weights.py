"""The weights of the embedded model: one file, trusted for its digest and nothing else."""

from __future__ import annotations

from pathlib import Path

from macrohard.errors import ModelUnavailable
from macrohard.models.digest import remembered_sha256
from macrohard.models.home import home

DIGEST = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
"""sha256 of Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, GGUF, as its makers publish it."""
BYTES = 1_117_320_768


def weights_path() -> Path:
    """Where `pull` puts the weights."""
    return home() / "weights" / "qwen.gguf"


def verified_weights(path: Path | None = None) -> Path:
    """The path of the weights, after a look at their digest. Raises ModelUnavailable, saying how to get them."""
    path = path or weights_path()
    if not path.is_file():
        raise ModelUnavailable(f"The embedded model is not here yet ({path}): run `macrohard models pull`")
    if path.stat().st_size != BYTES or remembered_sha256(path) != DIGEST:
        raise ModelUnavailable(f"The weights in {path} are damaged: run `macrohard models pull` to get them again")
    return path
