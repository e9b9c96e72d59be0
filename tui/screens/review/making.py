"""Making claims, and parts of the current claim, of words: the selected ones, or those of a chosen label."""

from __future__ import annotations

from annotate import edit
from annotate.changes import Change
from annotate.edit import Part
from annotate.model import Claim, Record
from annotate.spans import Span
from annotate.units import Reading
from tui.screens.questions import Choice, Question
from tui.screens.review.article_pane import ArticlePane
from tui.screens.review.base import ReviewBase
from tui.screens.review.collaborator import Collaborator
from tui.screens.review.engine_units import EngineUnits
from tui.text.mentions import name_in, speaker_named_in

_KEEP = "keep"


class Making(Collaborator):
    """The actions on the selected words, and the changes that they make.

    Args:
        review: The screen.
        article: Stops selecting when the words are taken.
        units: Proposes cue and source of a new claim.
    """

    def __init__(self, review: ReviewBase, article: ArticlePane, units: EngineUnits) -> None:
        super().__init__(review)
        self._article = article
        self._units = units

    # ------------------------------------------------------------------ of the selected words

    def action_make_claim(self) -> None:
        """Make a new claim of the selected words, and make it current."""
        if (span := self._selected()) is not None:
            self.make_claim(span)

    def action_make_content(self) -> None:
        """Make the selected words the claim's content."""
        self._make_selected("content")

    def action_make_cue(self) -> None:
        """Make the selected words the claim's cue."""
        self._make_selected("cue")

    def action_make_source(self) -> None:
        """Make the selected words the claim's source."""
        self._make_selected("source")

    def action_make_addressee(self) -> None:
        """Make the selected words the claim's addressee."""
        self._make_selected("addressee")

    def action_make_fragment(self) -> None:
        """Add the selected words to the claim's content."""
        span, wanted = self._selected(), self.review.wanted_claim()
        if span is not None and wanted is not None:
            record, claim = wanted
            self._take(edit.add_fragment(record, claim.id, span, self.review.actor))

    def action_make_date(self) -> None:
        """Make the selected words the claim's date."""
        if (span := self._selected()) is not None:
            self.make_date(span)

    def _make_selected(self, part: Part) -> None:
        if (span := self._selected()) is not None:
            self.make_part(part, span)

    def _selected(self) -> Span | None:
        """Return the selected words without stray punctuation, or say that there are none."""
        span = self.state.selected_words
        if span is None:
            self.review.refuse("no words are selected")
        return span

    # ------------------------------------------------------------------ of any words

    def make_part(self, part: Part, span: Span) -> None:
        """Make words a part of the current claim; a source that names another speaker asks whose words they are."""
        wanted = self.review.wanted_claim()
        if wanted is None:
            return
        record, claim = wanted
        name = _name(record, span) if part == "source" else None
        current = record.speaker(claim.speaker)
        if name is not None and name != (current.name if current is not None else None):
            self._ask_speaker(record, claim, span, name)
            return
        self._take(edit.set_part(record, claim.id, part, [span], self.review.actor))
        self.review.choose_part((part, 0))

    def make_date(self, span: Span) -> None:
        """Make words the date of the current claim."""
        wanted = self.review.wanted_claim()
        if wanted is None:
            return
        record, claim = wanted
        date = edit.date_of_words(record, span)
        if self._take(edit.assign_date(record, claim.id, date, self.review.actor)) and date.value is None:
            words = " ".join(record.text[span.start : span.end].split())
            self.review.refuse(f"cannot tell which day “{words:.30}” is; {self.key_of('date')} sets it")

    def make_claim(self, span: Span) -> None:
        """Make a new claim of words, with the cue, source and speaker that the engine proposes, if the user agrees."""
        record = self.review.changeable_record()
        if record is None:
            return
        reading = self._units.known.reading_of(span)
        if reading is None:
            self._new_claim(span, None)
            return
        speaker = _speaker(record, reading)
        proposed = Choice("all", _described(record, reading), f"speaker: {speaker}" if speaker else "no speaker")

        def taken(choice: str | None) -> None:
            if choice is not None:
                self._new_claim(span, reading if choice == "all" else None)

        words = " ".join(record.text[span.start : span.end].split())
        empty = Choice("words", "leave cue, source and speaker empty")
        self.review.ask(Question("New claim", (proposed, empty), text=f"“{words:.200}”"), taken)

    def _new_claim(self, span: Span, reading: Reading | None) -> None:
        record = self.state.record
        if record is None:
            return
        speaker = _speaker(record, reading) if reading is not None else None
        change = edit.new_claim(record, [span], self.review.actor, reading, speaker)
        if self._take(change) and change is not None:
            self.review.reveal(change.claim_ids()[0])
            self.review.say(f"new claim; {self.key_of('speaker')} {'changes' if speaker else 'sets'} its speaker")

    def _ask_speaker(self, record: Record, claim: Claim, span: Span, named: str) -> None:
        current = record.speaker(claim.speaker)
        kept = f"keep {current.name}" if current is not None else "no speaker"
        words = " ".join(record.text[span.start : span.end].split())

        def taken(choice: str | None) -> None:
            if self.state.record is None or choice is None:
                return
            actor = self.review.actor
            if choice == _KEEP:
                self._take(edit.set_part(self.state.record, claim.id, "source", [span], actor))
            else:
                self._take(edit.attribute(self.state.record, claim.id, [span], named, actor))
            self.review.choose_part(("source", 0))

        known = any(speaker.name == named for speaker in record.speakers)
        choices = (Choice(named, named, "" if known else "new speaker"), Choice(_KEEP, kept))
        self.review.ask(Question(f"Who is “{words:.40}”?", choices), taken)

    def _take(self, change: Change | None) -> bool:
        done = self.review.do(change, "the claim has these words already")
        if done and self.state.selection is not None:
            self._article.action_stop_selecting()
        return done

    # ------------------------------------------------------------------ a source for a speaker

    def offer_source(self, claim_id: str) -> None:
        """Offer the nearest mention of a claim's speaker as its source, where its source names somebody else."""
        record, claim = self.state.record, self.state.claim_with(claim_id)
        speaker = record.speaker(claim.speaker) if record is not None and claim is not None else None
        if record is None or claim is None or speaker is None:
            return
        named = speaker_named_in(record, claim.source)
        mention = min(speaker.mentions, key=lambda m: abs(m[0] - claim.start), default=None)
        if named is None or named.id == speaker.id or mention is None:
            return

        def taken(choice: str | None) -> None:
            if choice == "mention" and self.state.record is not None:
                actor = self.review.actor
                self.review.do(edit.set_part(self.state.record, claim_id, "source", [Span(*mention)], actor))

        there = Choice("mention", f"“{record.words((mention,)):.40}”", "the nearest mention of this speaker")
        kept = Choice(_KEEP, f"keep “{record.words(claim.source):.40}”", f"a mention of {named.name}")
        self.review.ask(Question(f"Source of {speaker.name}'s words", (there, kept)), taken)


def _speaker(record: Record, reading: Reading) -> str | None:
    """Return the name of the speaker to propose with a reading."""
    return _name(record, reading.source) if reading.source is not None else None


def _name(record: Record, source: Span) -> str | None:
    """Return the name of the speaker whom the words of a source name; None for a pronoun that nothing explains."""
    named = speaker_named_in(record, [source])
    return named.name if named is not None else name_in(record.text[source.start : source.end])


def _described(record: Record, reading: Reading) -> str:
    words = [record.text[span.start : span.end] for span in (reading.source, reading.cue) if span is not None]
    flags = [name for name in ("negated", "hedged") if getattr(reading, name)]
    return " · ".join((*(" ".join(part.split())[:40] for part in words), *flags))
