"""Questions of the list of speakers."""

from __future__ import annotations

from collections import Counter

from annotate.directory import Entry, is_confirmed, names_of_both
from annotate.plural import count
from tui.screens.questions import Choice, Question
from tui.wording.speaker_rows import SpeakerLines, called


def articles_of(entry: Entry, lines: SpeakerLines) -> tuple[Choice, ...]:
    """Return a choice for each article of a speaker, with the name and the number of claims there."""
    names = {a.article: called(a.speaker) for a in entry.appearances}
    claims = Counter[str]()
    for appearance in entry.appearances:
        claims[appearance.article] += appearance.claims
    return tuple(
        Choice(id_, lines.title(id_), f"{names[id_]} · {count(claims[id_], 'claim')}") for id_ in entry.articles
    )


def which_name(kept: Entry, gone: Entry, lines: SpeakerLines) -> Question:
    """Return the question for the name of two merged speakers, the best name first."""
    details = {entry.name: _about(entry, lines) for entry in (gone, kept)}
    choices = tuple(Choice(name, name, details.get(name, "earlier name")) for name in names_of_both(kept, gone))
    return Question("Merge", choices, text=f"Name to use for {gone.name} and {kept.name}:")


def _about(entry: Entry, lines: SpeakerLines) -> str:
    return lines.how_much(entry) + (" · confirmed" if is_confirmed(entry) else "")
