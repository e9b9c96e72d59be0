"""Temporal expressions: found in an article, and resolved on the day it was published to TIMEX3 values.

A text becomes a string with one letter a word, its class (`tokens`, `words.tsv`); rules over these strings find the
expressions (`grammar`, `rules.tsv`); each rule names the function that says what it means (`meanings`). No spaCy.
"""

from __future__ import annotations

from annotate.dates.finder import find_dates
from annotate.dates.typed import resolve

__all__ = ["find_dates", "resolve"]
