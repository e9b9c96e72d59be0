from __future__ import annotations

from typing import Any

import numpy as np

from annotate.spans import Span
from annotate.tagger.inference import Layout
from annotate.tagger.outputs import BEGIN, CONTENT, HEADS, ROW, TAGS
from annotate.tagger.words import Cutter
from annotate.train.corpus import Attribution, Labelled
from annotate.train.measure import Score, measure

RAIN = Labelled("a", "rain said", (Attribution((Span(0, 4),), (), ()),), (0,))


def test_a_model_is_judged_by_contents_with_their_source_then_by_exact_ones() -> None:
    score = Score(gold=12, found=8, exact=4, hits=6, sourced=5, linked=3)
    assert score.rank() == (40, 40)
    assert score.values() == {"exact": 40.0, "hit": 60.0, "source": 60.0, "end_to_end": 40.0}
    assert Score(12, 8, 5, 6, 5, 3).rank() > score.rank()
    assert Score(12, 8, 3, 6, 5, 4).rank() > score.rank()
    assert Score().rank() == (0, 0)


def test_contents_that_the_engine_would_pass_over_do_not_count(cutter: Cutter) -> None:
    def forward(pieces: Any, _: Any) -> Any:
        """Every word is a content of its own: the first with a probability of 0.9, the others of 0.6."""
        tags = np.zeros((*pieces.shape, len(HEADS), len(TAGS)))
        tags[..., 0] = 1
        tags[..., CONTENT, :] = (0.4, 0.6, 0)
        tags[1, CONTENT] = (0.1, 0.9, 0)
        assert tags[1, CONTENT].argmax() == BEGIN
        logs = np.log(np.maximum(tags, 1e-9)).astype(np.float32)
        return logs.reshape(*pieces.shape, -1), np.zeros((*pieces.shape, ROW), dtype=np.float32)

    found = [measure([RAIN], cutter, forward, Layout(), least).found for least in (0.0, 0.7, 0.95)]
    assert found == [2, 1, 0]
