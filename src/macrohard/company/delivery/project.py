"""Writing the delivered project: beside its place first, then moved there in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from macrohard.company.brief import Brief
from macrohard.company.delivery import packaging, readme, unit_tests
from macrohard.company.delivery.repository import commit_all
from macrohard.company.frames import Program
from macrohard.company.order import Kind
from macrohard.errors import UserError
from macrohard.truth import Claim, Meta, write_evidence
from macrohard.writing import make_anew


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that goes into a delivered project. The same delivery gives the same bytes."""

    brief: Brief
    program: Program
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]
    meta: Meta
    ledger_lines: tuple[str, ...] = ()


def lay_out(program: Program, root: Path) -> None:
    """Write the source files of a program below `root`/src, and nothing else; `root` is made anew."""
    make_anew(root)
    write(root / "src", program.files)


def write(root: Path, files: dict[str, str]) -> None:
    """Write text files below `root`."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def deliver(delivery: Delivery, place: Path) -> Path:
    """Write the project to `place`, whole or not at all, and return `place`.

    Raises UserError when something else stands there already or it cannot be written.
    """
    part = place.parent / f".{place.name}.part"
    try:
        _fill(delivery, part)
        if place.exists():
            _make_room(place, part)
        os.rename(part, place)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise UserError(f"The project cannot be written to {place}: {error.strerror or error}.") from error
    return place


def _make_room(place: Path, part: Path) -> None:
    """Accept the same delivery from an attempt that was killed just after it; anything else is the user's."""
    seal, other = part / "evidence" / "ledger.jsonl", place / "evidence" / "ledger.jsonl"
    if not (other.is_file() and other.read_bytes() == seal.read_bytes()):
        shutil.rmtree(part, ignore_errors=True)
        raise UserError(f"{place} exists already: move it away or choose another folder with --out.")
    shutil.rmtree(place)


def _fill(delivery: Delivery, root: Path) -> None:
    lay_out(delivery.program, root)
    write(root, packaging.files(delivery.brief))
    write(root, unit_tests.files(delivery.brief, delivery.claims))
    write(root, {"README.md": readme.text(delivery.brief, delivery.claims, delivery.notes, delivery.meta)})
    if delivery.brief.kind is Kind.CLI:
        (root / "bin" / delivery.brief.name).chmod(0o755)
    write_evidence(root, delivery.claims, delivery.ledger_lines, delivery.meta)
    commit_all(root, _commits(delivery.brief), delivery.meta.date)


def _commits(brief: Brief) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Messages, each with the files and folders that it takes in."""
    binaries = ("bin",) if brief.kind is Kind.CLI else ()
    return (
        (f"Set up {brief.name}", ("pyproject.toml", ".gitignore")),
        (f"Add {brief.name}", ("src", *binaries)),
        ("Add tests made of the checks that passed", ("tests",)),
        ("Add README and evidence", ("README.md", "evidence")),
    )
