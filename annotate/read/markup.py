"""Web pages and Markdown: the article's text and the page's metadata."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotate.errors import ReadError
from annotate.read.article import Article, clean, iso_date, line_of, unread_date
from annotate.read.short_pages import SHORT, paragraphs

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_PAGE = re.compile(r"(?is)(?>\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html)\b")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SAVE_AS_TEXT = "save the article's text as .txt"
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+""")
_TAG = re.compile(rf"<[a-z][^\s/>]*+((?:{_ATTRIBUTE.pattern})*+)", re.IGNORECASE)
_MOST_ATTRIBUTES = 10_000
"""Most attributes of one tag: the parser's time grows with their square."""
_MOST_TAGS = 100_000
"""Most tags of a page: extracting the article takes seconds for so many."""
_PARAGRAPHS = frozenset({"p", "head", "item", "row", "code", "quote"})
_CONTAINERS = frozenset({"p", "list", "quote", "table", "row", "item"})


def is_page(text: str) -> bool:
    """Tell if a text begins like an HTML page."""
    return _PAGE.match(text[:4096]) is not None


def from_html(article: Article, page: str, name: str) -> Article:
    """Fill an article from a web page: paragraphs separated by blank lines; title, date and URL from its metadata.

    Nothing is fetched from the network.

    Raises:
        ReadError: the page holds no article, or more tags or attributes than any page has.
    """
    _refuse_crowded(page, name)
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it warns of is told by the error below
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = _XML_DECLARATION.sub("", page)
    document: Any = bare_extraction(page, with_metadata=True, include_comments=False)
    text = "" if document is None or document.body is None else "\n\n".join(_paragraphs(document.body))
    if text and len(text) < SHORT:
        whole = "\n\n".join(paragraphs(page))
        text = whole if 0 < len(whole) <= 2 * SHORT else text  # a longer one is mostly menus
    if not text:
        raise ReadError(f"no article was found in the page {name}", _SAVE_AS_TEXT)
    return replace(
        article,
        text=clean(text),
        title=line_of(document.title),
        date=iso_date(document.date),
        url=line_of(document.url),
    )


def from_markdown(article: Article) -> Article:
    """Fill title, date and URL from the front matter; the text stays the whole file."""
    match = _FRONT_MATTER.match(article.text)
    if not match:
        return article
    known = dict(_keys(match[1]))
    return replace(
        article,
        title=line_of(known.get("title")),
        date=iso_date(known.get("date")),
        unread_date=unread_date(known.get("date")),
        url=line_of(known.get("url")),
    )


def _refuse_crowded(page: str, name: str) -> None:
    """Refuse a page that would take minutes to parse."""
    for number, tag in enumerate(_TAG.finditer(page), start=1):
        if number > _MOST_TAGS:
            raise ReadError(f"{name} has more than {_MOST_TAGS:,} tags", _SAVE_AS_TEXT)
        attributes = tag[1]
        if len(attributes) > 2 * _MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(attributes)) > _MOST_ATTRIBUTES:
            raise ReadError(f"{name} has a tag with more than {_MOST_ATTRIBUTES:,} attributes", _SAVE_AS_TEXT)


def _keys(front_matter: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of front matter, in lower case, that have a value on their line, without its quotation marks."""
    for line in front_matter.split("\n"):
        key, _, value = line.partition(":")
        if value := value.strip(" \t"):
            yield key.rstrip(" \t").lower(), value.strip("\"'")


def _paragraphs(element: Any) -> Iterator[str]:
    """Yield the paragraphs of the extracted tree, in order."""
    for child in element:
        if child.tag in _CONTAINERS and any(part.tag in _PARAGRAPHS for part in child):
            if own := _tidy(child.text or ""):
                yield own
            yield from _paragraphs(child)
        elif text := _tidy("".join(_pieces(child))):
            yield text
        if tail := _tidy(child.tail or ""):
            yield tail


def _pieces(element: Any) -> Iterator[str]:
    yield "\n" if element.tag == "lb" else element.text or ""
    for child in element:
        yield from _pieces(child)
        if child.tag == "cell":
            yield " "
        yield child.tail or ""


def _tidy(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
