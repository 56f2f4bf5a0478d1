"""What the model makes of a text without saying anything: its hidden state at the last token, after the layers that tell most.

The only module beside `engine` that knows OpenVINO. It runs the first layers of the converted model alone. Half of what a model
knows of a text stands there long before it is turned into words: whether a claim follows from what stands before it can be read off
with one weight a dimension, where the model's own Yes or No is wrong much more often (`docs/log.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import openvino  # type: ignore[import-untyped]
from numpy.typing import NDArray
from openvino import opset13

LAYER = 15
"""Counted from 0, of 28: of what stands after layers 12 to 20, on claims of a public set, none told clearly more (`docs/log.md`)."""
DIMENSIONS = 1536
_STATE = f"model.layers.self_attn.add1.layer{LAYER}"
"""What leaves the layer, by the name that the engine's converter gives it (OpenVINO GenAI 2026.4)."""
_PRECISION = {"INFERENCE_PRECISION_HINT": "f32", "KV_CACHE_PRECISION": "f32", "PERFORMANCE_HINT": "LATENCY"}
MOST_TOKENS = 6000
"""Of one text, and of what is kept, used or not, for texts that begin alike."""
LOOKS = 8000
"""Tokens in the memory that are passed over in the time that one is read: measured with texts of 128 tokens."""


class Embedder:
    """The first layers of the model, with memory of the last text: what the next one begins with is not read again."""

    def __init__(self, folder: Path) -> None:
        """Load the converted model in `folder`. Raises RuntimeError when it is another model."""
        self._running = openvino.Core().compile_model(_first_layers(folder), "CPU", _PRECISION).create_infer_request()
        self._known: list[int] = []
        self._used: list[int] = []
        """1 for each token in the memory that belongs to the last text, 0 for what was read and left."""

    def read(self, tokens: Sequence[int]) -> NDArray[numpy.float32]:
        """The hidden state (DIMENSIONS) at the last token of a text. Raises ValueError for one of no tokens or more than
        MOST_TOKENS."""
        if not 0 < len(tokens) <= MOST_TOKENS:
            raise ValueError(f"a text has between 1 and {MOST_TOKENS} tokens, this one has {len(tokens)}")
        begun = self._keep(tokens)
        rest = tokens[begun:]
        self._used += [1] * len(rest)
        self._known = list(tokens)
        places = numpy.arange(begun, len(tokens), dtype=numpy.int64)
        found = self._running.infer(
            {
                "input_ids": numpy.array([list(rest)], dtype=numpy.int64),
                "attention_mask": numpy.array([self._used], dtype=numpy.int64),
                "position_ids": places[None],
                "beam_idx": numpy.zeros(1, numpy.int32),
            }
        )
        state: NDArray[numpy.float32] = found[0][0, 0].copy()
        return state

    def _keep(self, tokens: Sequence[int]) -> int:
        """How many tokens at the beginning need not be read; the rest of the last text is masked."""
        alike = 0
        for mine, known in zip(tokens[:-1], self._known, strict=False):
            if mine != known:
                break
            alike += 1
        unused, rest = len(self._used) - alike, len(tokens) - alike
        if is_dear(alike, unused, rest) or len(self._used) + len(tokens) > MOST_TOKENS:
            self._running.reset_state()
            self._used = []
            return 0
        live = [place for place, used in enumerate(self._used) if used]
        for place in live[alike:]:
            self._used[place] = 0
        return alike


def is_dear(alike: int, unused: int, rest: int) -> bool:
    """Whether it takes longer to pass over `unused` tokens of the memory with each token of the rest of a text than to read again
    what it has alike with the last one."""
    return unused * rest > LOOKS * alike


def _first_layers(folder: Path) -> openvino.Model:
    model = openvino.Core().read_model(folder / "openvino_model.xml")
    named = {node.get_friendly_name(): node for node in model.get_ordered_ops()}
    if _STATE not in named:
        raise RuntimeError(f"the converted model has no {_STATE}")
    last = opset13.gather(named[_STATE].output(0), opset13.constant(numpy.array([-1])), opset13.constant(1))
    needed = _ancestors(last)
    memory = [sink for sink in model.get_sinks() if sink.get_friendly_name() in needed or _feeds(sink, needed)]
    return openvino.Model([opset13.result(last)], memory, model.get_parameters(), "first layers")


def _ancestors(node: Any) -> set[str]:
    found, waiting = set[str](), [node]
    while waiting:
        current = waiting.pop()
        if current.get_friendly_name() not in found:
            found.add(current.get_friendly_name())
            waiting += [entry.get_source_output().get_node() for entry in current.inputs()]
    return found


def _feeds(sink: Any, needed: set[str]) -> bool:
    """Whether what a sink stores is read again by what is needed."""
    return any(entry.get_source_output().get_node().get_friendly_name() in needed for entry in sink.inputs())
