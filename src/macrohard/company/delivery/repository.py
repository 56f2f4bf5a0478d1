"""The git repository of a delivered project; works where no git is installed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dulwich import porcelain
from dulwich.refs import Ref

_AUTHOR = b"Macrohard <macrohard@localhost>"


def commit_all(root: Path, commits: Sequence[tuple[str, tuple[str, ...]]], date: str) -> None:
    """Make `root` a repository with these commits, each a message and the files or folders it takes in.

    `date` is ISO 8601; with author and date fixed, the same files give the same commits.
    """
    stamp = int(datetime.fromisoformat(date).timestamp())
    with porcelain.open_repo_closing(porcelain.init(root, symlinks=False)) as repository:
        repository.refs.set_symbolic_ref(Ref(b"HEAD"), Ref(b"refs/heads/main"))
        for message, parts in commits:
            porcelain.add(repository, [str(path) for part in parts for path in _files(root / part)])
            porcelain.commit(
                repository,
                message=message.encode(),
                author=_AUTHOR,
                committer=_AUTHOR,
                author_timestamp=stamp,
                commit_timestamp=stamp,
                author_timezone=0,
                commit_timezone=0,
                no_verify=True,
                sign=False,
            )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(Path(folder, name) for folder, _, names in os.walk(path) for name in names)
