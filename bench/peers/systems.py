"""The peers: how each is installed, told what to do, and how it says that it is done.

Settings are those that its own documentation gives for a local model behind a chat completions interface.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from bench.peers.bare import BestOf, OneAnswer
from bench.peers.endpoint import MODEL_NAME
from bench.peers.jobs import FILE
from bench.peers.peer import KEYS, Peer, read
from bench.peers.walls import ADDRESS, Ended

_WROTE = "it ended normally and had written the file"


class MiniSweAgent(Peer):
    """A loop of bash commands; it is done when it submits."""

    name, requirement = "mini-swe-agent", "mini-swe-agent==2.4.6"
    done = "it submitted"
    env: ClassVar[Mapping[str, str]] = {**KEYS, "MSWEA_CONFIGURED": "true", "MSWEA_COST_TRACKING": "ignore_errors", "LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # fmt: skip
    _TRAJECTORY = ".trajectory.json"

    def command(self, instruction: str) -> tuple[str, ...]:
        """The configuration for models without tool calling, as its guide to local models says."""
        settings = ("-c", "mini_textbased.yaml", "-c", f"model.model_kwargs.api_base={ADDRESS}")
        model = ("-m", f"openai/{MODEL_NAME}", "--model-class", "litellm_textbased")
        return ("mini", *settings, *model, "-y", "--exit-immediately", "-o", self._TRAJECTORY, "-t", instruction)

    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """It submitted."""
        try:
            return bool(json.loads(read(work / self._TRAJECTORY))["info"]["exit_status"] == "Submitted")
        except (ValueError, KeyError, TypeError, RecursionError):
            return False


class Aider(Peer):
    """One exchange with whole-file edits, which is what it uses for models that it does not know."""

    name, requirement = "aider", "aider-chat==0.86.2"
    done = _WROTE
    env: ClassVar[Mapping[str, str]] = {**KEYS, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "AIDER_ANALYTICS": "false"}

    def command(self, instruction: str) -> tuple[str, ...]:
        """As its page on scripting says."""
        quiet = ("--no-git", "--no-check-update", "--no-show-model-warnings", "--no-pretty", "--no-stream")
        model = ("--model", f"openai/{MODEL_NAME}", "--edit-format", "whole")
        return ("aider", *model, *quiet, "--yes-always", "--message", instruction, FILE)

    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """It ended well and edited the file."""
        return ended.exit_status == 0 and self.has_written(work, before)


class GptEngineer(Peer):
    """Roles that write a project from a prompt."""

    name, requirement = "gpt-engineer", "gpt-engineer==0.3.1"
    done = _WROTE
    beside = "litellm==1.81.10"
    """Brings the table of tokens that it would fetch from the network at its start, only to count."""
    env: ClassVar[Mapping[str, str]] = {
        **KEYS,
        "MODEL_NAME": MODEL_NAME,
        "LOCAL_MODEL": "true",
        "TIKTOKEN_CACHE_DIR": "{environment}/beside/litellm/litellm_core_utils/tokenizers",
    }
    typed = "n\nn\n"
    """It asks whether it may run what it wrote, which would install things from the network, and whether it may pass on what it was
    asked; without an answer it ends before it writes a file."""

    def prepare(self, work: Path, instruction: str) -> None:
        """It reads what to do from a file."""
        known = self.written(work)
        text = f"{instruction}\n\n{FILE}:\n```python\n{known}```\n" if known else instruction
        (work / "project").mkdir()
        (work / "project" / "prompt").write_text(text, encoding="utf-8")

    def command(self, instruction: str) -> tuple[str, ...]:
        """The light mode and the temperature that its guide to open models names."""
        return ("gpte", "project", "--model", MODEL_NAME, "--lite", "--temperature", "0.1")

    def claims(self, work: Path, before: str, ended: Ended) -> bool:
        """It ended well and wrote the file."""
        return ended.exit_status == 0 and self.has_written(work, before)

    def written(self, work: Path) -> str:
        """From the workspace that it makes, which may hold the file in a folder."""
        found = sorted((work / "project").rglob(FILE))
        return read(found[0] if found else work / FILE)


PEERS: dict[str, Peer] = {peer.name: peer for peer in (OneAnswer(), BestOf(), Aider(), MiniSweAgent(), GptEngineer())}


def install(peer: Peer, folder: Path) -> Path:
    """The peer's environment; made when it is not there. Raises CalledProcessError when pip cannot."""
    environment = folder / peer.name
    ready, wanted = environment / ".ready", f"{peer.requirement} {peer.beside}"
    if not ready.is_file() or ready.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        pip = (str(environment / "bin" / "pip"), "install", "--quiet")
        if peer.requirement:
            subprocess.run([*pip, peer.requirement], check=True)
        if peer.beside:
            subprocess.run([*pip, "--no-deps", "--target", str(environment / "beside"), peer.beside], check=True)
        ready.write_text(wanted, encoding="utf-8")
    return environment
