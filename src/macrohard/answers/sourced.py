"""The check of a text against sources: cut -> search -> hold each sentence against each source -> judge together.

What no test decides is said to be partly supported or not in the sources, never supported; a model that the user names may read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from macrohard.answers.computed import decided_alone, with_computations
from macrohard.answers.grounding.arithmetic import reckonings
from macrohard.answers.grounding.asserting import is_opinion
from macrohard.answers.grounding.claims import claims_of
from macrohard.answers.grounding.context import Context
from macrohard.answers.grounding.judging import Judgement, Says, judge
from macrohard.answers.grounding.languages import ENGLISH, Language, language_of
from macrohard.answers.grounding.sureness import Scorer, risk, sure_of
from macrohard.answers.grounding.words import Words
from macrohard.answers.opened import OPEN
from macrohard.answers.paraphrase import told_of, with_readings
from macrohard.answers.report import (
    CheckReport,
    Part,
    Progress,
    SourceRead,
    SourceUnread,
    Standing,
    Statement,
    Unsupported,
)
from macrohard.answers.sentences import Sentence, is_heading, sentences
from macrohard.answers.sources import RECORDS, Document, Index, Web, open_index
from macrohard.answers.sources.passages import LONGEST_SENTENCE
from macrohard.answers.witnesses import Testimony, Witnesses
from macrohard.models import Model
from macrohard.truth.standalone import visible

_LANGUAGE = "Its language is neither English nor French, which are all that is known."


def check_sources(
    text: str,
    paths: Sequence[str],
    progress: Progress | None = None,
    *,
    web: Web | None = None,
    model: Model | None = None,
) -> CheckReport:
    """Hold what a text says against sources: files, folders and web addresses. Runs nothing of them.

    `web` says which hosts of the user's own network may be asked; none otherwise. A `model`, where one is given, reads what the
    tests leave open, which changes no verdict.

    Raises UserError for a path that is not there or when nothing can be read, SandboxUnavailable when a format must be read
    inside the sandbox and a wall is missing, and as the model does when it cannot be asked.
    """
    index = open_index(paths, progress=progress, web=web or Web())
    report = against(text, index, progress).model_copy(update={"given": tuple(paths)})
    if model is None:
        return report
    report = with_readings(report, index, model, progress)
    return report.model_copy(update={"risk": _risk(report.statements, index, model.digest)})


def against(text: str, index: Index, progress: Progress | None = None, scorer: Scorer = sure_of) -> CheckReport:
    """The report on a text that is held against an index of sources; `scorer` says how sure it is that a sentence is supported."""
    checker = _Checker(text, Witnesses(index, language_of(text)), scorer)
    found, statements = sentences(text), []
    for number, sentence in enumerate(found):
        if progress:
            progress(sentence.words, number, len(found))
        before = found[number - 1] if number else None
        statements.append(checker.statement(sentence, before))
    return CheckReport(
        text=text,
        sources=read_of(index),
        unread=unread_of(index),
        statements=tuple(statements),
        risk=_risk(statements, index),
    )


def _risk(statements: Sequence[Statement], index: Index, model_digest: str = "") -> float | None:
    """Of the whole text; None where a verdict says already that a source says otherwise, which the probabilities do not count."""
    if {Standing.CONTRADICTED, Standing.DISPUTED} & {statement.verdict for statement in statements}:
        return None
    parts = [part.probability_in_text for statement in statements for part in statement.parts]
    of_records = all(document.media in RECORDS for document in index.documents)
    return risk([value for value in parts if value is not None], of_records=of_records, model_digest=model_digest)


def read_of(index: Index) -> tuple[SourceRead, ...]:
    """What was looked at, as a report tells it."""
    return tuple(map(_read, index.documents))


def unread_of(index: Index) -> tuple[SourceUnread, ...]:
    """What was not looked at, as a report tells it."""
    return tuple(SourceUnread(address=item.address, reason=item.reason) for item in index.unread)


def _read(document: Document) -> SourceRead:
    return SourceRead(
        address=document.address,
        media=document.media.value,
        dated=document.dated,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        characters=len(document.text),
    )


_MEASURED = (Standing.SUPPORTED, Standing.PARTLY, Standing.NOT_IN_SOURCES)
"""Verdicts that have a probability; in the public sets too little is contradicted to say how often rightly."""


@dataclass(frozen=True)
class _Checker:
    text: str
    witnesses: Witnesses
    scorer: Scorer
    languages: dict[str, Language | None] = field(default_factory=dict)
    """Of the sources that were asked for it, by address: each is read once and not for every sentence."""

    def statement(self, sentence: Sentence, before: Sentence | None) -> Statement:
        """The verdict on one sentence: on the whole of it or, where that is left open, on its claims, if one source says them all."""
        part = self._part(sentence, before)
        if part.verdict in OPEN:
            part = self._apart(sentence, before) or part
        return Statement(
            text=sentence.words, start=sentence.start, end=sentence.end, verdict=part.verdict,
            parts=(part,) if part.verdict is not Standing.NOT_CHECKED or part.evidence else (),
        )  # fmt: skip

    def _apart(self, sentence: Sentence, before: Sentence | None) -> Part | None:
        """A sentence that says two things, where one source supports both and none says otherwise: as sure as the less sure of them."""
        whole = Words(sentence.words, self._language)
        ranked = [self._ranked(Words(claim, self._language), before) for claim in claims_of(whole)]
        if not ranked or any(item.judgement.says is Says.OTHERWISE for every in ranked for item in every):
            return None
        saying = [{item.document.address: item for item in every if item.judgement.says is Says.SO} for every in ranked]
        both = next((address for address in saying[0] if all(address in said for said in saying)), None)
        if both is None:
            return None
        found = [said[both] for said in saying]
        part = _part(
            sentence, Standing.SUPPORTED, f"{found[0].name} says one half of it, {found[1].name} the other.", found
        )
        sure = [self._sure(part, item.judgement) for item in found]
        return with_computations(min(sure, key=lambda item: item.probability or 0.0), reckonings(whole))

    def _part(self, sentence: Sentence, before: Sentence | None) -> Part:
        if sentence.is_code or is_heading(self.text, sentence.start):
            return _plain(sentence, Standing.NOT_CHECKED, "It is code or a heading.")
        if len(sentence.words) > LONGEST_SENTENCE:
            return _plain(sentence, Standing.NOT_CHECKED, f"It is longer than {LONGEST_SENTENCE} characters.")
        if is_opinion(sentence.words):
            return _plain(
                sentence, Standing.OPINION, "A question, a wish or a matter of taste: there is nothing to check."
            )
        claim = Words(sentence.words, self._language)
        computed = reckonings(claim)
        if part := decided_alone(sentence, claim, computed):
            return part
        ranked = self._ranked(claim, before) if claim.content else []
        if self.witnesses.language is None and not any(item.judgement.says is Says.SO for item in ranked):
            return _plain(sentence, Standing.NOT_CHECKED, _LANGUAGE)
        part = self._unread(_judged(sentence, ranked))
        return with_computations(
            self._sure(part, ranked[0].judgement if ranked else judge(claim, Context([]))), computed
        )

    @property
    def _language(self) -> Language:
        return self.witnesses.language or ENGLISH

    def _ranked(self, claim: Words, before: Sentence | None) -> list[Testimony]:
        """What the sources say of a claim, those first that say it; of those in a language whose denials are not known, only where it
        stands word for word."""
        testimonies = [item for item in self.witnesses.testify(claim, before) if self._is_understood(item)]
        return sorted(testimonies, key=lambda item: (-item.judgement.says, -item.judgement.alignment.strength))

    def _is_understood(self, item: Testimony) -> bool:
        """A text of few words does not tell its language: a source from which it may be taken does."""
        if self.witnesses.language is not None or item.judgement.is_quoted:
            return True
        address = item.document.address
        if address not in self.languages:
            self.languages[address] = language_of(item.document.text)
        return self.languages[address] is self._language

    def _unread(self, part: Part) -> Part:
        """What nothing says may stand in a source that could not be read."""
        count = len(self.witnesses.index.unread)
        if part.verdict is not Standing.NOT_IN_SOURCES or not count:
            return part
        return part.model_copy(update={"reason": f"No source that was read says it; {count} could not be read."})

    def _sure(self, part: Part, judgement: Judgement) -> Part:
        is_measured = self.witnesses.language is ENGLISH and part.verdict in _MEASURED
        sure = self.scorer(judgement) if is_measured else None
        if sure is None:
            return part
        return part.model_copy(update=told_of(sure))


def _judged(sentence: Sentence, ranked: Sequence[Testimony]) -> Part:
    """The verdict of all sources together: where one says it and another says otherwise, it is disputed."""
    says = {item.judgement.says for item in ranked}
    if not ranked or says <= {Says.NOTHING}:
        return _plain(sentence, Standing.NOT_IN_SOURCES, "No source says it.")
    if {Says.SO, Says.OTHERWISE} <= says:
        sides = [next(item for item in ranked if item.judgement.says is side) for side in (Says.SO, Says.OTHERWISE)]
        why = f"{sides[0].name} says it; {sides[1].otherwise}"
        return _part(sentence, Standing.DISPUTED, why, sides)
    best = ranked[0]
    if best.judgement.says is Says.SO:
        return _part(sentence, Standing.SUPPORTED, f"{best.name} says it.", [best])
    if best.judgement.says is Says.OTHERWISE:
        return _part(sentence, Standing.CONTRADICTED, best.otherwise, [best])
    return _part(sentence, Standing.PARTLY, _partly(sentence, best), [best])


def _partly(sentence: Sentence, best: Testimony) -> str:
    missing = [f"“{visible(sentence.words[word.start : word.end], 60)}”" for word in best.judgement.absent]
    if missing:
        return f"{best.name} says a part of it; not found there: {', '.join(missing)}."
    return f"{best.name} has all its words, but does not say the same with them."


def _plain(sentence: Sentence, verdict: Standing, reason: str) -> Part:
    return Part(words=sentence.words, start=sentence.start, end=sentence.end, verdict=verdict, reason=reason)


def _part(sentence: Sentence, verdict: Standing, reason: str, testimonies: Sequence[Testimony]) -> Part:
    marks = (
        [mark for item in testimonies for mark in _marks(sentence, item)] if verdict is not Standing.SUPPORTED else []
    )
    return _plain(sentence, verdict, reason).model_copy(
        update={"evidence": tuple(item.excerpt() for item in testimonies), "unsupported": tuple(marks)}
    )


def _marks(sentence: Sentence, testimony: Testimony) -> Iterator[Unsupported]:
    """Clashing words where there are any, else the words that were not found."""
    found = testimony.judgement
    for clash in found.clashes:
        yield Unsupported(
            start=sentence.start + clash.start, end=sentence.start + clash.end, instead=visible(clash.says, 200)
        )
    if not found.clashes and found.says is not Says.SO:
        for word in found.absent:
            yield Unsupported(start=sentence.start + word.start, end=sentence.start + word.end, instead="")
