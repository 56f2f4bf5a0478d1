"""Sources: what the user gives to be read, searched and quoted."""

from macrohard.answers.sources.document import Document, Mark, Media, Unread
from macrohard.answers.sources.fields import RECORDS, Record, records_of
from macrohard.answers.sources.finding import is_source, refuse_sources
from macrohard.answers.sources.index import Hit, Index, open_index
from macrohard.answers.sources.passages import Passage
from macrohard.answers.sources.reading import text_at
from macrohard.answers.sources.web import Web, is_address

__all__ = [
    "RECORDS",
    "Document",
    "Hit",
    "Index",
    "Mark",
    "Media",
    "Passage",
    "Record",
    "Unread",
    "Web",
    "is_address",
    "is_source",
    "open_index",
    "records_of",
    "refuse_sources",
    "text_at",
]
