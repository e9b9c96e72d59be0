"""Dates in whatever text: nothing fails, offsets hold, no day is made of one that is none."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.dates import find_dates, holidays, resolve
from annotate.dates.calendar import shifted, value
from annotate.model import Block, Record
from tests.dates.finding import WEDNESDAY, found


@pytest.mark.parametrize(
    "text",
    ["31 February 2024", "February 30", "0000-00-00", "1e9 days ago", "999999999999 years ago", "99/99/9999",
     "31.02.2024", "9999-12-31T99:99", "nine hundred thousand thousand thousand years ago", "the 99th century",
     "Easter 0001", "00/00/00", "February 29 2023", "2025-02-31", "the 0th century", "¹²³ days", "٣ March ٢٠٢٤"],
)  # fmt: skip
@pytest.mark.parametrize("anchor", ["2025-03-19", "0001-01-01", "9999-12-31", None, "nonsense"])
def test_impossible_dates_do_no_harm(text: str, anchor: str | None) -> None:
    for words in (text, f"It rained on {text}, the next day, the following century and ten centuries later."):
        find_dates(words, (Block(0, len(words), "body"),), anchor)
        resolve(words, anchor)


_WORDS = st.sampled_from(
    """last next the a of in on at Monday March may 3 19 2024 31 February days weeks years ago later , . - ( ) two half
    and few hundred first second third quarter century 1990s p.m. 10:35 GMT every today night Easter will said ' $ 1/2
    the end early mid past coming 2025-03-19 3/19/25 99 000 five O ’ Clock before after this that
    evening quarter half ended another FY s or long week through soon as early \u0130 \U0001f600 ¶""".split()  # noqa: SIM905
).map(lambda word: word.replace("¶", "\n\n"))


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)), st.one_of(st.none(), st.dates().map(str)))
def test_offsets_are_inside_the_text_in_order_and_apart(text: str, anchor: str | None) -> None:
    mentions = find_dates(text, (Block(0, len(text), "body"),), anchor, origin="engine:test")
    Record(id="a", text=text, dates=mentions)
    last = 0
    for number, mention in enumerate(mentions, start=1):
        assert mention.id == f"d{number}"
        assert mention.start is not None
        assert mention.end is not None
        assert last <= mention.start < mention.end <= len(text)
        words = text[mention.start : mention.end]
        assert words == words.strip()
        last = mention.end


_MONTHS = ("January", "Feb.", "march", "APRIL", "Sept", "Octember")
_UNITS = ("seconds", "minutes", "hours", "days", "weekends", "weeks", "months", "quarters", "years", "centuries")
_ANCHORS = st.sampled_from([WEDNESDAY, "0001-01-01", "9999-12-31", "2024-02-29", "2025-02-30", "", "nonsense", None])


@settings(deadline=None, max_examples=300)
@given(
    st.integers(0, 99_999), st.integers(0, 99), st.integers(0, 99), st.integers(0, 10**12), st.sampled_from(_MONTHS),
    st.sampled_from(_UNITS), _ANCHORS,
)  # fmt: skip
def test_a_day_that_is_none_is_not_made_one(
    year: int, month: int, day: int, count: int, name: str, unit: str, anchor: str | None
) -> None:
    for words in (
        f"{year:04d}-{month:02d}-{day:02d}", f"{day}/{month}/{year}", f"{day}.{month}.{year % 100:02d}",
        f"{name} {day}", f"{day} {name} {year}", f"Friday the {day}th", f"on the {day}th", f"{count} {unit} ago",
        f"{count} {unit} later", f"in {count} {unit} and {day} {unit}", f"the week of {name} {day}",
        f"the quarter ended {name} {day}", f"{day}:{month} p.m. {name} {day}", f"{year}-{month} GMT",
        f"the {count}th century", f"Easter {year}", f"'{day}", f"the {day}th quarter of {year}", f"{year}-{day}",
    ):  # fmt: skip
        mention = resolve(words, anchor)
        for meant in [*(row[2] for row in found(words, anchor)), mention and mention.value]:
            if meant and re.fullmatch(r"\d{4}-\d\d-\d\d.*", meant):
                date.fromisoformat(meant[:10])


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)), _ANCHORS)
def test_what_is_typed_never_fails(text: str, anchor: str | None) -> None:
    mention = resolve(text, anchor)
    assert mention is None or mention.value


@settings(deadline=None, max_examples=100)
@given(st.dates(), st.floats(-1e9, 1e9), st.sampled_from("YMWDQECF"))
def test_arithmetic_never_fails(day: date, count: float, unit: str) -> None:
    there = shifted(day, count, unit)
    assert value(there, unit)


@settings(deadline=None, max_examples=100)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_weekday_names_mean_the_last_such_day(day: date) -> None:
    said = day - timedelta(3)
    [(_, _, meant)] = found(f"It rained on {said:%A}.", day.isoformat())
    assert meant == said.isoformat()


@pytest.mark.parametrize("year", [0, 1, 1500, 2100, 9999, 10_000])
@pytest.mark.parametrize("name", ["Ramadan", "Diwali", "Passover", "Vesak", "Memorial Day", "Easter"])
def test_holidays_of_years_that_nobody_knows_do_no_harm(name: str, year: int) -> None:
    there = holidays.day(name, year)
    assert there is None or there.year == year


@pytest.mark.parametrize("anchor", ["0001-01-01", "0001-03-05", "0001-12-31", "9999-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "period", ["winter", "summer", "quarter", "fourth quarter", "week", "month", "year", "decade", "century"]
)
@pytest.mark.parametrize("when", ["last", "next", "this", "the"])
def test_no_value_has_a_year_that_no_calendar_has(anchor: str, period: str, when: str) -> None:
    for text in (f"{when} {period}", f"{when} {period} of the year", period, f"two {period}s ago"):
        meant = resolve(text, anchor)
        assert meant is None or not re.match(r"-|0000|\d{5}", meant.value or "")
