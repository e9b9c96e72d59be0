"""Names in a parsed article, with the titles and roles before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from annotate.speakers import descriptions
from annotate.speakers.name_runs import capitalised, runs, within
from annotate.speakers.word_lists import TITLES, gender_of_name, gender_of_title, is_role, plain, words

_POSSESSIVE = re.compile(r"['’]s?$")
_AFFILIATION = re.compile(r"(?:\(|, )([A-Z][a-z]{0,2}[-–][A-Z][\w.]*(?: [A-Z][\w.]*)*)[),]")
_AGE = re.compile(r"[1-9]\d?|1[01]\d")
_LONGEST_AFFILIATION = 10
"""Maximum length of an affiliation, in tokens."""


@dataclass(frozen=True)
class Name:
    """One mention of a name."""

    first: int
    """First token of the phrase: title, role and name."""
    start: int
    """First token of the name itself."""
    end: int
    """Token after the last."""
    words: tuple[str, ...]
    title: str = ""
    """Form of address or short role before the name (*Mr*, *President*), as written in the word lists."""
    description: str | None = None
    affiliation: tuple[str, ...] = ()
    """Party and place, or age, in brackets or commas after the name: *D*, *Ohio*; *34*."""
    after_the: bool = False
    is_where: bool = False
    """True if it is used as a location: *in Orlo*."""

    @property
    def gender(self) -> str:
        """Gender by title, role or first name: `m`, `f` or empty."""
        role = descriptions.head_noun(self.description or "")
        first = self.words[0] if len(self.words) > 1 or not self.title else ""
        return gender_of_title(self.title) or gender_of_title(role) or gender_of_name(first)

    @property
    def may_be_surname(self) -> bool:
        """True if the gender rests on a single word that may be a surname: *Warren* of Elizabeth Warren."""
        return len(self.words) == 1 and not self.title and not self.description


def find_names(doc: Doc, ranges: Sequence[tuple[int, int]]) -> list[Name]:
    """Return the names in some token ranges of an article, in text order.

    A capitalised word at the start of a sentence, often mistagged, is a name if it is one elsewhere.

    Args:
        doc: The article, tagged and parsed.
        ranges: Token ranges to search; a name never crosses the end of one.
    """
    capitals = capitalised(doc)
    found = [
        name
        for first, last in ranges
        for start, end in runs(doc, within(capitals, first, last), first, last)
        if (name := _name(doc, start, end, first, last)) is not None
    ]
    covered = {i for name in found for i in range(name.first, name.end)}
    known = (
        {doc[name.end - 1].text for name in found}
        | {name.words[-1] for name in found}
        | {name.words[0] for name in found if gender_of_name(name.words[0])}
    )
    for first, last in ranges:
        missed = (i for i in within(capitals, first, last) if i not in covered and doc[i].text in known)
        found += [Name(i, i, i + 1, (doc[i].text,)) for i in missed]
    spelled = {name.words for name in found if not doc[name.first].is_sent_start}
    return sorted((_without_first_word(name, doc, spelled) for name in found), key=lambda name: name.start)


def _without_first_word(name: Name, doc: Doc, spelled: set[tuple[str, ...]]) -> Name:
    """Shorten *Follow Breitbart News* at the start of a sentence to *Breitbart News* if that is written elsewhere."""
    shorter = name.words[1:]
    begins = doc[name.start].is_sent_start and doc[name.start].text == name.words[0]
    if (
        begins
        and len(shorter) > 1
        and shorter in spelled
        and name.words not in spelled
        and not gender_of_name(name.words[0])
    ):
        return replace(name, first=name.start + 1, start=name.start + 1, words=shorter)
    return name


def _name(doc: Doc, start: int, end: int, first: int, last: int) -> Name | None:
    cut = start + _role_length([plain(token.text) for token in doc[start:end]])
    own = name_words(doc[cut:end].text)
    is_letter = len(own) == 1 and len(own[0]) == 1
    if not own or own in {("Q",), ("A",)} or (is_letter and cut > start):
        return None
    titles = [title for token in doc[start:cut] if (title := plain(token.text))]
    office = doc[start:cut].text if any(title not in TITLES for title in titles) else None
    before = start
    if office or not titles:
        before = descriptions.start_of_role(doc, start, first)
        office = doc[before:cut].text if before < start else office
    found = office or descriptions.of_name(doc, start, end, (first, last))
    return Name(
        first=before,
        start=cut,
        end=end,
        words=own,
        title=titles[-1] if titles else "",
        description=found and " ".join(found.split()),
        affiliation=_affiliation(doc, end, last),
        after_the=_is_after_the(doc, before, end, first, last),
        is_where=_is_where(doc, before, end, first, last),
    )


def _affiliation(doc: Doc, end: int, last: int) -> tuple[str, ...]:
    """Return party and place of a politician, or an age: *D* and *Ohio* of *(D-Ohio)*, *34* of *, 34,*."""
    if end >= last or doc[end].text[0] not in ",(":
        return ()
    age = doc[end + 1 : min(end + 3, last)]
    if len(age) == 2 and _AGE.fullmatch(age[0].text) and age[1].is_punct:
        return (age[0].text,)
    found = _AFFILIATION.match(doc[end : min(end + _LONGEST_AFFILIATION, last)].text)
    return tuple(found[1].replace("-", " ").replace("–", " ").split()) if found else ()


def _is_where(doc: Doc, start: int, end: int, first: int, last: int) -> bool:
    """Return whether a name is used as a location: *in Orlo*, but not *in Orlo’s view*."""
    is_owner = end < last and doc[end].tag_ == "POS"
    return start > first and doc[start - 1].lower_ in words("place prepositions") and not is_owner


def _is_after_the(doc: Doc, start: int, end: int, first: int, last: int) -> bool:
    """Return whether a name has its own definite article: *the Kremlin*, but not *the Orlo council*."""
    if start <= first or doc[start - 1].lower_ != "the":
        return False
    return end >= last or doc[end].tag_[:1] != "N"


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name without possessive endings, suffixes such as *Jr.* and final full stops."""
    found = _POSSESSIVE.sub("", text).split()
    while len(found) > 1 and plain(found[-1]) in words("suffixes"):
        found.pop()
    return tuple(found)


def _role_length(run: list[str]) -> int:
    """Return the number of titles and roles at the start of a capitalised run."""
    if len(run) > 1 and run[-1] in words("organisation names"):
        return 0
    length = 0
    for i, word in enumerate(run):
        if word in TITLES or is_role(word) or (not word and length == i):
            length = i + 1
        for size in (2, 3, 4):
            if " ".join(run[i : i + size]) in words("compound roles"):
                length = max(length, i + size)
    is_first_name = length == 1 and len(run) == 2 and bool(gender_of_name(run[0]))
    if 1 < length == len(run) and run[-1] not in words("addressed offices"):
        return _surname_at(run)
    return 0 if is_first_name else length


def _surname_at(run: list[str]) -> int:
    """Return the index of a surname that is also a job (Tim *Cook*, Mr *Baker*); without one, the run's length."""
    if run[-2] in TITLES:
        return len(run) - 1
    return len(run) - 2 if gender_of_name(run[-2]) else len(run)
