"""Build valid records from the documents of a damaged save file; lost parts are reported with their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from annotate.errors import ModelError
from annotate.model import SCHEMA, Block, Claim, DateMention, Quote, Record, Review, Speaker, sha256
from annotate.spans import Span
from annotate.store.memory import document_faults
from annotate.store.memory.article import record_of

Part = TypeVar("Part", Block, Claim, DateMention, Quote, Review, Speaker)
Mention = TypeVar("Mention", DateMention, Speaker)
Document = Mapping[str, Any]

_LISTS = ("blocks", "quotes", "dates", "speakers")


class Lost(NamedTuple):
    """A part that was taken out of its place."""

    problem: str
    """A sentence that names the place."""
    document: Document
    """Its content, to be kept elsewhere."""


def mended(document: Document, claims: Iterable[Document]) -> tuple[Record, list[Lost]]:
    """Return an article with all of its valid parts and claims, and the parts that were lost.

    Args:
        document: Of the table `articles`, with an id and a text.
        claims: Of the table `claims`, each with an id.
    """
    claims = list(claims)
    try:
        return record_of(document, claims), []
    except ModelError:
        mender = _Mender(document)
        return mender.record(claims), mender.lost


class _Mender:
    """Takes one article apart and builds a record from its valid parts."""

    def __init__(self, document: Document) -> None:
        self.lost: list[Lost] = []
        self._document = document
        self._text: str = document["text"]
        self._where = document_faults.place("articles", "", document)

    def record(self, claims: Iterable[Document]) -> Record:
        """Return the record made of the valid parts."""
        body = {name: value for name, value in self._document.items() if name not in (*_LISTS, "claims")}
        schema, digest = body.pop("schema", None), body.pop("text_sha256", None)
        if schema != SCHEMA:
            self._lose_field(self._where, "schema", schema, f"expected {SCHEMA}")
        if digest not in (None, sha256(self._text)):
            self._lose_field(self._where, "text_sha256", digest, "it does not match the text")
        review = self._part(Review, body.pop("review", {}), f"{self._where}.review")
        known, extra = self._fields(Record.schema, body, self._where)
        record = Record(**known, review=review or Review(), extra=extra)
        record = replace(
            record,
            blocks=tuple(self._blocks()),
            quotes=tuple(item for where, item in self._parts("quotes", Quote) if self._fits(where, item)),
            dates=tuple(self._with_own_ids(self._date(*found) for found in self._parts("dates", DateMention))),
            speakers=tuple(self._with_own_ids(self._speaker(*found) for found in self._parts("speakers", Speaker))),
        )
        ids = {"speaker": {s.id for s in record.speakers}, "date": {d.id for d in record.dates}}
        return replace(record, claims=tuple(self._claims(claims, ids)))

    def _claims(self, documents: Iterable[Document], ids: Mapping[str, set[str]]) -> Iterator[Claim]:
        taken: set[str] = set()
        for document in documents:
            where = document_faults.place("claims", "", document)
            bare = {name: value for name, value in document.items() if name != "article"}
            for name, known in ids.items():
                if isinstance(named := bare.get(name), str) and named not in known:
                    self._lose_field(where, name, bare.pop(name), f"{named!r:.60} is not in the article")
            claim = self._part(Claim, bare, where, document)
            if claim is None:
                continue
            if outside := [span for span in claim.spans() if span.end > len(self._text)]:
                self._lose(f"{where}: {_shown(outside[0])} is outside the text (0–{len(self._text)})", document)
            elif claim.id in taken:
                self._lose(f"{where}: the file has it twice", document)
            else:
                taken.add(claim.id)
                yield claim

    def _blocks(self) -> Iterator[Block]:
        end_of_last = 0
        for where, block in self._parts("blocks", Block):
            if block.start < end_of_last:
                self._lose(f"{where}: it is out of order", _kept(where, block.to_dict()))
            elif self._fits(where, block):
                end_of_last = block.end
                yield block

    def _fits(self, where: str, part: Block | Quote) -> bool:
        """Tell whether a part lies in the text; one that does not is recorded as lost."""
        fits = part.start < part.end <= len(self._text)
        if not fits:
            why = f"it is empty or outside the text (0–{len(self._text)})"
            self._lose(f"{where}: {why}", _kept(where, part.to_dict()))
        return fits

    def _date(self, where: str, date: DateMention) -> tuple[str, DateMention]:
        """Return a date, without its offsets if they are invalid."""
        start, end = date.start, date.end
        if (start, end) == (None, None) or (start is not None and end is not None and start < end <= len(self._text)):
            return where, date
        self._lose_field(where, "start, end", [start, end], f"outside the text (0–{len(self._text)})")
        return where, replace(date, start=None, end=None)

    def _speaker(self, where: str, speaker: Speaker) -> tuple[str, Speaker]:
        """Return a speaker without the mentions that lie outside the text."""
        inside = tuple(span for span in speaker.mentions if span.end <= len(self._text))
        if inside != speaker.mentions:
            spans = [list(span) for span in speaker.mentions]
            self._lose_field(where, "mentions", spans, f"outside the text (0–{len(self._text)})")
        return where, replace(speaker, mentions=inside)

    def _with_own_ids(self, parts: Iterable[tuple[str, Mention]]) -> Iterator[Mention]:
        taken: set[str] = set()
        for where, part in parts:
            if part.id in taken:
                self._lose(f"{where}: another has the same id, {part.id!r:.60}", _kept(where, part.to_dict()))
            else:
                taken.add(part.id)
                yield part

    def _parts(self, name: str, cls: type[Part]) -> Iterator[tuple[str, Part]]:
        """Yield the readable parts of one of the article's lists, with their places."""
        items = self._document.get(name, [])
        if not isinstance(items, list):
            self._lose_field(self._where, name, items, "expected a list")
            return
        for i, item in enumerate(items):
            where = f"{self._where}.{name}[{i}]"
            if part := self._part(cls, item, where):
                yield where, part

    def _part(self, cls: type[Part], value: Any, where: str, whole: Any = None) -> Part | None:
        """Return a part without its invalid fields; None, recording the part as lost, if it needs them."""
        if not isinstance(value, dict):
            self._lose(f"{where}: expected an object, not {value!r:.60}", _kept(where, value))
            return None
        try:
            return cls.from_dict(value, where)
        except ModelError as error:
            why = error.message
        before = len(self.lost)
        known, extra = self._fields(cls.schema, value, where)
        try:
            return cls(**known, extra=extra)
        except TypeError:
            del self.lost[before:]
            self._lose(why, _kept(where, value) if whole is None else whole)
            return None

    def _fields(self, schema: Mapping[str, Any], value: Document, where: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the fields that can be read, and the keys outside the schema."""
        known: dict[str, Any] = {}
        for name, item in value.items():
            if name in schema:
                try:
                    known[name] = schema[name](item, f"{where}.{name}")
                except ModelError as error:
                    self._lose(error.message, _kept(where, item, name))
                    if sound := _sound_words(schema[name], item):
                        known[name] = schema[name](sound, where)
        return known, {name: item for name, item in value.items() if name not in schema}

    def _lose_field(self, where: str, name: str, value: Any, why: str) -> None:
        self._lose(f"{where}.{name}: {why}", _kept(where, value, name))

    def _lose(self, problem: str, document: Document) -> None:
        self.lost.append(Lost(f"{problem}; left out", document))


def _kept(where: str, value: Any, field: str | None = None) -> Document:
    """Return the document in which a lost part is kept."""
    return {"place": where, "field": field, "value": value}


def _sound_words(read: Callable[[Any, str], Any], value: Any) -> list[str]:
    """Return the valid words of a list such as `edited`: each of them protects a field that a person changed."""

    def is_sound(word: Any) -> bool:
        with suppress(ModelError):
            return isinstance(word, str) and bool(read([word], ""))
        return False

    return [word for word in value if is_sound(word)] if isinstance(value, list) else []


def _shown(span: Span) -> str:
    return f"{span.start}–{span.end}"
