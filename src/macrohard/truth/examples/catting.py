"""Files that a transcript shows with `cat`, which are there for its other commands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

CAT = re.compile(r"cat ([A-Za-z0-9_][\w.-]*)")


def shown_by_cat(parts: Sequence[tuple[str, str]], files: Mapping[str, str]) -> dict[str, str] | None:
    """The files that are there from the start: `files`, and what `cat` shows before any other command uses it.

    None where a command uses a file that another one may have written before. Each part is a command and its output.
    """
    known, written, used, begun = dict(files), set[str](), "", set[str]()
    for command, output in parts:
        cat = CAT.fullmatch(command)
        if cat is None:
            if any(name in command for name in written):
                return None
            used += f"\n{command}"
        elif output.startswith("cat:"):
            return None
        elif cat[1] in known:
            written |= {cat[1]} if known[cat[1]].rstrip("\n") != output else set()
        elif cat[1] in used:
            written.add(cat[1])
        else:
            known[cat[1]] = output + "\n"
            begun |= set() if used else {cat[1]}
    # What nobody names after it was shown may be the work of a command before.
    return {name: text for name, text in known.items() if name in files or name in begun or name in used}
