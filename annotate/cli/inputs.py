"""Articles as a command reads them, with a note on those that were read in part or wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotate.cli.terminal import Terminal
from annotate.errors import ReadError
from annotate.plural import count
from annotate.read import Article, garbled


def watched(articles: Iterable[Article | ReadError], terminal: Terminal) -> Iterator[Article | ReadError]:
    """Yield articles, then print a line on dates that could not be understood, and one on garbled texts."""
    undated: list[str] = []
    odd: list[str] = []
    for item in articles:
        if isinstance(item, Article):
            if item.unread_date:
                undated.append(f"“{item.unread_date}” of {item.id}")
            if sample := garbled(item.text):
                odd.append(f"“{sample}” in {item.id}")
        yield item
    if undated:
        dates = count(len(undated), "date")
        terminal.note(f"{dates} could not be understood, such as {undated[0]}: write the day as 2026-01-31")
    if odd:
        terminal.note(f"{count(len(odd), 'article')} with garbled characters, such as {odd[0]}: check the encoding")
