"""Windows and inference through them, with a network that returns its inputs."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.tagger.inference import Layout, TaggerOutput, read
from annotate.tagger.outputs import CONTENT, KEYS, NULLS, QUERIES, ROW, WIDTH, Link
from annotate.tagger.windows import sentence_ends, windows
from annotate.tagger.words import Cutter

WORDS = st.sampled_from(["rain", "said", "abcde", ".", "\n\n", "“ab”", "😀", "e\u0301", "abcdefghijklmnopqrst"])
TEXTS = st.lists(WORDS, max_size=200).map(" ".join) | st.text(max_size=100)
LAYOUTS = st.builds(Layout, size=st.integers(64, 100), context=st.integers(0, 16))
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=60).map(" ".join).filter(str.strip), min_size=4, max_size=8)
LONGEST = 13
"""Pieces of the longest word, and of a break."""


def paragraphs(text: str) -> list[int]:
    return [at + 2 for at in range(len(text)) if text.startswith("\n\n", at)]


def echo(pieces: Any, shapes: Any) -> Any:
    """Give each piece its own number as the score of every tag, and 0 as every link."""
    assert pieces.shape == shapes.shape
    tags = np.repeat(pieces[:, None].astype(np.float32), 9, axis=1)
    return tags, np.zeros((len(pieces), ROW), dtype=np.float32)


def mixing(pieces: Any, shapes: Any) -> Any:
    """Give every piece scores that depend on all there is in the window."""
    total = np.float32(hash((pieces.tobytes(), shapes.tobytes())) % 1000)
    return np.full((len(pieces), 9), total, np.float32), np.full((len(pieces), ROW), total, np.float32)


@given(TEXTS, LAYOUTS)
def test_every_word_is_read_once_in_its_place(cutter: Cutter, text: str, layout: Layout) -> None:
    (reading,) = read([(text, paragraphs(text))], cutter, echo, layout)
    words = reading.words
    assert reading.tags[:, 1, 2].tolist() == words.pieces[words.firsts[:-1]].tolist()
    assert [i for w in reading.windows for i in range(w.first, w.last)] == list(range(len(words)))


@given(TEXTS, LAYOUTS)
def test_a_window_is_a_paragraph_with_a_few_words_of_its_neighbours(cutter: Cutter, text: str, layout: Layout) -> None:
    words = cutter.cut(text, paragraphs(text))
    for window in windows(words, layout.size, layout.context, sentence_ends(text, words)):
        start, first, last, end = (int(words.firsts[word]) for word in window)
        assert end - start <= layout.size - 2
        assert first - start <= layout.context
        assert end - last <= layout.context
        assert not words.breaks[window.first + 1 : window.last].any()
        # Whatever context there is reaches back to the start of the paragraph before, or as far as it may.
        begun = words.breaks[window.start]
        assert window.start == 0 or begun or first - start > layout.context - LONGEST
        assert words.breaks[window.start + 1 : window.first + 1].sum() <= 1
        assert words.breaks[window.last : window.end].sum() <= 1


@settings(deadline=None)
@given(PARAGRAPHS, st.data())
def test_far_away_paragraphs_change_nothing(cutter: Cutter, parts: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(parts) - 2))
    end = data.draw(st.integers(first + 2, len(parts)))
    layout = Layout(64, 8)

    def scores(some: list[str]) -> list[list[float]]:
        """Return the scores of the words of each paragraph."""
        at, starts = 0, []
        for part in some:
            starts.append(at)
            at += len(part) + 2
        (reading,) = read([("\n\n".join(some), starts)], cutter, mixing, layout)
        edges = np.searchsorted(reading.words.starts, [*starts, at])
        return [reading.tags[one:other, 0, 0].tolist() for one, other in pairwise(edges)]

    cut = scores(parts[first:end])
    kept = slice(int(first > 0), len(cut) - int(end < len(parts)))
    assert cut[kept] == scores(parts)[first:end][kept]


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
    (reading,) = read([(text, [0])], cutter, echo, Layout())
    assert len(reading.tags) == 200_000


def pointing(pieces: Any, _shapes: Any) -> Any:
    """Say of every word that, as content, it belongs to a source of the highest piece; to nothing as often as not."""
    rows = np.zeros((*pieces.shape, ROW), dtype=np.float32)
    rows[:, QUERIES[Link.CONTENT_SOURCE] * WIDTH] = 8.0
    rows[:, KEYS[Link.CONTENT_SOURCE] * WIDTH] = np.where(pieces == pieces.max(), 3.0, -3.0)
    return np.zeros((*pieces.shape, 9), dtype=np.float32), rows


@pytest.fixture
def linked(cutter: Cutter) -> TaggerOutput:
    (reading,) = read([("ab rain ab" + " ab" * 300, [0])], cutter, pointing, Layout(64, 8))
    return reading


def test_links_are_probabilities_of_the_candidates_and_of_none(linked: TaggerOutput) -> None:
    scores = linked.links(Link.CONTENT_SOURCE, 2, [0, 1])
    assert scores.argmax() == 1
    assert np.exp(scores).sum() == pytest.approx(1)
    assert linked.links(Link.CONTENT_SOURCE, 2, [0, 3]).argmax() == 2
    assert linked.links(Link.CONTENT_SOURCE, 2, []).tolist() == [0]


def test_what_was_not_read_together_is_not_linked(linked: TaggerOutput) -> None:
    assert len(linked.windows) > 2
    scores = linked.links(Link.CONTENT_SOURCE, 290, [1, 291])
    assert scores[0] == -np.inf
    assert scores[1] > -np.inf


def test_other_kinds_of_link_have_their_own_vectors(linked: TaggerOutput) -> None:
    assert linked.links(Link.CUE_SOURCE, 2, [0, 1]) == pytest.approx(np.log([1 / 3] * 3))
    assert linked.links(Link.CONTENT_CUE, 2, [0, 1]) == pytest.approx(np.log([1 / 3] * 3))


def test_the_rows_of_scores_hold_all_vectors() -> None:
    assert max(*QUERIES.values(), *KEYS.values()) < NULLS / WIDTH
    assert NULLS + len(Link) == ROW


def test_windows_too_small_for_their_context_are_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        Layout(size=64, context=30)
