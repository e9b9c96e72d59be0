"""Rows of the claim list: a claim on one line, or unfolded on several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from annotate.manner import hedge, negation, own_words
from annotate.model import Claim, DateMention, Speaker
from annotate.origin import human
from annotate.safe import safe, safe_line
from annotate.uncertainty import confidence, is_guess, rivals, speaker_confidence, sure
from tui.text.wrap import clip, columns, wrap
from tui.wording.estimates import is_doubtful, worth_in_words
from tui.wording.fields import who
from tui.wording.signs import DOUBTFUL, MARKED, MARKS
from tui.wording.timex_words import in_words

NEGATED, HEDGED = "negated:", "hedged:"
"""Labels before the content if the article's words do not show it; without them a denial would read as an admission."""
NOBODY: Mapping[str, str] = MappingProxyType({})
"""Corrections by people who are not known."""
_GAP = "  "
"""Gap between speaker and content."""
_WIDE, _DATE = 60, 10
"""Minimum width in cells of a list with dates, and width of a date."""
_VERY_WIDE, _DATE_AND_TIME = 100, 17
"""Minimum width in cells of a list with dates and times of day, and width of both."""
_MOST_WHO = 32
"""Maximum width in cells of a speaker; a quarter of the list where that is less, but 20 where there is room."""
_INDENT = 4
_LABEL = 11
_NO_SOURCE = "(none: guessed from the speaker before or after)"
_MOST_LINES = 12
"""Maximum number of content lines in an unfolded claim; all of it is in the article."""
_MOST_SHOWN = 2_000
"""Maximum number of code points used of a field."""


class Piece(NamedTuple):
    """Words in one style; `look` names a component class of the list."""

    look: str
    words: str


StyledLine = tuple[Piece, ...]


class ClaimRow(NamedTuple):
    """The data of a claim's row."""

    number: int
    claim: Claim
    speaker: Speaker | None
    date: DateMention | None
    text: str
    """The article's text."""
    inside: tuple[DateMention, ...] = ()
    """The dates in the claim's content."""
    figure: str | None = None
    """Displayed sort value; None in the order of the article."""
    source_problem: str = ""
    """Reason why the source cannot be right."""
    corrected_by: Mapping[str, str] = NOBODY
    """Origins of the corrections, by field; empty where they are not known."""
    marked: bool = False
    """True while it is marked for the next action."""

    @property
    def who(self) -> str:
        """The speaker's name, or a note that there is none."""
        return "(no speaker)" if self.speaker is None else safe_line(self.speaker.name)

    def who_within(self, width: int) -> str:
        """Return the speaker cut to a width in cells, with a question mark for a guess."""
        doubt = "?" if is_guess(self.claim) else ""
        return clip(self.who, width - len(doubt)) + doubt

    @property
    def content(self) -> str:
        """The claim's words on one line, between its manner and words no longer in the text."""
        claim = self.claim
        # In the article's words if they say it: “did not deny” is negated, but no denial.
        own = safe_line(own_words(self.text, claim))
        flags = (HEDGED if claim.hedged else "", NEGATED if claim.negated else "")
        before = (f"“{own}”:",) if own else flags
        gone = f"[no longer in the text: {safe_line(claim.lost)}]" if claim.lost else ""
        return " ".join(filter(None, (*before, self.words(claim.content), gone)))

    @property
    def source(self) -> str:
        """The source's words, and the reason why they cannot be right."""
        problem = f" ! {safe_line(self.source_problem)}" if self.source_problem else ""
        return self.words(self.claim.source) + problem

    @property
    def when(self) -> str:
        """The date's value, in words if it is a code; the article's words if it is incomplete; empty without a date."""
        if self.date is None:
            return ""
        known = self.date.value if "X" not in (self.date.value or "X") else None
        span = self.date.span
        words = in_words(known or "") or known or (self.text[span.start : span.end] if span else self.date.value)
        return safe_line(words or "(no value)")

    def dated(self, date: DateMention) -> str:
        """Return the words of a date, and its value if that differs."""
        said = self.words((date.span,)) if date.span else ""
        words = in_words(date.value or "")
        value = f"{words} ({safe_line(date.value or '')})" if words else safe_line(date.value or "")
        return said if date.value in (None, said) else f"{said} = {value}"

    def words(self, spans: tuple[tuple[int, int], ...]) -> str:
        """Return the words of spans on one line, joined by ellipses."""
        joined = " … ".join(self.text[start : min(end, start + _MOST_SHOWN)] for start, end in spans)
        return " ".join(safe_line(joined).split(" "))


def _head(row: ClaimRow, digits: int) -> str:
    """Return state and number of a claim."""
    mark = DOUBTFUL if is_doubtful(row.claim) else MARKS[row.claim.status]
    return f"{mark}{MARKED if row.marked else ' '}{row.number:>{digits}} "


def folded(row: ClaimRow, width: int, digits: int) -> StyledLine:
    """Return a claim's row: state, number, speaker, content, and its sort value or date.

    The last is left out in a list too narrow for it.
    """
    head = _head(row, digits)
    who_width = max(8, min(20, width // 3), min(_MOST_WHO, width // 4))
    cells = _DATE_AND_TIME if width >= _VERY_WIDE else _DATE
    dated = f" {clip(row.when, cells):>{cells}}" if width >= _WIDE else ""
    last = dated if row.figure is None else f" {row.figure}"
    room = max(0, width - columns(head) - who_width - len(_GAP))
    if columns(last) > room:
        last = ""
    return (
        Piece(row.claim.status, head),
        Piece("nobody" if row.speaker is None else "speaker", _padded(row.who_within(who_width), who_width) + _GAP),
        Piece("content", _padded(row.content, room - columns(last))),
        Piece("date", last),
    )


def unfolded(row: ClaimRow, width: int, digits: int) -> list[StyledLine]:
    """Return the lines of the unfolded claim: its row without the content, then all its fields."""
    claim = row.claim
    head = _head(row, digits)
    said = " · ".join((claim.type, *(flag for flag in ("negated", "hedged") if getattr(claim, flag))))
    with_status = f"{said} · {claim.status}"
    if columns(head) + columns(row.who) + 2 + columns(with_status) <= width:
        said = with_status  # without room for the status, the mark alone shows it
    name = row.who_within(max(8, width - columns(head) - columns(said) - 2))
    room = max(0, width - columns(head) - columns(name))
    lines: list[StyledLine] = [
        (
            Piece(claim.status, head),
            Piece("nobody" if row.speaker is None else "speaker", name),
            Piece("label", f"{clip(said, room):>{room}}"),
        )
    ]
    lines += [(Piece("content", " " * _INDENT + line),) for line in _wrapped(row.content, width - _INDENT)]
    for label, words in fields_of(row):
        parts = _wrapped(words, width - _INDENT - _LABEL)
        labels = (label, *[""] * len(parts))
        lines += [
            (Piece("label", " " * _INDENT + f"{name:<{_LABEL}}"), Piece("field", part))
            for name, part in zip(labels, parts, strict=False)
        ]
    return lines


def _sure(claim: Claim) -> str:
    """Return the engine's confidence in a claim as text; for a guessed speaker, separately for words and speaker."""
    both, words = sure(claim), confidence(claim)
    if both is None or words is None:
        return ""
    of_speaker = speaker_confidence(claim)
    if of_speaker is None:
        return f"{words:.0%} sure of the words"
    if is_guess(claim):
        return f"{words:.0%} sure of the words; the speaker is a guess: {of_speaker:.0%} of guesses are right"
    return f"{both:.0%} sure of words and speaker"


_NAMES = {"content": "words", "addressee": "to"}
"""Labels of fields, where they differ from the fields' names."""
_OWN = frozenset({"note", "tags"})
"""Fields never set by the engine, and so never corrected."""


def _corrected(row: ClaimRow) -> str:
    """Return the corrected fields and the people, with a note if the engine's confidence no longer applies."""
    claim, fields = row.claim, dict[str, list[str]]()
    for name in claim.edited:
        if name not in _OWN:
            person = row.corrected_by.get(name, "").removeprefix(human("")) or "a person"
            fields.setdefault(person, []).append(_NAMES.get(name, name))
    names = "; ".join(f"{', '.join(those)} · by {person}" for person, those in fields.items())
    gone = claim.status == "suggested" and claim.confidence is not None and sure(claim) is None
    return f"{names}{'; confidence no longer applies' if gone else ''}" if names else ""


def fields_of(row: ClaimRow) -> Iterator[tuple[str, str]]:
    """Yield label and text of all fields that are not empty."""
    claim, speaker = row.claim, row.speaker
    span = row.date.span if row.date else None
    date_words = row.words((span,)) if span else ""
    value = safe_line(row.date.value or "") if row.date else ""
    value = value if in_words(value) == row.when else ""
    about = [words for words in (value, date_words) if words and words != row.when]
    fields = (
        ("speaker", safe_line(who(speaker)) if speaker else ""),
        ("or maybe", safe_line(", ".join(rivals(claim)))),
        (
            "source",
            row.words(claim.source) + safe_line(f" ! {row.source_problem}" if row.source_problem else "")
            or (_NO_SOURCE if is_guess(claim) else ""),
        ),
        ("cue", row.words(claim.cue)),
        ("negated", safe_line(negation(row.text, claim))),
        ("hedged", safe_line(hedge(row.text, claim))),
        ("to", row.words(claim.addressee)),
        ("via", row.words(claim.via)),
        ("date", f"{row.when} ({'; '.join(about)})" if about else row.when),
        ("dates", ", ".join(map(row.dated, row.inside))),
        ("engine", _sure(claim)),
        ("fact-check", f"{worthy} worth it" if (worthy := worth_in_words(claim)) else ""),
        ("corrected", safe_line(_corrected(row))),
        ("note", safe(claim.note)),
        ("tags", safe_line(", ".join(claim.tags))),
    )
    return ((label, words) for label, words in fields if words)


def _wrapped(words: str, width: int) -> list[str]:
    """Return words wrapped to a width; too many lines end in an ellipsis."""
    lines = wrap(words[:_MOST_SHOWN], width)
    shown = [words[start:end] for start, end in map(lines.shown, range(min(len(lines), _MOST_LINES)))]
    if len(lines) > _MOST_LINES:
        shown[-1] = clip(shown[-1] + " …", lines.width)
    return shown


def _padded(words: str, width: int) -> str:
    cut = clip(words, width)
    return cut + " " * (width - columns(cut))
