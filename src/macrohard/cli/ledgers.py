"""The ledgers in which reports of checks are kept."""

from __future__ import annotations

import os
from pathlib import Path

from macrohard import answers
from macrohard.truth import Ledger

__all__ = ["keep_report", "open_ledger"]


def open_ledger(place: str) -> Ledger:
    """The ledger at a path or a URL, made if it is not there. Raises UserError when it cannot be used."""
    return Ledger.open(place if "://" in place else Path(os.path.expanduser(place)).absolute())


def keep_report(report: answers.CheckReport, ledger: Ledger, text: str | None) -> None:
    """Keep the report under the file or address that was checked."""
    is_place = text is not None and (answers.is_address(text) or os.path.isfile(text))
    place = report.repository if text is None else text if is_place else None
    answers.keep(report, ledger, place)
