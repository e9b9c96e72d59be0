"""The fields of a claim, its citations and its filters, without a screen."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from annotate.changes import apply
from annotate.edit import Actor
from annotate.model import Record, Speaker
from tests.made_up import claim_in
from tui.wording.citations import COPIES, citation
from tui.wording.fields import FIELDS, field
from tui.wording.filters import filters, with_words

ACTOR = Actor("human:ana", "2026-01-31T09:00:00Z")


def changed(record: Record, name: str, value: str, claim_id: str = "c1") -> Record:
    change = field(name).change(record, record.claim(claim_id), value, ACTOR)
    assert change is not None
    return apply(record, change)


@pytest.mark.parametrize(
    ("name", "value", "ok", "says"),
    [
        ("speaker", "ida moreno", True, "chief engineer"),
        ("speaker", "the traders' union", True, "a group"),
        ("speaker", "Zoe", True, "new speaker"),
        ("type", "dir", True, "direct"),
        ("type", "soft", False, "direct, indirect or mixed"),
        ("type", "", False, "direct, indirect or mixed"),
        ("negated", "yes", True, "yes if “denied”"),
        ("negated", "no", True, "yes if “denied”"),
        ("negated", "Y", True, "yes"),
        ("hedged", "yes", True, "yes if “reportedly”"),
        ("hedged", "maybe", False, "yes or no"),
        ("hedged", "", False, "yes or no"),
        ("date", "2025-05-09", True, "= 2025-05-09 Fri"),
        ("date", "2025-5-9", True, "= 2025-05-09 Fri"),
        ("date", "12/05/2026", True, "= 5 December 2026 (month first)"),
        ("date", "12.05.2026", True, "= 12 May 2026 (day first)"),
        ("date", "31/12/2026", True, "= 2026-12-31 Thu"),
        ("date", "5/5/2026", True, "= 2026-05-05 Tue"),
        ("date", "June", True, "= 2025-06"),
        ("date", "qqq", False, "not a date"),
        ("date", "", True, ""),
        ("addressee", "shopkeepers", True, "in the text"),
        ("addressee", "Nobody Here", False, "not in the text"),
        ("note", "anything", True, ""),
        ("tags", "a, b", True, "2 tags"),
    ],
)
def test_what_is_typed_is_judged(harbour_record: Record, name: str, value: str, ok: bool, says: str) -> None:
    verdict = field(name).check(harbour_record, harbour_record.claim("c1"), value)
    assert verdict.ok is ok
    assert says in verdict.says


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("speaker", "Zoe", "Zoe"),
        ("speaker", "", ""),
        ("type", "m", "mixed"),
        ("negated", "Y", "yes"),
        ("hedged", "yes", "yes"),
        ("date", "2025-05-09", "2025-05-09"),
        ("date", "12 May 2025", "12 May 2025"),
        ("date", "", ""),
        ("addressee", "Shopkeepers", "shopkeepers"),
        ("note", " check ", "check"),
        ("tags", "b,  a,b", "b, a"),
    ],
)
def test_what_is_saved_is_shown_again(harbour_record: Record, name: str, value: str, shown: str) -> None:
    after = changed(harbour_record, name, value)
    assert field(name).value(after, after.claim("c1")) == shown


def test_yes_is_taken_back_by_no(harbour_record: Record) -> None:
    after = changed(changed(harbour_record, "negated", "yes"), "negated", "no")
    assert not after.claim("c1").negated
    assert field("negated").change(after, after.claim("c1"), "n", ACTOR) is None


def test_a_date_that_stands_in_the_article_is_used_not_made_again(harbour_record: Record) -> None:
    after = changed(harbour_record, "date", "june")
    assert after.claim("c1").date == "d2"
    assert len(after.dates) == len(harbour_record.dates)


def test_the_addressee_is_the_nearest_of_the_same_words(harbour_record: Record) -> None:
    after = changed(harbour_record, "addressee", "bridge")
    assert after.claim("c1").addressee[0].start == harbour_record.text.index("bridge will")


def test_the_speaker_near_the_claim_comes_first(harbour_record: Record) -> None:
    names = field("speaker").candidates(harbour_record, harbour_record.claim("c1"))
    assert names[0] == "Ida Moreno"
    assert len(names) == len(harbour_record.speakers)


def test_a_citation_names_who_when_and_where(harbour_record: Record) -> None:
    assert citation(harbour_record, harbour_record.claim("c1")) == (
        "The old harbour bridge will close in June — Ida Moreno (chief engineer), 2025-05-12. "
        "Harbour bridge to close for a year"
    )


@pytest.mark.parametrize(
    ("value", "words"), [("FUTURE_REF", "some time in the future"), ("2025-W12", "week 12 of 2025"), ("2025", "2025")]
)
def test_a_citation_names_dates_in_words(harbour_record: Record, value: str, words: str) -> None:
    dates = tuple(replace(date, value=value) for date in harbour_record.dates)
    cited = citation(replace(harbour_record, dates=dates), harbour_record.claim("c1"))
    assert f"(chief engineer), {words}. " in cited


def test_the_day_of_publication_is_not_taken_for_the_day_it_was_said(harbour_record: Record) -> None:
    claim = harbour_record.claim("c3")
    assert " published 2025-05-12. " in citation(harbour_record, claim)
    assert " no date. " in citation(replace(harbour_record, date=None), claim)


@pytest.mark.parametrize(
    ("flags", "cue", "manner"),
    [
        ({"negated": True}, True, "denied or not said (“announced”)"),
        ({"hedged": True}, False, "not certain that it was said"),
        ({"negated": True, "hedged": True}, False, "denied or not said and not certain that it was said"),
    ],
)
def test_no_copy_drops_that_it_was_denied_or_alleged(
    harbour_record: Record,
    flags: dict[str, bool],
    cue: bool,  # a case
    manner: str,
) -> None:
    claim = replace(harbour_record.claim("c3"), status="accepted", **flags)  # type: ignore[arg-type] # names of flags
    claim = claim if cue else replace(claim, cue=())
    record = replace(harbour_record, claims=(claim,))
    for name, make in COPIES:
        copied = make(record, claim)
        assert manner in copied or all(json.loads(copied)[flag] for flag in flags), name
    said = "a free crossing every twenty minutes — published 2025-05-12. "
    assert citation(record, claim).startswith(f"Bluewater (ferry operator), {manner}: {said}")


@pytest.mark.parametrize(
    ("text", "fields", "cited"),
    [
        ("Mayor Shah {said} <the pier is safe>.", {}, "the pier is safe — Shah, no date. Piers"),
        ("Mayor Shah {rejected} <the plan>.", {}, "Shah “rejected”: the plan — no date. Piers"),
        (
            "Mayor Shah {denied} on Monday <taking gifts>.",
            {"negated": True},
            "Shah “denied”: taking gifts — no date. Piers",
        ),
        (
            "Mayor Shah did not {say} <who paid>.",
            {"negated": True},
            "Shah “did not say”: who paid — no date. Piers",
        ),
        (
            "Mayor Shah reportedly {told} aides <it was over>.",
            {"hedged": True},
            "Shah “reportedly told”: it was over — no date. Piers",
        ),
        (
            "<Shah> is {alleged} <to have lied>.",
            {"hedged": True, "speaker": None},
            "Alleged, source not named (“alleged”): Shah … to have lied — no date. Piers",
        ),
        (
            "[Somebody] reportedly {told} aides <it was over>.",
            {"hedged": True, "speaker": None},
            "unknown speaker “reportedly told”: it was over — no date. Piers",
        ),
        (
            "Boats may have {left Lund} <empty>.",
            {"hedged": True, "speaker": None},
            "Alleged, source not named (“may have left Lund”): empty — no date. Piers",
        ),
        (
            "“<It is a scandal>,” Shah {said}.",
            {"extra": {"speaker_or": ["Omar Shah"]}, "confidence": 0.9},
            "It is a scandal — probably Shah, perhaps Omar Shah, no date. Piers",
        ),
        (
            "“<It is a scandal>,” Shah {said}.",
            {"extra": {"speaker_or": ["Omar Shah"]}, "confidence": 0.9, "status": "accepted"},
            "It is a scandal — Shah, no date. Piers",
        ),
    ],
)
def test_a_citation_says_first_how_it_was_said_and_that_a_speaker_is_a_guess(
    text: str, fields: dict[str, Any], cited: str
) -> None:
    plain, claim = claim_in(text, **{"speaker": "s1", **fields})
    record = Record("a", plain, title="Piers", claims=(claim,), speakers=(Speaker("s1", "Shah"),))
    assert citation(record, claim) == cited


def test_words_alone_follow_on_how_they_were_said(harbour_record: Record) -> None:
    claim = replace(harbour_record.claim("c3"), negated=True)
    words = dict(COPIES)["words only"](harbour_record, claim)
    assert words == "[denied or not said (“announced”)] a free crossing every twenty minutes"


def test_every_copy_holds_the_claims_words(harbour_record: Record) -> None:
    record = changed(harbour_record, "note", "x")
    claim = record.claim("c3")
    for name, make in COPIES[:-1]:
        assert "a free crossing every twenty minutes" in make(record, claim), name
    value = json.loads(dict(COPIES)["JSON"](record, claim))
    assert value["speaker"]["name"] == "Bluewater"
    assert COPIES[-1][1](record, claim) == ""


def test_filters_keep_what_they_name(harbour_record: Record) -> None:
    claim = harbour_record.claim("c2")
    kept = {
        f.name: [c.id for c in harbour_record.claims if f.keeps(harbour_record, c)]
        for f in filters(harbour_record, claim)
    }
    assert kept["by Ida Moreno"] == ["c1", "c2"]
    assert kept["accepted"] == []
    assert kept["without a date"] == ["c3", "c4", "c5", "c6"]
    assert len(kept["undecided"]) == 6


def test_filters_find_what_is_denied_alleged_doubtful_or_corrected(harbour_record: Record) -> None:
    ways = ({"negated": True}, {"hedged": True}, {"confidence": 0.4}, {"confidence": 0.4, "edited": ("source",)})
    claims = tuple(replace(c, **way) for c, way in zip(harbour_record.claims, ways, strict=False))  # type: ignore[arg-type] # fields
    record = replace(harbour_record, claims=claims)
    kept = {f.name: [c.id for c in claims if f.keeps(record, c)] for f in filters(record, None)}
    assert [kept[name] for name in ("negated", "hedged", "doubtful (~)", "corrected by a person")] == [
        ["c1"], ["c2"], ["c3"], ["c4"],
    ]  # fmt: skip


def test_words_filter_by_content_cue_and_speaker(harbour_record: Record) -> None:
    assert "c3" in [c.id for c in harbour_record.claims if with_words("announced").keeps(harbour_record, c)]
    wanted = with_words("ROSA ferry")
    assert [c.id for c in harbour_record.claims if wanted.keeps(harbour_record, c)] == ["c6"]


def test_hints_fit_the_fields_of_the_narrowest_form_beside_the_article() -> None:
    narrowest = 100 * 2 // 5 - 1 - 2 - 11 - 1  # the list's share, its margin, padding, the label, the cursor
    assert [f.name for f in FIELDS if len(f"(none; {f.hint})") > narrowest] == []
