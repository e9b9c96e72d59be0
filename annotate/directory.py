"""Who speaks in all the articles of a library: one entry for each being, and what a person can do to entries.

What articles call their speakers decides which of them are the same, as far as that is beyond doubt: full names are, a
surname alone is not. What a person decides is written into the speakers, under two keys of their own: `entity`, the
same for all that are one being, and `aliases`, names they had before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from uuid import uuid4

from annotate.changes import Change, Edit
from annotate.model import Record, Speaker, SpeakerKind

ENTITY, ALIASES = "entity", "aliases"
"""Keys of a speaker, beside those of the contract."""
_NAMED: tuple[SpeakerKind, ...] = ("person", "organisation", "place")
"""Kinds whose names mean the same being wherever they stand; *officials* are others in each article."""
_SMALL = frozenset({"of", "the", "and", "for", "in"})
"""Words that acronyms leave out."""


class Appearance(NamedTuple):
    """A speaker of one article."""

    article: str
    speaker: Speaker
    claims: int
    """Those neither deleted nor rejected."""

    @property
    def entity(self) -> str:
        """What a person said it is; empty where nobody did."""
        said = self.speaker.extra.get(ENTITY)
        return said if isinstance(said, str) else ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Names it had before."""
        return aliases_of(self.speaker)


def aliases_of(speaker: Speaker) -> tuple[str, ...]:
    """Return the names a speaker had before a person renamed it or put it together with another."""
    known = speaker.extra.get(ALIASES)
    return tuple(name for name in known if isinstance(name, str)) if isinstance(known, list | tuple) else ()


def of_record(record: Record) -> Iterator[Appearance]:
    """Yield the speakers of an article who have claims."""
    counts = Counter(c.speaker for c in record.claims if not c.deleted and c.status != "rejected")
    for speaker in record.speakers:
        if counts[speaker.id]:
            yield Appearance(record.id, speaker, counts[speaker.id])


@dataclass(frozen=True)
class Entry:
    """One being and where it speaks."""

    key: str
    """What tells it from other entries."""
    appearances: tuple[Appearance, ...]

    @cached_property
    def name(self) -> str:
        """The name of most claims, the longest of those."""
        counts: Counter[str] = Counter()
        for appearance in self.appearances:
            counts[appearance.speaker.name] += appearance.claims
        return max(counts, key=lambda name: (counts[name], len(name)))

    @cached_property
    def kind(self) -> SpeakerKind:
        """What it is in most articles."""
        return Counter(a.speaker.kind for a in self.appearances).most_common(1)[0][0]

    @cached_property
    def description(self) -> str:
        """What an article says of it, if one does."""
        return next((a.speaker.description for a in self.appearances if a.speaker.description), "")

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        names = dict.fromkeys(name for a in self.appearances for name in (a.speaker.name, *a.aliases))
        return tuple(name for name in names if name != self.name)

    @cached_property
    def claims(self) -> int:
        """How many it makes."""
        return sum(appearance.claims for appearance in self.appearances)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles it speaks in."""
        return tuple(dict.fromkeys(appearance.article for appearance in self.appearances))


class Directory:
    """The entries of a library, most claims first.

    Speakers with the same `entity` are one entry. Of the others those of the same kind and full name are, and belong to
    the one `entity` that has or had this name; where several have, or where a person goes by one word, each article's
    is an entry of its own until somebody says whose it is.

    Args:
        appearances: All speakers with claims.
    """

    def __init__(self, appearances: Iterable[Appearance]) -> None:
        groups = _grouped(appearances)
        entries = (Entry(key, tuple(group)) for key, group in groups.items())
        self.entries = tuple(sorted(entries, key=lambda e: (-e.claims, e.name.casefold(), e.key)))
        self._called = tuple(defaultdict[str, list[Entry]](list) for _ in _Forms._fields)
        for entry in self.entries:
            for called, forms in zip(self._called, _forms(entry), strict=True):
                for form in forms:
                    called[form].append(entry)

    def maybe(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entries that may be the same being, most claims first: a person has to say."""
        (whole, short, single), forms = self._called, _forms(entry)
        pairs = ((whole, forms.whole), (short, forms.single), (single, forms.short))
        found = {other.key: other for called, mine in pairs for form in mine for other in called.get(form, ())}
        found.pop(entry.key, None)
        return tuple(sorted(found.values(), key=lambda other: -other.claims))


def _grouped(appearances: Iterable[Appearance]) -> dict[str, list[Appearance]]:
    groups: defaultdict[str, list[Appearance]] = defaultdict(list)
    free: list[Appearance] = []
    entities: defaultdict[str, set[str]] = defaultdict(set)
    for appearance in appearances:
        if not appearance.entity:
            free.append(appearance)
            continue
        groups[appearance.entity].append(appearance)
        for name in (appearance.speaker.name, *appearance.aliases):
            entities[_identity(appearance.speaker.kind, name)].add(appearance.entity)
    for appearance in free:
        identity = _identity(appearance.speaker.kind, appearance.speaker.name)
        known = entities.get(identity, set()) if identity else set()
        alone = f"{appearance.article}/{appearance.speaker.id}"
        key = alone if not identity or len(known) > 1 else next(iter(known), identity)
        groups[key].append(appearance)
    return groups


def _identity(kind: SpeakerKind, name: str) -> str:
    """Return what speakers must share to be the same without a person saying so; nothing where they never are."""
    folded = _folded(name)
    alone = kind == "person" and " " not in folded
    return "" if kind not in _NAMED or alone else f"{kind}:{folded}"


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").replace(".", " ").casefold().split())


def _names(entry: Entry) -> Iterator[list[str]]:
    """Yield the words of each name; what has no capital describes, and may be anybody."""
    for name in (entry.name, *entry.aliases):
        words = _folded(name).split()
        if words and not name.islower():
            yield words


class _Forms(NamedTuple):
    """What an entry may be called."""

    whole: set[str]
    """Its names, and first and last word of each: *Ana M. Li* may be *Ana Li*."""
    short: set[str]
    """One word that may stand for a longer name: surname, first word of a body's name, initials."""
    single: set[str]
    """Names of its own of one word, as `short` has those of others."""


def _forms(entry: Entry) -> _Forms:
    forms = _Forms(set(), set(), set())
    for words in _names(entry):
        forms.whole.update({" ".join(words), f"{words[0]} {words[-1]}"})
        if entry.kind == "person":
            (forms.short if len(words) > 1 else forms.single).add(f"… {words[-1]}")
        elif len(words) > 1:
            initials = "".join(word[0] for word in words if word not in _SMALL)
            forms.short.update({f"{words[0]} …", initials})
        else:
            forms.single.update({f"{words[0]} …", words[0]})
    return forms


def rename(entry: Entry, name: str) -> tuple[Change, ...]:
    """Call an entry otherwise in all its articles; none where it is called so or the name is empty."""
    name = " ".join(name.split())
    if not name or all(appearance.speaker.name == name for appearance in entry.appearances):
        return ()
    entity = _entity(entry)
    return _changes("rename speaker", (_decided(a, entity, name) for a in entry.appearances))


def merge(kept: Entry, other: Entry, get: Callable[[str], Record]) -> tuple[Change, ...]:
    """Say that two entries are one being, which is called as the first one.

    Args:
        kept: Whose name stays.
        other: What is added to it.
        get: Returns an article; asked for those in which both speak, where the claims change hands.
    """
    entity, name = _entity(kept), kept.name
    heirs = {appearance.article: appearance for appearance in reversed(kept.appearances)}
    alone = [a for a in other.appearances if a.article not in heirs]
    edits = [_decided(a, entity, name) for a in (*kept.appearances, *alone) if a is not heirs.get(a.article)]
    for article, heir in heirs.items():
        gone = [a for a in other.appearances if a.article == article]
        edits.append(_decided(heir, entity, name, gone))
        if gone:
            edits += _handed_over(get(article), heir.speaker.id, {a.speaker.id for a in gone})
    return _changes("merge speakers", edits)


def split(entry: Entry, articles: Collection[str]) -> tuple[Change, ...]:
    """Say that the speaker of some of an entry's articles is another being; none where nothing would be left."""
    if not articles or set(entry.articles) <= set(articles):
        return ()
    old, new = _entity(entry), uuid4().hex
    moved = (_decided(a, new if a.article in articles else old, a.speaker.name) for a in entry.appearances)
    return _changes("split speakers", moved)


def _entity(entry: Entry) -> str:
    return next((a.entity for a in entry.appearances if a.entity), "") or uuid4().hex


def _decided(appearance: Appearance, entity: str, name: str, gone: Sequence[Appearance] = ()) -> tuple[str, Edit]:
    """Return the edit that says who a speaker is and what it is called; labelling again leaves it alone.

    Args:
        appearance: The speaker.
        entity: Of which being.
        name: What it is called from now on.
        gone: Other speakers of the article whose place it takes.
    """
    old = appearance.speaker
    names = [called for a in (appearance, *gone) for called in (*a.aliases, a.speaker.name)]
    aliases = [alias for alias in dict.fromkeys(names) if alias != name]
    extra = {**old.extra, "edited": ["name"], ENTITY: entity} | ({ALIASES: aliases} if aliases else {})
    mentions = tuple(sorted({span for a in (appearance, *gone) for span in a.speaker.mentions}))
    return appearance.article, Edit("speaker", old, replace(old, name=name, mentions=mentions, extra=extra))


def _handed_over(record: Record, heir: str, gone: Collection[str]) -> Iterator[tuple[str, Edit]]:
    for claim in record.claims:
        if claim.speaker in gone:
            yield record.id, Edit("claim", claim, replace(claim, speaker=heir))
    for speaker in record.speakers:
        if speaker.id in gone:
            yield record.id, Edit("speaker", speaker, None)


def _changes(op: str, edits: Iterable[tuple[str, Edit]]) -> tuple[Change, ...]:
    by_article: defaultdict[str, list[Edit]] = defaultdict(list)
    for article, edit in edits:
        if edit.before != edit.after:
            by_article[article].append(edit)
    return tuple(Change(article, op, tuple(edits)) for article, edits in by_article.items())
