"""Measures inference engines side by side on this machine, with the weights of the embedded model.

    python bench/engines.py [--rounds 3] [--python ENGINE=PYTHON ...] [--out bench/results/engines.json]

Each engine runs in a process of its own, all engines in turn in each round, so that a busy machine slows all of
them alike. `--python` names the Python of another environment for an engine that is not installed in this one;
only Macrohard's own engine comes with Macrohard. An engine that is not installed is reported as absent.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PARALLEL = (1, 4, 8, 16)
REPLY_TOKENS = 24
ROUND_SECONDS = 120
"""For one engine in one round."""
CHAT = "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n"
TASK = CHAT.format("Write a Python function that converts Roman numerals to integers, with a docstring. Variant {}.")
READING = CHAT.format("Variant {}. " + "Summarise: the quick brown fox jumps over 13 lazy dogs, again and again. " * 30)
"""About 630 tokens, different in each run, so that no cache helps."""
Draw = Callable[[str, int, int], int]
"""Prompt, parallel replies, tokens of each -> tokens drawn in all; returns when all are drawn."""


def openvino(weights: Path) -> Draw:
    """What Macrohard uses: continuous batching over the converted weights, with the scheduler's settings of the product."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its import fails: nothing is sent
    from macrohard.models.embedded.conversion import converted
    from macrohard.models.embedded.engine import Engine
    from macrohard.models.question import Sampling

    engine = Engine(converted(weights), 1)

    def draw(prompt: str, parallel: int, tokens: int) -> int:
        read, drawn = engine.tokens(prompt), [0] * parallel
        drafts = [engine.start(read, Sampling(1, 0.8, 0.95, tokens, 0), None)]
        while engine.busy():
            engine.step()
            for index, draft in enumerate(drafts):
                piece = draft.read()
                drawn[index] += len(piece.tokens) if piece else 0
            if len(drafts) == 1 and drawn[0]:
                seeds = range(1, parallel)
                drafts += [engine.start(read, Sampling(1, 0.8, 0.95, tokens, seed), None) for seed in seeds]
        return sum(drawn)

    return draw


def xllamacpp(weights: Path) -> Draw:
    """llama.cpp with continuous batching, from a wheel built for many processors."""
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.n_ctx, settings.n_parallel, settings.kv_unified = max(PARALLEL) * 1024, max(PARALLEL), True
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = os.cpu_count() or 1
    server = xllamacpp.Server(settings)

    def one(prompt: str, tokens: int, seed: int) -> int:
        body = {"prompt": prompt, "n_predict": tokens, "temperature": 0.8, "top_p": 0.95, "seed": seed}
        found = server.handle_completions(body)
        return int(found["usage"]["completion_tokens"])

    return lambda prompt, parallel, tokens: in_threads(lambda seed: one(prompt, tokens, seed), parallel)


def llama_cpp(weights: Path) -> Draw:
    """llama.cpp compiled on this machine for this processor; it draws one reply after the other."""
    import llama_cpp

    threads = os.cpu_count() or 1
    model = llama_cpp.Llama(str(weights), n_ctx=2048, n_threads=threads, n_threads_batch=threads, verbose=False)

    def draw(prompt: str, parallel: int, tokens: int) -> int:
        drawn = 0
        for seed in range(parallel):
            found = model.create_completion(prompt, max_tokens=tokens, temperature=0.8, top_p=0.95, seed=seed)
            drawn += found["usage"]["completion_tokens"]
        return drawn

    return draw


def mistralrs(weights: Path) -> Draw:
    """mistral.rs from its wheel; from Python it takes one request at a time."""
    from mistralrs import CompletionRequest, Runner, Which

    which = Which.GGUF(quantized_model_id=str(weights.parent), quantized_filename=weights.name)
    runner = Runner(which=which, max_seqs=max(PARALLEL), token_source="none")

    def draw(prompt: str, parallel: int, tokens: int) -> int:
        drawn = 0
        for _ in range(parallel):
            asked = CompletionRequest(prompt=prompt, model="default", max_tokens=tokens, temperature=0.8, top_p=0.95)
            drawn += runner.send_completion_request(asked).usage.completion_tokens
        return drawn

    return draw


ENGINES: dict[str, tuple[str, Callable[[Path], Draw]]] = {
    "openvino-genai": ("openvino-genai", openvino),
    "xllamacpp": ("xllamacpp", xllamacpp),
    "llama-cpp-python": ("llama_cpp_python", llama_cpp),
    "mistralrs": ("mistralrs", mistralrs),
}


def in_threads(work: Callable[[int], int], count: int) -> int:
    """The sum of what `count` threads return, all at work at once."""
    found = [0] * count

    def run(index: int) -> None:
        found[index] = work(index)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(found)


def measure(name: str, weights: Path, parallels: list[int]) -> dict[str, Any]:
    """One round of one engine, in this process."""
    package, load = ENGINES[name]
    try:
        found: dict[str, Any] = {"version": version(package)}
    except PackageNotFoundError:
        return {"absent": True}
    started = time.perf_counter()
    draw = load(weights)
    draw(TASK.format("warm"), 1, 1)
    found["load_seconds"] = time.perf_counter() - started
    mark = str(time.time_ns())
    seconds = timed(lambda: draw(READING.format(mark), 1, 1))[1]
    found["prompt_tokens_per_second"] = prompt_tokens(READING.format(mark)) / seconds
    for parallel in parallels:
        drawn, seconds = timed(partial(draw, TASK.format(f"{mark} {parallel}"), parallel, REPLY_TOKENS))
        found[f"tokens_per_second_{parallel}"] = drawn / seconds
    found["peak_memory_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return found


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """What it returns, and the seconds it took."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def prompt_tokens(text: str) -> int:
    """The length of the reading task in tokens of this model, in which each digit is one: 552 and the digits."""
    return 552 + sum(character.isdigit() for character in text)


def main() -> int:
    """Run all rounds and write the results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parallel", type=int, nargs="+", default=list(PARALLEL))
    parser.add_argument("--python", action="append", default=[], metavar="ENGINE=PYTHON")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "engines.json")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--weights", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.weights, asked.parallel)))
        return 0
    from macrohard.models.weights import DIGEST, verified_weights

    weights, pythons = verified_weights(), dict(entry.split("=", 1) for entry in asked.python)
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in ENGINES}
    for number in range(asked.rounds):
        for name in ENGINES:
            words = [pythons.get(name, sys.executable), __file__, "--one", name, "--weights", str(weights)]
            words += ["--parallel", *map(str, asked.parallel)]
            rounds[name].append(found := in_process(words))
            print(f"round {number + 1} {name}: {found}", file=sys.stderr)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(report(rounds, f"sha256:{DIGEST}"), indent=2) + "\n", encoding="utf-8")
    return 0


def in_process(words: list[str]) -> dict[str, Any]:
    """What the process of one engine prints; how it failed when it did not come to its end."""
    try:
        done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=ROUND_SECONDS)
    except subprocess.TimeoutExpired:
        return {"failed": f"it took more than {ROUND_SECONDS} seconds"}
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        return {"failed": (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1][:200]}
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def report(rounds: dict[str, list[dict[str, Any]]], digest: str) -> dict[str, Any]:
    """All that is needed to read the numbers."""
    return {
        "format": "macrohard/bench-engines/v1",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "weights": digest,
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            "system": f"{platform.system()} {platform.release()}",
            "load_average": os.getloadavg()[0],
        },
        "reply_tokens": REPLY_TOKENS,
        "engines": {name: summary(found) for name, found in rounds.items()},
        "ratio_to_openvino_genai": {name: ratios(found, rounds["openvino-genai"]) for name, found in rounds.items()},
    }


def ratios(found: list[dict[str, Any]], base: list[dict[str, Any]]) -> dict[str, float]:
    """Median over the rounds of each number divided by that of Macrohard's engine in the same round.

    Another load of the machine changes both, so this holds better than the numbers themselves.
    """
    pairs = [(one, other) for one, other in zip(found, base, strict=True) if "version" in one and "version" in other]
    names = [name for name in pairs[0][0] if name != "version"] if pairs else []
    return {name: round(statistics.median(one[name] / other[name] for one, other in pairs), 2) for name in names}


def summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Minimum, median and maximum of each number, and how many rounds they stand for."""
    if any("absent" in one for one in found):
        return {"absent": True}
    good = [one for one in found if "failed" not in one]
    if not good:
        return {"failed": "it did not run to its end on this machine"}
    numbers = [name for name in good[0] if name != "version"]
    spread = {name: [one[name] for one in good] for name in numbers}
    return {
        "version": good[0]["version"],
        "n": len(good),
        **{
            name: {
                "min": round(min(values), 2),
                "median": round(statistics.median(values), 2),
                "max": round(max(values), 2),
            }
            for name, values in spread.items()
        },
    }


def processor() -> str:
    """The name of the processor, as the kernel tells it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


if __name__ == "__main__":
    raise SystemExit(main())
