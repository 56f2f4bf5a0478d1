"""Makes a picture of a real run: the command runs in a terminal of its own, and its last screen becomes an SVG.

python -m bench.recording docs/images/build.svg ./macrohard build examples/requests/01-roman.txt --out DIR
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from io import StringIO
from pathlib import Path

import pyte
from pyte.screens import Char
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.style import Style
from rich.text import Text

COLUMNS, LINES = 100, 200


def main() -> int:
    """Run the command and write the picture; returns the exit status of the command."""
    picture, command = Path(sys.argv[1]), sys.argv[2:]
    screen = pyte.Screen(COLUMNS, LINES)
    status = run(command, pyte.ByteStream(screen))
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(draw(screen, shlex.join(command)), encoding="utf-8")
    print(f"{picture} (exit status {status})")
    return status


def run(command: list[str], stream: pyte.ByteStream) -> int:
    """Run the command in a pseudo-terminal and feed all it writes to the emulated screen."""
    leader, follower = pty.openpty()
    ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": "50"}
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        while data := _read(leader):
            stream.feed(data)
    os.close(leader)
    return process.returncode


def _read(leader: int) -> bytes:
    """What was written since; nothing at the end, which Linux reports as an error."""
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""


def draw(screen: pyte.Screen, title: str) -> str:
    """The used lines of the screen as SVG."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    last = max((line for line, text in enumerate(screen.display) if text.strip()), default=0)
    for line in range(last + 1):
        row = screen.buffer[line]
        console.print(Text.assemble(*((row[column].data, _style(row[column])) for column in range(COLUMNS))))
    # The reader's own fixed-width font: a picture in a repository fetches nothing from anywhere.
    form = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title=title, code_format=form.replace("Fira Code", "monospace"))


def _style(char: Char) -> Style:
    colour = (
        None if char.fg == "default" else f"#{char.fg}" if len(char.fg) == 6 else char.fg.replace("brown", "yellow")
    )
    return Style(color=colour, bold=char.bold, italic=char.italics, reverse=char.reverse)


if __name__ == "__main__":
    raise SystemExit(main())
