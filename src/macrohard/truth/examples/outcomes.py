"""What is said right behind a command in running text: `prints 14`, 'exits with status 2', or both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from macrohard.truth.examples.around import MODAL
from macrohard.truth.examples.behind import ARROW
from macrohard.truth.examples.below import printed_below
from macrohard.truth.examples.messages import message_in
from macrohard.truth.examples.shapes import Line

QUOTED = r"(?:`(?P<{0}b>[^`\n]+)`|'(?P<{0}s>[^'\n]+)'|\"(?P<{0}d>[^\"\n]+)\")"
"""Something in quotes; its groups are named by a letter of one's own."""
_PRINTS = re.compile(
    rf"\s*(?:,?\s*it\s+)?{MODAL}(?:(?:just|simply|always|exactly)\s+)?"
    rf"(?:prints?|outputs?|shows?|displays?|gives?|returns?|writes?|yields?|produces?|results?\s+in|{ARROW}|==)\s*:?\s*"
    r"(?:exactly\s+)?"
    r"|\s*becomes?\s+(?=[`'\"])"
    r"|\s*[:,]?\s*(?:I|we)\s+(?:want|expect)(?:\s+to\s+(?:see|get))?\s*:?\s*(?=[`'\"])"
)
_CODE = r"(?:(?:an?|the)\s+)?(?:exit\s+)?(?:status|code)\s+(?:of\s+)?"
_EXITS = re.compile(
    rf"\s*{MODAL}(?:(?:exits?|ends?|fails?|stops?)\s+with\s+(?:{_CODE})?|exits?\s+|(?:with|returns?)\s+(?=(?:an?\s+|the\s+)?exit\s){_CODE}"
    rf"|with\s+{_CODE})(?P<status>[0-9]{{1,3}})\b(?!\.\d|\s+(?:or|unless|errors?|times|lines?|items?)\b)"
)
_BESIDE = re.compile(
    rf"\s*(?:(?P<open>\()\s*(?:(?:and\s+)?(?:exits\s+)?with\s+)?|,\s*(?=(?:an?\s+|the\s+)?exit\s)){_CODE}"
    r"(?P<status>[0-9]{1,3})(?(open)\s*\)|\b(?!\.\d|\s+(?:or|unless)\b))"
)
"""In brackets or behind a comma."""
_AND = re.compile(
    r"(?:\s+(?:to|on)\s+(?:stdout|(?:the\s+)?standard\s+output))?(?:(?:\s*,)?\s*\band\s+(?:then\s+)?(?:it\s+)?(?=\S)"
    r"|\s*,\s*(?:then\s+)?(?=exits?\s)|(?=\s+with\s+(?:an?\s+)?(?:exit\s+)?(?:status|code)\b))"
)
_TO_STDERR = re.compile(r"\s+(?:to|on)\s+(?:stderr|(?:the\s+)?standard\s+error)\b")
_UNREAD = re.compile(
    r"\s*[,(–—-]*\s*(?:(?:and|but|then|with|to|on)\s+)*(?:it\s+)?(?:stderr|(?:the\s+)?standard\s+error|exit(?:s|ing)?|fails?|non-?zero"
    r"|(?:an?\s+|the\s+)?(?:status|code)|returns?\s+(?:an?\s+)?(?:exit|status|code|non))\b"
)
"""Behind a value: more is said of how the command ends."""
_AN_ERROR = re.compile(r"(?:an?\s+)?error(?:\s+message)?(?:\s+(?:on|to)\s+(?:stderr|standard\s+error))?(?![\w`'\"-])")
_NOTHING = re.compile(r"nothing(?:\s+at\s+all)?\b(?!\s+(?:but|else|except|more|other|on|to|unless|if|when)\b|[\w-])")
_VALUE = re.compile(QUOTED.format("e"))
_BARE = re.compile(r"(?P<value>[^\sa-z`'\"][^\s`'\"]*?)(?=[,;:)\]]*\.?(?:\s|$))")
_ENDED = re.compile(
    r"[ \t]*(?:$|\n|\.(?=\s|$)|[;)\](]|//|,?\s+(?:and|because|since|as|but|while|for|which|whereas|so|following)\b"
    r"|,\s*(?=[`'\"]))"
)
"""Behind a value without quotes: the words go no further than it."""
_EXPLAINED = re.compile(r":\s+(?=[a-z])")
"""'2028: the first leap year', but not 'Error: invalid numeral'."""
_GOES_ON = re.compile(
    r"\s*(?:,\s*|,?\s*\b(?:and|or|then|plus)\s+)(?:then\s+)?(?:[\d\[{(+-]"
    r"|(?:the|an?|its|each|every|all|one|two|three|another|some|any|then|how|whether|prints?|shows?|also)\b)"
    r"|\s*;\s*(?:[\d\[{(+-]|(?:one|two|three|then|how|whether|prints?|shows?|also)\b)"
    r"|,?\s*\b(?:and|or|then|plus)\s+(?:then\s+)?[A-Z]"
    r"|\s*,?\s*\b(?:or|then|plus|followed|per|once|twice|\w+\s+times|before|first|last|among|if|when|unless|where|instead|rather)\b"
    r"|\s*\b(?:on\s+(?:one|separate|each|every|its)|on\s+the\s+first|for\s+(?:each|every)|as\s+(?:the|its)\s+(?:first|last)|below|above|beneath|beside|at\s+the\s+(?:end|top|bottom))\b"
    r"|\s*(?:\.\.\.|…)"
)
"""Behind a value: more is printed, or something else at other times."""
_NEXT = re.compile(rf"\s*(?:[,;]|,?\s*\b(?:and|or|then|plus)\b)\s*(?:then\s+|with\s+|for\s+)?{QUOTED.format('n')}")
_LONGEST = 400
_ERROR = re.compile(r"error:\s*\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command must do."""

    end: int
    """Where the words of it end in the text."""
    stdout: str | None = None
    error: bool = False
    message: tuple[str, ...] = ()
    """Parts of what the error says."""
    status: int | None = None
    """None: nothing is said about it."""
    in_block: bool = False
    """True: what is printed is shown in a block of code."""

    def line(self, words: tuple[str, ...], stdin: str = "") -> Line:
        """A command line that must do this. An error of which no status is said has an assumed one."""
        assumed = self.error and self.status is None
        return Line(
            words=words,
            stdin=stdin,
            stdout=None if self.error else self.stdout,
            exit_status=2 if assumed else self.status or 0,
            error=self.error,
            message=self.message if self.error else (),
            assumed=assumed,
        )


def outcome_at(text: str, at: int) -> Outcome | None:
    """What is said here; None where it cannot be read whole."""
    exits = _EXITS.match(text, at)
    if exits:
        return _and_prints(text, exits.end(), int(exits["status"]))
    below = printed_below(text, at)
    if below:
        return Outcome(*below, in_block=True)
    prints = _PRINTS.match(text, at)
    printed = _printed(text, prints) if prints else None
    exits = _ends(text, printed.end) if printed else None
    if printed and exits:
        return _together(printed, exits.end(), int(exits["status"]))
    return printed if printed and printed.stdout is not None and _is_whole(text, printed.end) else None


def _ends(text: str, at: int) -> re.Match[str] | None:
    """The exit status that is said behind what is printed."""
    both = _AND.match(text, at)
    return _BESIDE.match(text, at) or (_EXITS.match(text, both.end()) if both else None)


def _and_prints(text: str, at: int, status: int) -> Outcome | None:
    """The exit status, with what is said to be printed too."""
    both = _AND.match(text, at)
    prints = _PRINTS.match(text, both.end()) if both else None
    if prints is None:
        return Outcome(at, error=status != 0, status=status)
    printed = _printed(text, prints)
    whole = printed is not None and (printed.stdout is None or _is_whole(text, printed.end))
    return _together(printed, printed.end, status) if printed and whole else None


def _together(printed: Outcome, end: int, status: int) -> Outcome | None:
    """What is printed, and the exit status; None for an error that ends well."""
    if printed.error and status == 0:
        return None
    return Outcome(end, None if printed.error else printed.stdout, printed.error, printed.message, status)


def _printed(text: str, prints: re.Match[str]) -> Outcome | None:
    """An error, nothing, a value in quotes, or one word that is no word of a sentence."""
    error = _AN_ERROR.match(text, prints.end())
    if error:
        return Outcome(error.end(), error=True)
    nothing = _NOTHING.match(text, prints.end())
    if nothing:
        return Outcome(nothing.end(), "")
    quoted = _VALUE.match(text, prints.end())
    if quoted:
        shown = inner(quoted, "e").replace("\\n", "\n")
        aside = _TO_STDERR.match(text, quoted.end())
        if aside:
            return Outcome(aside.end(), error=True, message=message_in(shown))
        is_error = bool(_ERROR.match(shown))
        return Outcome(quoted.end(), shown, error=is_error, message=message_in(shown) if is_error else ())
    bare = _BARE.match(text, prints.end())
    if (
        bare is None
        or not _is_value(bare["value"], text, bare.end())
        or _begins_a_block(prints, text[bare.end() : bare.end() + 1])
    ):
        return None
    return Outcome(bare.end(), bare["value"])


def _begins_a_block(prints: re.Match[str], behind: str) -> bool:
    """Whether a value may be the first of several lines: it stands on a line of its own, where no sentence goes on."""
    _, newline, indentation = prints.group().rpartition("\n")
    return bool(newline) and (bool(indentation) or ":" in prints.group() or behind not in {".", ",", ";"})


def _is_value(value: str, text: str, end: int) -> bool:
    """Whether this word is all that is printed."""
    balanced = all(value.count(opened) == value.count(closed) for opened, closed in ("()", "[]", "{}"))
    explained = (
        _EXPLAINED.match(text, end) and not any(letter.islower() for letter in value) and value.lower() != "error"
    )
    listed = value.isdecimal() and re.match(rf"\.\s[^\n]*(?<!\w){int(value[:9]) + 1}\.\s", text[end : end + _LONGEST])
    return balanced and bool(_ENDED.match(text, end) or explained) and not listed


def _is_whole(text: str, end: int) -> bool:
    """Whether nothing is said that is printed besides, or only sometimes; the next command with its outcome may follow."""
    if _UNREAD.match(text, end):
        return False
    following = _NEXT.match(text, end)
    if following:
        other = inner(following, "n").split()
        is_command = len(other) > 1 and re.search(rf"[`'\"]{re.escape(other[0])}\s[^`'\"]*[`'\"]", text[:end])
        return bool(is_command) or any(pattern.match(text, following.end()) for pattern in (_PRINTS, _EXITS))
    return not _GOES_ON.match(text, end)


def inner(match: re.Match[str], prefix: str) -> str:
    """What stands in the quotes."""
    return next(value for key in "bsd" if (value := match.group(prefix + key)) is not None)
