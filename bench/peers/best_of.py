"""Runs inside the walls of a peer: the model is asked several times and for tests, and what passes most of its own tests is written down.

python3 best_of.py ADDRESS INSTRUCTION FILE FORM COUNT TEMPERATURE TESTS
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from one_answer import ask, code_in, shown  # type: ignore[import-not-found]  # they are beside each other inside the walls

_SECONDS = 20
"""For all tests of one answer."""
_RUN = """
import importlib.util, sys
sys.path.insert(0, "")
made = importlib.util.spec_from_file_location("tests", "tests.py")
tests = importlib.util.module_from_spec(made)
made.loader.exec_module(tests)
for name in [name for name in vars(tests) if name.startswith("test")]:
    try:
        vars(tests)[name]()
        print("passed", flush=True)
    except BaseException as problem:
        print("failed", name, type(problem).__name__, flush=True)
"""


def main() -> int:
    """0 where the best answer passes all of at least one test, 2 where it does not, 1 where no reply holds code."""
    address, instruction, file, form = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    count, temperature, tests = int(sys.argv[5]), float(sys.argv[6]), sys.argv[7]
    stub = shown(file, instruction)
    questions = [(form.format(stub=stub), temperature)] * count + [(tests.format(file=file, stub=stub), 0.0)]
    with ThreadPoolExecutor(len(questions)) as pool:
        replies = list(pool.map(lambda question: ask(address, *question), questions))
    sources = [code for reply in replies[:count] if (code := code_in(reply)) is not None]
    written = code_in(replies[count]) or ""
    if not sources:
        return 1
    results = [tried(file.name, source, written) for source in sources]
    best = max(range(len(sources)), key=lambda index: results[index][0])
    print(written, *results, sep="\n")
    file.write_text(sources[best], encoding="utf-8")
    passed, failed = results[best]
    return 0 if passed and not failed else 2


def tried(name: str, source: str, tests: str) -> tuple[int, int]:
    """How many tests an answer passes and fails; one fails where they do not run to their end."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_text(source, encoding="utf-8")
        Path(folder, "tests.py").write_text(tests, encoding="utf-8")
        command = [sys.executable, "-c", _RUN]
        try:
            ended = subprocess.run(
                command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as late:
            return (late.stdout or b"").count(b"passed\n"), 1
    return ended.stdout.count(b"passed\n"), ended.stdout.count(b"failed ") + (ended.returncode != 0)


if __name__ == "__main__":
    raise SystemExit(main())
