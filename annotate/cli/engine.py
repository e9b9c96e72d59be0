"""The engine for the commands, loaded only when there is an article to analyse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from annotate.bulk import Analyse
from annotate.errors import ReadError
from annotate.language import UNKNOWN
from annotate.model import DATE_GUESS, DATE_OR, Record
from annotate.read import Article, Source
from annotate.read.paths import ROW_SUFFIXES
from annotate.uncertainty import LEAST

Advance = Callable[[str], None]


def analyse(date: str | None, name: str, min_confidence: float = LEAST) -> Analyse:
    """Return the engine as a function; calling it imports spaCy and loads the model.

    Args:
        date: Publication date of texts without one.
        name: Which engine: rules, learned, or a folder.
        min_confidence: Least confidence of a claim.
    """
    return partial(_analyse, date=date, name=name, min_confidence=min_confidence)


def _analyse(articles: Iterable[Article], *, date: str | None, name: str, min_confidence: float) -> Iterator[Record]:
    from annotate.engine import analyse_many

    return analyse_many(articles, date=date, engine=name, min_confidence=min_confidence)


def version(name: str) -> str:
    """Return an engine's version, `engine:…`."""
    from annotate import engine

    return engine.version(name)


def not_read(name: str, language: str) -> str:
    """Return the note for an article that is not in English."""
    seems = "" if language == UNKNOWN else f" (it seems to be {language})"
    return f"{name} is not in English{seems}, so no claims were looked for"


def date_in_doubt(record: Record) -> str | None:
    """Return the note for an article with two readings of its date, or without a year; None for any other."""
    name = record.path or record.id
    if other := record.extra.get(DATE_OR):
        return f"{name} was read as published on {record.date}; its date can also mean {other}"
    if record.extra.get(DATE_GUESS):
        return f"{name} was read as published on {record.date}; the year is a guess from the weekday"
    return None


def total(inputs: Sequence[Source | ReadError]) -> int | None:
    """Return the number of articles and failures to expect; None if an input holds an unknown number of articles."""
    is_open = any(isinstance(each, Source) and each.has_suffix(*ROW_SUFFIXES) for each in inputs)
    return None if is_open else len(inputs)
