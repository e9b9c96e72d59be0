"""Codes of dates in words."""

from __future__ import annotations

import pytest

from annotate.model import DateMention
from tui.wording.fields import date_meaning
from tui.wording.timex_words import in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-SP", "spring 2026"), ("XXXX-SU", "summer of some year"), ("2026-Q4", "the fourth quarter of 2026"),
        ("XXXX-QX", "a quarter of some year"), ("2026-H1", "the first half of 2026"), ("2026-W06", "week 6 of 2026"),
        ("2026-W06-WE", "the weekend of week 6 of 2026"), ("PT1H", "one hour"), ("P2Y", "two years"),
        ("PXM", "some months"), ("P100Y", "100 years"), ("P2Y6M", "two years, six months"),
        ("PT2H30M", "two hours, 30 minutes"), ("P1.5Y", "1.5 years"), ("P1CE", "one century"), ("P6WE", "six weekends"),
        ("PRESENT_REF", "now"), ("PAST_REF", "some time in the past"), ("FUTURE_REF", "some time in the future"),
        ("XXXX-WXX-2", "a Tuesday"), ("XXXX-03-19", "19 March of some year"), ("XXXX-03", "March of some year"),
        ("199", "1990 to 1999"), ("20", "2000 to 2099"), ("199X", "1990 to 1999"), ("XXXX-WXX-5TNI", "a Friday, night"),
        ("2026-05-12TMO", "2026-05-12, morning"), ("2026-02-11", ""), ("2026-02", ""), ("2026", ""),
        ("2026-02-11T14:30", "2026-02-11, 14:30"),
        ("2026-02-11T14:30:05", "2026-02-11, 14:30"), ("T09:15", "09:15"), ("XXXX-XX-XXT09:15", "09:15"),
        ("2026-02-11TXX", ""),
        ("P", ""), ("PLENTY", ""), ("P5", ""), ("XXXX-WXX-9", ""), ("XXXX-13", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_code_is_said_in_words(value: str, words: str) -> None:
    assert in_words(value) == words


def test_the_words_stand_beside_the_code() -> None:
    assert date_meaning(DateMention("d1", 0, 1, "DURATION", "PT1H"), "") == "= one hour (PT1H)"
    assert date_meaning(DateMention("d1", 0, 1, "DATE", "2026-02"), "") == "= 2026-02"


@pytest.mark.parametrize(
    "value",
    [
        "0000-01-01",
        "-0044-03-15",
        "10000-01-01",
        "2026-02-30",
        "2026-99-99",
        "٢٠٢٦-٠١-٠١",
        f"P{'9' * 5000}Y",
        "9" * 5000,
    ],
)
def test_a_value_that_is_in_no_calendar_is_told_as_it_is(value: str) -> None:
    assert date_meaning(DateMention("d1", 0, 1, "DATE", value), "") == f"= {value}"
