"""Language detection by stop words: the engine reads English and finds no claims in other languages."""

from __future__ import annotations

import re
from importlib import import_module

ENGLISH = "en"
UNKNOWN = "und"
"""The BCP 47 code of an undetermined language."""

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 20_000
"""Code points: more would not change the answer."""
_FEWEST = 20
"""Fewest words for language detection; a shorter text is taken for English."""
_ENGLISH = 0.2
"""Lowest share of stop words in an English text: prose has 0.4 to 0.5, a table of results still 0.2."""
_NAMED = 0.15
"""Lowest share of a language's stop words in a text of that language, if the text is not English."""
_OTHERS = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "nb", "nl",
    "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "ur", "vi",
)  # fmt: skip


def language_of(text: str) -> str:
    """Return the code (BCP 47) of a text's language.

    `en` for English and what is too short to tell; `und` for what is neither English nor any language known here.
    Counts stop words, spaCy's lists, as Cavnar & Trenkle (1994) call the small-word technique.
    """
    words = [word.casefold() for word in _WORD.findall(text[:_LOOKED_AT])]
    if len(words) < _FEWEST or _share(words, ENGLISH) >= _ENGLISH:
        return ENGLISH
    shares = {code: _share(words, code) for code in (ENGLISH, *_OTHERS)}
    likeliest = max(shares, key=shares.__getitem__)
    return likeliest if shares[likeliest] >= _NAMED else UNKNOWN


def _share(words: list[str], code: str) -> float:
    stop_words = import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS
    return sum(word in stop_words for word in words) / len(words)
