"""Sources: what the user gives to be read, searched and quoted."""

from macrohard.answers.sources.document import Document, Mark, Media, Unread
from macrohard.answers.sources.index import Hit, Index, open_index
from macrohard.answers.sources.passages import Passage
from macrohard.answers.sources.reading import text_at
from macrohard.answers.sources.web import Web, is_address

__all__ = [
    "Document",
    "Hit",
    "Index",
    "Mark",
    "Media",
    "Passage",
    "Unread",
    "Web",
    "is_address",
    "open_index",
    "text_at",
]
