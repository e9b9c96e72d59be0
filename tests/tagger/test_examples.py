from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotate.spans import Span
from annotate.tagger.inference import Layout
from annotate.tagger.outputs import CONTENT, CUE, SOURCE, TAGS, Link
from annotate.tagger.words import Cutter
from annotate.train.corpus import Attribution, Labelled
from annotate.train.examples import NO_TAG, batches, examples, labels, padded

TEXT = "Rain came, Ana Li said.\n\n“It is late,” she said, “and wet.”"


def spans(*parts: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)


ATTRIBUTIONS = (
    Attribution(spans("Rain came"), spans("said"), spans("Ana Li")),
    Attribution(spans("“It is late,”", "“and wet.”"), (Span(43, 47),), spans("she")),
)
ARTICLE = Labelled("a", TEXT, ATTRIBUTIONS, (0, TEXT.index("“It")))


def tagged(cutter: Cutter, head: int) -> str:
    words = cutter.cut(TEXT, ARTICLE.paragraphs)
    return "".join(TAGS[tag] for tag in labels(words, ATTRIBUTIONS)[0][:, head])


def test_words_get_their_tags(cutter: Cutter) -> None:
    #                                Rain came , Ana Li said . “ It is late , ” she said , “ and wet . ”
    assert tagged(cutter, CONTENT) == "BIOOOOOBIIIIIOOOBIIII"
    assert tagged(cutter, SOURCE) == "OOOBIOOOOOOOOBOOOOOOO"
    assert tagged(cutter, CUE) == "OOOOOBOOOOOOOOBOOOOOO"


def test_spans_of_one_attribution_that_touch_are_one_but_not_over_paragraphs(cutter: Cutter) -> None:
    text = "Rain came again.\n\nRain said so."
    words = cutter.cut(text, [0, 18])
    tags, _ = labels(words, [Attribution((Span(0, 9), Span(10, 16), Span(18, 22)), (), ())])
    assert "".join(TAGS[tag] for tag in tags[:, CONTENT]) == "BIIIBOOO"


def test_links_are_from_first_word_to_first_word(cutter: Cutter) -> None:
    _, links = labels(cutter.cut(TEXT, ARTICLE.paragraphs), ATTRIBUTIONS)
    assert set(links) == {
        (Link.CONTENT_SOURCE, 0, 3), (Link.CONTENT_CUE, 0, 5), (Link.CUE_SOURCE, 5, 3),
        (Link.CONTENT_SOURCE, 7, 13), (Link.CONTENT_CUE, 7, 14), (Link.CUE_SOURCE, 14, 13),
        (Link.CONTENT_SOURCE, 16, 13), (Link.CONTENT_CUE, 16, 14),
    }  # fmt: skip


def test_without_source_a_link_says_so(cutter: Cutter) -> None:
    _, links = labels(cutter.cut(TEXT, [0]), [Attribution(spans("Rain came"), spans("said"), ())])
    assert (Link.CONTENT_SOURCE, 0, -1) in links
    assert (Link.CUE_SOURCE, 5, -1) in links


@given(st.integers(0, 2**32), st.integers(64, 100), st.integers(0, 8))
def test_windows_hold_every_word_once_with_its_labels(cutter: Cutter, number: int, size: int, context: int) -> None:
    article = Labelled("a", "Rain came. " * 30 + TEXT, (), (0,))
    some = list(examples([article, ARTICLE], cutter, Layout(size, context), random.Random(number)))
    ours = [example for example in some if example.words is some[-1].words]
    assert all(example.length <= size - 2 for example in some)
    whole, _ = labels(ours[0].words, ATTRIBUTIONS)
    assert [row for example in ours for row in example.tags.tolist() if row[0] != NO_TAG] == whole.tolist()
    for example in ours:
        assert all(example.tags[asking, 0] != NO_TAG for _, asking, _ in example.links)
        assert all(-1 <= to < example.end - example.start for _, _, to in example.links)


def test_what_is_context_is_not_learned_but_may_be_a_source(cutter: Cutter) -> None:
    text = "“It is late.”\n\nAna Li said."
    said = Attribution((Span(0, 13),), (Span(22, 26),), (Span(15, 21),))
    layouts = (Layout(64, context) for context in (0, 8))
    without, full = (
        next(examples([Labelled("a", text, (said,), (0, 15))], cutter, layout, _Most())) for layout in layouts
    )
    assert without.links == ((Link.CONTENT_SOURCE, 0, -1), (Link.CONTENT_CUE, 0, -1))
    assert full.links == ((Link.CONTENT_SOURCE, 0, 6), (Link.CONTENT_CUE, 0, 8))
    assert (full.tags[6:] == NO_TAG).all()
    assert (full.tags[:6] != NO_TAG).all()


class _Most(random.Random):
    """Draws the most that may be, and no other quotation marks."""

    def randint(self, _lowest: int, highest: int) -> int:
        return highest

    def random(self) -> float:
        return 0.99


def test_batches_are_bounded_and_padded(cutter: Cutter) -> None:
    chance = random.Random(1)
    some = list(examples([ARTICLE] * 9, cutter, Layout(64, 8), chance))
    arrays = [padded(batch, cutter) for batch in batches(some, 200, chance)]
    assert sum(len(batch.pieces) for batch in arrays) == len(some)
    for batch in arrays:
        assert batch.pieces.size <= 200
        assert batch.tags.shape == (*batch.pieces.shape, 3)
        assert (batch.tags[~batch.words] == NO_TAG).all()
        assert not batch.words[batch.pieces == 0].any()
        for _, window, asking, to in batch.links.tolist():
            assert batch.tags[window, asking, 0] != NO_TAG
            assert to == -1 or batch.words[window, to]
    assert sum(int(batch.words.sum()) for batch in arrays) == sum(example.end - example.start for example in some)
    learned = sum(int((batch.tags[:, :, 0] != NO_TAG).sum()) for batch in arrays)
    assert learned == 9 * len(cutter.cut(TEXT, ARTICLE.paragraphs))
