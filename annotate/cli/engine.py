"""The engine as the commands use it: loaded only when there is something to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from annotate.bulk import Analyse
from annotate.errors import ReadError
from annotate.language import UNKNOWN
from annotate.model import Record
from annotate.read import Article, Source
from annotate.read.paths import ROW_SUFFIXES

Advance = Callable[[str], None]


def analyse(date: str | None, name: str) -> Analyse:
    """Return the engine as one function; spaCy is imported, and the model loaded, when that is called.

    Args:
        date: Day of publication of texts that carry none.
        name: Which engine: rules, learned, or a folder.
    """
    return partial(_analyse, date=date, name=name)


def _analyse(articles: Iterable[Article], *, date: str | None, name: str) -> Iterator[Record]:
    from annotate.engine import analyse_many

    return analyse_many(articles, date=date, engine=name)


def version(name: str) -> str:
    """Return an engine's version, `engine:…`."""
    from annotate import engine

    return engine.version(name)


def not_read(name: str, language: str) -> str:
    """Return what to tell of an article in another language."""
    seems = "" if language == UNKNOWN else f" (it seems to be {language})"
    return f"{name} is not English{seems}: no claims are looked for"


def total(inputs: Sequence[Source | ReadError]) -> int | None:
    """Return the number of articles and failures to come; None where a file of rows holds an unknown number."""
    is_open = any(isinstance(each, Source) and each.has_suffix(*ROW_SUFFIXES) for each in inputs)
    return None if is_open else len(inputs)
