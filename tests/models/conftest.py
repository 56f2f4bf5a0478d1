"""A provider that misbehaves as told, over real sockets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Provider:
    """A local server of the chat completions interface; each request meets the next behaviour, the last repeats."""

    def __init__(self) -> None:
        self.behaviours: list[Behaviour] = [says("ok")]
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        provider, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    number = len(provider.requests)
                    provider.requests.append({"path": self.path, **body})
                    provider.keys.append(self.headers.get("Authorization") or self.headers.get("x-api-key") or "")
                provider.behaviours[min(number, len(provider.behaviours) - 1)](self, body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def completion(text: str, *, finish: str = "stop", usage: bool = True) -> bytes:
    body: dict[str, Any] = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    return json.dumps(body).encode()


def says(text: str, **options: Any) -> Behaviour:
    return lambda handler, body: send(handler, 200, completion(text, **options))


def fails(status: int, message: str = "no", **headers: str) -> Behaviour:
    body = json.dumps({"error": {"message": message, "type": "t", "code": None}}).encode()
    return lambda handler, _: send(handler, status, body, **headers)


def garbage(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    send(handler, 200, b"<html>surprise</html>", Content_Type="text/html")


def half_json(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    send(handler, 200, b'{"id": "1", "choices": [')


def truncated(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """Promises more bytes than it sends."""
    whole = completion("never seen")
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(whole)))
    handler.end_headers()
    handler.wfile.write(whole[:20])
    handler.wfile.flush()
    handler.connection.shutdown(2)
    handler.close_connection = True


def hangs(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    time.sleep(3.0)
    handler.close_connection = True


class OneAtATime:
    """What a small server does: it draws one reply after the other, and counts how many requests it has at once."""

    def __init__(self, seconds: float) -> None:
        self.most = 0
        self._seconds = seconds
        self._here = 0
        self._drawing, self._counting = threading.Lock(), threading.Lock()

    def __call__(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        self._count(1)
        with self._drawing:
            time.sleep(self._seconds)
        self._count(-1)
        send(handler, 200, completion("ok"))

    def _count(self, more: int) -> None:
        with self._counting:
            self._here += more
            self.most = max(self.most, self._here)


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider()
    yield server
    server.close()
