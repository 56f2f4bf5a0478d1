"""What each source says of a claim: search, then hold the claim against the sentences that were found of each source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from macrohard.answers.evidence import Excerpt
from macrohard.answers.grounding.alignment import Alignment
from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.fields import field_clash
from macrohard.answers.grounding.flags import Flag, flags_of
from macrohard.answers.grounding.judging import Judgement, Says, judge
from macrohard.answers.grounding.languages import ENGLISH, Language
from macrohard.answers.grounding.upholding import is_upheld
from macrohard.answers.grounding.words import Words, searchable, words_of
from macrohard.answers.sentences import Sentence
from macrohard.answers.sources import RECORDS, Document, Hit, Index, Record, records_of
from macrohard.truth.standalone import visible

Place = tuple[Document, tuple[int, int]]
"""A source, and a span of its text."""
_NEAREST, _SHOWN = 4, 420
"""Sentences, and characters of them, that are shown to a model, at most: 120 tokens with a claim, as the median of a public set
with long sources (`docs/log.md`)."""
_ADDS = 1e-9
"""A sentence that adds less of a claim than this adds nothing: shares are sums of fractions."""
_PASSAGES = 24
"""That may speak of a sentence; they come from as many sources as hold them."""


@dataclass(frozen=True)
class Testimony:
    """What one source says of a claim, and where."""

    document: Document
    span: tuple[int, int]
    """Of the sentences, or the field, that say it."""
    judgement: Judgement

    def excerpt(self) -> Excerpt:
        """The words that say it, exactly as they stand there."""
        return excerpt_of(self.document, self.span)

    @property
    def name(self) -> str:
        """Who says it, and where."""
        return self.excerpt().where

    @property
    def otherwise(self) -> str:
        """What it says instead; a sentence."""
        told = "; ".join(f"“{visible(clash.says, 80)}”" for clash in self.judgement.clashes)
        return f"{self.name} says otherwise: {told}."


@dataclass
class Witnesses:
    """Sources that can be asked what they say of a claim."""

    index: Index
    language: Language | None
    """Of the claims; None: not one that is known."""
    _rows: dict[str, list[Record]] = field(default_factory=dict)
    _said: dict[str, tuple[Flag, ...]] = field(default_factory=dict)

    def testify(self, claim: Words, before: Sentence | None = None, but: str = "") -> Iterator[Testimony]:
        """What each source with a passage that may speak of the claim says of it; not the one with the address `but`."""
        for document, spans in self._found(claim, before, but):
            words = [words_of(document.text[start:end], self.language or ENGLISH) for start, end in spans]
            is_prose, records = document.media not in RECORDS, self._records(document)
            judgement = judge(claim, Context(words, is_prose, _cuts(document, spans), self._flags(document)))
            found = field_clash(claim, records) if not judgement.is_quoted else None
            if found:
                yield Testimony(document, (found.field.start, found.field.end), judgement.otherwise(found.clash))
            else:
                upheld = _upheld(claim, judgement, spans, records)
                yield Testimony(document, _told(spans, upheld), upheld)

    def nearest(self, claim: Words, before: Sentence | None = None) -> list[Place]:
        """The sentences and rows that together have most of the claim, as many as a model is shown, in the order of the sources."""
        places = [(document, span) for document, spans in self._found(claim, before) for span in spans]
        words = [words_of(document.text[start:end], self.language or ENGLISH) for document, (start, end) in places]
        lengths = [end - start for _, (start, end) in places]
        return [places[number] for number in sorted(_covering(Alignment(claim, Context(words)), lengths))]

    def _found(
        self, claim: Words, before: Sentence | None, but: str = ""
    ) -> Iterator[tuple[Document, list[tuple[int, int]]]]:
        """Each source, but for one, with the spans of its sentences, or rows, that may speak of the claim."""
        by_document: dict[str, list[Hit]] = {}
        for hit in self.index.search(query_of(claim, before), _PASSAGES):
            if hit.document.address != but:
                by_document.setdefault(hit.document.address, []).append(hit)
        for hits in by_document.values():
            document = hits[0].document
            spans = sorted({span for hit in hits for span in hit.passage.sentences})
            if document.media in RECORDS:
                spans = self._rows_at(document, spans) or spans
            yield document, spans

    def _rows_at(self, document: Document, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The records in which these spans stand."""
        rows = [(record.fields[0].start, record.fields[-1].end) for record in self._records(document)]
        return [row for row in rows if any(row[0] < end and start < row[1] for start, end in spans)]

    def _records(self, document: Document) -> list[Record]:
        if document.address not in self._rows:
            self._rows[document.address] = records_of(document)
        return self._rows[document.address]

    def _flags(self, document: Document) -> tuple[Flag, ...]:
        if document.address not in self._said:
            self._said[document.address] = flags_of(self._records(document))
        return self._said[document.address]


def _covering(alignment: Alignment, lengths: Sequence[int]) -> list[int]:
    """The numbers of sentences, each the one that adds most to what those before it have of the claim; the first however long."""
    stems = [sentence.stems for sentence in alignment.context.sentences]
    chosen, have, left = list[int](), frozenset[str](), _SHOWN
    while len(chosen) < _NEAREST:
        known, fitting = alignment.cover(have), [n for n in range(len(stems)) if not chosen or lengths[n] <= left]
        adds = {number: alignment.cover(have | stems[number]) - known for number in fitting}
        best = max(fitting, key=lambda number: (adds[number], alignment.single[number]), default=-1)
        if best < 0 or adds[best] < _ADDS:
            break
        chosen.append(best)
        have, left = have | stems[best], left - lengths[best]
    return chosen


def _cuts(document: Document, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the spans that do not follow on the one before: words stand between them."""
    between = (document.text[before[1] : after[0]] for before, after in pairwise(spans))
    return frozenset(number for number, text in enumerate(between, 1) if any(map(str.isalnum, text)))


def _told(spans: Sequence[tuple[int, int]], judgement: Judgement) -> tuple[int, int]:
    """The words that say it: of a clash the one sentence, else also what stands beside it and says the rest."""
    if judgement.says is Says.OTHERWISE:
        return spans[judgement.best]
    telling = judgement.alignment.telling
    return spans[telling[0]][0], spans[telling[-1]][1]


def _upheld(
    claim: Words, judgement: Judgement, spans: Sequence[tuple[int, int]], records: Sequence[Record]
) -> Judgement:
    """The judgement, but for a record that has all words of the claim and does not say it."""
    if judgement.says is not Says.SO or judgement.is_quoted:
        return judgement
    said = [record for record in records if record.fields[0].start == spans[judgement.best][0]]
    return judgement if all(is_upheld(claim, record) for record in said) else judgement.not_upheld()


def query_of(claim: Words, before: Sentence | None = None) -> list[str]:
    """What to search for: the words of the claim; where it begins with a pronoun, the names in the sentence before it too."""
    found = [claim.text[word.start : word.end] for word in claim.content]
    if before is not None and claim.points_back:
        earlier = Words(before.words, claim.language)
        found += [earlier.text[word.start : word.end] for word in earlier.content if word.is_name]
    return [part for word in found for part in searchable(word)]


def excerpt_of(document: Document, span: tuple[int, int]) -> Excerpt:
    """Words of a source, exactly as they stand there."""
    start, end = span
    return Excerpt(
        address=document.address,
        place=document.place(start),
        dated=document.dated,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        start=start,
        end=end,
        quotation=document.text[start:end],
    )
