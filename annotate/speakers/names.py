"""Names in a parsed article: where they stand, the title before, the role or appositive that describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from annotate.speakers.lexicon import gender_of_name, gender_of_title, is_role, plain, words

_NAME_TAGS = frozenset({"NNP", "NNPS"})
_MODIFIER_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "VBN", "HYPH", "POS", "CD"})
_PHRASE_ENDS = frozenset(
    {",", ";", ".", "(", ")", "-", "–", "—", ":", "“", "”", '"', "and", "but", "who", "which", "where"}
)
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVE = re.compile(r"['’]s?$")
_PLURAL_POSSESSIVE = ("'", "’")
_QUALIFIER_LENGTH = 24
"""Tokens of an appositive that are looked at; longer ones describe an event, not a person."""


@dataclass(frozen=True)
class Name:
    """One mention of a name."""

    start: int
    """First token of the name itself, after title and role."""
    end: int
    """Token after the last."""
    words: tuple[str, ...]
    title: str = ""
    """Form of address or short role before it (*Mr*, *President*), as the lexicon writes it."""
    description: str | None = None
    after_the: bool = False

    @property
    def gender(self) -> str:
        """`m`, `f` or nothing: what title, role or first name say."""
        roles = (self.title, *(self.description or "").split())
        first = self.words[0] if len(self.words) > 1 or not self.title else ""
        return next(filter(None, map(gender_of_title, roles)), "") or gender_of_name(first)


def find_names(doc: Doc, ranges: Sequence[tuple[int, int]]) -> list[Name]:
    """Return the names in some stretches of an article, in text order.

    Args:
        doc: The article, tagged and parsed.
        ranges: Stretches to look at, in tokens; a name never runs over the end of one.
    """
    return [
        name
        for first, last in ranges
        for start, end in _runs(doc, first, last)
        if (name := _name(doc, start, end, first, last)) is not None
    ]


def _runs(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield maximal runs of capitalised name words with the small words that hold them together."""
    i = first
    while i < last:
        if not _begins_name(doc[i], last):
            i += 1
            continue
        end = i + 1
        while step := _step(doc, i, end, last):
            end += step
        yield i, end
        i = end


def _begins_name(token: Token, last: int) -> bool:
    if not token.text[0].isupper():
        return False
    if token.tag_ in _NAME_TAGS:
        return True
    following = token.i + 1
    is_modifier = token.tag_ == "JJ" and following < last and token.doc[following].tag_ in _NAME_TAGS
    return is_modifier and token.doc[following].text[0].isupper()


def _step(doc: Doc, start: int, end: int, last: int) -> int:
    """Return how many tokens the run goes on by, 0 at its end."""
    if end >= last:
        return 0
    token = doc[end]
    if _begins_name(token, last) and not token.is_sent_start:
        return 1
    if end + 1 >= last or token.is_sent_start:
        return 0
    following = doc[end + 1]
    goes_on = following.text[0].isupper() and following.is_alpha
    joined = not doc[end - 1].whitespace_ and not token.whitespace_
    if goes_on and (token.text == "&" or (token.tag_ == "HYPH" and joined) or plain(token.text) in words("particles")):
        return 2
    if goes_on and token.text in _PLURAL_POSSESSIVE and token.tag_ == "POS":
        return 2
    return _of_phrase(doc, start, end, last)


def _of_phrase(doc: Doc, start: int, end: int, last: int) -> int:
    """Hold *Ministry of Water*, *Friends of the Road*, *Secretary of State* together, but not *Quist of Orlo*."""
    if doc[end].lower_ not in {"of", "for", "and"}:
        return 0
    size = 2 if end + 2 < last and doc[end + 1].lower_ == "the" else 1
    following = doc[end + size]
    if not following.text[0].isupper() or following.tag_ not in _NAME_TAGS | {"JJ"}:
        return 0
    run = [plain(token.text) for token in doc[start:end]]
    if doc[end].lower_ == "and":
        return size + 1 if "of" in run and run[0] in words("organisation names") else 0
    compound = " ".join([run[-1], "of", *(token.lower_ for token in doc[end + 1 : end + size + 1])])
    is_body = any(word in words("organisation names") for word in run)
    return size + 1 if is_body or compound in words("compound roles") else 0


def _name(doc: Doc, start: int, end: int, first: int, last: int) -> Name | None:
    pieces = [(token.i, token.text) for token in doc[start:end]]
    cut = _role_length([plain(text) for _, text in pieces])
    if cut == len(pieces):
        return None
    prefix, own = doc[start : start + cut], doc[start + cut : end]
    titles = [plain(token.text) for token in prefix]
    forms = words("male titles") | words("female titles") | words("plain titles")
    has_office = any(title not in forms for title in titles)
    description = prefix.text if has_office else None
    before = _role_before(doc, start, first)
    if before < start and (not cut or has_office):
        description = doc[before:end].text[: -len(own.text)].strip()
    description = description or _appositive_after(doc, end, last) or _appositive_before(doc, start, end, first)
    return Name(
        start=own.start,
        end=own.end,
        words=name_words(own.text),
        title=titles[-1] if titles else "",
        description=description and " ".join(description.split()),
        after_the=before > first and doc[before - 1].lower_ == "the",
    )


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name without possessive endings, suffixes such as *Jr.* and full stops at its end."""
    found = _POSSESSIVE.sub("", text).split()
    while len(found) > 1 and plain(found[-1]) in words("suffixes"):
        found.pop()
    return tuple(found)


def _role_length(run: list[str]) -> int:
    """Return how many words at the head of a capitalised run are titles and roles, not name."""
    if len(run) > 1 and run[-1] in words("organisation names"):
        return 0
    length = 0
    titles = words("male titles") | words("female titles") | words("plain titles")
    for i, word in enumerate(run):
        if word in titles or is_role(word):
            length = i + 1
        for size in (2, 3, 4):
            if " ".join(run[i : i + size]) in words("compound roles"):
                length = max(length, i + size)
    is_first_name = length == 1 and len(run) == 2 and bool(gender_of_name(run[0]))
    return 0 if is_first_name else length


def _role_before(doc: Doc, start: int, first: int) -> int:
    """Return where the noun phrase begins that stands right before a name: *Kremlin spokesman* Dmitry Peskov."""
    i = start - 1
    if i < first or doc[i].tag_ != "NN" or not (is_role(doc[i].text) or doc[i].dep_ in {"compound", "nmod"}):
        return start
    while i > first and doc[i - 1].tag_ in _MODIFIER_TAGS and not doc[i].is_sent_start:
        i -= 1
    return i


def _appositive_after(doc: Doc, end: int, last: int) -> str | None:
    """Return what follows a name between commas: Ana Li, 42, *the mayor of Orlo*, …."""
    i = end
    if i < last and doc[i].text == "(":  # Ana Li (D-Orlo), the …
        i = next((j + 1 for j in range(i, min(i + 8, last)) if doc[j].text == ")"), last)
    if i >= last or doc[i].text != ",":
        return None
    i += 1
    if i + 1 < last and doc[i].tag_ == "CD" and doc[i + 1].text == ",":
        i += 2
    start = i
    head = -1
    while (
        i < min(last, start + _QUALIFIER_LENGTH)
        and doc[i].lower_ not in _PHRASE_ENDS
        and doc[i].tag_[:2] not in {"VB", "MD"}
    ):
        if head < 0 and doc[i].tag_[0] == "N" and (i + 1 >= last or doc[i + 1].tag_[0] != "N"):
            head = i
        elif head < 0 and doc[i].tag_ in {"IN", "PRP"}:
            return None
        i += 1
    if head < 0 or not is_role(doc[head].text) or i == last:
        return None
    return _without_article(doc, start, i)


def _appositive_before(doc: Doc, start: int, end: int, first: int) -> str | None:
    """Return the phrase that a name explains: *The mayor of Orlo*, Ana Li, said …."""
    if start - 2 < first or doc[start - 1].text != ",":
        return None
    root = doc[start:end].root
    head = root.head
    if root.dep_ != "appos" or head.i >= start or not is_role(head.text):
        return None
    return _without_article(doc, max(head.left_edge.i, first), start - 1)


def _without_article(doc: Doc, start: int, end: int) -> str:
    if doc[start].lower_ in _ARTICLES:
        start += 1
    return str(doc[start:end].text)
