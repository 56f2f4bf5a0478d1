"""One door to both checks: against a repository, by running it, or against sources, by quoting them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from macrohard.answers.report import CheckReport, Progress
from macrohard.answers.software import check_repository
from macrohard.answers.sourced import check_sources
from macrohard.errors import UserError
from macrohard.models import Model


def check(
    text: str,
    *,
    sources: Sequence[str] = (),
    repository: Path | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
) -> CheckReport:
    """Hold what a text says against sources (files, folders, web addresses) or a repository, one of the two.

    `progress` is called while it works, as `Progress` says; a `model` reads what the sources leave open. `check_sources` and
    `check_repository` take more options. Raises UserError where it is not said against what, and as they do.
    """
    if repository is not None and not sources:
        return check_repository(text, repository, progress=progress)
    if repository is not None or not sources:
        raise UserError("Give sources or a repository to hold the text against, one of the two.")
    return check_sources(text, sources, progress, model=model)
