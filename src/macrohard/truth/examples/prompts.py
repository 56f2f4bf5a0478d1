"""Prompts of shells other than `$`: `me@box:~/tea$ tool add`, `% tool add`, `C:\\tea> tool add`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

_PATH = r"[~/][\w./~-]{0,60}"
_ENDS = r"[$%#>❯]"
_PROMPT = re.compile(
    rf"(?:\([\w.-]{{1,40}}\)\s?)?(?:[\w.-]{{1,40}}@[\w.-]{{1,60}}(?:[ :]{_PATH})?\s?{_ENDS}|{_PATH}\s?{_ENDS}|[$%>❯➜»])[ \t]+(?=\S)"
    r"|(?:PS )?[A-Za-z]:\\[^\n<>|]{0,100}>[ \t]*(?=\S)"
)
"""A lone `#` begins a heading or a comment."""
_MOST = 8
"""Prompts looked at: asking of each word whether it is the program takes long where the request does not name it."""


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
    """The prompt before the first of its words that is the program, where it comes soon."""
    prompted = islice(filter(None, map(_PROMPT.match, lines)), _MOST)
    return next((found.group() for found in prompted if runs(_word_behind(found))), None)


def _word_behind(prompt: re.Match[str]) -> str:
    return prompt.string[prompt.end() :].split()[0].removeprefix("./")
