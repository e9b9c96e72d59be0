"""Read the articles of one input."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from annotate.errors import ReadError
from annotate.model import sha256
from annotate.read.article import Article, clean
from annotate.read.decode import decode
from annotate.read.paths import HTML_SUFFIXES, MARKDOWN_SUFFIXES, ROW_SUFFIXES, Source, expand
from annotate.safe_files import limits, open_input


def read_all(paths: Sequence[str], *, follow_links: bool = False) -> Iterator[Article | ReadError]:
    """Read everything that files, folders, globs and `-` stand for, lazily, each article under an id of its own.

    Never raises ReadError: an unreadable input is yielded as an error in its place, and reading continues.

    Args:
        paths: The inputs.
        follow_links: See `expand`.
    """
    return read_each(expand(paths, follow_links=follow_links))


def read_each(inputs: Iterable[Source | ReadError]) -> Iterator[Article | ReadError]:
    """Read inputs that `expand` has listed, as `read_all` does."""
    taken: set[str] = set()
    for source in inputs:
        for item in [source] if isinstance(source, ReadError) else _read_on(source):
            if isinstance(item, Article):
                item = replace(item, id=_free(item.id, taken))
                taken.add(item.id)
            yield item


def read(source: Source) -> Iterator[Article | ReadError]:
    """Read one input: one article, or many from a file of rows, where a bad row is yielded as an error.

    Raises:
        ReadError: the input cannot be read at all, or not to its end; the message names it.
    """
    try:
        if source.has_suffix(*ROW_SUFFIXES):
            from annotate.read import rows  # like pages, seldom: the app starts without

            yield from rows.rows(source)
        else:
            yield from _whole(source)
    except OSError as error:
        hint = "name a regular file, or pipe it in and name -" if error.errno == errno.EINVAL else ""
        raise ReadError(f"{source.name} cannot be read ({error.strerror or error})", hint) from None


def _read_on(source: Source) -> Iterator[Article | ReadError]:
    try:
        yield from read(source)
    except ReadError as error:
        yield error


def _whole(source: Source) -> Iterator[Article | ReadError]:
    data = _bytes(source)
    is_page = source.has_suffix(*HTML_SUFFIXES)
    text = clean(decode(data, source.name, declares=is_page))
    if not text.strip():
        raise ReadError(f"{source.name} {'holds only white space' if data else 'is empty'}")
    if source.has_suffix(".json"):
        from annotate.read import rows

        yield from rows.objects(source, text)
        return
    if source.path is None and text.lstrip().startswith("{"):
        from annotate.read import rows

        if rows.are_rows(text):
            yield from rows.rows_of(source, text)
            return
    article = Article(text, _id(source, text), path=source.path and clean(source.path))
    if is_page or source.path is None or source.has_suffix(*MARKDOWN_SUFFIXES):
        article = _marked_up(article, source, is_page=is_page)
    yield article


def _marked_up(article: Article, source: Source, *, is_page: bool) -> Article:
    from annotate.read import markup

    if is_page or (source.path is None and markup.is_page(article.text)):
        return markup.from_html(article, article.text, source.name)
    return markup.from_markdown(article) if source.has_suffix(*MARKDOWN_SUFFIXES) else article


def _bytes(source: Source) -> bytes:
    most = limits()
    with open_input(source.path) as stream:
        data = stream.read(most.article_bytes + 1)
    if len(data) > most.article_bytes:
        hint = "split it, or raise the limit with --max-article"
        raise ReadError(f"{source.name} is larger than {most.article:,} MB", hint)
    return data


def _id(source: Source, text: str) -> str:
    if source.path is None:
        return f"stdin-{sha256(text)[:8]}"
    return clean(source.stem)


def _free(wanted: str, taken: set[str]) -> str:
    """Return the id, with `~2`, `~3` … appended if another article of this run has it."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}~{number}" in taken:
        number += 1
    return f"{wanted}~{number}"
