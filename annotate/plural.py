"""Numbers with their nouns."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless the number is 1: *1,200 claims*."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
