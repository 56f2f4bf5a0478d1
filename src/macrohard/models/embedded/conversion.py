"""The weights in the engine's own format: made once, checked at each use, made again when damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from macrohard.errors import ModelUnavailable
from macrohard.models.digest import Memory, sha256_of
from macrohard.models.lock import locked_for_all
from macrohard.models.weights import DIGEST
from macrohard.paths import cache_dir

MANIFEST = "manifest.json"
CONVERTED_BYTES = 1_400_000_000
"""Disk that a conversion takes, rounded up (measured 1,289,792,378 bytes)."""


class Manifest(BaseModel):
    """What a conversion was made of, and what it is made up of."""

    model_config = ConfigDict(frozen=True)

    source: str
    """sha256 of the weights."""
    engine: str
    """Version of the engine that wrote the files."""
    files: dict[str, str]
    """File name -> sha256."""


def engine_version() -> str:
    """The installed version of the engine. Raises ModelUnavailable when there is none."""
    try:
        return version("openvino-genai")
    except PackageNotFoundError as problem:
        raise ModelUnavailable(
            "The engine of the embedded model is not installed: `pip install 'macrohard[embedded]'`"
        ) from problem


def conversion_folder() -> Path:
    """Where the converted weights lie, or will lie."""
    return cache_dir() / "engine" / f"openvino-{engine_version()}-{DIGEST[:12]}"


def converted(weights: Path) -> Path:
    """The folder of the converted weights. `weights` must have been verified. Raises ModelUnavailable."""
    folder = conversion_folder()
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    if whole(folder):
        return folder
    with locked_for_all(folder.with_name(f"{folder.name}.lock")):
        if not whole(folder):
            _convert(weights, folder)
    return folder


def whole(folder: Path) -> bool:
    """Whether every file of the conversion is there and has the digest in its manifest."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        right = manifest.source == DIGEST and manifest.engine == engine_version() and bool(manifest.files)
        memory = _memory(folder)
        return right and all(memory.sha256(folder / name) == found for name, found in manifest.files.items())
    except (OSError, ValidationError):
        return False


def _convert(weights: Path, folder: Path) -> None:
    draft = folder.with_name(f"{folder.name}.draft")
    for leftover in (draft, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    if shutil.disk_usage(folder.parent).free < CONVERTED_BYTES:
        raise ModelUnavailable(f"The disk is too full to prepare the model: free 1.4 GB for {folder.parent}")
    draft.mkdir(mode=0o700)
    try:
        _run_engine(weights, draft)
        _seal(draft)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for name, digest in Manifest.model_validate_json((folder / MANIFEST).read_bytes()).files.items():
        _memory(folder).keep(folder / name, digest)


def _run_engine(weights: Path, draft: Path) -> None:
    """The engine writes next to the file it reads, so it reads through a link; its memory goes with its process."""
    link = draft / "weights.gguf"
    link.symlink_to(weights.absolute())
    words = [sys.executable, "-P", "-m", "macrohard.models.embedded.convert", str(link)]
    done = subprocess.run(words, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd="/")
    link.unlink()
    if done.returncode != 0 or not (draft / "openvino_model.bin").exists():
        words = (done.stderr.strip().splitlines() or ["it left no message"])[-1:]
        raise ModelUnavailable(f"The model could not be prepared for the engine: {words[0][:300]}")


def _seal(draft: Path) -> None:
    files = {path.name: sha256_of(path) for path in sorted(draft.iterdir())}
    manifest = Manifest(source=DIGEST, engine=engine_version(), files=files)
    (draft / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    for path in draft.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _memory(folder: Path) -> Memory:
    return Memory(folder.parent / "digests.json")
