"""NFC normalisation for the models, which do not know words in decomposed form.

Offsets stay those of the original text: results on the normalised one are mapped back.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DECOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_PARSE = ("TAG", "DEP", "HEAD")


def composed(text: str) -> str:
    """Return a text in NFC: letters and their accents as one code point where Unicode has one."""
    return text if unicodedata.is_normalized("NFC", text) else _DECOMPOSED.sub(_letter, text)


def restored(doc: Doc, text: str) -> Doc:
    """Map the parse of a normalised text back to the original text's words and offsets.

    Args:
        doc: The parse of `composed(text)`.
        text: The text.
    """
    if unicodedata.is_normalized("NFC", text):
        return doc
    offsets = _offsets(text)
    words = [text[offsets[token.idx] : offsets[token.idx + len(token)]] for token in doc]
    own = doc.__class__(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    return own.from_array(_PARSE, doc.to_array(_PARSE)) if doc.has_annotation("DEP") else own


def _offsets(text: str) -> list[int]:
    """Return the original offset of each code point of the normalised text, and the end of the last one."""
    offsets: list[int] = []
    at = 0
    for match in _DECOMPOSED.finditer(text):
        offsets += range(at, match.start() + 1)
        at = match.end() if len(_letter(match)) == 1 else match.start() + 1
    return [*offsets, *range(at, len(text) + 1)]


def _letter(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", match[0])
    return letter if len(letter) == 1 else match[0]
