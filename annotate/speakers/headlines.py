"""Headlines, in which any word may be capitalised: their blocks, and the names in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from annotate.model import Block
from annotate.speakers.names import Name, find_names, name_words
from annotate.speakers.word_lists import gender_of_name

KINDS = frozenset({"title", "heading"})
_LONGEST = 30
"""Maximum length, in tokens, of a headline mistaken for body text."""
_SMALL_TAGS = frozenset({"IN", "TO", "CC", "DT"})
"""Tags of words that may be in lower case in title case."""


def divide(doc: Doc, blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return the headlines of an article and its other blocks."""
    begins = int(len(blocks) > 1 and _is_title_case(doc, blocks[0]))
    headlines = [*blocks[:begins], *(block for block in blocks[begins:] if block.kind in KINDS)]
    return headlines, [block for block in blocks[begins:] if block.kind not in KINDS]


def _is_title_case(doc: Doc, block: Block) -> bool:
    """Return whether a text's first block is a headline In Title Case mistaken for its first paragraph."""
    span = doc.char_span(block.start, block.end, alignment_mode="expand") if block.kind == "body" else None
    if span is None or len(span) > _LONGEST:
        return False
    words = [token.text for token in span if token.is_alpha and token.tag_ not in _SMALL_TAGS]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def find_in_headlines(
    doc: Doc, ranges: Sequence[tuple[int, int]], prose: Sequence[Name]
) -> tuple[list[Name], list[Name]]:
    """Return the names in headlines: those also found in the prose, and other capitalised runs.

    Args:
        doc: The article, tagged and parsed.
        ranges: Its headlines, in tokens.
        prose: The names in its sentences.
    """
    names = find_names(doc, ranges)
    if not names:
        return [], []
    known = {tuple(token.text for token in doc[name.start : name.end]) for name in prose}
    known |= {(name.words[-1],) for name in prose}
    found: list[Name] = []
    others: list[Name] = []
    for name in names:
        parts = list(_known_parts(doc, name, known))
        found += parts
        if not parts:
            others.append(replace(name, title="", description=None))  # *Retired General Tells All* has no title
    return found, others


def _known_parts(doc: Doc, name: Name, known: set[tuple[str, ...]]) -> Iterator[Name]:
    at = name.first
    while at < name.end:
        start = at + int(at + 1 < name.end and bool(gender_of_name(doc[at].text)) and (doc[at + 1].text,) in known)
        texts = tuple(token.text for token in doc[start : name.end])
        size = next((size for size in range(len(texts), 0, -1) if texts[:size] in known), 0)
        if size:
            yield Name(at, at, start + size, name_words(doc[at : start + size].text))
        at = start + (size or 1)


def token_ranges(doc: Doc, blocks: Iterable[Block]) -> list[tuple[int, int]]:
    """Return the token ranges of blocks, end exclusive."""
    spans = (doc.char_span(b.start, b.end, alignment_mode="expand") for b in blocks)
    return [(span.start, span.end) for span in spans if span is not None]
