"""Read the tables of words and rules that lie beside the modules: tab-separated, `#` begins a comment line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
"""Folder of the package; importlib.resources would take milliseconds to import before the first frame."""


def rows(table: str) -> list[list[str]]:
    """Return the lines of a table, each as its fields.

    Args:
        table: Its path from the folder of `annotate`.
    """
    lines = _PACKAGE.joinpath(table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def word_lists(table: str) -> Mapping[str, frozenset[str]]:
    """Return word lists by name, from a table with a name and space-separated words on each line."""
    return {name: frozenset(words.split()) for name, words in rows(table)}
