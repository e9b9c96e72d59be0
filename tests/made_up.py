"""Made-up articles of which only the speakers matter, a library of them, and claims of which only the words do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from annotate.changes import Change, apply
from annotate.directory import Appearance, Directory, Entry, of_record
from annotate.model import Claim, Record, Speaker, SpeakerKind
from annotate.spans import Span


def spoken(article: str, *speakers: tuple[str, SpeakerKind]) -> Record:
    """Return an article in which each of some speakers says one word, their own name."""
    text = " ".join(name for name, _ in speakers)
    made, claims, at = [], [], 0
    for i, (name, kind) in enumerate(speakers, 1):
        span = Span(at, at + len(name))
        made.append(Speaker(f"s{i}", name, kind, mentions=(span,)))
        claims.append(Claim(f"c{i}", "indirect", (span,), speaker=f"s{i}", origin="engine:1"))
        at = span.end + 1
    return Record(article, text, speakers=tuple(made), claims=tuple(claims))


def claim_in(marked: str, **fields: Any) -> tuple[str, Claim]:
    """Return a text without its marks and the claim that they make: `[source]`, `{cue}`, `<content>`."""
    places: dict[str, list[Span]] = {"[": [], "{": [], "<": []}
    text = ""
    for char in marked:
        if char in places:
            opened, start = char, len(text)
        elif char in "]}>":
            places[opened].append(Span(start, len(text)))
        else:
            text += char
    content, cue, source = (tuple(places[mark]) for mark in "<{[")
    return text, Claim("c1", "indirect", content, cue=cue, source=source, **fields)


class Library:
    """Articles in memory, as the store would have them."""

    def __init__(self, *records: Record) -> None:
        self.records = {record.id: record for record in records}

    def directory(self) -> Directory:
        return Directory(self.appearances())

    def appearances(self) -> Iterator[Appearance]:
        return chain.from_iterable(map(of_record, self.records.values()))

    def do(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.records[change.article] = apply(self.records[change.article], change)

    def entry(self, name: str, *, within: str = "") -> Entry:
        [found] = [e for e in self.directory().entries if e.name == name and (not within or within in e.articles)]
        return found

    def names(self) -> list[tuple[str, int]]:
        return [(entry.name, entry.claims) for entry in self.directory().entries]
