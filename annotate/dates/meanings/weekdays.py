"""Weekdays."""

from __future__ import annotations

from datetime import date, timedelta

from annotate.dates.calendar import shifted, value, weekday_near
from annotate.dates.expression import Expression, Meaning
from annotate.dates.numbers import MANY

_A_DAY = timedelta(days=1)
_TWO = 2
"""The Monday before last is the second one back."""


def weekday(e: Expression) -> Meaning | None:
    """Friday, last Friday, Friday night."""
    return e.mean_part(nearest(e, e.anchor))


def weekday_of(e: Expression) -> Meaning | None:
    """Monday of next week, Friday last week."""
    if e.get("unit") != "W" or e.anchor is None:
        return None
    days = int(e.get("weekday")) - e.anchor.isoweekday() + 7 * e.direction
    return e.mean(value(shifted(e.anchor, days, "D"), "D"))


def weekday_ago(e: Expression) -> Meaning | None:
    """Two Fridays ago, the Monday before last, the Monday after next."""
    if e.anchor is None:
        return None
    count = e.number("count") if "count" in e.groups else _TWO
    if count is None or count == MANY:
        return None
    number, ahead = int(e.get("weekday")), e.direction > 0
    first = weekday_near(e.anchor if ahead else e.anchor - _A_DAY, number, ahead=ahead)
    return e.mean(value(shifted(first, (count - 1) * (1 if ahead else -1), "W"), "D"))


def weekday_week(e: Expression) -> Meaning | None:
    """Monday week, a week on Monday, a week ago Monday, a week tomorrow: weeks from the Monday next or last."""
    count, unit, gone = e.number("count") if "count" in e.groups else 1, e.get("unit"), bool(e.get("back"))
    if unit not in ("W", "F", "M", "Y") or e.anchor is None or count is None or count == MANY:
        return None
    count = -count if gone else count
    if e.get("today"):
        return e.mean(value(shifted(shifted(e.anchor, int(e.get("today")), "D"), count, unit), "D"))
    if unit in ("M", "Y"):
        return None
    number = int(e.get("weekday"))
    is_today = e.anchor.isoweekday() == number and not gone
    first = e.anchor if is_today else weekday_near(e.anchor, number, ahead=not gone)
    return e.mean(value(shifted(first, count, unit), "D"))


def weekday_beside(e: Expression) -> Meaning | None:
    """The previous Friday, the following Monday: relative to the last day mentioned."""
    return e.mean(nearest(e, e.last))


def nearest(e: Expression, base: date | None) -> str:
    """Return the value of the weekday nearest to a day, before or after it as the clause tells."""
    number = int(e.get("weekday"))
    if base is None:
        return f"XXXX-WXX-{number}"
    if e.to and e.near:
        return value(weekday_near(e.near, number, ahead=True), "D")
    is_today = base.isoweekday() == number
    found = weekday_near(base, number, ahead=e.direction > 0 or (e.ahead and not is_today and e.direction == 0))
    if is_today and e.direction < 0:
        found = shifted(base, -1, "W")
    return value(found, "D")
