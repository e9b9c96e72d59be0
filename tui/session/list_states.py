"""How the lists of a sitting were left: opened again, they are as they were."""

from __future__ import annotations

from typing import Literal

Which = Literal["all", "unfinished", "done"]


class Listed:
    """A list."""

    words: str = ""
    """What it is filtered by."""


class ListedArticles(Listed):
    """The list of articles."""

    which: Which = "all"
    useful_first: bool = False
    in_text: frozenset[str] = frozenset()
    """Ids of the articles in whose text the words stand."""


class ListedSpeakers(Listed):
    """The list of speakers."""

    named_only: bool = True
    marked: tuple[str, str] = ("", "")
    """Ids of an article and the speaker of it who is marked."""


class Lists:
    """The lists of a sitting."""

    def __init__(self) -> None:
        self.articles = ListedArticles()
        self.speakers = ListedSpeakers()
