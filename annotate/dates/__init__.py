"""Temporal expressions: found in an article, and resolved on the day it was published to TIMEX3 values."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.model import Block, DateMention


def find_dates(text: str, blocks: Sequence[Block], anchor: str | None, *, origin: str = "") -> tuple[DateMention, ...]:
    """Return the temporal expressions of an article, ids d1, d2, … in text order."""
    return ()


def resolve(expression: str, anchor: str | None) -> DateMention | None:
    """Return what a person typed as a date, or None where it is none."""
    return None
