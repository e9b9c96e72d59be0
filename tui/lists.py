"""How the lists of a sitting were left: opened again, they are as they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Which = Literal["all", "unfinished", "done"]


@dataclass
class Listed:
    """A list."""

    words: str = ""
    """What it is filtered by."""


@dataclass
class ListedArticles(Listed):
    """The list of articles."""

    which: Which = "all"
    useful_first: bool = False
    in_text: frozenset[str] = frozenset()
    """Ids of the articles in whose text the words stand."""


@dataclass
class ListedSpeakers(Listed):
    """The list of speakers."""

    named_only: bool = True
    marked: tuple[str, str] = ("", "")
    """Ids of an article and the speaker of it who is marked."""


@dataclass
class Lists:
    """The lists of a sitting."""

    articles: ListedArticles = field(default_factory=ListedArticles)
    speakers: ListedSpeakers = field(default_factory=ListedSpeakers)
