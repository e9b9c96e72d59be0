"""The same article gives the same record: in any batch and order, with any number of threads, on any machine.

That processors agree is shown by `python bench/same.py`, which takes half an hour; here stored bytes stand for them.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import engine
from annotate.engine import ENGINES, analyse, analyse_many
from annotate.model import Record
from annotate.read import Article, read_all
from annotate.segment import segment
from annotate.tagger.model import Model, shipped
from annotate.tagger.windows import inputs

SAMPLES = Path(__file__).parents[1] / "sample_articles"
DATE = "2025-03-19"
SENTENCES = (
    "“We are ready,” Mayor Ana Li said on Monday, rejecting claims that the bridge, built in 1987, was unsafe.",
    "The ministry denied it.",
    "According to three people, Nguyễn Thị Ngân — who “never” spoke to the press — believes that prices will rise, but",
)
STORED = {
    0: "6f8301064aef795e9af2f4229f3273d0",
    1: "38fadca8896e2afe9d22538072a7b816",
    2: "f6a0bc09d81f266d9824ea7be1afc876",
}
"""Of each sentence, what the network that comes with Onrecord gives: the first half of a SHA-256."""


@cache
def texts() -> tuple[str, ...]:
    found = [article.text for article in read_all([str(SAMPLES)]) if isinstance(article, Article)]
    return tuple(sorted(found, key=len))


@cache
def alone(number: int, name: str) -> Record:
    return analyse(texts()[number], id=str(number), date=DATE, engine=name)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=6, deadline=None)
@given(order=st.lists(st.integers(0, 5), min_size=1, max_size=6), together=st.sampled_from([1, 4_000, 1_000_000]))
def test_company_and_order_change_nothing(name: str, order: list[int], together: int) -> None:
    articles = [Article(texts()[number], str(number), date=DATE) for number in order]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_BATCH", together)
        records = list(analyse_many(articles, engine=name))
    assert records == [alone(number, name) for number in order]


def test_the_number_of_threads_changes_nothing() -> None:
    text = texts()[-1]
    paragraphs = [block.start for block in segment(text)]
    one, *others = (next(Model.load(shipped(), threads=threads).read([(text, paragraphs)])) for threads in (1, 2, 5))
    for other in others:
        assert one.tags.tobytes() == other.tags.tobytes()
        assert [rows.tobytes() for rows in one.rows] == [rows.tobytes() for rows in other.rows]


@pytest.mark.parametrize("number", STORED)
def test_the_network_gives_the_stored_bytes(number: int) -> None:
    model = Model.load(shipped())
    words = model.cutter.cut(SENTENCES[number], [0])
    digest = hashlib.sha256()
    for scores in model.forward(*inputs(model.cutter, words, 0, len(words))):
        digest.update(np.ascontiguousarray(scores, dtype="<f4").tobytes())
    assert digest.hexdigest()[:32] == STORED[number]


@pytest.mark.parametrize("name", ENGINES)
def test_paragraphs_far_away_change_no_claim(name: str) -> None:
    compared = changed = 0
    for number, text in enumerate(texts()):
        starts = [block.start for block in segment(text)]
        whole = {c.content: (c.cue, c.source) for c in alone(number, name).claims}
        middle = len(starts) // 2
        cut = analyse(text[: starts[middle]], date=DATE, engine=name)
        part = {c.content: (c.cue, c.source) for c in cut.claims}
        end = starts[middle - 1]
        kept = {content for content in whole.keys() | part.keys() if content[-1].end <= end}
        compared += len(kept)
        changed += sum(whole.get(content) != part.get(content) for content in kept)
    assert compared >= 50
    assert changed == 0
