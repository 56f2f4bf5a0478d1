"""Which version of the code measured."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from dulwich import porcelain
from dulwich.errors import NotGitRepository
from dulwich.repo import Repo

_ROOT = Path(__file__).resolve().parent.parent


@cache
def commit() -> str | None:
    """The commit of the code, 'abc…, changed' where a module differs from it; None outside a repository.

    Asked once, so that what is committed while a measurement runs does not count.
    """
    try:
        repository = Repo(str(_ROOT))
    except NotGitRepository:
        return None
    with repository:
        head = repository.head().decode()
        status = porcelain.status(repository, untracked_files="no")
    paths = [*(path for paths in status.staged.values() for path in paths), *status.unstaged]
    changed = any(os.fsdecode(path).endswith(".py") for path in paths)
    return f"{head}, changed" if changed else head
