"""A fresh copy of the program under audit: what is digested is exactly what is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macrohard.truth import standalone


class Snapshot:
    """Copies folders of a project that nobody vouches for, each once, without links, pipes and cached bytecode."""

    def __init__(self, project: Path, folder: Path) -> None:
        self._project = project
        self.folder = folder
        """Where the copy is; it looks like the project but holds only what was taken."""
        self._taken: dict[str, list[str]] = {}

    def take(self, python_path: str) -> list[str]:
        """Copy a folder of the project, unless it has been, and return what could not be copied.

        Raises OSError when the path leaves the project, is not there, or holds too much.
        """
        if python_path not in self._taken:
            found, strange = standalone.read_program(str(self._project), python_path)
            (self.folder / python_path).mkdir(parents=True, exist_ok=True)
            for path, data in found.items():
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_bytes(data)
            self._taken[python_path] = strange
        return self._taken[python_path]


@contextmanager
def snapshot(project: Path) -> Iterator[Snapshot]:
    """Provide an empty snapshot of a project, which is gone afterwards."""
    with standalone.fresh_folder("audit-") as folder:
        yield Snapshot(project, Path(folder))
