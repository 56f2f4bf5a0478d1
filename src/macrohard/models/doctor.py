"""What is in force for a model on this machine, and whether it answers."""

from __future__ import annotations

import os
import time
from typing import Literal

from pydantic import BaseModel, ConfigDict

from macrohard.errors import MacrohardError
from macrohard.models.catalog import open_model
from macrohard.models.embedded import kernels
from macrohard.models.embedded.client import EmbeddedModel
from macrohard.models.embedded.conversion import conversion_folder, whole
from macrohard.models.embedded.machine import available_bytes, memory_bytes
from macrohard.models.question import Message, Question, Sampling
from macrohard.models.weights import are_whole, weights_path

QUESTION = Question((Message("user", "Reply with the word ready."),), Sampling(max_tokens=8), purpose="doctor")


class Machine(BaseModel):
    """What the embedded model finds here. Nothing is started to find out."""

    model_config = ConfigDict(frozen=True)

    engine: str
    """Name and version; empty when it is not installed."""
    kernels: tuple[str, ...]
    """Instruction families of the processor that the engine can use, as in 'AVX-512 VNNI'."""
    processors: int
    memory_bytes: int
    available_bytes: int
    weights: Literal["whole", "damaged", "missing"]
    weights_path: str
    prepared: bool
    """Whether the weights lie here in the engine's own format."""
    server: int | None
    """Process number of the running server."""


class Checkup(BaseModel):
    """What came of asking a model one small question."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal["macrohard/model/v1"] = "macrohard/model/v1"
    name: str
    digest: str
    """'sha256:…' of the weights, or the model's name; empty when it could not be opened."""
    able: bool
    problem: str
    """What to do, when it is not able; empty otherwise."""
    reply: str
    seconds: float
    """Until the answer or the problem, the start of the embedded model included when it was not running."""
    machine: Machine | None
    """For the embedded model."""


def machine() -> Machine:
    """The state of the embedded model on this machine. It reads the weights when they have changed (5 s)."""
    path, engine = weights_path(), kernels.engine()
    state: Literal["whole", "damaged"] = "whole" if are_whole(path) else "damaged"
    server = EmbeddedModel().server()
    return Machine(
        engine=engine,
        kernels=kernels.kernels(),
        processors=len(os.sched_getaffinity(0)),
        memory_bytes=memory_bytes(),
        available_bytes=available_bytes(),
        weights=state if path.exists() else "missing",
        weights_path=str(path),
        prepared=bool(engine) and whole(conversion_folder()),
        server=server.pid if server is not None else None,
    )


def doctor(name: str = "embedded") -> Checkup:
    """Ask a model one small question; a problem the user can mend is told in the result."""
    digest, reply, problem, started = "", "", "", time.monotonic()
    try:
        model = open_model(name)
        digest = model.digest
        reply = model.answer([QUESTION])[0].replies[0].text
    except MacrohardError as error:
        problem = str(error)
    return Checkup(
        name=name,
        digest=digest,
        able=not problem,
        problem=problem,
        reply=reply,
        seconds=time.monotonic() - started,
        machine=machine() if name == "embedded" else None,
    )
