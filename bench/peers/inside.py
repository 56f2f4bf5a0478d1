"""Runs inside the walls of a peer: forwards a loopback port to the socket of the model, then runs the peer.

python3 inside.py SOCKET PORT -- COMMAND …
"""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import threading

_GIBIBYTE = 1024**3
_LIMITS = {
    resource.RLIMIT_AS: 8 * _GIBIBYTE,
    resource.RLIMIT_FSIZE: _GIBIBYTE,
    resource.RLIMIT_NPROC: 512,
    resource.RLIMIT_CORE: 0,
}
"""Far more than a peer needs, so that a mistake of the model harms nobody else."""


def main() -> int:
    """The exit status of the command."""
    path, port, command = sys.argv[1], int(sys.argv[2]), sys.argv[4:]
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    listener = socket.create_server(("127.0.0.1", port))
    threading.Thread(target=_serve, args=(listener, path), daemon=True).start()
    return subprocess.run(command, check=False).returncode


def _serve(listener: socket.socket, path: str) -> None:
    while True:
        near, _ = listener.accept()
        far = socket.socket(socket.AF_UNIX)
        far.connect(path)
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=_copy, args=(source, target), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Everything that comes from one side goes to the other, its end too."""
    try:
        while content := source.recv(65536):
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


if __name__ == "__main__":
    raise SystemExit(main())
