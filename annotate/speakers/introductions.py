"""Speakers announced at the end of the paragraph before: *Here is what the mayor told us:*, *And from Ana Li:*."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from annotate.model import Block
from annotate.speakers import relatives
from annotate.speakers.headlines import token_ranges
from annotate.speakers.word_lists import is_body, is_role

_LOOKED_THROUGH = frozenset({"noise", "caption", "credit"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"pobj", "dobj", "attr", "ROOT"})
_ORIGINS = frozenset({"from", "by"})
_NOBODY = frozenset({"this", "that", "these", "here", "there", "what", "it", "how", "which", "who"})
_MARKS = "> *_"
"""Marks that set off a paragraph."""


class Introductions:
    """The paragraphs of an article that end in a colon, each of which announces the next one's speaker.

    Args:
        doc: The article, tagged and parsed.
        blocks: Its blocks.
    """

    def __init__(self, doc: Doc, blocks: Sequence[Block]) -> None:
        self._doc = doc
        self._text = doc.text
        self._blocks = [block for block in blocks if block.kind not in _LOOKED_THROUGH]
        self._starts = [block.start for block in self._blocks]

    def of(self, offset: int) -> Tokens | None:
        """Return the phrase for the speaker of the paragraph that begins at an offset, None if none announces it."""
        at = bisect_right(self._starts, offset) - 1
        if at < 1 or self._text[self._starts[at] : offset].strip(_MARKS):
            return None
        for start, end in token_ranges(self._doc, self._blocks[at - 1 : at]):
            if self._doc[end - 1].text == ":":
                return _announced(self._doc[start:end])
        return None


def _announced(paragraph: Tokens) -> Tokens | None:
    """Return the subject of the last verb before the colon, else the origin (*from Ana Li*), else the last noun."""
    nouns = [token for token in paragraph if token.tag_[:2] in {"NN", "PR"} and token.lower_ not in _NOBODY]
    subjects = [token for token in nouns if token.dep_ in _SUBJECTS]
    if subjects:
        return _phrase(subjects[-1], paragraph)
    origins = [token for token in nouns if token.dep_ == "pobj" and token.head.lower_ in _ORIGINS]
    others = [token for token in nouns if token.dep_ in _OBJECTS]
    found = _owner(origins[0]) if origins else next(reversed(others), None)
    return _phrase(found, paragraph) if found is not None else None


def _owner(noun: Token) -> Token:
    """Return the noun after *of* if a thing is named: *Ana Li* for *the desk of Ana Li*."""
    of = next((child for child in noun.children if child.lower_ == "of"), None)
    inner = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    return noun if inner is None or is_role(noun.text) or is_body(noun.text) else inner


def _phrase(noun: Token, paragraph: Tokens) -> Tokens:
    whole = relatives.phrase_of(noun, paragraph.end - 1)
    return paragraph.doc[max(whole.start, paragraph.start) : whole.end]
