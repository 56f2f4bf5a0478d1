"""What a peer is to the harness: how it is told what to do, and how it says that it is done."""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from bench.peers.jobs import FILE
from bench.peers.walls import ADDRESS, Ended

_LARGEST = 10_000_000
KEYS = {"OPENAI_API_KEY": "none", "OPENAI_API_BASE": ADDRESS, "OPENAI_BASE_URL": ADDRESS}
"""Where most look for the model."""


class Peer(ABC):
    """A system in an environment of its own."""

    name: str
    requirement: str = ""
    """What pip installs; nothing where it is empty."""
    beside: str = ""
    """A requirement of which only files are used, put into `beside` in the environment."""
    env: ClassVar[Mapping[str, str]] = KEYS
    """`{environment}` stands for the folder of its environment."""
    typed: str = ""
    """What it is answered when it asks."""
    done: str
    """When it is taken to say that it is done, as the end of a sentence."""

    def prepare(self, work: Path, instruction: str) -> None:
        """Put what the peer needs besides the task into the working folder; most need nothing."""

    @property
    def title(self) -> str:
        """What it is called in results, with its version."""
        return self.requirement or self.name

    @abstractmethod
    def command(self, instruction: str) -> tuple[str, ...]:
        """What is typed, in the working folder."""

    @abstractmethod
    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """Whether it says that the task is done; `before` is what stood in the file."""

    def has_written(self, work: Path, before: str) -> bool:
        """Whether more than white space of the file is new."""
        return "".join(self.written(work).split()) not in {"", "".join(before.split())}

    def written(self, work: Path) -> str:
        """The file that it was asked for; '' when there is none."""
        return read(work / FILE)


def read(path: Path) -> str:
    """A file that a peer wrote, no more than its first ten megabytes; '' for anything but a plain file, since a link would
    be followed outside its walls."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as file:
        plain = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return file.read(_LARGEST).decode(errors="replace") if plain else ""
