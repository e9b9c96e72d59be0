"""Runs of capitalised words that may be names: *Caroline van den Brule*, *Kim Jong-ok*, *Ministry of Water*."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from annotate.nfc import composed
from annotate.speakers.phrases import is_acronym
from annotate.speakers.word_lists import TITLES, gender_of_name, is_body, plain, words

NAME_TAGS = frozenset({"NNP", "NNPS"})
_NEVER_NAMES = frozenset({"PRP", "PRP$", "CD", "UH", "WP", "WRB", "DT", "IN", "MD", "CC", "TO"})
_OPENERS = frozenset("“”\"'‘’«»„([—–-•*#")
_QUOTES = frozenset("“”\"'‘’")
_ENDERS = frozenset(".!?:…;\n")
_APOSTROPHES = ("'", "’")
_CAPITALISED = re.compile(r"X[^$(/<>@=|]*")
"""Shape of a capitalised word that may be a name, unlike a link or a tag."""

_LONGEST_NICKNAME = 4
"""Maximum length of a nickname with its first mark, in tokens."""
_LONGEST_SYLLABLE = 5
"""Maximum length of a last syllable, in letters."""


def capitalised(doc: Doc) -> list[int]:
    """Return the capitalised tokens, without creating a `Token` for each word."""
    shapes = doc.to_array("SHAPE").tolist()
    capital = {shape for shape in set(shapes) if _CAPITALISED.fullmatch(doc.vocab.strings[shape])}
    return [i for i, shape in enumerate(shapes) if shape in capital]


def within(capitals: list[int], first: int, last: int) -> list[int]:
    """Return the capitalised tokens in a token range."""
    return capitals[bisect_left(capitals, first) : bisect_left(capitals, last)]


def runs(doc: Doc, capitals: list[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield maximal runs of capitalised name words with the small words that connect them."""
    end = first
    for i in capitals:
        if i < end or not _is_name_word(doc[i], first, last):
            continue
        end = i + 1
        while step := _step(doc, i, end, first, last):
            end += step
        yield _with_article(doc, i, first), end


def _with_article(doc: Doc, start: int, first: int) -> int:
    """Return the start of a name with the article joined to it by a hyphen: *al-Sabah*."""
    at = start - 2
    is_joined = at >= first and doc[at + 1].text == "-" and not doc[at].whitespace_ and not doc[at + 1].whitespace_
    return at if is_joined and doc[at].text in {"al", "el", "ul"} else start


def _is_name_word(token: Token, first: int, last: int) -> bool:
    if not token.text[0].isupper() or token.lower_ in words("never names") or _is_month(token, first):
        return False
    if token.tag_ in NAME_TAGS or is_acronym(token):
        return True
    if not token.tag_:  # a byline: no sentence, so never tagged
        return token.lower_ not in words("byline words")
    if token.tag_ == "JJ":
        following = token.i + 1
        return following < last and _is_name_word(token.doc[following], first, last)
    if token.tag_ in _NEVER_NAMES:
        following = token.i + 1  # *Per* Dahl
        return bool(gender_of_name(token.text)) and following < last and token.doc[following].tag_ in NAME_TAGS
    return _is_first_name(token, last) if _is_initial(token, first) else True


def _is_first_name(token: Token, last: int) -> bool:
    """Return whether the first word of a sentence begins a name: *Corey* Lewandowski, *Friends* of the Salt Road."""
    following = token.i + 1
    if following >= last:
        return False
    if plain(token.text) in words("organisation names"):
        return _of_phrase(token.doc, token.i, following, last) > 0
    return token.doc[following].tag_ in NAME_TAGS and token.dep_ in {"compound", "amod", "nmod"}


def _is_month(token: Token, first: int) -> bool:
    """Return whether *May*, *June*, *April* is a month, unlike in *Theresa May* or *June Jones*."""
    if token.lower_ not in words("months and names"):
        return False
    before = token.doc[max(first, token.i - 1)]
    if before.tag_ in {"IN", "JJ"}:
        return True
    following = next((other for other in token.doc[token.i + 1 : token.i + 3] if not other.is_space), before)
    return not any(other.tag_ in NAME_TAGS and _is_title(other) and other != token for other in (before, following))


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
    inserted = _nickname(doc, start, end, last) or _particles(doc, end, last) or _syllable(doc, start, end)
    if inserted:
        return inserted
    if not doc[end + 1].text[0].isupper():
        return _of_phrase(doc, start, end, last)
    if token.is_space or (token.text == "." and plain(before.text) in TITLES):
        return 2 if _is_name_word(doc[end + 1], first, last) else 0
    joined = not before.whitespace_ and not token.whitespace_
    hyphen = token.text == "-" and joined
    plural_owner = token.text in _APOSTROPHES and not before.whitespace_ and before.lower_[-1] == "s"
    if token.text == "&" or hyphen or plural_owner:
        return 2
    return _of_phrase(doc, start, end, last)


def _nickname(doc: Doc, start: int, end: int, last: int) -> int:
    """Return the length of a nickname in marks with the word after it: Ana *“Annie” Li*, Tom *‘The Anvil’ Reed*."""
    if doc[end].text not in _QUOTES and doc[end].text != "(":
        return 0
    close = end + 1
    while close < last and _is_title(doc[close]):
        close += 1
    is_closed = close + 1 < last and doc[close].text in _QUOTES | {")"} and _is_title(doc[close + 1])
    longest = 2 if doc[end].text == "(" else _LONGEST_NICKNAME
    is_inside = end - start == 1 or doc[end].text != "("  # Margaret (Peggy) Holt
    return close + 2 - end if is_closed and is_inside and 1 < close - end <= longest else 0


def _particles(doc: Doc, end: int, last: int) -> int:
    """Return the length of the particles and the word after them that extend a name: Ana *van den Brule*, *al-Amin*."""
    at = end
    while at + 1 < last and plain(doc[at].text) in words("particles"):
        at += 1 + (doc[at + 1].text == "-" and not doc[at].whitespace_)
    return at + 1 - end if end < at < last and doc[at].text[0].isupper() and not doc[at].is_sent_start else 0


def _syllable(doc: Doc, start: int, end: int) -> int:
    """Return the length of a hyphen with a last syllable in small letters: Kim Jong*-ok*, but not New York*-based*."""
    hyphen, syllable = doc[end], doc[end + 1]
    joined = hyphen.text == "-" and not doc[end - 1].whitespace_ and not hyphen.whitespace_
    is_short = syllable.is_alpha and syllable.is_lower and len(syllable) <= _LONGEST_SYLLABLE
    is_other = syllable.lower_ in words("endings after hyphens")
    return 2 if joined and is_short and not is_other and end - start > 1 else 0


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
