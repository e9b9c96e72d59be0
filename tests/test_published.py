"""Publication date from the top of an article."""

from __future__ import annotations

import pytest

from annotate.dates import readings
from annotate.engine import analyse
from annotate.segment import Published, published, segment

BODY = "The mill was sold to a baker, Ada Moor said. It had been for sale for a year."


def found(head: str, body: str = BODY) -> Published | None:
    text = f"Old mill sold\n\n{head}\n\n{body}\n" if head else body
    return published(text, segment(text))


@pytest.mark.parametrize(
    "head",
    [
        "Posted on February 19, 2024 by editor",
        "Issued on 19 February 2024",
        "OXMERE (Newswire) — Feb 19, 2024",
        "Mon, Feb 19, 2024 · 4 min read",
        "Article published: 2024/02/19 08:15",
        "By Bo Ek on February 19, 2024",
        "Bo Ek | Feb 19, 2024",
        "Oxmere Echo, Monday 19 February 2024",
        "19 February 2024 at 08:15 - Bo Ek",
        "2024.02.19",
        "Release date: February 19, 2024",
        "FOR IMMEDIATE RELEASE: February 19, 2024",
        "Written by Bo Ek. Published on Feb 19, 2024.",
        "Posted by Bo Ek on Mon 19 Feb 2024 at 3pm",
        "Last updated: Feb 21, 2024 | Posted: Feb 19, 2024",
        "19th of February, 2024",
        "19/02/2024",
    ],
)
def test_one_full_date_at_the_top(head: str) -> None:
    assert found(head) == Published("2024-02-19")


@pytest.mark.parametrize("body", ["(Feb 19, 2024) The mill was sold.", "Feb. 19, 2024 — The mill was sold."])
def test_date_in_front_of_the_first_sentence(body: str) -> None:
    text = f"Old mill sold\n\n{body} {BODY}"
    assert published(text, segment(text)) == Published("2024-02-19")


@pytest.mark.parametrize(
    "text",
    [
        f"The fire of 19 February 2024\n\n{BODY}",
        f"Old mill sold\n\nThe mill that burned on 19 February 2024 was sold.\n\n{BODY}",
        f"Old mill sold\n\nFive hours ago\n\n{BODY}",
        f"Old mill sold\n\nOpen 19 February 2024\n\nShut 21 February 2024\n\n{BODY}",
    ],
)
def test_other_dates_are_not_of_the_publication(text: str) -> None:
    assert published(text, segment(text)) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("02/03/2024", Published("2024-02-03", "2024-03-02")),
        ("Posted on 02/03/2024 by editor", Published("2024-02-03", "2024-03-02")),
        ("Sat 02/03/2024", Published("2024-02-03", "2024-03-02")),
        ("Fri 05/04/2024", Published("2024-04-05")),
        ("Published 02/03/2024 | Updated 25/03/2024", Published("2024-03-02")),
        ("Published 02/03/2024 | Updated 03/25/2024", Published("2024-02-03")),
        ("02/02/2024", Published("2024-02-02")),
        ("02-03-2024", Published("2024-02-03", "2024-03-02")),
        ("Created: 02-03-2024 | Modified: 25-03-2024", Published("2024-03-02")),
        ("02.03.2024", Published("2024-03-02")),
    ],
)
def test_a_numeric_date_with_two_readings(head: str, expected: Published) -> None:
    assert found(head) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OXMERE, June 3 (Newswire) — The mill was sold on Tuesday, Ada Moor said.", "2025-06-03"),
        ("OXMERE, Tuesday, June 3 (Newswire) — The mill was sold, Ada Moor said.", "2025-06-03"),
        ("OXMERE, June 3 (Newswire) — The mill was sold on Monday, Ada Moor said.", None),  # 2019 and 2024
        ("OXMERE, June 3 (Newswire) — The mill will be sold on Tuesday, Ada Moor said.", None),
        ("OXMERE, Dec. 24 (Newswire) — The mill was sold on Thursday, Ada Moor said.", "2020-12-24"),
        ("OXMERE, June 3 (Newswire) — The mill was sold, Ada Moor said.", None),
    ],
)
def test_year_of_a_dateline_from_a_weekday(text: str, expected: str | None) -> None:
    assert found("", text) == (Published(expected, is_guess=True) if expected else None)


def test_the_record_says_when_the_date_is_in_doubt() -> None:
    numeric = analyse(f"Old mill sold\n\n02/03/2024\n\n{BODY}")
    guess = "OXMERE, June 3 (Newswire) — The mill was sold on Tuesday, Ada Moor said."
    assert (numeric.date, numeric.extra) == ("2024-02-03", {"date_or": "2024-03-02"})
    assert (analyse(guess).date, analyse(guess).extra) == ("2025-06-03", {"date_guess": True})
    assert (analyse(guess, date="2014-06-03").date, analyse(guess, date="2014-06-03").extra) == ("2014-06-03", {})


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("02/03/2024", ("2024-02-03", "2024-03-02")),
        ("25/03/2024", ("2024-03-25",)),
        ("3 March 2024", ("2024-03-03",)),
        ("March 2024", ()),
        ("31/31/2024", ()),
    ],
)
def test_readings_of_a_written_date(written: str, days: tuple[str, ...]) -> None:
    assert readings(written) == days
