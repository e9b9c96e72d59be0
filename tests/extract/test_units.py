"""Units of a text: noun phrases, clauses, and the claims that its parse would allow."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.engine import units
from annotate.spans import Span
from annotate.units import NO_UNITS, Reading, Units, around

TEXT = (
    "The ferry, which sank in May, was unsafe, harbour master Ivo Brandt told the council on Monday. "
    "“We will not pay,” said Rosa Lind, a shopkeeper. Officials hope the bridge will reopen."
)


@pytest.fixture(scope="module")
def found() -> Units:
    return units(TEXT)


def words(spans: tuple[Span, ...]) -> list[str]:
    return [TEXT[start:end] for start, end in spans]


def test_noun_phrases_are_found_with_and_without_what_follows(found: Units) -> None:
    assert {"harbour master Ivo Brandt", "Rosa Lind", "Rosa Lind, a shopkeeper", "Officials"} <= {*words(found.phrases)}


def test_clauses_are_found_inside_sentences(found: Units) -> None:
    clauses = words(found.clauses)
    assert {"The ferry, which sank in May, was unsafe", "the bridge will reopen", "“We will not pay,”"} <= {*clauses}


@pytest.mark.parametrize(
    ("content", "cue", "source"),
    [
        ("The ferry, which sank in May, was unsafe", "told", "harbour master Ivo Brandt"),
        ("“We will not pay,”", "said", "Rosa Lind, a shopkeeper"),
        ("the bridge will reopen", "hope", "Officials"),
    ],
)
def test_a_content_has_its_cue_and_source(found: Units, content: str, cue: str, source: str) -> None:
    start = TEXT.index(content)
    reading = found.reading_of(Span(start, start + len(content)))
    assert reading is not None
    assert reading.source is not None
    assert words((reading.cue, reading.source)) == [cue, source]


def test_words_without_a_cue_nearby_have_no_reading() -> None:
    assert units("A red ferry.").reading_of(Span(0, 1)) is None


def test_words_that_nothing_ties_to_a_cue_have_the_nearest() -> None:
    text = "The door, she said."
    reading = units(text).reading_of(Span(0, 3))
    assert reading is not None
    assert (text[slice(*reading.cue)], reading.source and text[slice(*reading.source)]) == ("said", "she")


def test_the_shortest_unit_comes_first_and_then_the_next_larger(found: Units) -> None:
    at = TEXT.index("Rosa")
    first = around(found.phrases, at)
    assert first is not None
    assert words((first,)) == ["Rosa Lind"]
    second = around(found.phrases, at, beyond=first)
    assert second is not None
    assert words((second,)) == ["Rosa Lind, a shopkeeper"]
    assert around(found.phrases, at, beyond=second) is None


def test_a_text_without_words_has_no_units() -> None:
    assert units("\n\n") == Units(Span(0, 2))
    assert NO_UNITS.reading_of(Span(0, 5)) is None


spans = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: Span(pair[0], sum(pair)))
some = st.lists(spans, max_size=4).map(tuple)
all_units = st.builds(
    Units, spans, some, some, st.lists(st.builds(Reading, spans | st.none(), spans, spans | st.none())).map(tuple)
)


@given(all_units)
def test_units_survive_the_way_between_processes(found: Units) -> None:
    assert Units.from_dict(orjson.loads(orjson.dumps(found.to_dict()))) == found


@given(all_units, st.integers(0, 9))
def test_moving_units_moves_all_of_them(found: Units, by: int) -> None:
    moved = found.moved(by)
    assert [span.start - by for span in moved.phrases] == [span.start for span in found.phrases]
    assert [reading.cue.end - by for reading in moved.readings] == [reading.cue.end for reading in found.readings]
    assert moved.part.end - by == found.part.end
