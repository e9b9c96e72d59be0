"""The engine's uncertainty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.model import Claim
from annotate.spans import Span
from annotate.uncertainty import RIVALS, checkworthy, confidence, is_guess, rivals, sure, uncertainty, uncertainty_of

CLAIM = Claim("c1", "direct", (Span(0, 4),), source=(Span(5, 9),), speaker="s1", confidence=0.8)
WAVERING = replace(CLAIM, extra={RIVALS: ["Otto Brell"]})


@given(st.floats(0, 1))
def test_the_sure_leave_no_doubt_whether_right_or_wrong(sure: float) -> None:
    here, opposite = uncertainty_of({"confidence": sure}), uncertainty_of({"confidence": 1 - sure})
    assert 0 <= here <= 0.5
    assert here == pytest.approx(opposite)


@pytest.mark.parametrize(
    ("edited", "sure", "worth", "left"),
    [
        ((), 0.8, 0.3, 0.2),
        (("speaker", "negated"), 0.8, 0.3, 0.2),
        (("source",), None, 0.3, 0),
        (("date", "content"), None, None, 0),
    ],
)
def test_no_figure_speaks_of_what_a_person_changed(
    edited: tuple[str, ...], sure: float | None, worth: float | None, left: float
) -> None:
    claim = Claim("c1", "indirect", (Span(0, 1),), confidence=0.8, checkworthy=0.3, edited=edited)
    assert (confidence(claim), checkworthy(claim)) == (sure, worth)
    assert uncertainty(claim) == uncertainty_of(claim.to_dict()) == pytest.approx(left)


@pytest.mark.parametrize("edited", [None, "content", 7, [["content"]]])
def test_what_is_no_list_of_parts_changed_nothing(edited: object) -> None:
    assert uncertainty_of({"confidence": 0.5, "edited": edited}) == 0.5


@pytest.mark.parametrize(
    ("sure", "expected"),
    [(1.0, 0), (0, 0), (0.5, 0.5), (0.75, 0.25), (None, 0.5), ("1", 0.5), (7, 0.5), (True, 0.5)],
)
def test_what_is_no_probability_is_all_doubt(sure: object, expected: float) -> None:
    assert uncertainty_of({"confidence": sure}) == expected


def test_a_speaker_with_rivals_is_less_sure_than_one_alone_and_one_that_a_person_chose_is_not_in_doubt() -> None:
    chosen = replace(WAVERING, edited=("speaker",))
    nobody = replace(CLAIM, speaker=None)
    of_two, of_one = sure(WAVERING), sure(CLAIM)
    assert of_two is not None
    assert of_one is not None
    assert of_two < of_one < 0.8
    assert sure(chosen) == sure(nobody) == 0.8
    assert rivals(WAVERING) == ("Otto Brell",)
    assert sure(replace(CLAIM, source=(), cue=(Span(0, 1),))) == of_two, "no words say who"
    assert sure(replace(CLAIM, source=(), cue=())) == 0.8, "the confidence of a quotation alone covers its speaker"
    assert is_guess(replace(CLAIM, source=(), cue=()))
    assert rivals(chosen) == ()
    for claim in (WAVERING, CLAIM, chosen, nobody):
        assert uncertainty(claim) == uncertainty_of(claim.to_dict()) == pytest.approx(1 - (sure(claim) or 0))


@pytest.mark.parametrize("part", ["content", "source"])
def test_of_words_that_a_person_changed_the_engine_is_not_sure(part: str) -> None:
    assert sure(replace(CLAIM, edited=(part,))) is None
    assert sure(replace(CLAIM, confidence=None)) is None


@pytest.mark.parametrize("stored", [None, "Otto", 7, {"a": 1}, [7, None]])
def test_rivals_that_are_no_names_are_passed_over(stored: object) -> None:
    claim = replace(CLAIM, extra={RIVALS: stored})
    assert rivals(claim) == ()
    assert uncertainty(claim) == uncertainty_of(claim.to_dict()) == uncertainty(CLAIM)


@pytest.mark.parametrize(
    ("claim", "guessed"),
    [
        (CLAIM, False),
        (WAVERING, True),
        (replace(CLAIM, source=()), True),
        (replace(CLAIM, source=(), speaker=None), False),
        (replace(CLAIM, source=(), edited=("speaker",)), False),
        pytest.param(replace(CLAIM, source=(), confidence=None, origin="human:ana"), False, id="a person's own"),
    ],
)
def test_a_speaker_whom_no_words_name_is_a_guess_of_the_engine(claim: Claim, guessed: bool) -> None:
    assert is_guess(claim) == guessed
