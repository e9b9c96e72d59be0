"""The state of a sitting's lists, kept while they are closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Which = Literal["all", "unfinished", "done"]


@dataclass
class ListState:
    """The state of any list."""

    words: str = ""
    """The filter: words that each listed row contains."""


@dataclass
class ArticleListState(ListState):
    """The state of the list of articles."""

    which: Which = "all"
    useful_first: bool = False
    in_text: frozenset[str] = frozenset()
    """Ids of the articles with the filter's words in their texts."""


@dataclass
class SpeakerListState(ListState):
    """The state of the list of speakers."""

    named_only: bool = True
    marked: tuple[str, str] = ("", "")
    """The marked speaker: ids of an article, and of the speaker in it."""


@dataclass
class ListStates:
    """The states of all lists."""

    articles: ArticleListState = field(default_factory=ArticleListState)
    speakers: SpeakerListState = field(default_factory=SpeakerListState)
