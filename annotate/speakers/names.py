"""Names in a parsed article, with the titles and roles before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from annotate.nfc import composed
from annotate.speakers import descriptions
from annotate.speakers.phrases import is_acronym
from annotate.speakers.word_lists import TITLES, gender_of_name, gender_of_title, is_body, is_role, plain, words

_NAME_TAGS = frozenset({"NNP", "NNPS"})
_NEVER_NAMES = frozenset({"PRP", "PRP$", "CD", "UH", "WP", "WRB", "DT", "IN", "MD", "CC", "TO"})
_OPENERS = frozenset("“”\"'‘’«»„([—–-•*#")
_QUOTES = frozenset("“”\"'‘’")
_ENDERS = frozenset(".!?:…;\n")
_POSSESSIVE = re.compile(r"['’]s?$")
_AFFILIATION = re.compile(r"(?:\(|, )([A-Z][a-z]{0,2}[-–][A-Z][\w.]*(?: [A-Z][\w.]*)*)[),]")
_AGE = re.compile(r"[1-9]\d?|1[01]\d")
_CAPITALISED = re.compile(r"X[^$(/<>@=|]*")
"""Shape of a capitalised word that may be a name, unlike a link or a tag."""
_LONGEST_AFFILIATION = 10
"""Maximum length of an affiliation, in tokens."""
_APOSTROPHES = ("'", "’")


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
    capitals = _capitalised(doc)
    found = [
        name
        for first, last in ranges
        for start, end in _runs(doc, _within(capitals, first, last), first, last)
        if (name := _name(doc, start, end, first, last)) is not None
    ]
    covered = {i for name in found for i in range(name.first, name.end)}
    known = {name.words[-1] for name in found} | {name.words[0] for name in found if gender_of_name(name.words[0])}
    for first, last in ranges:
        missed = (i for i in _within(capitals, first, last) if i not in covered and doc[i].text in known)
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


def _capitalised(doc: Doc) -> list[int]:
    """Return the capitalised tokens, without creating a `Token` for each word."""
    shapes = doc.to_array("SHAPE").tolist()
    capital = {shape for shape in set(shapes) if _CAPITALISED.fullmatch(doc.vocab.strings[shape])}
    return [i for i, shape in enumerate(shapes) if shape in capital]


def _within(capitals: list[int], first: int, last: int) -> list[int]:
    return capitals[bisect_left(capitals, first) : bisect_left(capitals, last)]


def _runs(doc: Doc, capitals: list[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield maximal runs of capitalised name words with the small words that connect them."""
    end = first
    for i in capitals:
        if i < end or not _is_name_word(doc[i], first, last):
            continue
        end = i + 1
        while step := _step(doc, i, end, first, last):
            end += step
        yield i, end


def _is_name_word(token: Token, first: int, last: int) -> bool:
    if not token.text[0].isupper() or token.lower_ in words("never names") or _is_month(token, first):
        return False
    if token.tag_ in _NAME_TAGS or is_acronym(token):
        return True
    if not token.tag_:  # a byline: no sentence, so never tagged
        return token.lower_ not in words("byline words")
    if token.tag_ == "JJ":
        following = token.i + 1
        return following < last and _is_name_word(token.doc[following], first, last)
    if token.tag_ in _NEVER_NAMES:
        following = token.i + 1  # *Per* Dahl
        return bool(gender_of_name(token.text)) and following < last and token.doc[following].tag_ in _NAME_TAGS
    return _is_first_name(token, last) if _is_initial(token, first) else True


def _is_first_name(token: Token, last: int) -> bool:
    """Return whether the first word of a sentence begins a name: *Corey* Lewandowski, *Friends* of the Salt Road."""
    following = token.i + 1
    if following >= last:
        return False
    if plain(token.text) in words("organisation names"):
        return _of_phrase(token.doc, token.i, following, last) > 0
    return token.doc[following].tag_ in _NAME_TAGS and token.dep_ in {"compound", "amod", "nmod"}


def _is_month(token: Token, first: int) -> bool:
    """Return whether *May*, *June*, *April* is a month, unlike in *Theresa May* or *June Jones*."""
    if token.lower_ not in words("months and names"):
        return False
    before = token.doc[max(first, token.i - 1)]
    if before.tag_ in {"IN", "JJ"}:
        return True
    following = next((other for other in token.doc[token.i + 1 : token.i + 3] if not other.is_space), before)
    return not any(other.tag_ in _NAME_TAGS and _is_title(other) and other != token for other in (before, following))


def _is_title(token: Token) -> bool:
    """Return whether a word is a capital followed by small letters, after NFC normalisation."""
    return composed(token.text).istitle()


def _is_initial(token: Token, first: int) -> bool:
    """Return whether a word is capitalised by position: after a full stop, a colon, an opening quotation mark."""
    i = token.i - 1
    while i >= first and (doc := token.doc)[i].text[0] in _OPENERS and not doc[i].text[0].isalnum():
        i -= 1
    return i < first or token.doc[i].text[-1] in _ENDERS or i < token.i - 1


def _step(doc: Doc, start: int, end: int, first: int, last: int) -> int:
    """Return how many of the next tokens continue a name: 0 if the name ends before them."""
    if end >= last:
        return 0
    token, before = doc[end], doc[end - 1]
    if _is_name_word(token, first, last) and not (token.is_sent_start and plain(before.text) not in TITLES):
        return 1
    if end + 1 >= last or token.is_sent_start:
        return 0
    if _is_nickname(doc, end, last):
        return 4
    if not doc[end + 1].text[0].isupper():
        return _of_phrase(doc, start, end, last)
    if token.is_space or (token.text == "." and plain(before.text) in TITLES):
        return 2 if _is_name_word(doc[end + 1], first, last) else 0
    joined = not before.whitespace_ and not token.whitespace_
    hyphen = token.text == "-" and joined
    plural_owner = token.text in _APOSTROPHES and not before.whitespace_ and before.lower_[-1] == "s"
    if token.text == "&" or hyphen or plural_owner or plain(token.text) in words("particles"):
        return 2
    return _of_phrase(doc, start, end, last)


def _is_nickname(doc: Doc, end: int, last: int) -> bool:
    """Return whether a nickname and the rest of the name follow: Ana *“Annie”* Li."""
    return (
        end + 3 < last
        and doc[end].text in _QUOTES
        and doc[end + 2].text in _QUOTES
        and _is_title(doc[end + 1])
        and _is_title(doc[end + 3])
    )


def _of_phrase(doc: Doc, start: int, end: int, last: int) -> int:
    """Return the number of tokens by which *of …* extends a name: *Ministry of Water*, but not *Quist of Orlo*.

    Likewise *Friends of the Road*, *Secretary of State*.
    """
    if doc[end].text == "the" and end - start == 1 and start and is_body(doc[start - 1].text):
        return 2  # the charity Save the Children
    if doc[end].lower_ not in {"of", "for", "and"}:
        return 0
    size = 2 if end + 2 < last and doc[end + 1].lower_ == "the" else 1
    if end + size >= last or not doc[end + size].text[0].isupper() or doc[end + size].is_sent_start:
        return 0
    run = [plain(token.text) for token in doc[start:end]]
    if doc[end].lower_ == "and":
        is_region = len(run) == 1 and {run[0], doc[end + 1].lower_} <= words("directions")
        return size + 1 if is_region or ("of" in run and run[0] in words("organisation names")) else 0
    compound = " ".join([run[-1], "of", *(token.lower_ for token in doc[end + 1 : end + size + 1])])
    is_office = any(word in words("organisation names") for word in run)
    return size + 1 if is_office or compound in words("compound roles") else 0


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
