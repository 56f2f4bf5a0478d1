"""The server process: `python -m macrohard.models.embedded.server FOLDER MODEL DIGEST`.

It loads the weights once, answers on a free port of the loopback, and ends when nobody has asked for a while.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import socket
import sys
from pathlib import Path

import uvicorn

from macrohard.models.embedded.machine import cache_gib
from macrohard.models.embedded.state import ANOTHER_LIVES, Place, State
from macrohard.models.lock import hold

IDLE_SECONDS = 600.0
GRACE_SECONDS = 5
"""What a server that ends gives to replies under way, which never come when the engine is broken; clients wait longer for
one that ends (`living.ENDING_SECONDS`), and ask the next one for what this one has not answered."""
_LOOPBACK = "127.0.0.1"


def main() -> int:
    """Serve until idle; ends with ANOTHER_LIVES when another server of the same weights is alive."""
    parser = argparse.ArgumentParser(prog="python -m macrohard.models.embedded.server")
    parser.add_argument("folder", type=Path, help="private folder for the state")
    parser.add_argument("model", type=Path, help="folder of the converted model")
    parser.add_argument("digest", help="sha256:… of the weights")
    parser.add_argument("--idle", type=float, default=IDLE_SECONDS, help="seconds without a request before it ends")
    asked = parser.parse_args()
    place = Place(asked.folder.absolute(), asked.digest)
    if not hold(place.living):
        return ANOTHER_LIVES
    model = asked.model.absolute()
    os.chdir("/")  # keep no folder of the user busy
    stay_on_loopback()
    try:
        asyncio.run(serve(place, model, asked.digest, asked.idle))
    finally:
        state = place.read()
        if state is not None and state.pid == os.getpid():
            place.clear()
    return 0


async def serve(place: Place, model: Path, digest: str, idle: float) -> None:
    """Load, publish the state, answer until `idle` seconds have passed without a request."""
    from macrohard.models.embedded.app import App  # loads the engine
    from macrohard.models.embedded.batch import Batch
    from macrohard.models.embedded.embedding import Embedder
    from macrohard.models.embedded.engine import Engine

    batch, key = Batch(Engine(model, cache_gib())), secrets.token_urlsafe(32)
    app = App(batch, key, lambda: Embedder(model))
    listener = socket.create_server((_LOOPBACK, 0), backlog=128)
    config = uvicorn.Config(
        app.asgi,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    place.write(State(pid=os.getpid(), port=listener.getsockname()[1], key=key, digest=digest))
    drawing = asyncio.create_task(batch.run())
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while app.idle_seconds() < idle and not drawing.done() and not serving.done():
        await asyncio.sleep(min(1.0, idle / 4))
    place.clear()
    await asyncio.sleep(0.2)  # what has been answered goes out
    server.should_exit = True
    await serving
    drawing.cancel()
    if not drawing.cancelled() and drawing.done():
        drawing.result()


def stay_on_loopback() -> None:
    """Refuse, for the rest of the process, every connection and name look-up by Python code beyond the loopback."""
    sys.addaudithook(_refuse)


def _refuse(name: str, arguments: tuple[object, ...]) -> None:
    if name == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] != _LOOPBACK:
        raise PermissionError("the embedded server does not use the network")
    if name == "socket.getaddrinfo" and arguments[0] not in (_LOOPBACK, "localhost", None):
        raise PermissionError("the embedded server does not use the network")


if __name__ == "__main__":
    raise SystemExit(main())
