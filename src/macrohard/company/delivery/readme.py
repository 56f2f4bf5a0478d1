"""The README of a delivered project: what was ordered, what is verified, what is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from macrohard.company.brief import Brief
from macrohard.company.order import Kind
from macrohard.company.properties import is_property
from macrohard.truth import Claim, Meta, Source, Verdict
from macrohard.truth.standalone import visible

_CODE = re.compile(r"((?<![`\\])(?:`(?!`)[^`]+`(?!`)|``(?!`).+?(?<!`)``(?!`)))")
_MADE = re.compile(r"<(?=[A-Za-z/!?])|\[(?=[^\]]*\]\s*[(\[:])")


def text(brief: Brief, claims: Sequence[Claim], notes: Sequence[str], meta: Meta) -> str:
    """The README. Every statement about what the program does is a verified claim, or is called unverified."""
    verified = [claim for claim in claims if claim.verdict is Verdict.VERIFIED]
    others = [claim for claim in claims if claim.verdict is not Verdict.VERIFIED]
    parts = [f"# {plain(brief.name)}", "This was ordered:", _quote(brief.request), *_use(brief), "## Verified"]
    parts.append("Each of these was seen by running it. The number names its check in `evidence/checks/`.")
    parts += [_list(verified) if verified else "Nothing could be verified."]
    parts.append("## Unverified")
    parts.append(_list(others) if others else "No claim about this program was left unverified.")
    if brief.choices:
        parts += ["## Choices", "The request leaves these open; say more in it to have them otherwise."]
        parts += ["\n".join(f"- {prose(choice)}" for choice in brief.choices)]
    if notes:
        parts += ["## Notes", "\n".join(f"- {prose(note)}" for note in notes)]
    parts += [
        "## Check again",
        "```sh\nsh evidence/check.sh\n```",
        (
            "It runs the checks of the verified claims, needs only `sh` and Python 3.10 or newer, and has no walls around "
            "the program; `macrohard audit .` runs the checks of all claims in a sandbox."
        ),
        f"Made by Macrohard {meta.macrohard} with the model {plain(meta.model)} on {meta.date[:10]}.",
    ]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text of people and models as one line of a document: what would steer a terminal, or cannot be seen, is spelt out."""
    return "".join(c if c == "\t" or unicodedata.category(c) == "Zs" else visible(c) for c in text)


def prose(text: str) -> str:
    """The same, where tags, links and images outside code are shown and not made."""
    parts = _CODE.split(plain(text))
    return "".join(part if place % 2 else _MADE.sub(r"\\\g<0>", part) for place, part in enumerate(parts))


def _use(brief: Brief) -> list[str]:
    if brief.kind is Kind.LIBRARY:
        names = ", ".join(item.name for item in brief.functions)
        return ["## Use", f"```sh\npip install .\n```\n\n```python\nfrom {brief.package} import {names}\n```"]
    return ["## Use", f"```sh\nbin/{brief.name} --help\n```", f"Or `pip install .`, then `{brief.name} --help`."]


def _quote(request: str) -> str:
    return "\n".join(f"> {plain(line)}".rstrip() for line in request.strip().split("\n"))


def _list(claims: Sequence[Claim]) -> str:
    return "\n".join(_item(claim) for claim in claims)


def _item(claim: Claim) -> str:
    said = {Verdict.VERIFIED: "", Verdict.REFUTED: " **False:** ", Verdict.UNVERIFIED: " "}[claim.verdict]
    reason = f" —{said}{prose(claim.reason)}" if claim.reason else ""
    return f"- {claim.id}: {prose(claim.statement)}{_maker(claim)}{reason}"


def _maker(claim: Claim) -> str:
    """Who wrote the check, where it was no person and not the house."""
    if claim.maker != Source.TESTER:
        return ""
    told = any(is_property(run.check) for run in claim.evidence)
    return " (read from its description)" if told else " (a check of the tester)"
