"""Prompts of shells other than `$`: `me@box:~/tea$ tool add`, `% tool add`, `C:\\tea> tool add`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PATH = r"[~/][\w./~-]{0,60}"
_ENDS = r"[$%#>❯]"
_PROMPT = re.compile(
    rf"(?:\([\w.-]{{1,40}}\)\s?)?(?:[\w.-]{{1,40}}@[\w.-]{{1,60}}(?:[ :]{_PATH})?\s?{_ENDS}|{_PATH}\s?{_ENDS}|[$%>❯➜»])[ \t]+(?=\S)"
    r"|(?:PS )?[A-Za-z]:\\[^\n<>|]{0,100}>[ \t]*(?=\S)"
)
"""A lone `#` begins a heading or a comment."""


def without_prompt(line: str) -> str:
    """The line behind its prompt, without blanks around it."""
    text = line.strip()
    match = _PROMPT.match(text)
    return text[match.end() :] if match else text


def with_dollars(lines: Sequence[str], runs: Callable[[str], bool]) -> list[str]:
    """The lines, those with the prompt that stands before a word that `runs` takes for the program beginning with `$ `; as they
    are where some begin with that already."""
    prompt = None if any(line.startswith("$ ") for line in lines) else _prompt_of(lines, runs)
    if prompt is None:
        return [*lines]
    return [f"$ {line.removeprefix(prompt)}" if line.startswith(prompt) else line for line in lines]


def _prompt_of(lines: Sequence[str], runs: Callable[[str], bool]) -> str | None:
    for line in lines:
        match = _PROMPT.match(line)
        if match and runs(line[match.end() :].split()[0].removeprefix("./")):
            return match.group()
    return None
