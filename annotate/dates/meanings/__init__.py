"""Meanings of the rules in `rules.tsv`: TIMEX3 values from the words and the day of publication.

Each function takes an expression and returns None if its words turn out not to be a temporal expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotate.dates.expression import Expression, Meaning
from annotate.dates.meanings import days, durations, periods, weekdays

Read = Callable[[Expression], Meaning | None]

_READERS: tuple[Read, ...] = (
    days.iso, days.slashed, days.day, days.week_of, days.week_in, days.weekday_in, days.day_of, days.day_alone,
    days.day_more, weekdays.weekday_ago, weekdays.weekday, weekdays.weekday_of, weekdays.weekday_week,
    weekdays.weekday_beside,
    days.today, days.tonight, days.part_of_day, days.holiday, days.time, periods.month, periods.relative,
    periods.following, periods.same, periods.the_unit, periods.year_end, periods.season, periods.ago, periods.later,
    periods.year_ago, periods.quarter, periods.the_quarter, periods.half, periods.year, periods.decade,
    periods.century, durations.duration, durations.quarter_of, durations.whole, durations.compound,
    durations.set_unit, durations.set_rate, durations.set_weekday, durations.set_weekend, durations.set_part,
    durations.set_month, durations.set_adverb, durations.past, durations.present, durations.future,
    durations.one_day,
)  # fmt: skip
MEANINGS: Mapping[str, Read] = {reader.__name__: reader for reader in _READERS}
"""By name, as in the first column of `rules.tsv`."""
