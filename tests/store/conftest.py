from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotate.changes import Change, Edit
from annotate.model import Block, Claim, DateMention, Quote, Record, Review, Speaker
from annotate.spans import Span
from annotate.store import Store

TEXT = "“We go on Monday,” said Bo Ra, the mayor. The council said that it rains. Ana Li denied it."


def at(words: str) -> Span:
    """Return where words of the article stand."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def article() -> Record:
    """Return an article as the engine labels it: three claims of three speakers."""
    return Record(
        "rain", TEXT, path="rain.txt", title="Rain", date="2031-05-02",
        blocks=(Block(0, len(TEXT), "body"),),
        quotes=(Quote(*at("“We go on Monday,”"), "speech"),),
        dates=(DateMention("d1", *at("Monday"), "DATE", "2031-05-05", origin="engine:1"),),
        speakers=(
            Speaker("s1", "Bo Ra", "person", "the mayor", (at("Bo Ra"),)),
            Speaker("s2", "the council", "organisation", None, (at("The council"),)),
            Speaker("s3", "Ana Li", "person", None, (at("Ana Li"),)),
        ),
        claims=(
            Claim("c1", "direct", (at("“We go on Monday,”"),), (at("said"),), (at("Bo Ra"),),
                  speaker="s1", date="d1", origin="engine:1", extra={"x_rule": "inverted"}),
            Claim("c2", "indirect", (at("that it rains"),), (Span(54, 58),), (at("The council"),),
                  speaker="s2", origin="engine:1"),
            Claim("c3", "indirect", (at("it."),), (at("denied"),), (at("Ana Li"),), speaker="s3", origin="engine:1"),
        ),
        review=Review("suggested"),
        extra={"x_feed": {"id": 9}},
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a save file may be made."""
    return tmp_path / "annotations.json"


@pytest.fixture
def store(path: Path, article: Record) -> Iterator[Store]:
    """Return an open store that holds the article."""
    with Store.open(path, by="human:Ada") as store:
        store.put(article)
        yield store


@pytest.fixture
def decide() -> Callable[[Record, str, str], Change]:
    """Return a function that makes the change of deciding a claim."""
    from dataclasses import replace

    def change(record: Record, claim_id: str, status: str) -> Change:
        before = record.claim(claim_id)
        after = replace(before, status=status, decided_by="human:Ada")  # type: ignore[arg-type] # a Status
        return Change(record.id, status, (Edit("claim", before, after),))

    return change
