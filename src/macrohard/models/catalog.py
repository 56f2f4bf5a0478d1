"""All minds by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macrohard.errors import UserError
from macrohard.models.apart import Apart
from macrohard.models.budget import Budget
from macrohard.models.embedded import EmbeddedModel
from macrohard.models.provider import ENDPOINT, KINDS, key_is_set
from macrohard.models.question import Model
from macrohard.models.record import Recorder
from macrohard.models.scripted import ScriptedModel
from macrohard.models.weights import weights_path

KNOWN = "embedded, grok, grok/MODEL, openai/MODEL, anthropic/MODEL, http://HOST:PORT/v1#MODEL, scripted:FILE"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of mind, for `macrohard models`."""

    name: str
    description: str
    ready: bool
    needs: str
    """What to do to use it; empty when it is ready."""


def open_model(name: str, record: Recorder | None = None, budget: Budget | None = None) -> Model:
    """The mind that the user calls `name`, within a budget, behind a record of its calls.

    Recorded answers cost nothing, so the record stands before the budget. The replies of a remote mind are requests of their own,
    which are held for and recorded one by one. Nothing is started or asked yet. Raises
    UserError for a name that nobody has, ModelUnavailable when a key is missing.
    """
    bare = model = _bare(name)
    if budget is not None:
        model = budget.wrap(model)
    if record is not None:
        model = record.wrap(model)
    return model if isinstance(bare, EmbeddedModel | ScriptedModel) else Apart(model)


def list_models() -> list[Entry]:
    """Every kind of mind, and what each still needs."""
    pulled = weights_path().is_file()
    entries = [
        Entry(
            "embedded", "Qwen2.5-Coder-1.5B-Instruct on this machine", pulled, "" if pulled else "macrohard models pull"
        )
    ]
    for kind in KINDS.values():
        set_ = key_is_set(kind)
        entries.append(Entry(kind.pattern, kind.description, set_, "" if set_ else f"set {kind.key}"))
    entries.append(Entry("http://HOST:PORT/v1#MODEL", ENDPOINT.description, True, ""))
    entries.append(Entry("scripted:FILE", "replies from a script, for tests and demonstrations", True, ""))
    return entries


def _bare(name: str) -> Model:
    if name == "embedded":
        return EmbeddedModel()
    provider, _, model = name.partition("/")
    scheme, _, rest = name.partition(":")
    if scheme == "scripted" and rest:
        return ScriptedModel.load(Path(rest).expanduser())
    if scheme in {"http", "https"} or (provider in KINDS and (model or provider == "grok")):
        from macrohard.models.remote import RemoteModel  # loading it takes more than a second

        return RemoteModel.at(name) if scheme in {"http", "https"} else RemoteModel.of(provider, model)
    raise UserError(f"There is no model called {name[:100]!r}; known are: {KNOWN}")
