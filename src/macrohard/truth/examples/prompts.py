"""Prompts other than `$`: `me@box:~/tea$ tool add`, `me@box ~ % tool add`, `C:\\tea> tool add`.

Only what can hardly be anything else: a sign such as `>`, `%` or `#` alone also begins quotations, comments and lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PATH = r"[~/][\w./~-]{0,60}"
_WHO = r"[\w.-]{1,40}@[\w.-]{1,60}"
_PROMPT = re.compile(
    rf"(?:\([\w.-]{{1,40}}\)\s?)?{_WHO}(?::{_PATH}\s?[$%#]|\s{_PATH}\s%)[ \t]+(?=\S)|(?:PS )?[A-Za-z]:\\[^\n<>|]{{0,100}}>[ \t]*(?=\S)"
)
_LIKE_A_PROMPT = re.compile(
    rf"(?:\([^()\n]{{1,40}}\)\s?)?(?:{_WHO}[^\n]{{0,80}}?[$%#>❯](?:\s|$)|{_WHO}\s+(?:MINGW|MSYS|UCRT|CLANG)|{_PATH}\s?[$%#>❯](?:\s|$)"
    r"|(?:PS )?[A-Za-z]:\\[^\n]{0,100}>|[$%>❯]\s*$)"
)
"""What may be another one, or one without a command behind it."""
_BARE = re.compile(r"(?:[$>%#]|>>>)\s+")


def is_prompted(text: str, at: int = 0) -> bool:
    """Whether a prompt stands here, `$` among them, and a command."""
    return text.startswith("$ ", at) or _PROMPT.match(text, at) is not None


def without_prompt(line: str) -> str:
    """The line behind whatever may be its prompt, without blanks around it."""
    text = line.strip()
    match = _PROMPT.match(text) or _BARE.match(text)
    return text[match.end() :] if match else text


def with_dollars(lines: Sequence[str], program: str | None) -> list[str] | None:
    """The lines, those with the prompt that stands before the program beginning with `$ ` instead; as they are where none has one.

    None where lines may have other prompts: they would be taken for what is printed. An idle prompt at the end is left out.
    """
    prompt = "$ " if any(line.startswith("$ ") for line in lines) else _prompt_of(lines, program)
    if prompt is None:
        return [*lines]
    kept = lines[:-1] if lines[-1].rstrip() == prompt.rstrip() else lines
    others = [line for line in kept if not line.startswith(prompt)]
    if any(map(_LIKE_A_PROMPT.match, others)):
        return None
    return [f"$ {line.removeprefix(prompt)}" if line.startswith(prompt) else line for line in kept]


def _prompt_of(lines: Sequence[str], program: str | None) -> str | None:
    """The prompt before the first line that runs the program; None where its name is not known."""
    for match in filter(None, map(_PROMPT.match, lines)):
        if match.string[match.end() :].split()[0].removeprefix("./") == program:
            return match.group()
    return None
