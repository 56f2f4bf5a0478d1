"""What the tests of this room share: a sandbox without walls for programs written here, and a small project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from macrohard.sandbox import Command, Completed, Ending
from macrohard.truth import Check, Claim, Context, Expectation, Meta, Source, Step, Verdict, run_check, write_evidence

ROMAN = """
import sys

VALUES = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(number):
    text = ""
    for value, letters in VALUES:
        while number >= value:
            text, number = text + letters, number - value
    return text


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        print("roman: give one whole number", file=sys.stderr)
        sys.exit(2)
    print(to_roman(int(sys.argv[1])))
"""


@dataclass
class OpenSandbox:
    """Runs commands with no walls at all, so only for programs that stand in these tests."""

    name: str = "open"
    commands: list[Command] = field(default_factory=list)
    forced_ending: Ending | None = None

    def run(self, command: Command) -> Completed:
        self.commands.append(command)
        inside = {place: str(folder) for place, folder in command.mounts.items()}
        env = {key: inside.get(value, value) for key, value in command.env.items()}
        argv = [sys.executable if word == "python3" else word for word in command.argv]
        started = time.monotonic()
        done = subprocess.run(
            argv,
            input=command.stdin,
            capture_output=True,
            cwd=command.workdir,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **env},
            timeout=command.limits.wall_seconds,
            check=False,
        )
        ending: Ending = self.forced_ending or ("exit" if done.returncode >= 0 else "signal")
        status = done.returncode if ending == "exit" else None
        return Completed(status, done.stdout, done.stderr, ending, time.monotonic() - started, 0.0, 0)


def roman_check(number: int = 14, numeral: str = "XIV") -> Check:
    """The check that `roman NUMBER` prints NUMERAL."""
    step = Step(argv=("{program}", str(number)), expect=Expectation(stdout=numeral))
    return Check(
        id=f"roman-{number}",
        statement=f"`roman {number}` prints `{numeral}`",
        source=Source.REQUEST,
        quotation=f"'roman {number}' prints {numeral}",
        steps=(step,),
    )


PROGRAM_WORDS = ("{python}", "-m", "roman")


@pytest.fixture
def sandbox() -> OpenSandbox:
    return OpenSandbox()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a program that turns numbers into Roman numerals."""
    package = tmp_path / "roman" / "src" / "roman"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(ROMAN)
    (package / "__main__.py").write_text("from roman import main\n\nmain()\n")
    return tmp_path / "roman"


@pytest.fixture
def context(project: Path, sandbox: OpenSandbox) -> Context:
    return Context(project, sandbox)


@pytest.fixture
def shell() -> str:
    """A POSIX shell."""
    found = shutil.which("sh")
    assert found
    return found


META = Meta(
    name="roman",
    date="2026-11-30T12:00:00Z",
    model="scripted",
    model_digest="sha256:" + "0" * 64,
    macrohard="0.1.0",
)


def roman_claims(project: Path, sandbox: OpenSandbox) -> list[Claim]:
    """Three claims that were shown by running the program, and one that nobody could show."""
    runs = [
        run_check(roman_check(n, r), project, PROGRAM_WORDS, sandbox) for n, r in [(14, "XIV"), (9, "IX"), (4, "IV")]
    ]
    verified = [
        Claim(
            id=f"C{index:02d}",
            statement=run.check.statement,
            subject="roman",
            maker="request",
            evidence=(run,),
            verdict=Verdict.VERIFIED,
            confidence=0.9,
        )
        for index, run in enumerate(runs, 1)
    ]
    open_claim = Claim(id="C04", statement="it is fast", subject="roman", maker="tester", reason="Nothing measures it.")
    return [*verified, open_claim]


@pytest.fixture
def delivered(project: Path, sandbox: OpenSandbox) -> Path:
    """A project with its evidence."""
    write_evidence(project, roman_claims(project, sandbox), [], META)
    sandbox.commands.clear()
    return project
