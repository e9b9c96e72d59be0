"""Articles as JSON: one per line (`.jsonl`, `.ndjson`, gzipped or not), or the objects of a `.json` file."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO, cast

import orjson

from annotate.errors import ReadError
from annotate.read.article import Article, clean, iso_date, line_of, unread_date
from annotate.read.decode import decode
from annotate.read.paths import Source
from annotate.safe_files import lines, open_input, too_long

_MOST_BAD = 1000
"""Most consecutive lines without an article: a file with more does not contain articles."""


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """Open a file of rows as UTF-8, unpacked; redirected output of Windows PowerShell is UTF-16."""
    with open_input(source.path, unpack=True) as stream:
        wide = stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        yield cast("BinaryIO", codecs.EncodedFile(stream, "utf-8", "utf-16", "replace")) if wide else stream


def rows(source: Source) -> Iterator[Article | ReadError]:
    """Read the articles of a file with one per line; a bad row is yielded as an error, and reading continues.

    Args:
        source: The file.

    Raises:
        ReadError: the compressed file is damaged, or a thousand lines in a row hold no article.
        OSError: the file cannot be read.
    """
    empty = True
    try:
        with _opened(source) as stream:
            for item in _rows(source, stream):
                empty = False
                yield item
    except gzip.BadGzipFile as error:
        raise ReadError(
            f"{source.name} is damaged ({error})", "unpack it with gzip -d to see how far it goes"
        ) from None
    if empty:
        raise ReadError(f"{source.name} is empty")


def are_rows(text: str) -> bool:
    """Tell if piped text holds one article per line, judging by its first line."""
    try:
        first = orjson.loads(text.lstrip().partition("\n")[0])
    except orjson.JSONDecodeError:
        return False
    return isinstance(first, Mapping) and isinstance(first.get("text"), str)


def rows_of(source: Source, text: str) -> Iterator[Article | ReadError]:
    """Read the articles of piped rows, in any encoding."""
    return _rows(source, BytesIO(text.encode()))


def _rows(source: Source, stream: BinaryIO) -> Iterator[Article | ReadError]:
    bad = 0
    for number, line in enumerate(lines(stream), start=1):
        if line is None or line.strip():
            item = _row(source, number, line)
            yield item
            bad = bad + 1 if isinstance(item, ReadError) else 0
        if bad == _MOST_BAD:
            hint = 'it should have a JSON object with a "text" on each line'
            raise ReadError(f"{source.name} was read only in part: {bad:,} lines in a row hold no article", hint)


def _row(source: Source, number: int, line: bytes | None) -> Article | ReadError:
    where = f"{source.name}, line {number}"
    if line is None:
        return ReadError(*too_long(where))
    try:
        return article_of(orjson.loads(_utf8(line, where)), where, f"{source.stem}-{number}")
    except orjson.JSONDecodeError as error:
        return ReadError(f"{where} is not JSON ({error})")
    except ReadError as error:
        return error


def _utf8(line: bytes, where: str) -> str:
    return decode(line, where).lstrip("\ufeff")


def objects(source: Source, text: str) -> Iterator[Article | ReadError]:
    """Read the article, or the list of articles, that a `.json` file holds.

    Raises:
        ReadError: it is not JSON, or no article.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ReadError(f"{source.name} is not JSON ({error})") from None
    if not isinstance(value, list):
        if isinstance(value, Mapping) and "articles" in value and "text" not in value:
            raise ReadError(f"{source.name} is a save file, not an article", f"open it with --db {source.name}")
        yield article_of(value, source.name, source.stem)
        return
    for number, item in enumerate(value, start=1):
        try:
            yield article_of(item, f"{source.name}, item {number}", f"{source.stem}-{number}")
        except ReadError as error:
            yield error


def article_of(value: Any, where: str, fallback_id: str) -> Article:
    """Return the article with text, id, date, title and url of a JSON object; other keys are ignored.

    Raises:
        ReadError: it is not an object, or has no text.
    """
    if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
        raise ReadError(f"{where} has no text", 'expected an object with the key "text"')
    text = clean(value["text"])
    if not text.strip():
        raise ReadError(f"{where} holds no text")
    own_id = value.get("id")
    has_id = isinstance(own_id, str | int) and not isinstance(own_id, bool) and str(own_id).strip()
    return Article(
        text=text,
        id=clean(str(own_id) if has_id else fallback_id),
        url=line_of(value.get("url")),
        title=line_of(value.get("title")),
        date=iso_date(value.get("date")),
        unread_date=unread_date(value.get("date")),
    )
