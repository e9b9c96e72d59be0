from __future__ import annotations

import random

import pytest

from annotate.errors import UsageError
from annotate.spans import Span
from annotate.train.corpus import Attribution, Labelled
from annotate.train.held_out import split

LABEL = Attribution((Span(0, 4),), (), ())


def article(name: str, claims: int = 10) -> Labelled:
    return Labelled(name, "Rain came.", (LABEL,) * claims, (0,))


def test_about_every_fifth_article_is_held_out() -> None:
    learned, held = split([article(f"a{i}") for i in range(1000)])
    assert len(learned) + len(held) == 1000
    assert 160 < len(held) < 240


def test_an_article_stays_on_its_side_whatever_comes_beside_it() -> None:
    articles = [article(f"a{i}") for i in range(40)]
    _, held = split(articles)
    more = articles + [article(f"b{i}") for i in range(40)]
    random.Random(1).shuffle(more)
    assert {a.id for a in split(more)[1] if a.id.startswith("a")} == {a.id for a in held}
    assert [a.id for a in held][:5] == ["a1", "a2", "a4", "a8", "a11"]  # in every run, on every machine


def test_one_article_is_held_out_at_least() -> None:
    learned, held = split([article(f"a{i}") for i in range(16, 21)])
    assert (len(learned), len(held)) == (4, 1)


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([], "0 decided articles with 0 claims are too little"),
        ([article("a0", 80)], "1 decided article with 80 claims is too little"),
        ([article(f"a{i}", 9) for i in range(5)], "5 decided articles with 45 claims are too little"),
        ([article(f"a{i}", 60 * (i == 2)) for i in range(8)], "8 decided articles with 60 claims are too little"),
    ],
)
def test_too_little_is_refused(articles: list[Labelled], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        split(articles)
