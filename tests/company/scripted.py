"""Orders whose answers are known: a brief, the tester's cases and the engineers' functions, word for word."""

from __future__ import annotations

import fnmatch
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from macrohard.company import Order, Report, build, implement
from macrohard.company.progress import silent
from macrohard.truth import Claim, Verdict
from macrohard.truth.examples import Line
from macrohard.truth.examples.shell import read_command

Replies = Mapping[str, Sequence[str | Sequence[str]]]


def argument(name: str, kind: str = "text") -> dict[str, str]:
    """An argument or option of a command, as the analyst writes it."""
    return {"name": name, "type": kind}


def command(name: str, *arguments: Any, options: Sequence[Any] = (), stdin: bool = False) -> dict[str, Any]:
    """A command, as the analyst writes it; a plain word is an argument of text."""
    listed = [argument(item) if isinstance(item, str) else item for item in arguments]
    purpose = f"What {name or 'it'} does."
    return {"name": name, "purpose": purpose, "arguments": listed, "options": list(options), "reads_stdin": stdin}


def cli_brief(program: str, *commands: dict[str, Any], state_file: str = "", fields: Sequence[Any] = ()) -> str:
    """The analyst's reply for a command-line program."""
    brief = {"program": program, "summary": "Does what was asked.", "state_file": state_file}
    return json.dumps({**brief, "record_fields": list(fields), "commands": list(commands)})


def library_brief(package: str, *functions: tuple[str, Mapping[str, str], str]) -> str:
    """The analyst's reply for a library; each function is its name, its parameters and what it returns."""
    listed = [
        {
            "name": name,
            "parameters": [{"name": parameter, "type": kind} for parameter, kind in parameters.items()],
            "returns": returns,
            "purpose": f"Return what {name} is for.",
        }
        for name, parameters, returns in functions
    ]
    return json.dumps({"package": package, "summary": "Does what was asked.", "functions": listed})


def cases(*written: Mapping[str, Any]) -> str:
    """The tester's reply."""
    return json.dumps({"cases": list(written)})


def code(text: str) -> str:
    """An engineer's reply."""
    return f"```python\n{text}\n```"


def confirmed(replies: Replies) -> dict[str, list[str | Sequence[str]]]:
    """The replies, and what the tester says when it is asked each of its cases again: the same as before.

    An entry of the script for `tester: confirm …` comes first. Of two cases with the same last line the first counts.
    Where candidates part ways it does not know who is right, unless the script says so.
    """
    own = [purpose for purpose in replies if purpose.startswith("tester: confirm ")]
    again: dict[str, str] = {}
    for purpose, occasions in replies.items():
        if purpose.startswith("tester: ") and purpose not in own:
            for case in (case for said in occasions for case in _cases(said)):
                asked = f"tester: confirm {_asked(case)}"
                if not any(fnmatch.fnmatchcase(asked, pattern) for pattern in own):
                    again.setdefault(asked, _said(case))
    return {
        **{purpose: list(said) for purpose, said in replies.items()},
        **{key: [said] for key, said in again.items()},
        **({} if any(purpose.startswith("tester: vote") for purpose in replies) else {"tester: vote on *": ["?"]}),
    }


def _cases(said: str | Sequence[str]) -> Iterator[Mapping[str, str]]:
    """The cases of the replies of one occasion; what cannot be read is none."""
    for text in [said] if isinstance(said, str) else said:
        try:
            found = list(json.loads(text)["cases"])
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
        yield from (case for case in found if isinstance(case, dict) and _is_case(case))


def _is_case(case: Mapping[str, object]) -> bool:
    texts = all(isinstance(value, str) for name, value in case.items() if name != "before")
    return texts and ("command" in case or _is_call(case))


def _is_call(case: Mapping[str, object]) -> bool:
    return "call" in case and ("returns" in case or "raises" in case)


def _asked(case: Mapping[str, str]) -> str:
    """What is asked again: the call, or the last command line as one types it."""
    if _is_call(case):
        return case["call"]
    read = read_command(case["command"])
    return Line(words=read.words, stdin=case.get("stdin", "")).typed if read else case["command"]


def _said(case: Mapping[str, str]) -> str:
    if _is_call(case):
        return f"raises {case['raises']}" if "raises" in case else case["returns"]
    return case.get("prints", "error")


def model_of(folder: Path, replies: Replies) -> str:
    """The name of a scripted model with these replies; whoever is not named says nothing that can be read."""
    path = folder / "script.json"
    said = {**confirmed(replies), "tester: *": ["no idea"], "engineer: draft*": ["no idea"]}
    path.write_text(json.dumps({"format": "macrohard/script/v1", "replies": said}))
    return f"scripted:{path}"


def built(folder: Path, request: str, replies: Replies, **order: Any) -> Report:
    """Build through the front door, into `folder`/out."""
    return build(Order(request=request, out=str(folder / "out"), model=model_of(folder, replies), **order), silent)


def filled(folder: Path, text: str, replies: Replies, name: str = "stubs.py", **order: Any) -> Report:
    """Fill in a stub file through the front door; it stands in `folder` before and after."""
    return implement(stub_order(folder, text, replies, name, **order), silent)


def stub_order(folder: Path, text: str, replies: Replies, name: str = "stubs.py", **order: Any) -> Order:
    """The order to fill in a stub file in place, which stands in `folder` now."""
    path = folder / name
    path.write_text(text)
    model = model_of(folder, replies)
    return Order(task="implement", request=text, out=str(path), file_name=name, model=model, **order)


def verdicts(report: Report) -> dict[str, Verdict]:
    """Statement -> verdict."""
    return {claim.statement: claim.verdict for claim in report.claims}


def claim_about(report: Report, part: str) -> Claim:
    """The one claim whose statement holds this text."""
    (found,) = [claim for claim in report.claims if part in claim.statement]
    return found


def used(report: Report, *words: str, cwd: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the delivered program as its user would, but leave no compiled files in a project that other tests look at."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*report.run, *words], input=stdin, capture_output=True, text=True, cwd=cwd, env=env, check=False
    )


def python(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run this Python in a folder."""
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=cwd, check=False)


def files_of(report: Report) -> dict[str, str]:
    """Path -> text of everything that was delivered, the repository left out."""
    root = Path(str(report.path))
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts]
    return {str(path.relative_to(root)): path.read_text() for path in paths if path.suffix != ".pyc"}
