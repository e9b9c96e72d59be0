"""Paragraphs of web pages too short for trafilatura, which joins their lines or drops some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SHORT = 300
"""Length, in code points, of an extracted text below which trafilatura's own fallback may have made it."""
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
})  # fmt: skip
_SKIPPED = frozenset({
    "aside", "button", "footer", "form", "head", "iframe", "nav", "noscript", "script", "style", "svg", "template",
})  # fmt: skip
_BREAK = "\n"
_BLANK = re.compile(r"[^\S\n]+")


def paragraphs(page: str) -> Iterator[str]:
    """Yield the paragraphs of a page: its block elements, cut at two line breaks in a row."""
    from lxml.etree import LxmlError, iterwalk
    from lxml.html import fromstring

    try:
        root: Any = fromstring(page)
    except (LxmlError, ValueError):
        return
    pieces: list[str] = []
    walk: Any = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and tag in _SKIPPED:
            walk.skip_subtree()
        if tag in _BLOCKS:
            yield from _told(pieces)
            pieces.clear()
        if event == "start" and tag not in _SKIPPED:
            pieces.append(_BREAK if tag == "br" else _one_line(element.text))
        elif event != "start" and element is not root:
            pieces.append(" " if tag in ("td", "th") else "")
            pieces.append(_one_line(element.tail))
    yield from _told(pieces)


def _told(pieces: list[str]) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", "".join(pieces)):
        lines = (_BLANK.sub(" ", line).strip() for line in part.split(_BREAK))
        if text := "\n".join(filter(None, lines)):
            yield text


def _one_line(text: str | None) -> str:
    return " ".join(re.split(r"\s", text)) if text else ""
