"""Orders that nobody could carry out: refused with one sentence before any work begins, or before what is the user's is overwritten."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from macrohard.company.order import Order
from macrohard.company.runs import unfinished_run
from macrohard.company.stubfile import NothingToFillIn, StubFile, read_stub_file, with_examples
from macrohard.company.users.usertests import user_test_checks
from macrohard.errors import UserError
from macrohard.models import open_model
from macrohard.truth.examples import parse_given
from macrohard.truth.standalone import visible
from macrohard.truth.syntax import is_encodable


def refuse(order: Order) -> None:
    """Raise UserError for what the user must mend: no text, examples that cannot be read, tests that would not be run, no such model."""
    for name, text in _texts(order):
        if not is_encodable(text) or "\0" in text:
            raise UserError(f"{name} is not text in UTF-8: {visible(text)}; give it as plain text.")
    user_test_checks(order.tests)
    if order.task == "implement":
        _refuse_filled(order)
        refuse_taken_place(evidence_place(order))
    else:
        for example in order.examples:
            parse_given(example, "program")
    # A run keeps its order on the disk, where the password of an address must not come to stand.
    open_model(order.model)


def stub_file_of(order: Order) -> StubFile:
    """The stub file of an order with the examples that were given beside it; raises UserError for one that cannot be used."""
    return with_examples(read_stub_file(order.request, order.file_name), order.examples, order.file_name)


def evidence_place(order: Order) -> Path:
    """The folder beside a file that is filled in, for its evidence."""
    out = Path(order.out)
    return out.with_name(f"{out.stem}.evidence")


def _refuse_filled(order: Order) -> None:
    """Raise UserError for a stub file that cannot be used; of one that was filled by a run that was killed then, name the run."""
    try:
        stub_file_of(order)
    except NothingToFillIn as error:
        run_id = unfinished_run(order.out)
        if run_id is None:
            raise
        raise UserError(
            f"{order.file_name} has nothing to fill in, but the last run that was to fill it in is not finished: "
            f"go on with `macrohard resume {run_id}`."
        ) from error


def refuse_taken_place(folder: Path) -> None:
    """Raise UserError where somebody else keeps something under the name of the evidence; earlier evidence is replaced."""
    ours = (folder / "evidence" / "ledger.jsonl").is_file() or (folder.is_dir() and not any(folder.iterdir()))
    if os.path.lexists(folder) and not ours:
        raise UserError(f"{folder} would be replaced and is not evidence of Macrohard: move it away, or use --out.")


def refuse_changed(order: Order, filled: str) -> None:
    """Raise UserError when the file to be written is neither what was ordered nor what an attempt that was killed wrote.

    Raises OSError when it cannot be read.
    """
    out = Path(order.out)
    if out.exists() and out.read_bytes().removeprefix(BOM_UTF8) not in (order.request.encode(), filled.encode()):
        raise UserError(
            f"{out} was changed or made meanwhile and stays as it is: move it away and resume the run, "
            "which then writes its result there, or give the command again for the file as it is now."
        )


def _texts(order: Order) -> Iterator[tuple[str, str]]:
    yield "The name of the file" if order.file_name else "The request", order.file_name or order.request
    yield from (("The example", example) for example in order.examples)
    yield from (("The name of a file of --tests", path) for path in order.tests)
    yield "The folder or file of --out", order.out
    yield "The name of the model", order.model
