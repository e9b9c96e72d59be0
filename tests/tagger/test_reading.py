"""Windows and what is read through them, with a network that says what it was given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.tagger.layout import CONTENT, KEYS, NULLS, QUERIES, ROW, WIDTH, Link
from annotate.tagger.reading import Layout, Reading, read
from annotate.tagger.windows import by_length, sentence_ends, windows
from annotate.tagger.words import Cutter

WORDS = st.sampled_from(["rain", "said", "abcde", ".", "\n\n", "“ab”", "😀", "e\u0301", "abcdefghijklmnopqrst"])
TEXTS = st.lists(WORDS, max_size=200).map(" ".join) | st.text(max_size=100)
LAYOUTS = st.builds(Layout, size=st.integers(64, 100), context=st.integers(0, 16), budget=st.integers(1, 500))


def paragraphs(text: str) -> list[int]:
    return [at + 2 for at in range(len(text)) if text.startswith("\n\n", at)]


def echo(pieces: Any, shapes: Any) -> Any:
    """Give each piece its own number as the score of every tag, and 0 as every link."""
    assert pieces.shape == shapes.shape
    tags = np.repeat(pieces[:, :, None].astype(np.float32), 9, axis=2)
    return tags, np.zeros((*pieces.shape, ROW), dtype=np.float32)


@given(TEXTS, LAYOUTS)
def test_every_word_is_read_once_in_its_place(cutter: Cutter, text: str, layout: Layout) -> None:
    (reading,) = read([(text, paragraphs(text))], cutter, echo, layout)
    words = reading.words
    assert reading.tags[:, 1, 2].tolist() == words.pieces[words.firsts[:-1]].tolist()
    assert [i for w in reading.windows for i in range(w.first, w.last)] == list(range(len(words)))


@given(TEXTS, LAYOUTS)
def test_windows_are_bounded_and_have_context(cutter: Cutter, text: str, layout: Layout) -> None:
    words = cutter.cut(text, paragraphs(text))
    longest = 13  # a word of the most pieces, and a break
    for window in windows(words, layout.size, layout.context, sentence_ends(text, words)):
        start, first, last, end = (int(words.firsts[word]) for word in window)
        assert end - start <= layout.size - 2
        assert window.start == 0 or first - start > layout.context - longest
        assert window.end == len(words) or end - last > layout.context - longest


@given(st.lists(st.integers(0, 300)), st.integers(1, 1000))
def test_batches_hold_every_window_once_and_are_bounded(lengths: list[int], budget: int) -> None:
    batches = list(by_length(lengths, budget))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or (max(lengths[i] for i in batch) + 2) * len(batch) <= budget


def test_windows_end_with_paragraphs_where_they_can(cutter: Cutter) -> None:
    text = "\n\n".join(["rain " * 20] * 8)
    words = cutter.cut(text, paragraphs(text))
    some = list(windows(words, 64, 8))
    assert len(some) > 2
    assert all(words.breaks[window.first] for window in some)


def test_windows_end_with_sentences_within_a_long_paragraph(cutter: Cutter) -> None:
    text = "rain said rain said rain. " * 40
    words = cutter.cut(text, [0])
    some = list(windows(words, 64, 8, sentence_ends(text, words)))
    assert len(some) > 2
    assert all(text[words.starts[window.last - 1]] == "." for window in some)


def test_texts_read_together_are_kept_apart(cutter: Cutter) -> None:
    texts = [("rain said", [0]), ("", []), ("😀", [0]), ("said rain ab.", [0])]
    readings = list(read(texts, cutter, echo, Layout()))
    assert [len(reading.words) for reading in readings] == [2, 0, 1, 4]
    assert [reading.tags.shape for reading in readings] == [(2, 3, 3), (0, 3, 3), (1, 3, 3), (4, 3, 3)]
    assert readings[1].runs(CONTENT) == []


def test_a_paragraph_of_a_megabyte_is_read(cutter: Cutter) -> None:
    text = "rain " * 200_000
    (reading,) = read([(text, [0])], cutter, lambda pieces, _: (
        np.zeros((*pieces.shape, 9), np.float32), np.zeros((*pieces.shape, ROW), np.float16)), Layout(budget=100_000)
    )  # fmt: skip
    assert len(reading.tags) == 200_000


def pointing(pieces: Any, _shapes: Any) -> Any:
    """Say of every word that, as content, it belongs to a source of the highest piece; to nothing as often as not."""
    rows = np.zeros((*pieces.shape, ROW), dtype=np.float32)
    rows[:, :, QUERIES[Link.CONTENT_SOURCE] * WIDTH] = 8.0
    rows[:, :, KEYS[Link.CONTENT_SOURCE] * WIDTH] = np.where(pieces == pieces.max(), 3.0, -3.0)
    return np.zeros((*pieces.shape, 9), dtype=np.float32), rows


@pytest.fixture
def linked(cutter: Cutter) -> Reading:
    (reading,) = read([("ab rain ab" + " ab" * 300, [0])], cutter, pointing, Layout(64, 8))
    return reading


def test_links_are_probabilities_of_the_candidates_and_of_none(linked: Reading) -> None:
    scores = linked.links(Link.CONTENT_SOURCE, 2, [0, 1])
    assert scores.argmax() == 1
    assert np.exp(scores).sum() == pytest.approx(1)
    assert linked.links(Link.CONTENT_SOURCE, 2, [0, 3]).argmax() == 2
    assert linked.links(Link.CONTENT_SOURCE, 2, []).tolist() == [0]


def test_what_was_not_read_together_is_not_linked(linked: Reading) -> None:
    assert len(linked.windows) > 2
    scores = linked.links(Link.CONTENT_SOURCE, 290, [1, 291])
    assert scores[0] == -np.inf
    assert scores[1] > -np.inf


def test_other_kinds_of_link_have_their_own_vectors(linked: Reading) -> None:
    assert linked.links(Link.CUE_SOURCE, 2, [0, 1]) == pytest.approx(np.log([1 / 3] * 3))
    assert linked.links(Link.CONTENT_CUE, 2, [0, 1]) == pytest.approx(np.log([1 / 3] * 3))


def test_the_rows_of_scores_hold_all_vectors() -> None:
    assert max(*QUERIES.values(), *KEYS.values()) < NULLS / WIDTH
    assert NULLS + len(Link) == ROW


def test_windows_too_small_for_their_context_are_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        Layout(size=64, context=30)
