"""The bare model as a peer: asked once, or several times with tests of its own."""

from __future__ import annotations

from pathlib import Path

from bench.functions.sampling import BARE, TEMPERATURE
from bench.peers.jobs import FILE
from bench.peers.peer import Peer
from bench.peers.walls import ADDRESS, Ended

_SCRIPTS = ("one_answer.py", "best_of.py")
_INSIDE = ".bare"
COUNT = 8
_TESTS = (
    "{stub}\n\nThis is being written in the file {file}. Write tests for it: a self-contained Python script in a markdown code "
    "block, with functions whose names begin with `test`, that take nothing and hold assert statements. The script stands beside "
    "{file}: where that is a module, import from it; where it is a program, run it with subprocess as its user does."
)


class OneAnswer(Peer):
    """Asked once; it says of whatever it wrote that it is done."""

    name = "one-answer"
    done = "it wrote the file"

    def prepare(self, work: Path, instruction: str) -> None:
        """What asks the model."""
        (work / _INSIDE).mkdir()
        for name in _SCRIPTS:
            text = Path(__file__).with_name(name).read_text(encoding="utf-8")
            (work / _INSIDE / name).write_text(text, encoding="utf-8")

    def command(self, instruction: str) -> tuple[str, ...]:
        """In one question that shows what stands in the file, with the likeliest words."""
        return ("python3", f"{_INSIDE}/one_answer.py", ADDRESS, instruction, FILE, BARE)

    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """It wrote the file."""
        return self.has_written(work, before)


class BestOf(OneAnswer):
    """Asked eight times and for tests; it says that it is done where its best answer passes all of these."""

    name = "best-of-eight"
    done = "its best answer passed all tests that it had written"

    def command(self, instruction: str) -> tuple[str, ...]:
        """With the same question, and one for tests."""
        several = (str(COUNT), str(TEMPERATURE), _TESTS)
        return ("python3", f"{_INSIDE}/best_of.py", ADDRESS, instruction, FILE, BARE, *several)

    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """Its tests say so."""
        return ended.exit_status == 0 and super().claims(work, before, ended)
