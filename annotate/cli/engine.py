"""The engine as the commands use it: loaded only when there is something to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from annotate.bulk import Analyse
from annotate.language import UNKNOWN
from annotate.model import Record
from annotate.read import Article, Source, expand
from annotate.read.paths import ROW_SUFFIXES

Advance = Callable[[str], None]


def analyse(paths: Sequence[str], date: str | None, name: str) -> Analyse:
    """Return the engine as one function.

    Args:
        paths: What it will read; where none of it exists, spaCy is not even imported.
        date: Day of publication of texts that carry none.
        name: Which engine: rules, learned, or a folder.

    Raises:
        EngineError: the model cannot be loaded.
    """
    if any(isinstance(source, Source) for source in expand(paths, follow_links=True)):
        next(_analyse([], date=date, name=name), None)  # loads the model, or says now and once that it is missing

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


def total(paths: Sequence[str], *, follow_links: bool) -> int | None:
    """Return how many articles and failures there will be, None where a file of rows keeps it to itself."""
    inputs = expand(paths, follow_links=follow_links)
    return None if any(isinstance(i, Source) and i.has_suffix(*ROW_SUFFIXES) for i in inputs) else len(inputs)
