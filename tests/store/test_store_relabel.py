from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotate.model import UNANCHORED, Block, Claim, DateMention, Record, Review, Speaker
from annotate.spans import Span
from annotate.store.combine.anchor import Anchors
from annotate.store.combine.relabel import relabel


def put_claim(record: Record, claim: Claim) -> Record:
    return replace(record, claims=tuple(claim if c.id == claim.id else c for c in record.claims))


def accepted(record: Record, claim_id: str) -> Record:
    return put_claim(record, replace(record.claim(claim_id), status="accepted", decided_by="human:Ada"))


def by(engine: str, record: Record) -> Record:
    """Return a record as another version of the engine would make it."""
    return replace(record, claims=tuple(replace(c, origin=engine, confidence=0.5) for c in record.claims))


@pytest.mark.parametrize(
    "work",
    [
        {"status": "accepted", "decided_by": "human:Ada"},
        {"status": "rejected", "decided_by": "human:Ada"},
        {"note": "mine", "edited": ("note",)},
        {"deleted": True},
        {"origin": "human:Ada"},
    ],
)
def test_what_a_person_touched_stays_and_is_not_suggested_again(article: Record, work: dict[str, object]) -> None:
    touched = replace(article.claims[0], **work)  # type: ignore[arg-type] # fields of a claim
    merged = relabel(put_claim(article, touched), by("engine:2", article))
    assert [c.id for c in merged.claims] == ["c1", "c2", "c3"]
    assert merged.claim("c1") == touched
    assert {merged.claim(c).origin for c in ("c2", "c3")} == {"engine:2"}


def test_a_suggestion_with_half_the_words_of_a_touched_claim_is_the_same_claim(article: Record) -> None:
    old = accepted(article, "c2")
    (start, end), cue = old.claim("c2").content[0], (Span(0, 1),)
    for content, dropped in ((Span(start + 5, end), True), (Span(end - 5, end), False), (Span(start, end + 9), True)):
        new = replace(article, claims=(Claim("c1", "indirect", (content,), cue, origin="engine:2"),))
        assert [c.content for c in relabel(old, new).claims if not c.touched] == ([] if dropped else [(content,)])


def test_a_suggestion_with_the_cue_and_some_words_of_a_touched_claim_is_the_same_claim(article: Record) -> None:
    old = accepted(article, "c1")
    part = Claim("c9", "direct", (Span(10, 16),), article.claims[0].cue, origin="engine:2")
    assert relabel(old, replace(article, claims=(part,))).claims == (old.claim("c1"),)


def test_nested_claims_of_other_cues_are_told_apart(article: Record) -> None:
    whole = replace(article.claims[0], content=(Span(0, len(article.text)),), status="accepted",
                    decided_by="human:Ada")  # fmt: skip
    merged = relabel(put_claim(article, whole), by("engine:2", article))
    assert [c.origin for c in merged.claims] == ["engine:1", "engine:2", "engine:2"]


def test_ids_are_never_used_for_another_claim(article: Record) -> None:
    others = [replace(article, claims=(Claim("c1", "direct", (Span(i, i + 1),), origin=f"engine:{i}"),))
              for i in range(20, 25)]  # fmt: skip
    record, seen = article, {c.id for c in article.claims}
    for other in others:
        record = relabel(record, other)
        (claim,) = record.claims
        assert claim.id not in seen
        seen.add(claim.id)
    record = relabel(record, replace(article, claims=()))
    assert record.extra["last_claim"] == 8
    assert [c.id for c in relabel(record, article).claims] == ["c9", "c10", "c11"]
    assert "last_claim" not in relabel(record, article).extra


def test_the_same_suggestion_keeps_its_id_and_unknown_keys(article: Record) -> None:
    shuffled = replace(by("engine:2", article), claims=tuple(
        replace(c, id=f"c{i}", origin="engine:2", extra={}) for i, c in enumerate(reversed(article.claims), 1)
    ))  # fmt: skip
    merged = relabel(article, shuffled)
    assert {c.id: c.content for c in merged.claims} == {c.id: c.content for c in article.claims}
    assert merged.claim("c1").extra == {"x_rule": "inverted"}
    assert merged.claim("c1").origin == "engine:2"


def test_speakers_and_dates_of_kept_claims_stay_and_ids_never_mix(article: Record) -> None:
    old = accepted(article, "c1")
    new = replace(
        article,
        speakers=(Speaker("s1", "Zoë Ek"), Speaker("s2", "ANA LI")),
        dates=(DateMention("d1", 0, 3, "DATE", "2031"),),
        claims=(Claim("c1", "indirect", (Span(88, 90),), speaker="s1", date="d1", origin="engine:2"),
                Claim("c2", "indirect", (Span(54, 58),), speaker="s2", origin="engine:2")),
    )  # fmt: skip
    merged = relabel(old, new)
    assert merged.speaker("s1") == article.speaker("s1")
    assert merged.date_mention("d1") == article.date_mention("d1")
    names = {c.content[0].start: s.name for c in merged.claims if (s := merged.speaker(c.speaker))}
    assert names == {0: "Bo Ra", 88: "Zoë Ek", 54: "ANA LI"}
    dates = {c.content[0].start: d.value for c in merged.claims if (d := merged.date_mention(c.date))}
    assert dates == {0: "2031-05-05", 88: "2031"}
    assert merged.speaker("s3") == replace(article.speakers[2], name="ANA LI", kind="unknown", mentions=())


def test_a_renamed_speaker_is_known_by_the_mentions(article: Record) -> None:
    renamed = replace(article.speakers[1], name="City council", extra={"edited": ["name"]})
    old = replace(article, speakers=(article.speakers[0], renamed, article.speakers[2]))
    merged = relabel(old, by("engine:2", article))
    assert merged.speakers == old.speakers
    assert merged.claim("c2").speaker == "s2"


@pytest.mark.parametrize("work", [{"status": "rejected"}, {"origin": "human:Ada", "value": "2030"}])
def test_a_date_a_person_decided_stays(article: Record, work: dict[str, str]) -> None:
    decided = replace(article.dates[0], **work)  # type: ignore[arg-type] # fields of a date
    assert relabel(replace(article, dates=(decided,)), article).dates == (decided,)


@pytest.mark.parametrize(
    ("by_person", "expected"), [(None, ("New", "2031-06-01")), ("human:Ada", ("New", "2031-05-02"))]
)
def test_a_date_of_publication_that_a_person_may_have_set_stays(
    article: Record, by_person: str | None, expected: tuple[str, str]
) -> None:
    old = replace(article, review=Review("in_progress", by_person))
    merged = relabel(old, replace(article, title="New", date="2031-06-01"))
    assert (merged.title, merged.date) == expected


def test_an_unlabelled_record_takes_nothing_away_and_adds_what_it_knows(article: Record) -> None:
    bare = Record("rain", article.text, url="https://rain.example")
    assert relabel(article, bare) == replace(article, url="https://rain.example")


def test_new_suggestions_open_an_article_that_was_done(article: Record) -> None:
    old = article
    for claim in article.claims[:2]:
        old = accepted(old, claim.id)
    old = replace(old, claims=old.claims[:2], review=Review("done", "human:Ada", "2031-05-03T00:00:00Z"))
    assert relabel(old, replace(article, claims=article.claims[:2])).review == old.review
    assert relabel(old, article).review == replace(old.review, state="in_progress")


# ---------------------------------------------------------------------- the text changed


def test_decided_claims_follow_their_words_into_a_new_text(article: Record) -> None:
    old = replace(accepted(accepted(article, "c1"), "c2"), review=Review("in_progress", "human:Ada"))
    text = "Updated at noon.\n\n" + article.text.replace("Bo Ra, the mayor", "Bo Ra, mayor of Ek").replace(" ", "\n", 1)
    new = Record("rain", text, blocks=(Block(0, len(text), "body"),), review=Review("suggested"))
    merged = relabel(old, new)
    for claim_id in ("c1", "c2"):
        for part in ("content", "cue", "source"):
            then = article.words(getattr(article.claim(claim_id), part))
            assert merged.words(getattr(merged.claim(claim_id), part)).split() == then.split()
    assert [s.name for s in merged.speakers] == ["Bo Ra", "the council"]
    assert merged.words(merged.speakers[0].mentions) == "Bo Ra"
    assert (merged.text, merged.blocks, merged.review.state) == (text, new.blocks, "in_progress")
    assert not any(c.extra.get(UNANCHORED) for c in merged.claims)


def test_what_cannot_be_found_again_is_flagged_and_keeps_its_words(article: Record) -> None:
    old = replace(accepted(article, "c2"), review=Review("done", "human:Ada"))
    text = article.text.replace("The council said that it rains.", "Nobody knows.")
    merged = relabel(old, Record("rain", text, review=Review("suggested")))
    claim = merged.claim("c2")
    assert (claim.content, claim.status, claim.decided_by) == ((), "accepted", "human:Ada")
    assert UNANCHORED in claim.tags
    assert claim.extra[UNANCHORED] == {"content": ["that it rains"], "cue": ["said"], "source": ["The council"]}
    assert merged.review.state == "in_progress"
    assert relabel(merged, replace(merged, claims=())).claim("c2") == claim


def test_a_typed_date_and_a_date_whose_words_are_gone_stay_without_a_place(article: Record) -> None:
    typed = DateMention("d2", None, None, "DATE", "2031-01", status="accepted", origin="human:Ada")
    old = accepted(replace(article, dates=(*article.dates, typed)), "c1")
    merged = relabel(old, Record("rain", "Something else entirely.", review=Review("suggested")))
    assert (merged.dates[0].span, merged.dates[0].value) == (None, "2031-05-05")
    assert merged.dates[0].extra[UNANCHORED] == "Monday"
    assert merged.dates[1] == typed


def test_a_new_text_nobody_has_labelled_yet_asks_for_the_engine(article: Record) -> None:
    merged = relabel(accepted(article, "c1"), Record("rain", article.text + " More."))
    assert merged.review.state == "new"
    assert [c.id for c in merged.claims] == ["c1"]
    labelled = Record(
        "rain", merged.text, claims=(Claim("c1", "indirect", (Span(88, 90),)),), review=Review("suggested")
    )
    again = relabel(merged, labelled)
    assert [c.id for c in again.claims] == ["c4", "c1"]
    assert again.review.state == "in_progress"


# ---------------------------------------------------------------------- all shapes


@settings(deadline=None, max_examples=100, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(data=st.data())
def test_labelling_again_keeps_a_persons_work_whatever_comes(
    records: st.SearchStrategy[Record], data: st.DataObject
) -> None:
    old, new = data.draw(records), data.draw(records)
    new = replace(new, id=old.id)
    merged = relabel(old, new)
    assert list(merged.problems()) == []
    assert Record.from_json(merged.to_json()) == merged
    assert merged.text == new.text
    for claim in old.claims:
        if claim.touched:
            kept = merged.claim(claim.id)
            assert (kept.status, kept.note, kept.deleted, kept.decided_by) == (
                claim.status, claim.note, claim.deleted, claim.decided_by,
            )  # fmt: skip
            assert new.text != old.text or kept == claim


@settings(deadline=None, max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(data=st.data())
def test_the_engine_may_say_the_same_twice(records: st.SearchStrategy[Record], data: st.DataObject) -> None:
    old, drawn = data.draw(records), data.draw(records)
    new = replace(
        drawn,
        id=old.id,
        dates=tuple(replace(d, start=i, end=i + 1) for i, d in enumerate(drawn.dates)),
        claims=tuple(
            replace(c, origin="engine:2", decided_by=None, edited=(), deleted=False, status="suggested")
            for c in drawn.claims
        ),
    )
    merged = relabel(old, new)
    assert relabel(merged, new) == merged
    assert relabel(old, merged) == merged


@settings(deadline=None, max_examples=100, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    words=st.lists(
        st.sampled_from(["rain", "falls", "on", "the", "old", "town", "of", "Ek", "😀"]), min_size=4, max_size=30
    ),
    inserted=st.text("xyz \n", max_size=30),
    data=st.data(),
)
def test_words_before_and_behind_one_insertion_are_found_exactly(
    words: list[str], inserted: str, data: st.DataObject
) -> None:
    old = " ".join(words)
    place = data.draw(st.integers(0, len(old)))
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    new = old[:place] + inserted + old[place:]
    found = Anchors(old, new).find(Span(start, end))
    if end <= place or place <= start:
        assert found is not None
        assert new[found.start : found.end] == old[start:end]
    if end <= place:
        assert found == Span(start, end)
    if found:
        assert new[found.start : found.end].split() == old[start:end].split()


def test_a_new_day_of_publication_reaches_the_dates_of_decided_claims(article: Record) -> None:
    """The claim keeps its date, which had been resolved without a year."""
    undated = replace(article, date=None, dates=tuple(replace(d, value="XXXX-WXX-1") for d in article.dates))
    (date, *_) = undated.dates
    decided = replace(undated.claims[0], date=date.id, status="accepted", decided_by="human:Ada")
    undated = put_claim(undated, decided)
    after = relabel(undated, article)
    assert after.claim(decided.id).date == date.id
    assert after.date_mention(date.id) == replace(article.dates[0], id=date.id)
    typed = replace(date, value="2020-01-06", status="accepted", origin="human:Ada")
    kept = relabel(replace(undated, dates=(typed, *undated.dates[1:])), article)
    assert kept.date_mention(date.id) == typed


def test_whose_report_a_claim_is_moves_with_its_words_and_goes_with_them(article: Record) -> None:
    decided = put_claim(article, replace(accepted(article, "c1").claim("c1"), extra={"via": [[0, 3]]}))
    words = article.text[0:3]
    longer = replace(article, text=f"So. {article.text}", claims=(), speakers=(), dates=(), blocks=(), quotes=())
    moved = relabel(decided, longer)
    assert moved.words(moved.claim("c1").via) == words
    gone = replace(longer, text=article.text[3:])
    assert "via" not in relabel(decided, gone).claim("c1").extra
