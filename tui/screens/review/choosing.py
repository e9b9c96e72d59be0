"""Choosing the words of a part, or of a new claim, by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from annotate.edit import Part
from annotate.model import Claim, Record
from annotate.spans import Span, meet, tidied
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.engine_units import EngineUnits
from tui.screens.review.jumping import Jumping
from tui.screens.review.making import Making
from tui.text.motions import sentence_after, sentence_at, word_after, word_at

_CUE_REACH = 250
"""Code points on both sides of a claim in which words can be its cue."""


class Choosing(Collaborator):
    """The actions that label the words in view that can be a part of a claim.

    Args:
        review: The screen.
        jumping: Shows the labels.
        units: Noun phrases and clauses in view.
        making: Makes claims and parts of words.
    """

    def __init__(self, review: ReviewBase, jumping: Jumping, units: EngineUnits, making: Making) -> None:
        super().__init__(review)
        self._jumping = jumping
        self._units = units
        self._making = making

    def action_choose_content(self) -> None:
        """Choose the claim's content: a clause, sentence or quotation."""
        if wanted := self.review.changeable_claim():
            self._choose("content", self._contents(wanted[0]))

    def action_choose_cue(self) -> None:
        """Choose the claim's cue."""
        if wanted := self.review.changeable_claim():
            self._choose("cue", _outside(wanted[1], self._cues(*wanted)))

    def action_choose_source(self) -> None:
        """Choose the claim's source."""
        if wanted := self.review.changeable_claim():
            self._choose("source", _outside(wanted[1], self._phrases(wanted[0])))

    def action_choose_addressee(self) -> None:
        """Choose the claim's addressee."""
        if wanted := self.review.changeable_claim():
            self._choose("addressee", _outside(wanted[1], self._phrases(wanted[0])))

    def action_choose_date(self) -> None:
        """Choose the date on which it was said."""
        if self.review.changeable_claim() is not None:
            self._jumping.choose(self.state.places("date"), self._making.make_date, "no date is in view")

    def action_choose_claim(self) -> None:
        """Choose the content of a new claim: a clause, sentence or quotation."""
        record = self.review.changeable_record()
        if record is not None:
            self._jumping.choose(self._contents(record), self._making.make_claim, "no sentence is in view")

    def _choose(self, part: Part, targets: Iterable[Span]) -> None:
        self._jumping.choose(targets, partial(self._making.make_part, part), f"no words in view can be the {part}")

    def _contents(self, record: Record) -> Iterator[Span]:
        """Yield clauses, sentences and quotations; without the engine's units only the latter two."""
        units = self._units.known
        quotations = (Span(quote.start, quote.end) for quote in record.quotes)
        sentences = _sentences(record, self.review.article.shown)
        return _tidy(
            record, (*units.clauses, *quotations, *sentences, *(r.content for r in units.readings if r.content))
        )

    def _phrases(self, record: Record) -> Iterator[Span]:
        """Yield noun phrases, and mentions of speakers, which are known without the engine's units."""
        units = self._units.known
        mentions = (Span(*mention) for speaker in record.speakers for mention in speaker.mentions)
        sources = (reading.source for reading in units.readings if reading.source is not None)
        return _tidy(record, (*units.phrases, *sources, *mentions))

    def _cues(self, record: Record, claim: Claim) -> Iterable[Span]:
        """Return the cues that the parse would allow near a claim; without the engine's units, the words there."""
        start, end = claim.start - _CUE_REACH, claim.content[-1].end + _CUE_REACH
        cues = [reading.cue for reading in self._units.known.readings if start <= reading.cue.start < end]
        shown = self.review.article.shown
        return cues or _words(record, Span(max(start, shown.start), min(end, shown.end)))


def _sentences(record: Record, shown: Span) -> Iterator[Span]:
    at = shown.start
    while at < shown.end:
        sentence = sentence_at(record, at)
        yield sentence
        following = sentence_after(record, at)
        if following.start <= sentence.start:
            return
        at = following.start


def _words(record: Record, span: Span) -> Iterator[Span]:
    word = word_at(record.text, span.start)
    while word.end <= span.end:
        if record.text[word.start].isalnum():
            yield word
        following = word_after(record.text, word)
        if following == word:
            return
        word = following


def _tidy(record: Record, spans: Iterable[Span]) -> Iterator[Span]:
    return (tidy for span in spans if (tidy := tidied(record.text, span)) is not None)


def _outside(claim: Claim, spans: Iterable[Span]) -> Iterator[Span]:
    return (s for s in spans if not any(meet(s, content) for content in claim.content))
