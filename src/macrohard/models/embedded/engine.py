"""The inference engine: the only module that knows OpenVINO GenAI.

Measured on version 2026.4 and relied upon here: `step` keeps the interpreter lock, so everything runs in one
thread; the grammar of a request is shared by all its sequences, so each reply is a request of its own; dropping a
handle cancels its request; a stop string is cut at a token, so the text is cut again by `batch`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its import fails: nothing is ever sent

import numpy
import openvino  # type: ignore[import-untyped]
import openvino_genai  # type: ignore[import-untyped]  # it ships stubs without the marker

from macrohard.models.embedded.chunks import chunks
from macrohard.models.question import Message, Sampling

CONTEXT_TOKENS = 32768
"""The context that the embedded model was trained for (Qwen2.5-Coder model card)."""
PARALLEL_REPLIES = 64
"""Replies that are drawn in one batch; more wait. On two cores with matrix extensions 64 are drawn about one and a half
times as fast as 16 at the precision below, and 96 hardly faster."""
BATCHED_TOKENS = 512
"""Prompt tokens that one step reads at most, so that running replies are not held up for long."""
_PRECISION = {"INFERENCE_PRECISION_HINT": "f32"}
"""The same sums on every processor: left to itself the engine computes in bfloat16 where the processor can, which is less
exact and draws a lone reply at two thirds of the speed, 64 at once a third faster."""
_MARKS = ("<|im_start|>", "<|im_end|>", "<|endoftext|>")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one step added to a reply."""

    tokens: list[int]
    log_probabilities: list[float]
    ending: Literal["stop", "length"] | None
    """None while the reply goes on."""


class Draft:
    """One reply that is being drawn. Dropping it, or `cancel`, takes it out of the batch."""

    def __init__(self, handle: openvino_genai.GenerationHandle) -> None:
        self._handle = handle

    def read(self) -> Piece | None:
        """What has been drawn since the last reading; None when nothing has. Raises RuntimeError out of memory."""
        status, known = self._handle.get_status(), openvino_genai.GenerationStatus
        tokens, chances, reason = list[int](), list[float](), None
        while self._handle.can_read():  # `read_all` would wait for the end
            for output in self._handle.read().values():
                tokens += output.generated_ids
                chances += output.generated_log_probs
                reason = output.finish_reason
        if status == known.IGNORED:
            raise RuntimeError("the prompt and its reply do not fit into the memory of the engine")
        if status == known.RUNNING:
            return Piece(tokens, chances, None) if tokens else None
        cut = reason == openvino_genai.GenerationFinishReason.LENGTH
        return Piece(tokens, chances, "length" if cut else "stop")

    def cancel(self) -> None:
        """Stop drawing it."""
        self._handle.cancel()


class Engine:
    """The loaded model with continuous batching and a shared prefix cache. Not safe for threads."""

    def __init__(self, folder: Path, cache_gib: int) -> None:
        """Load the converted model in `folder`; `cache_gib` bounds the memory for what has been read (KV cache)."""
        scheduler = openvino_genai.SchedulerConfig()
        scheduler.cache_size = cache_gib
        scheduler.enable_prefix_caching = True
        scheduler.dynamic_split_fuse = True
        scheduler.max_num_seqs = PARALLEL_REPLIES
        scheduler.max_num_batched_tokens = BATCHED_TOKENS
        self._pipeline = openvino_genai.ContinuousBatchingPipeline(str(folder), scheduler, "CPU", _PRECISION)
        self._tokenizer = self._pipeline.get_tokenizer()
        self._end = self._tokenizer.get_eos_token_id()
        self._requests = 0

    def prompt(self, messages: Sequence[Message]) -> str:
        """The chat in the words of the model's own template."""
        history = [{"role": message.role, "content": _defused(message.content)} for message in messages]
        return str(self._tokenizer.apply_chat_template(history, add_generation_prompt=True))

    def tokens(self, prompt: str) -> list[int]:
        """The prompt as token numbers."""
        found = list[int]()
        for chunk in chunks(prompt):
            found += self._tokenizer.encode(chunk, add_special_tokens=False).input_ids.data[0].tolist()
        return found

    def plain_tokens(self, text: str) -> list[int]:
        """A text as token numbers; marks in it are words like any other."""
        return self.tokens(_defused(text))

    def text(self, tokens: Sequence[int]) -> str:
        """The words of the tokens, without the marks that end a reply."""
        return str(self._tokenizer.decode(list(tokens), skip_special_tokens=True))

    def start(self, tokens: Sequence[int], sampling: Sampling, schema: Mapping[str, Any] | None) -> Draft:
        """Add one reply to the batch (`sampling.count` is not looked at)."""
        self._requests += 1
        prompt = openvino.Tensor(numpy.array([tokens], dtype=numpy.int64))
        return Draft(self._pipeline.add_request(self._requests, prompt, self._config(sampling, schema)))

    def step(self) -> None:
        """Read a part of the waiting prompts and draw one token of every running reply.

        Raises RuntimeError when the engine has failed; it cannot be used afterwards.
        """
        self._pipeline.step()

    def busy(self) -> bool:
        """Whether any reply is being drawn."""
        return bool(self._pipeline.has_non_finished_requests())

    def _config(self, sampling: Sampling, schema: Mapping[str, Any] | None) -> openvino_genai.GenerationConfig:
        config = openvino_genai.GenerationConfig()
        config.apply_chat_template = False
        config.set_eos_token_id(self._end)
        config.max_new_tokens = sampling.max_tokens
        config.logprobs = 1
        config.stop_strings = set(sampling.stop)
        config.include_stop_str_in_output = True
        if sampling.temperature > 0:
            config.do_sample = True
            config.temperature = sampling.temperature
            config.top_p = sampling.top_p
            config.rng_seed = sampling.seed
        if schema is not None:
            structure = openvino_genai.StructuredOutputConfig()
            structure.json_schema = json.dumps(schema)
            config.structured_output_config = structure
        return config


def _defused(content: str) -> str:
    """The content without marks that would end the turn: what somebody wrote must stay inside its own turn."""
    for mark in _MARKS:
        content = content.replace(mark, f"<| {mark[2:-2]} |>")
    return content
