"""What the verdicts of `macrohard check --sources` are worth on public labelled sets, and how sure they are.

    python -m bench.grounding --data DIR [--read SET …]

The embedded model reads the sets that `--read` names, by default all; what it has read is kept, so that a run that was stopped goes
on where it was. Writes `bench/results/grounding.json`, and the calibrations and probes that Macrohard ships.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.grounding.fitting import fits
from bench.grounding.material import FILES, SETS, sources
from bench.grounding.measuring import Found, counted, digest_of, found_of
from bench.grounding.shipping import Origin, ship
from bench.grounding.states import reader, states
from bench.machine import circumstances, write_result
from macrohard.paths import HOME_VARIABLE, state_dir

COMMAND = "python -m bench.grounding --data DIR"


def main() -> int:
    """Measure, let the model read, fit and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.grounding", description="Verdicts on public sets.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--read", nargs="*", choices=SETS, default=SETS, help="sets that the embedded model reads")
    options = parser.parse_args()
    found = dict(_held_against_sources(options.data))
    model = reader(state_dir())
    scored = fits(found, {name: states(name, found[name], model) for name in options.read})
    digest = digest_of(options.data / file for name in SETS for file in FILES[name])
    command = COMMAND if set(options.read) == set(SETS) else f"{COMMAND} --read {' '.join(options.read)}"
    ship(scored, Origin(digest, model.digest, command))
    result = {
        "schema": "macrohard/bench/grounding/v3",
        "command": command,
        **circumstances(),
        "data_digest": digest,
        "model_digest": model.digest,
        "sets": {name: counted(rows) for name, rows in found.items()},
        "fits": {name: item.summary for name, item in scored.items()},
    }
    write_result("grounding", result)
    print(json.dumps(result["fits"], indent=2))
    return 0


def _held_against_sources(data: Path) -> Iterator[tuple[str, Sequence[Found]]]:
    """The claims of each set, with what the tests make of them."""
    with tempfile.TemporaryDirectory() as folder, _home(Path(folder) / "home"):
        for name in SETS:
            found = list(found_of(sources(name, data), Path(folder) / "sources"))
            print(f"{name}: {len(found)} claims", flush=True)
            yield name, found


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """A place of its own for the indexes of sources, of which none is kept."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before


if __name__ == "__main__":
    raise SystemExit(main())
