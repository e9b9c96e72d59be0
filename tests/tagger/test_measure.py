from __future__ import annotations

from annotate.train.measure import Score


def test_a_model_is_judged_by_contents_with_their_source_then_by_exact_ones() -> None:
    score = Score(gold=12, found=8, exact=4, hits=6, sourced=5, linked=3)
    assert score.rank() == (40, 40)
    assert score.values() == {"exact": 40.0, "hit": 60.0, "source": 60.0, "end_to_end": 40.0}
    assert Score(12, 8, 5, 6, 5, 3).rank() > score.rank()
    assert Score(12, 8, 3, 6, 5, 4).rank() > score.rank()
    assert Score().rank() == (0, 0)
