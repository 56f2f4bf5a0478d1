"""What the prompts of a batch begin with: where one is being read, others that begin alike wait and find it in the cache.

Started together, each would read it for itself: of seventeen questions about one request, 200 tokens that all of them
begin with were read seventeen times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_BLOCK = 32
"""Tokens: the engine keeps what it has read in blocks of this size on a CPU (OpenVINO GenAI 2026.4)."""
_MOST_KNOWN = 20_000
"""Blocks: more than fit into the engine's cache, which forgets what was not used for longest."""


def blocks(tokens: Sequence[int]) -> tuple[int, ...]:
    """One number for each whole block of a prompt, which stands for it and for all that comes before it."""
    found, before = [], 0
    for start in range(0, len(tokens) - _BLOCK + 1, _BLOCK):
        before = hash((before, *tokens[start : start + _BLOCK]))
        found.append(before)
    return tuple(found)


class Prefixes:
    """Which beginnings have been read, and which are being read now."""

    def __init__(self) -> None:
        self._read: dict[int, None] = {}
        self._reading: Counter[int] = Counter()

    def is_being_read(self, prompt: Sequence[int]) -> bool:
        """Whether another reply reads something of this prompt that was not read before."""
        return any(block in self._reading and block not in self._read for block in prompt)

    def begin(self, prompt: Sequence[int]) -> None:
        """A reply begins to read this prompt."""
        self._reading.update(prompt)

    def end(self, prompt: Sequence[int], *, read: bool) -> None:
        """It has read it, or was given up."""
        self._reading.subtract(prompt)
        self._reading = +self._reading
        if read:
            for block in prompt:
                self._read.pop(block, None)
                self._read[block] = None
            while len(self._read) > _MOST_KNOWN:
                del self._read[next(iter(self._read))]
