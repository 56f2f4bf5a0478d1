"""44-noisy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bench.references import Command, Kept, Refused, Session

_LEVELS = ("DEBUG", "INFO", "WARN", "ERROR")


def run(words: Sequence[str], stdin: str, files: Mapping[str, str], kept: Kept) -> str:
    """Services by the number of their lines."""
    options = dict(zip(words[1::2], words[2::2], strict=True))
    level = options.get("--level")
    top = options.get("--top")
    if words[0] not in files or (level is not None and level not in _LEVELS):
        raise Refused(words[0])
    if top is not None and not re.fullmatch("0*[1-9][0-9]*", top):
        raise Refused(top)
    counts: Counter[str] = Counter()
    for line in files[words[0]].split("\n"):
        if not line:
            continue
        parts = re.fullmatch(r"[0-9]{2}:[0-9]{2}:[0-9]{2} (DEBUG|INFO|WARN|ERROR) ([^ :]+): .*", line)
        if not parts:
            raise Refused(line)
        if level in (None, parts[1]):
            counts[parts[2]] += 1
    lines = [f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return "\n".join(lines[: int(top)] if top else lines)


_APP = {
    "app.log": (
        "09:12:01 ERROR web: timeout\n09:12:05 INFO db: checkpoint done\n09:13:44 ERROR db: disk full\n"
        "09:14:00 WARN web: slow: 3s\n"
    )
}
_BIG = {
    "big.log": (
        "00:00:01 DEBUG mail: queue empty\n00:00:02 INFO auth: login ok\n00:00:03 INFO cron: run ERROR check\n\n"
        "00:00:04 WARN auth: bad password for db: admin\n00:00:05 INFO mail: sent\n00:00:06 ERROR proxy: upstream down\n"
        "\n00:00:07 INFO backup: done\n00:00:08 INFO auth: login ok\n00:00:09 DEBUG proxy: retry 1\n23:59:59 WARN cron: late\n"
    )
}
_EMPTY = {"empty.log": ""}
_FIRST = "10:00:00 INFO web: up\n"
REFERENCE = Command(
    run,
    [
        Session(["app.log"], files=_APP),
        Session(["app.log --level ERROR"], files=_APP),
        Session(["app.log --level INFO"], files=_APP),
        Session(["app.log --level WARN"], files=_APP),
        Session(["app.log --level DEBUG"], files=_APP),
        Session(["app.log --top 1"], files=_APP),
        Session(["app.log --top 2"], files=_APP),
        Session(["app.log --top 9"], files=_APP),
        Session(["app.log --level ERROR --top 1"], files=_APP),
        Session(["big.log"], files=_BIG),
        Session(["big.log --top 1"], files=_BIG),
        Session(["big.log --top 3"], files=_BIG),
        Session(["big.log --top 4"], files=_BIG),
        Session(["big.log --level INFO"], files=_BIG),
        Session(["big.log --level INFO --top 2"], files=_BIG),
        Session(["big.log --level DEBUG"], files=_BIG),
        Session(["big.log --level WARN"], files=_BIG),
        Session(["big.log --level ERROR"], files=_BIG),
        Session(["big.log --level DEBUG --top 1"], files=_BIG),
        Session(["empty.log"], files=_EMPTY),
        Session(["empty.log --level WARN"], files=_EMPTY),
        Session(["one.log"], files={"one.log": _FIRST}),
        Session(["ten.log"], files={"ten.log": _FIRST * 9 + "10:00:01 INFO api: up\n" * 10}),
        Session(["none.log"]),
        Session(["other.log"], files=_APP),
        Session(["app.log --level FATAL"], files=_APP),
        Session(["app.log --top 0"], files=_APP),
        Session(["app.log --top -1"], files=_APP),
        Session(["app.log --top two"], files=_APP),
        Session(["app.log --top 1.5"], files=_APP),
        Session(["bad.log"], files={"bad.log": f"{_FIRST}10:00:01 FATAL web: down\n"}),
        Session(["bad.log"], files={"bad.log": f"{_FIRST}something else\n"}),
        Session(["bad.log"], files={"bad.log": f"{_FIRST}INFO web: no time\n"}),
        Session(["bad.log"], files={"bad.log": f"{_FIRST}10:00:01 web: no level\n"}),
        Session(["bad.log --level INFO"], files={"bad.log": f"{_FIRST}10:00:01 FATAL web: down\n"}),
        Session(["bad.log --top 1"], files={"bad.log": f"{_FIRST}10:00:01 INFO no service here\n"}),
    ],
)
