"""Descriptions beside a name: the role before it, the appositive after or before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from spacy.tokens import Doc, Token

from annotate.speakers.word_lists import is_body, is_role, words

_MODIFIER_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "VBN", "HYPH", "POS", "CD"})
_ENDS = frozenset(
    {
        ",",
        ";",
        ".",
        "(",
        ")",
        "–",
        "—",
        ":",
        "“",
        "”",
        '"',
        "and",
        "but",
        "who",
        "whom",
        "whose",
        "that",
        "which",
        "where",
    }
)
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_ARTICLES = frozenset({"the", "a", "an"})
_COPULAS = frozenset({"is", "was", "became", "remains"})
_ADVERBS = frozenset({"also", "now", "currently", "then", "still"})
_PREPOSITION = re.compile(r"\s(?:of|for|at|in|on|from|to|with|and|who|which|under|over|behind|near)\s.*$", re.DOTALL)
_REMEMBERED = 1 << 12
"""Size of the cache of head nouns; the same descriptions come up again and again."""
_REACH = 24
"""Maximum length of an appositive in tokens; longer ones describe an event, not a person."""


@lru_cache(_REMEMBERED)
def head_noun(description: str) -> str:
    """Return the head noun of a description: *spokesman* of *Kremlin spokesman*, *head* of *head of the council*."""
    found = _PREPOSITION.sub("", f" {description} ".replace(",", " and ")).split()
    return found[-1].lower() if found else ""


def start_of_role(doc: Doc, start: int, first: int) -> int:
    """Return the first token of the noun phrase right before a name: *Kremlin spokesman* Dmitry Peskov."""
    i = start - 1
    if i < first or doc[i].tag_ != "NN" or not (_describes(doc[i].text) or doc[i].dep_ in {"compound", "nmod"}):
        return start
    while i > first and _modifies(doc[i - 1]) and not doc[i].is_sent_start:
        i -= 1
    return i


def _modifies(token: Token) -> bool:
    return token.tag_ in _MODIFIER_TAGS and token.lower_ not in words("calendar")


def of_name(doc: Doc, start: int, end: int, within: tuple[int, int]) -> str | None:
    """Return the description beside a name: in apposition after or before it, or in the sentence's predicate."""
    first, last = within
    return _after(doc, end, last) or _before(doc, start, end, first) or _predicated(doc, end, last)


def _after(doc: Doc, end: int, last: int) -> str | None:
    """Return the description after a name: Ana Li, 42, *the mayor of Orlo*, …; Ana Li (*chair*)."""
    i = end
    if i < last and doc[i].text == "(":
        close = next((j for j in range(i, min(i + 8, last)) if doc[j].text == ")"), last)
        if is_role(doc[close - 1].text):
            return _without_article(doc, i + 1, close)
        i = close + 1  # Ana Li (D-Orlo), the …
    if i >= last or doc[i].text != ",":
        return None
    i += 1
    if i + 1 < last and doc[i].tag_ == "CD" and doc[i + 1].text == ",":
        i += 2
    return _appositive(doc, i, min(last, i + _REACH))


def _predicated(doc: Doc, end: int, last: int) -> str | None:
    """Return the role that a sentence gives to a name: Ana Li *is the mayor*; Ana Li, who *works as a baker*."""
    i = end + 2 if end + 1 < last and (doc[end].text, doc[end + 1].lower_) == (",", "who") else end
    if i + 1 < last and (doc[i].lower_, doc[i + 1].lower_) in {("works", "as"), ("worked", "as"), ("serves", "as")}:
        i += 1
    elif i >= last or doc[i].lower_ not in _COPULAS:
        return None
    i += 1
    while i < last and doc[i].lower_ in _ADVERBS:
        i += 1
    return None if i >= last or doc[i].tag_ == "RB" else _appositive(doc, i, min(last, i + _REACH))


def _appositive(doc: Doc, start: int, last: int) -> str | None:
    end = start
    while end < last and doc[end].lower_ not in _ENDS and doc[end].tag_[:2] not in {"VB", "MD"}:
        end += 1
    if end in (last, start) or doc[start].tag_ in {"IN", "PRP"} or doc[end].tag_ in _FINITE:
        return None  # In Orlo, the mayor said …
    while end > start and doc[end - 1].tag_[:1] not in ("N", "C"):
        end -= 1
    return _without_article(doc, start, end) if _names_a_role(doc, start, end) else None


def _before(doc: Doc, start: int, end: int, first: int) -> str | None:
    """Return the description before a name in apposition: *The mayor of Orlo*, Ana Li, said …."""
    comma = start - 1
    if comma <= first or doc[comma].text != "," or not _closes(doc, end):
        return None
    i = comma
    while i > first and doc[i - 1].tag_[:2] not in {"VB", "MD", "CC", "WP", "RB"} and not doc[i - 1].is_punct:
        i -= 1
        if doc[i].is_sent_start:
            break
    for at in range(i, comma):
        if doc[at].lower_ in words("calendar"):
            continue
        begins = at == i and _names_a_role(doc, at, comma)
        follows = doc[at - 1].tag_ in {"IN", "TO"} or doc[at - 1].lower_ in words("calendar")
        if begins or (follows and _names_a_role(doc, at, comma, is_role)):
            return _without_article(doc, at, comma)
    return None


def _closes(doc: Doc, end: int) -> bool:
    return end >= len(doc) or doc[end].is_punct or doc[end].tag_[:2] in {"VB", "MD"}


def _describes(word: str) -> bool:
    return is_role(word) or is_body(word)


def _names_a_role(doc: Doc, start: int, end: int, describes: Callable[[str], bool] = _describes) -> bool:
    """Return whether the first noun phrase of a token range names a role or a kind of organisation."""
    for token in doc[start:end]:
        if token.tag_ in {"IN", "TO", "PRP"}:
            return False
        if token.tag_[:1] == "N" and (token.i + 1 == end or doc[token.i + 1].tag_[:1] not in {"N", "H", "P"}):
            return describes(token.text)
    return False


def _without_article(doc: Doc, start: int, end: int) -> str:
    if start + 1 < end and (doc[start].lower_ in _ARTICLES or doc[start].tag_ == "PRP$"):
        start += 1
    return str(doc[start:end].text)
