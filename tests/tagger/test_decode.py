from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.tagger.decode import best_tags, runs
from annotate.tagger.outputs import BEGIN, INSIDE, OUTSIDE

ROWS = st.lists(st.tuples(*[st.floats(-9, 0, width=16)] * 3, st.booleans()), min_size=1, max_size=7)


def allowed(tags: tuple[int, ...], breaks: Any) -> bool:
    return all(
        tag != INSIDE or (i > 0 and not breaks[i] and tags[i - 1] in (BEGIN, INSIDE)) for i, tag in enumerate(tags)
    )


@given(ROWS)
def test_no_allowed_tags_score_more(rows: list[tuple[float, float, float, bool]]) -> None:
    scores = np.array([row[:3] for row in rows], dtype=np.float32)
    breaks = np.array([row[3] for row in rows])
    found = tuple(best_tags(scores, breaks).tolist())
    assert allowed(found, breaks)
    best = max(
        scores[range(len(rows)), tags].sum() for tags in product(range(3), repeat=len(rows)) if allowed(tags, breaks)
    )
    assert scores[range(len(rows)), found].sum() == pytest.approx(best, abs=1e-4)


def scores_of(tags: str, sure: float = 0.9) -> Any:
    rows = np.full((len(tags), 3), np.log((1 - sure) / 2), dtype=np.float32)
    rows[range(len(tags)), ["OBI".index(tag) for tag in tags]] = np.log(sure)
    return rows


def none(tags: str) -> Any:
    return np.zeros(len(tags), dtype=bool)


def test_runs_are_the_spans() -> None:
    tags = "OBIIOBBIOOB"
    found = runs(scores_of(tags), none(tags))
    assert [(run.first, run.end) for run in found] == [(1, 4), (5, 6), (6, 8), (10, 11)]
    assert [run.mean for run in found] == pytest.approx([0.9] * 4)


def test_a_run_is_as_sure_as_its_words() -> None:
    scores = scores_of("BII")
    scores[2] = np.log([0.3, 0.1, 0.6])
    (run,) = runs(scores, none("BII"))
    assert run.least == pytest.approx(0.6)
    assert run.mean == pytest.approx((0.9 + 0.9 + 0.6) / 3)


def test_no_run_goes_on_over_a_paragraph() -> None:
    breaks = none("BIII")
    breaks[2] = True
    assert [(run.first, run.end) for run in runs(scores_of("BIII"), breaks)] == [(0, 2), (2, 4)]


def test_what_goes_on_without_beginning_is_mended() -> None:
    assert best_tags(scores_of("OOIIO"), none("OOIIO")).tolist() == [OUTSIDE, OUTSIDE, BEGIN, INSIDE, OUTSIDE]


def test_no_words_have_no_runs() -> None:
    assert runs(np.zeros((0, 3), dtype=np.float32), none("")) == []
