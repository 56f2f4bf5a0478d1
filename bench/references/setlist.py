"""23-setlist."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

SONG = re.compile(r"([0-9]{1,2}):([0-5][0-9]) (.+)")


def songs(text: str) -> list[tuple[int, str]]:
    """Seconds and title of each song."""
    found: list[tuple[int, str]] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        song = SONG.fullmatch(line)
        if song is None:
            raise Refused(f"not a song: {line}")
        found.append((int(song[1]) * 60 + int(song[2]), song[3]))
    return found


def clock(seconds: int) -> str:
    """9:05 or 1:02:07."""
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    return f"{hours}:{left:02}:{rest:02}" if hours else f"{left}:{rest:02}"


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """One call of `setlist`."""
    if len(words) < 2 or words[1] not in files:
        raise Refused("no such file")
    played = songs(files[words[1]])
    match list(words):
        case ["total", _]:
            return f"songs: {len(played)}, time: {clock(sum(length for length, _ in played))}"
        case ["fit", _, minutes] if minutes.isdecimal():
            left = int(minutes) * 60
            titles: list[str] = []
            for length, title in played:
                left -= length
                if left < 0:
                    break
                titles.append(title)
            return "\n".join(titles) or "nothing fits"
        case _:
            raise Refused("usage: setlist total FILE | fit FILE MINUTES")


GIG = "# first half\n3:20 Respect\n4:40 Dreams\n\n# second half\n10:00 Layla\n2:15 Help\n"


def gig(line: str, text: str = GIG) -> Session:
    """A session with one file, gig.txt."""
    return Session([line], files={"gig.txt": text})


REFERENCE = Command(
    run,
    [
        gig("total gig.txt"),
        gig("total gig.txt", "3:05 Help\n"),
        gig("total gig.txt", "03:05 Help\n"),
        gig("total gig.txt", "0:45 Intro\n"),
        gig("total gig.txt", "0:05 Intro\n"),
        gig("total gig.txt", "2:30 Help\n2:31 Yesterday\n"),
        gig("total gig.txt", "59:59 Jam\n"),
        gig("total gig.txt", "59:59 Jam\n0:01 Bow\n"),
        gig("total gig.txt", "30:04 Jam\n32:03 Jam again\n"),
        gig("total gig.txt", "75:10 Jam\n"),
        gig("total gig.txt", "99:59 Jam\n99:59 Jam\n"),
        gig("total gig.txt", "3:00 #9 Dream\n#3:00 Not tonight\n"),
        gig("total gig.txt", "\n\n4:00 Help\n\n"),
        gig("total gig.txt", "4:00 Help\n4:00 Help\n"),
        gig("total gig.txt", "4:00 1979\n3:10 5:15\n"),
        gig("fit gig.txt 3"),
        gig("fit gig.txt 4"),
        gig("fit gig.txt 7"),
        gig("fit gig.txt 8"),
        gig("fit gig.txt 17"),
        gig("fit gig.txt 18"),
        gig("fit gig.txt 20"),
        gig("fit gig.txt 21"),
        gig("fit gig.txt 90"),
        gig("fit gig.txt 0"),
        gig("fit gig.txt 5", "5:01 Long one\n1:00 Short one\n"),
        gig("fit gig.txt 6", "2:00 #9 Dream\n# 1:00 no\n3:59 Under Pressure\n0:01 Bow\n0:01 Encore\n"),
        gig("fit gig.txt 80", "75:10 Jam\n"),
        gig("total other.txt"),
        gig("fit other.txt 10"),
        gig("total gig.txt", "3:20 Respect\nDreams\n"),
        gig("total gig.txt", "3:60 Respect\n"),
        gig("total gig.txt", "3:5 Respect\n"),
        gig("total gig.txt", "3.20 Respect\n"),
        gig("total gig.txt", "3:20Respect\n"),
        gig("total gig.txt", "103:20 Respect\n"),
        gig("total gig.txt", "1:03:20 Respect\n"),
        gig("total gig.txt", ":20 Respect\n"),
        gig("fit gig.txt 10", "Respect 3:20\n"),
        gig("fit gig.txt 10", "3:205 Respect\n"),
    ],
)
