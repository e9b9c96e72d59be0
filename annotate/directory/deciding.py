"""Merge, split, rename and confirm entries, as changes of the articles in which they speak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from annotate.changes import Change, Edit
from annotate.codec import texts_in
from annotate.directory.appearance import ALIASES, ENTITY, JOINED, WAS, Appearance, Joined, aliases_of
from annotate.directory.entries import Entry
from annotate.directory.names import is_fuller, is_surname
from annotate.edit import free_id
from annotate.model import Claim, Record, Speaker, SpeakerKind
from annotate.spans import Span

_Edits = Iterator[tuple[str, Edit]]
"""Edits, each with the id of its article."""


def rename(entry: Entry, name: str, others: Iterable[Entry] = ()) -> tuple[Change, ...]:
    """Rename an entry in all its articles; return no changes if the name is empty or is its own.

    Args:
        entry: What to rename.
        name: What it is called from now on.
        others: Entries of that name that are somebody else, and stay so.
    """
    name = " ".join(name.split())
    if not name or all(appearance.speaker.name == name for appearance in entry.appearances):
        return ()
    return _changes("rename speaker", [*_called(entry, name), *(edit for other in others for edit in _called(other))])


def name_of_both(kept: Entry, other: Entry) -> str:
    """Return the default name of two entries after a merge, see `names_of_both`."""
    return names_of_both(kept, other)[0]


def names_of_both(kept: Entry, other: Entry) -> tuple[str, ...]:
    """Return the possible names of two entries after a merge: the best first, earlier names last.

    A name that a person confirmed is better than one that nobody did; else that of more claims, but no surname is
    better than the same person's full name. At a tie it is a person's fuller name, else that of `kept`.
    """
    is_person = "person" in {kept.kind, other.kind}

    def rank(entry: Entry, rival: Entry) -> tuple[bool, bool, int, bool]:
        fuller = is_person and is_fuller(entry.name, rival.name)
        return is_confirmed(entry), fuller and is_surname(rival.name), entry.claims, fuller

    best, rest = (other, kept) if rank(other, kept) > rank(kept, other) else (kept, other)
    return tuple(dict.fromkeys((best.name, rest.name, *best.aliases, *rest.aliases)))


def is_confirmed(entry: Entry) -> bool:
    """Tell whether a person decided an entry's identity, or the name of one of its speakers."""
    return entry.is_decided or any("name" in texts_in(a.speaker.extra.get("edited")) for a in entry.appearances)


def merge(kept: Entry, other: Entry, get: Callable[[str], Record], name: str = "") -> tuple[Change, ...]:
    """Merge two entries.

    Args:
        kept: What stays.
        other: What is added to it.
        get: Returns an article; asked for those in which both speak, where the claims change hands.
        name: What both are called; `name_of_both` by default.
    """
    entity, name = _entity(kept), " ".join(name.split()) or name_of_both(kept, other)
    heirs = {appearance.article: appearance for appearance in reversed(kept.appearances)}
    alone = [a for a in other.appearances if a.article not in heirs]
    kind = kept.kind if kept.kind != "unknown" else other.kind
    edits = [_put_together(a, entity, name, kind) for a in (*kept.appearances, *alone) if a is not heirs.get(a.article)]
    for article, heir in heirs.items():
        gone = [a for a in other.appearances if a.article == article]
        if gone:
            edits += _joined(get(article), heir, gone, entity, name)
        else:
            edits.append(_put_together(heir, entity, name, kind))
    return _changes("merge speakers", edits)


def confirm(entry: Entry) -> tuple[Change, ...]:
    """Confirm that an entry is one person, however its articles describe it (`Entry.namesakes`)."""
    return _changes("merge speakers", _called(entry))


def split(entry: Entry, gone: Collection[tuple[str, str]]) -> tuple[Change, ...]:
    """Split some of an entry's speakers off; return no changes if none would be left.

    They are called again as they were before they were put together with others.

    Args:
        entry: What to split.
        gone: Their marks, as of `Entry.marks_in` an article.
    """
    left = [a for a in entry.appearances if a.claims and a.mark not in gone]
    if not left or all(a.mark not in gone for a in entry.appearances):
        return ()
    old, new = _entity(entry), uuid4().hex
    moved = (_apart(a, new) if a.mark in gone else _decided(a, old, a.speaker.name) for a in entry.appearances)
    return _changes("split speakers", moved)


def unjoin(joined: Joined, record: Record) -> tuple[Change, ...]:
    """Undo the merge of two speakers of an article: the one merged gets its name and its claims back.

    Args:
        joined: As `Entry.joined` has it.
        record: The article.
    """
    heir, was = record.speaker(joined.heir), joined.speaker
    assert heir is not None  # it is where `joined` comes from
    mentions = tuple(span for span in was.mentions if span in heir.mentions)  # the text may have changed since
    taken = any(speaker.id == was.id for speaker in record.speakers)
    back = replace(
        was,
        id=free_id("s", record.speakers) if taken else was.id,
        mentions=mentions,
        extra={**was.extra, "edited": ["name"], ENTITY: uuid4().hex},
    )
    theirs = [claim for claim in record.claims if claim.id in joined.claims and claim.speaker == heir.id]
    edits = [
        Edit("speaker", heir, _without(heir, joined, mentions)),
        Edit("speaker", None, back),
        *(Edit("claim", claim, replace(claim, speaker=back.id)) for claim in theirs),
    ]
    return _changes("split speakers", ((record.id, edit) for edit in edits))


def _entity(entry: Entry) -> str:
    return next((a.entity for a in entry.appearances if a.entity), "") or uuid4().hex


def _called(entry: Entry, name: str = "") -> _Edits:
    """Yield the edits that confirm an entry as a person's decision, under a new name or its own."""
    entity = _entity(entry)
    for appearance in entry.appearances:
        yield _decided(appearance, entity, name or appearance.speaker.name)


def _decided(appearance: Appearance, entity: str, name: str) -> tuple[str, Edit]:
    """Return the edit that sets a speaker's identity and name, and protects them from a later analysis."""
    old = appearance.speaker
    return appearance.article, Edit("speaker", old, replace(old, name=name, extra=_extra(old, entity, name)))


def _put_together(appearance: Appearance, entity: str, name: str, kind: SpeakerKind) -> tuple[str, Edit]:
    """Return the edit that merges other speakers into one, which takes over their kind if its own is unknown."""
    article, (_, old, new) = _decided(appearance, entity, name)
    assert isinstance(new, Speaker)
    before = [appearance.speaker.name, *appearance.aliases]
    was = {WAS: before} if name != before[0] and WAS not in new.extra else {}
    kind = kind if new.kind == "unknown" else new.kind
    return article, Edit("speaker", old, replace(new, kind=kind, extra={**new.extra, **was}))


def _apart(appearance: Appearance, entity: str) -> tuple[str, Edit]:
    """Return the edit that splits a speaker off, under its name from before the merge."""
    old = appearance.speaker
    name, *aliases = texts_in(old.extra.get(WAS)) or (old.name, *aliases_of(old))
    extra = {key: value for key, value in old.extra.items() if key != WAS}
    return appearance.article, Edit("speaker", old, replace(old, name=name, extra=_said(extra, entity, aliases)))


def _extra(old: Speaker, entity: str, name: str, gone: Iterable[str] = ()) -> dict[str, Any]:
    names = (*aliases_of(old), old.name, *gone)
    return _said(old.extra, entity, [alias for alias in dict.fromkeys(names) if alias != name])


def _said(extra: Mapping[str, Any], entity: str, aliases: Sequence[str]) -> dict[str, Any]:
    """Return a speaker's extra keys, with a person's decision that a later analysis keeps."""
    rest = {key: value for key, value in extra.items() if key != ALIASES}
    return {**rest, "edited": ["name"], ENTITY: entity} | ({ALIASES: list(aliases)} if aliases else {})


def _joined(record: Record, heir: Appearance, gone: Sequence[Appearance], entity: str, name: str) -> _Edits:
    """Yield the edits that merge other speakers of an article into one, and store their earlier state with it."""
    old = heir.speaker
    claims: defaultdict[str | None, list[Claim]] = defaultdict(list)
    for claim in record.claims:
        claims[claim.speaker].append(claim)
    parts = [Joined(record.id, old.id, old.name, a.speaker, tuple(c.id for c in claims[a.speaker.id])) for a in gone]
    names = [called for a in gone for called in (*a.aliases, a.speaker.name)]
    extra = _extra(old, entity, name, names) | {JOINED: [part.as_json() for part in (*heir.joined, *parts)]}
    mentions = tuple(sorted({span for a in (heir, *gone) for span in a.speaker.mentions}))
    yield record.id, Edit("speaker", old, replace(old, name=name, mentions=mentions, extra=extra))
    for a in gone:
        for claim in claims[a.speaker.id]:
            yield record.id, Edit("claim", claim, replace(claim, speaker=old.id))
        yield record.id, Edit("speaker", a.speaker, None)


def _without(heir: Speaker, joined: Joined, mentions: Collection[Span]) -> Speaker:
    """Return an heir without the name, aliases and mentions that came from one merged speaker."""
    gone = {joined.speaker.name, *aliases_of(joined.speaker)}
    name = joined.heir_name if heir.name in gone else heir.name
    parts = [
        part._replace(heir_name=joined.heir_name) if part.heir_name in gone else part
        for part in Appearance(joined.article, heir, 0).joined
        if part != joined
    ]
    aliases = [alias for alias in aliases_of(heir) if alias not in gone and alias != name]
    extra = {key: value for key, value in heir.extra.items() if key not in {JOINED, ALIASES}}
    extra |= {key: value for key, value in ((ALIASES, aliases), (JOINED, [p.as_json() for p in parts])) if value}
    left = tuple(span for span in heir.mentions if span not in mentions)
    return replace(heir, name=name, mentions=left, extra=extra)


def _changes(op: str, edits: Iterable[tuple[str, Edit]]) -> tuple[Change, ...]:
    by_article: defaultdict[str, list[Edit]] = defaultdict(list)
    for article, edit in edits:
        if edit.before != edit.after:
            by_article[article].append(edit)
    return tuple(Change(article, op, tuple(edits)) for article, edits in by_article.items())
