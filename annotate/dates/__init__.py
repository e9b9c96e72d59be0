"""Temporal expressions: found in an article and resolved to TIMEX3 values relative to its publication date.

A text becomes a string of word classes, one letter per word (`tokens`, `words.tsv`). Rules over such strings find the
expressions (`grammar`, `rules.tsv`), and each rule names the function that resolves them (`meanings`). No spaCy.
"""

from __future__ import annotations

from annotate.dates.finder import find_dates
from annotate.dates.typed import readings, resolve

__all__ = ["find_dates", "readings", "resolve"]
