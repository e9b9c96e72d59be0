"""Dates in running text: found or not, and resolved from the publication date."""

from __future__ import annotations

import pytest

from annotate.dates import find_dates, holidays, resolve
from annotate.model import Block
from tests.dates.finding import WEDNESDAY, found


@pytest.mark.parametrize(
    "text",
    [
        "A cook in his late 40s and a woman in her mid-20s left.",
        "Keepers in their 80s and 90s left.",
        "Temperatures will be in the 80s.",
        "Call 555-2019 or 020 7946 2019.",
        "Call 2019-555-0147.",
        "The storm cut off 2019 homes.",
        "The mill has 1900 workers.",
        "More than 2000 people fled, and 1850 soldiers came.",
        "The power failed in 2000 homes.",
        "2024 homes were dark.",
        "Fire broke out in the 1900 block of Quay Street.",
        "See No. 2019 and p. 1999.",
        "Room 2010 is on page 1999 of the plan.",
        "It needs version 10.4.11, or Windows 2000 on 1900 machines.",
        "She met April Moss and Jan Ek.",
    ],
)
def test_counts_numbers_ages_and_names_are_no_dates(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 2019 floods were worse.", ["2019"]),
        ("The 2012 and 2016 races were dull.", ["2012", "2016"]),
        ("In 2019 prices rose, and since 2016 sales have grown.", ["2019", "2016"]),
        ("It fell back to 2010 levels.", ["2010"]),
        ("2024 marks the centenary.", ["2024"]),
        ("The post-1959 houses are dull.", ["1959"]),
        ("In April Moss left.", ["2024-04"]),
        ("She sang in the 80s and 90s.", ["198", "199"]),
        ("In the 60s she sang.", ["196"]),
        ("It began on June 2, 3 and 4.", ["2024-06-02", "2024-06-03", "2024-06-04"]),
        ("It will be shut on June 2, 3, and 4.", ["2025-06-02", "2025-06-03", "2025-06-04"]),
        ("It is shut on 24, 25 and 26 April.", ["2025-04-24", "2025-04-25", "2025-04-26"]),
        ("It was shut on 24, 25 and 26 April.", ["2024-04-24", "2024-04-25", "2024-04-26"]),
        ("They met on 5 May, 7 June and 9 July 2023.", ["2023-05-05", "2023-06-07", "2023-07-09"]),
        ("They met on May 5, June 7 and July 9, 2023.", ["2023-05-05", "2023-06-07", "2023-07-09"]),
        ("It ran from 28 June to 2 July, then 3 December 2023.", ["2025-06-28", "2025-07-02", "2023-12-03"]),
        ("It ran 28 June-2 July and 3 December 2023-2 January 2024.",
         ["2025-06-28", "2025-07-02", "2023-12-03", "2024-01-02"]),
        ("It rained in July and August last year.", ["2024-07", "2024-08"]),
        ("It rained between March and May last year.", ["2024-03", "2024-05"]),
        ("It rained in May, June and July 2023.", ["2023-05", "2023-06", "2023-07"]),
        ("It rained in November, December and January 2024.", ["2023-11", "2023-12", "2024-01"]),
        ("It is dated 19-03-2024 and 03-19-2024.", ["2024-03-19", "2024-03-19"]),
        ("It is dated 07-Feb-13 and 5-May-2024.", ["2013-02-07", "2024-05-05"]),
        ("Sales rose in Q4 FY23, 1Q24, 2H 2024 and FY2023/24.", ["2023-Q4", "2024-Q1", "2024-H2", "2023"]),
        ("Sales rose in 2H24, Q2'24, H1 FY24 and 3Q 2023.", ["2024-H2", "2024-Q2", "2024-H1", "2023-Q3"]),
        ("He paid on the 2nd of this month and the 23rd of last month.", ["2025-03-02", "2025-02-23"]),
        ("It sank two days back, or a fortnight ago.", ["2025-03-17", "2025-03-05"]),
        ("It sank two Fridays ago, or the Monday before last.", ["2025-03-07", "2025-03-10"]),
        ("It sank two Wednesdays ago.", ["2025-03-05"]),
        ("They meet a week on Tuesday or the Friday after next.", ["2025-04-01", "2025-03-28"]),
        ("They meet a week tomorrow, or two weeks from Saturday.", ["2025-03-27", "2025-04-05"]),
        ("She left a week ago Friday.", ["2025-03-07"]),
        ("She left two weeks ago today and a week ago yesterday.", ["2025-03-05", "2025-03-11"]),
        ("They meet on the last Friday of this month.", ["2025-03-28"]),
        ("They meet in two days' time.", ["2025-03-21"]),
        ("They met in the week of 3 March.", ["2025-W10"]),
        ("Sales rose in 3QFY24 and Q1FY25.", ["2024-Q3", "2025-Q1"]),
        ("Sales rose between early March and late April 2023.", ["2023-03", "2023-04"]),
    ],
)  # fmt: skip
def test_values_of_years_lists_and_short_forms(text: str, expected: list[str]) -> None:
    assert [value for _, _, value in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote was postponed until Monday.", "2025-03-24"),
        ("The hearing has been put off until Tuesday.", "2025-03-25"),
        ("The coroner adjourned the inquest to Friday.", "2025-03-21"),
        ("The regatta was moved from Thursday to Sunday.", "2025-03-23"),
        ("The launch was brought forward to Friday.", "2025-03-21"),
        ("The race was rescheduled for Saturday.", "2025-03-22"),
        ("The tender was extended until January.", "2026-01"),
        ("The keeper was banned until Saturday.", "2025-03-22"),
        ("The ford has been closed until Friday.", "2025-03-21"),
        ("The mill remains shut until Saturday.", "2025-03-22"),
        ("The crew has until Friday to answer.", "2025-03-21"),
        ("He was given until Friday to answer.", "2025-03-21"),
        ("They were told to leave by Friday.", "2025-03-21"),
        ("The board must decide by Friday.", "2025-03-21"),
        ("“We sail on Friday,” she said.", "2025-03-21"),
        ("The match was put back to Saturday.", "2025-03-22"),
        ("The flight was held over to Sunday.", "2025-03-23"),
        ("The deadline was moved from Friday.", "2025-03-21"),
        ("She returns to court on Monday.", "2025-03-24"),
        ("They sang on Friday.", "2025-03-14"),
        ("They worked until Friday.", "2025-03-14"),
        ("The mill was shut until Monday.", "2025-03-17"),
        ("She moved to Oxmere on Friday.", "2025-03-14"),
    ],
)
def test_a_day_to_which_something_was_moved_is_ahead(text: str, expected: str) -> None:
    assert found(text)[-1][2] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said Wednesday that it rained.", "2025-03-19"),
        ("The mayor said Thursday that it rained.", "2025-03-13"),
        ("The mayor said on Thursday that the harbour will close.", "2025-03-13"),
        ("It rained between March 3 and 5.", "2025-03-05"),
        ("It rained 3-5 March.", "2025-03-05"),
        ("It opened in 2019–2021.", "2021"),
        ("She said the offer would lapse at 5pm on Friday.", "2025-03-21T17:00"),
        ("She replied that the offer would lapse at 5pm on Friday.", "2025-03-21T17:00"),
        ("The river would rise on Friday, the ministry said.", "2025-03-21"),
        ("The river would rise on Friday, the ministry learned.", "2025-03-14"),
        ("It may open as early as Friday.", "2025-03-21"),
        ("Ode said in April the bridge was safe.", "2024-04"),
        ("Ode will ask why the pumps had failed in April.", "2024-04"),
        ("The plan will be announced in April.", "2025-04"),
        ("The pumps had to be replaced in April.", "2025-04"),
        ("The hearing is on Monday.", "2025-03-24"),
        ("The court is to rule Tuesday.", "2025-03-25"),
        ("The Games in August will cost much.", "2025-08"),
        ("It rained from Tuesday to Thursday.", "2025-03-20"),
        ("It rained between Friday and Sunday.", "2025-03-16"),
        ("It sank after a dozen years.", "P12Y"),
        ("It sank a couple of weeks ago.", "2025-W10"),
        ("It sank within 12-18 months.", "PXM"),
        ("It sank twenty-six days ago.", "2025-02-21"),
        ("The last Friday in March 2024 was cold.", "2024-03-29"),
        ("The last day of March 2024 was cold.", "2024-03-31"),
        ("They fast until Ramadan 2024 ends.", "2024-03-11"),
        ("They fasted on Yom Kippur.", "2024-10-12"),
        ("They will light lamps for Diwali.", "2025-10-20"),
        ("They sang on Valentine's Day.", "2025-02-14"),
        ("The beach will mark D-Day again.", "1944-06-06"),
        ("It has been shut since 9/11.", "2001-09-11"),
        ("It closed in FY23 at a loss.", "2023"),
        ("A vigil was announced for Friday evening.", "2025-03-21TEV"),
        ("The road is shut until 6 a.m. Sunday.", "2025-03-23T06:00"),
        ("The road was not open until Sunday.", "2025-03-16"),
        ("She thanked them for Friday's vigil.", "2025-03-14"),
        ("They burned it on 9 August and left.", "2024-08-09"),
        ("The book is published on Friday 20 June.", "2025-06-20"),
        ("The book was published on Thursday, June 20.", "2024-06-20"),
        ("The harvests of 1108 and 1109 failed.", "1109"),
        ("The trial continues on Wednesday week.", "2025-03-26"),
        ("The council will vote on Thursday.", "2025-03-20"),
        ("On Thursday, the council will vote.", "2025-03-20"),
        ("The council plans to vote on Thursday.", "2025-03-20"),
        ("It rained last Wednesday.", "2025-03-12"),
        ("It rained on Nov. 16.", "2024-11-16"),
        ("It will rain on Nov. 16.", "2025-11-16"),
        ("It rained in December.", "2024-12"),
        ("The mayor, who stepped down in August, fishes.", "2024-08"),
        ("In July, she bought a boat.", "2024-07"),
        ("The mayor agreed to leave in May.", "2025-05"),
        ("The quay passed from the guild to the town in May.", "2024-05"),
        ("It has rained since May.", "2024-05"),
        ("The rise is since year-end.", "2024-12-31"),
        ("In the year ended June 30, sales rose.", "2024-06-30"),
        ("It fell from a record set on Aug. 6.", "2024-08-06"),
        ("A vote is expected in November.", "2025-11"),
        ("It was closed on Labor Day 2024.", "2024-09-02"),
        ("It was closed on Easter Monday 2024.", "2024-04-01"),
        ("It was closed last Thanksgiving.", "2024-11-28"),
        ("They left on the 19th of March 2025.", "2025-03-19"),
        ("They left on 24.12.2024.", "2024-12-24"),
        ("They left on 12/24/2024.", "2024-12-24"),
        ("They left on 24/12/2024.", "2024-12-24"),
        ("They left in nineteen ninety-seven.", "1997"),
        ("It was dry for twenty-six years.", "P26Y"),
        ("It took two and a half hours.", "PT2H30M"),
        ("It took a hundred years.", "P100Y"),
        ("It took several weeks.", "PXW"),
        ("It took 2 1/2 years.", "P2Y6M"),
        ("It was fifteen minutes.", "PT15M"),
        ("It begins at 10:35 a.m.", "2025-03-19T10:35"),
        ("It began at 9:30 P.M.", "2025-03-19T21:30"),
        ("It began at noon Monday.", "2025-03-17T12:00"),
        ("It sank in October 2024 and rose that same day.", "2024-10-XX"),
        ("It sank in 2023 and rose two days later.", "2023-XX-XX"),
        ("It rained on January 5 and again the following month.", "2025-02"),
        ("It grew in the second quarter of 2023. That quarter was dry.", "2023-Q2"),
        ("It was spent over the next three quarters.", "P3Q"),
        ("Sales rose in the fourth quarter, and in the 2023 period.", "2023-Q4"),
        ("Sales rose in the 2023 period.", "2023"),
        ("They left Friday last week.", "2025-03-14"),
        ("It was in 2009–10.", "2009"),
        ("It opened in fiscal year 2012.", "2012"),
        ("It took three hours 20 minutes.", "PT3H20M"),
        ("It lasts another year.", "P1Y"),
        ("It lasts another two weeks.", "P2W"),
        ("They meet every two years.", "P2Y"),
        ("At 14:30 UTC (10:30 a.m. EDT) on March 14 it fell.", "2025-03-14T14:30Z"),
        ("At 14:30 UTC (10:30 a.m. EDT) on March 14 it fell.", "2025-03-14T10:30-04:00"),
        ("They left at 4 in the morning.", "2025-03-19T04:00"),
        ("They left at five o'clock on Monday.", "2025-03-17T05:00"),
        ("They left at 8 o’clock in the evening.", "2025-03-19T20:00"),
        ("They left at 6:30 this evening.", "2025-03-19T18:30"),
        ("They left at 6:30 Monday evening.", "2025-03-17T18:30"),
        ("They left at the start of this year.", "2025"),
        ("It crashed on Friday the 13th.", "2024-12-13"),
        ("They will meet on the 21st.", "2025-03-21"),
        ("It opened in 2023. The prior year was dry.", "2022"),
        ("It was sunny on March 3. That evening it rained.", "2025-03-03TEV"),
        ("It opened in May 2023 and closed that summer.", "2023-SU"),
        ("It opened in 2023's third quarter.", "2023-Q3"),
        ("It took two-and-a-half years.", "P2Y6M"),
        ("It opened late in 1988.", "1988"),
        ("Sales rose in the first half of last year.", "2024-H1"),
        ("It opened in summer last year.", "2024-SU"),
        ("The court will rule on Wednesday.", "2025-03-19"),
        ("The report will be released Friday.", "2025-03-21"),
        ("He will answer the report released Friday.", "2025-03-14"),
        ("On Friday, the mayor dropped plans to leave.", "2025-03-14"),
        ("The mayor unveiled a plan on Monday.", "2025-03-17"),
        ("He is likely to resign Monday.", "2025-03-24"),
        ("It rained ahead of Sunday's vote.", "2025-03-23"),
        ("Vessen holds its fair on Sunday.", "2025-03-23"),
        ("They counted through Tuesday evening.", "2025-03-18TEV"),
        ("It followed his Tuesday-night victory.", "2025-03-18TNI"),
        ("The plane left at 0635 local time.", "2025-03-19T06:35"),
        ("It recalls the Sept. 11 attacks.", "2001-09-11"),
        ("It closed half a year ago.", "2024-09"),
        ("He said this a couple of months ago.", "2025-01"),
        ("It began at 13:00 UTC+2.", "2025-03-19T13:00+02:00"),
        ("It began at 13:00 local time (UTC−05:00).", "2025-03-19T13:00-05:00"),
        ("It began at 8 p.m. Eastern on Monday.", "2025-03-17T20:00"),
        ("It began at 10:00 Beijing time on Monday.", "2025-03-17T10:00"),
        ("It began at 10 p.m. Pacific Daylight Time on Monday.", "2025-03-17T22:00"),
        ("It rained on March 3. At 6 o'clock this morning it was dry.", "2025-03-19T06:00"),
        ("It was shut from 7:30 to 9 p.m. on Monday.", "2025-03-17T19:30"),
        ("It rained two hours ago.", "PAST_REF"),
        ("It opens over Easter weekend.", "2025-W16-WE"),
        ("It opened on Christmas morning.", "2024-12-25TMO"),
        ("It opened in the week before Christmas.", "2024-W51"),
        ("They voted on Super Tuesday 2024.", "2024-03-05"),
        ("They met from June 5-7, 2012.", "2012-06-05"),
        ("They met on 5 and 6 June 2012.", "2012-06-05"),
        ("They met between November and January 2012.", "2011-11"),
        ("They met from Dec. 30 to Jan. 2, 2012.", "2011-12-30"),
        ("It lasted into May.", "2025-05"),
        ("In the year to March it lost money.", "P1Y"),
        ("It was built in the 18th and 19th centuries.", "17"),
        ("He says it would open on Friday.", "2025-03-21"),
        ("The report is due Friday.", "2025-03-21"),
        ("The mayor can win on Friday.", "2025-03-21"),
        ("The mayor can't say what he did on Friday.", "2025-03-14"),
        ("They met on March 3 or 4.", "2025-03-04"),
        ("Sales fell in the third and fourth quarters of 2023.", "2023-Q3"),
    ],
)
def test_value(text: str, expected: str) -> None:
    assert expected in [value for _, _, value in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "You may march on in the sun, a second time.",
        "Ana May and Jan Mar went to Vessen.",
        "Theresa May spoke.",
        "They went on the March for Life.",
        "They won 3:2 and 21.30 points.",
        "The 27-year-old is 42 years old.",
        "He spoke on “This Week” and on ''60 Minutes''.",
        "It costs $1,998 or 2000.50 a piece.",
        "It was 1/2 of it.",
        "The quarterly dividend was cut in the first half of the match.",
        "It was shut for the Summer Olympics.",
        "He ate three quarters of it in a quarter-to-quarter comparison.",
        "She is the Person of the Year and lives in a house of the period.",
        "She told USA Today and wrote for the Daily News before she joined CBS This Morning.",
        "Daily News readers know Romans 8:31 by heart.",
        "He was shown in High Noon, on Saturday Night Live and later by 21st Century Fox.",
        "It costs $2000 and won eight of the past nine prizes.",
        "Flight 1549 came down at 1600 Long Street.",
        "She wrote for the People's Daily newspaper.",
        "The long-term plan outlived the short term of the mayor.",
        "They sailed past midnight at least nine times and were back by noon three times.",
    ],
)
def test_no_dates(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Net rose in the fiscal first quarter from a year earlier. In the quarter, it sold more.",
            ["2025-Q1", "2024-Q1", "2025-Q1"],
        ),
        (
            "Fourth-quarter net rose from $1 million a year earlier. Sales rose from $2 million a year earlier.",
            ["2024-Q4", "2023-Q4", "2023-Q4"],
        ),
        (
            "Fourth-quarter net rose. After a weak third quarter, it sold more than a year ago.",
            ["2024-Q4", "2024-Q3", "2023-Q4"],
        ),
        (
            "Fourth-quarter net rose. It will fall in the first quarter. It sold more in the period.",
            ["2024-Q4", "2025-Q1", "2024-Q4"],
        ),
        ("Fourth-quarter net rose. In the nine months, it fell from a year ago.", ["2024-Q4", "P9M", "2024"]),
        ("Wages rose from a year ago, and are the highest in a quarter-century.", ["2024", "P25Y"]),
    ],
)
def test_a_report_compares_with_the_same_time_a_year_before(text: str, values: list[str]) -> None:
    assert [value for _, _, value in found(text)] == values


@pytest.mark.parametrize(("text", "meant"), [("next summer", "2026-SU"), ("last summer", "2025-SU")])
def test_in_december_the_winter_is_the_last_season(text: str, meant: str) -> None:
    assert found(f"It opened {text}.", "2025-12-21") == [(text, "DATE", meant)]


def test_what_was_done_on_a_holiday_may_be_of_today() -> None:
    assert found("The votes were counted on Christmas Eve.", "2025-12-24") == [("Christmas Eve", "DATE", "2025-12-24")]


def test_earlier_that_day_is_no_part_of_the_day() -> None:
    assert found("Earlier Monday, it rained.") == [("Monday", "DATE", "2025-03-17")]
    assert found("Earlier Monday, he says, it will rain.") == [("Monday", "DATE", "2025-03-17")]


@pytest.mark.parametrize(
    "text",
    ["Today Ana May spoke at length.", "Mayor Orlo To Resign Today\n\nVessen was quiet.", "It rained here Today."],
)
def test_a_capital_alone_makes_no_name(text: str) -> None:
    assert [value for _, _, value in found(text)] == [WEDNESDAY]


def test_so_many_hours_a_day_are_no_part_of_the_week() -> None:
    words = [words for words, _, _ in found("It is open seven days a week, 24 hours a day.")]
    assert words == ["seven days", "a week", "24 hours", "a day"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("this coming Friday, March 21", "2025-03-21"),
        ("last Friday, 14 March", "2025-03-14"),
        ("the second week in March", "2025-W10"),
        ("around year-end", "2024-12-31"),
        ("around the year's end", "2024-12-31"),
        ("the last half of the '80s", "198"),
        ("the 1970’s", "197"),
        ("the summer of '98", "1998-SU"),
        ("the third fiscal quarter", "2024-Q3"),
        ("2023's first half", "2023-H1"),
        ("a week or so", "P1W"),
        ("the past month or so", "2025-02"),
        ("more than a half-century ago", "1975"),
        ("some months ago", "PAST_REF"),
        ("a long time ago", "PAST_REF"),
        ("the near term", "FUTURE_REF"),
        ("every single day", "P1D"),
        ("later in the evening", "2025-03-19TEV"),
        ("9 p.m. tonight", "2025-03-19T21:00"),
    ],
)
def test_all_its_words_are_one_expression(words: str, meant: str) -> None:
    assert [(found, value) for found, _, value in found(f"It rained in {words}, he said.")] == [(words, meant)]


@pytest.mark.parametrize("words", ["the week-long", "the year-end"])
def test_a_word_with_a_dash_is_not_cut(words: str) -> None:
    assert [found for found, _, _ in found(f"It rained before {words} fair.")] == [words.removeprefix("the ")]


def test_a_year_in_which_no_decade_begins_names_none() -> None:
    assert found("It was the 1971's best.") == [("1971", "DATE", "1971")]


def test_a_number_after_a_day_is_no_day() -> None:
    assert found("It rained on March 3 and 5 houses fell.") == [("March 3", "DATE", "2025-03-03")]


def test_noise_is_not_read() -> None:
    text = "Updated today\n\nIt rained today."
    blocks = (Block(0, 13, "noise"), Block(15, len(text), "body"))
    assert [(d.id, d.start) for d in find_dates(text, blocks, WEDNESDAY)] == [("d1", text.rindex("today"))]


def test_without_a_dateline_values_stay_open() -> None:
    text = "It rained on Monday, on March 3, today, last week, last year and in the third quarter."
    assert [value for _, _, value in found(text, None)] == [
        "XXXX-WXX-1", "XXXX-03-03", "XXXX-XX-XX", "XXXX-WXX", "XXXX", "XXXX-Q3",
    ]  # fmt: skip


@pytest.mark.parametrize(("year", "easter"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (1998, "1998-04-12")])
def test_easter(year: int, easter: str) -> None:
    assert holidays.easter(year).isoformat() == easter


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        ("2025-03-19", "DATE", "2025-03-19"),
        ("2025-W12", "DATE", "2025-W12"),
        ("2025-Q1", "DATE", "2025-Q1"),
        ("FUTURE_REF", "DATE", "FUTURE_REF"),
        ("P30D", "DURATION", "P30D"),
        ("P1Y2M", "DURATION", "P1Y2M"),
        ("P6WE", "DURATION", "P6WE"),
        ("PT2H", "DURATION", "PT2H"),
        ("2025-3-9", "DATE", "2025-03-09"),
        ("XXXX-03-19", "DATE", "XXXX-03-19"),
        ("day after tomorrow", "DATE", "2025-03-21"),
        ("2025-03-19T14:02Z", "TIME", "2025-03-19T14:02Z"),
        ("last Tuesday", "DATE", "2025-03-18"),
        ("yesterday", "DATE", "2025-03-18"),
        (" 3 march ", "DATE", "2025-03-03"),
        ("may", "DATE", "2025-05"),
        ("wednesday", "DATE", "2025-03-19"),
        ("two days ago", "DATE", "2025-03-17"),
    ],
)
def test_typed(typed: str, kind: str, meant: str) -> None:
    mention = resolve(typed, WEDNESDAY)
    assert mention
    assert (mention.span, mention.type, mention.value) == (None, kind, meant)


@pytest.mark.parametrize(
    "typed", ["", "  ", "12", "P", "harbour", "2025-13-01", "2025-02-30", "x" * 10_000, "31 February"]
)
def test_what_is_no_date_when_typed(typed: str) -> None:
    assert resolve(typed, WEDNESDAY) is None


def test_a_season_may_have_a_capital_and_no_day_has_a_half_past_twenty_four() -> None:
    assert found("The vote is in the Spring.") == [("the Spring", "DATE", "2025-SP")]
    assert found("It ended at 24:00.") == [("24:00", "TIME", "2025-03-19T24:00")]
    assert found("It starts at 24:30.") == []
