from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.train.variety import remarked, varied

MARKS = str.maketrans(dict.fromkeys("“”\"‘’'«»", "|"))
QUOTED = '“We won,” she said. "It’s late" (“again”).'


@given(st.text(st.sampled_from("ab \n“”\"‘’'«»—(")) | st.text(), st.integers(0, 2**32))
def test_nothing_but_marks_changes_and_nothing_moves(text: str, number: int) -> None:
    other = varied(text, random.Random(number))
    assert other.translate(MARKS) == text.translate(MARKS)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("‘’", "‘We won,’ she said. ‘It’s late’ (‘again’)."),
        ("«»", "«We won,» she said. «It’s late» («again»)."),
        ("''", "'We won,' she said. 'It’s late' ('again')."),
        ("“”", "“We won,” she said. “It’s late” (“again”)."),
    ],
)
def test_marks_open_and_close(pair: str, expected: str) -> None:
    assert remarked(QUOTED, pair) == expected


def test_all_kinds_of_marks_come_up_and_chance_repeats() -> None:
    seen = {varied(QUOTED, random.Random(number)) for number in range(200)}
    assert len(seen) >= 5
    assert [varied(QUOTED, random.Random(7)) for _ in range(2)] == [varied(QUOTED, random.Random(7))] * 2
