"""The directory of speakers in a whole library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import edit
from annotate.directory import Directory, confirm, merge, name_of_both, names_of_both, rename, split, unjoin
from annotate.errors import StoreError
from annotate.model import Record, Speaker, SpeakerKind
from annotate.spans import Span
from annotate.store import Store
from tests.made_up import Library, spoken

ADA = "human:Ada"


def by_id(record: Record) -> dict[str, Speaker]:
    return {speaker.id: speaker for speaker in record.speakers}


@pytest.fixture
def library() -> Library:
    return Library(
        spoken("one", ("Ana Li", "person"), ("Harbour Board", "organisation"), ("residents", "group")),
        spoken("two", ("Ana Li", "person"), ("Li", "person"), ("residents", "group")),
        spoken("three", ("Ana  li", "person"), ("HB", "organisation"), ("Bo Li", "person")),
        spoken("four", ("Li", "person"), ("Ana M. Li", "person"), ("Harbour", "place"), ("harbour", "organisation")),
    )


OTHERS = (
    spoken("five", ("Zoe Brandt", "person"), ("J. P. Oka", "person"), ("WHO", "organisation")),
    spoken("six", ("Zoë Brandt", "person"), ("Oka", "unknown"), ("Jo Oka", "person"), ("W.H.O.", "organisation")),
)


def test_full_names_of_a_kind_are_one_entry_and_all_others_stand_apart(library: Library) -> None:
    assert library.names() == [
        ("Ana Li", 3), ("Ana M. Li", 1), ("Bo Li", 1), ("Harbour", 1), ("harbour", 1), ("Harbour Board", 1), ("HB", 1),
        ("Li", 1), ("Li", 1), ("residents", 1), ("residents", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "within", "others"),
    [
        ("Li", "four", ["Ana Li", "Li", "Bo Li", "Ana M. Li"]),
        ("Ana Li", "one", ["Ana M. Li", "Li", "Li"]),
        ("Ana M. Li", "", ["Ana Li", "Li", "Li"]),
        ("HB", "", ["Harbour Board"]),
        ("Harbour", "", ["Harbour Board"]),
        ("Harbour Board", "", ["Harbour", "HB"]),
        ("Bo Li", "", ["Li", "Li"]),
        ("harbour", "", []),
        ("Zoe Brandt", "", ["Zoë Brandt"]),
        ("J. P. Oka", "", ["Oka", "Jo Oka"]),
        ("Oka", "", ["J. P. Oka", "Jo Oka"]),
        ("W.H.O.", "", ["WHO"]),
    ],
)
def test_what_may_be_the_same_is_named_and_not_merged(
    library: Library, name: str, within: str, others: list[str]
) -> None:
    library.records |= {record.id: record for record in OTHERS}
    directory, entry = library.directory(), library.entry(name, within=within)
    assert sorted(e.name for e in directory.maybe(entry)) == sorted(others)
    assert directory.is_unsure(entry) == bool(others)


def test_what_has_no_name_is_another_in_each_article() -> None:
    library = Library(spoken("one", ("police", "organisation")), spoken("two", ("police", "organisation")))
    assert library.names() == [("police", 1), ("police", 1)]


def test_every_claim_follows_a_name(library: Library) -> None:
    library.do(rename(library.entry("Ana Li"), "Ana Li-Quist"))
    entry = library.entry("Ana Li-Quist")
    assert (entry.claims, entry.articles, entry.aliases) == (3, ("one", "two", "three"), ("Ana Li", "Ana  li"))
    assert library.records["three"].speakers[0].name == "Ana Li-Quist"
    library.records["five"] = spoken("five", ("Ana Li", "person"))
    assert library.entry("Ana Li-Quist").claims == 4, "it is known by the name it had"


def test_two_that_are_one_are_merged_also_within_an_article(library: Library) -> None:
    li = library.entry("Li", within="two")
    library.do(merge(library.entry("Ana Li"), li, library.records.__getitem__))
    two = library.records["two"]
    assert [speaker.id for speaker in two.speakers] == ["s1", "s3"]
    assert [claim.speaker for claim in two.claims] == ["s1", "s1", "s3"]
    assert two.speakers[0].mentions == (Span(0, 6), Span(7, 9))
    assert library.entry("Ana Li").claims == 4
    assert [e.articles for e in library.directory().entries if e.name == "Li"] == [("four",)]


def test_what_was_joined_within_an_article_can_be_parted_again(library: Library) -> None:
    before = library.records["two"]
    library.do(merge(library.entry("Li", within="two"), library.entry("Ana Li"), library.records.__getitem__))
    merged = library.entry("Ana Li")
    assert merged.claims == 4
    library.do(rename(merged, "Ana L."))
    [joined] = library.entry("Ana L.").joined
    assert (joined.article, joined.speaker.name, joined.claims) == ("two", "Ana Li", ("c1",))
    library.do(unjoin(joined, library.records["two"]))
    two = library.records["two"]
    names = {claim.id: by_id(two)[str(claim.speaker)].name for claim in two.claims}
    assert names == {"c1": "Ana Li", "c2": "Ana L.", "c3": "residents"}
    assert {s.mentions for s in two.speakers} == {s.mentions for s in before.speakers}
    assert not library.entry("Ana L.").joined
    assert library.entry("Ana Li", within="two").articles == ("two",), "it is decided to be somebody else"


def test_what_was_joined_has_its_old_name_again(library: Library) -> None:
    library.do(merge(library.entry("Li", within="two"), library.entry("Ana Li"), library.records.__getitem__))
    library.do(unjoin(library.entry("Ana Li").joined[0], library.records["two"]))
    assert sorted(speaker.name for speaker in library.records["two"].speakers) == ["Ana Li", "Li", "residents"]


def test_three_of_one_article_are_parted_in_any_order() -> None:
    library = Library(spoken("one", ("Li", "person"), ("Ana Li", "person"), ("Ana M. Li", "person")))
    library.do(merge(library.entry("Li"), library.entry("Ana Li"), library.records.__getitem__))
    library.do(merge(library.entry("Ana Li"), library.entry("Ana M. Li"), library.records.__getitem__, "Ana M. Li"))
    assert library.names() == [("Ana M. Li", 3)]
    for _ in range(2):
        library.do(unjoin(library.entry("Ana M. Li").joined[0], library.records["one"]))
    assert sorted(library.names()) == [("Ana Li", 1), ("Ana M. Li", 1), ("Li", 1)]


def test_what_has_lost_its_claims_follows_and_comes_back(library: Library) -> None:
    three = library.records["three"]
    rejected = replace(three.claims[0], status="rejected")
    library.records["three"] = replace(three, claims=(rejected, *three.claims[1:]))
    library.do(rename(library.entry("Ana Li"), "Ana Quist"))
    assert library.entry("Ana Quist").articles == ("one", "two")
    library.records["three"] = replace(library.records["three"], claims=three.claims)
    assert library.entry("Ana Quist").articles == ("one", "two", "three")


def of(name: str, *articles: str, kind: SpeakerKind = "person") -> list[Record]:
    """Return articles in each of which somebody makes one claim."""
    return [spoken(article, (name, kind)) for article in articles]


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(
    ("often", "seldom", "kind"),
    [
        ("Hillary Clinton", "Crooked Hillary Clinton", "person"),
        ("Ana Li", "Ana Maria Li", "person"),
        ("Ana Li", "A. Li", "person"),
        ("Ana Li", "Li", "person"),
        ("NATO", "North Atlantic Treaty Organization", "organisation"),
        ("Harbour Board", "HB", "organisation"),
    ],
)
def test_the_more_frequent_name_wins(often: str, seldom: str, kind: SpeakerKind, swap: bool) -> None:
    library = Library(*of(often, "one", "two", kind=kind), *of(seldom, "three", kind=kind))
    pair = library.entry(often), library.entry(seldom, within="three")
    kept, other = reversed(pair) if swap else pair
    library.do(merge(kept, other, library.records.__getitem__))
    assert library.names() == [(often, 3)]


@pytest.mark.parametrize("surname", ["Li", "Ms. Li"])
def test_a_surname_does_not_win_over_the_full_name(surname: str) -> None:
    twice = spoken("one", (surname, "person"), (surname, "person"))
    claims = tuple(replace(claim, speaker="s1") for claim in twice.claims)
    library = Library(replace(twice, speakers=twice.speakers[:1], claims=claims), *of("Ms. Ana Li", "two"))
    often, full = library.entry(surname), library.entry("Ms. Ana Li")
    assert (often.claims, full.claims) == (2, 1)
    assert {name_of_both(often, full), name_of_both(full, often)} == {"Ms. Ana Li"}


def test_at_a_tie_the_fuller_name_of_a_person_wins_and_else_that_of_the_one_kept(library: Library) -> None:
    ana, bo = library.entry("Ana M. Li"), library.entry("Bo Li")
    assert name_of_both(library.entry("Li", within="four"), ana) == "Ana M. Li"
    assert (name_of_both(ana, bo), name_of_both(bo, ana)) == ("Ana M. Li", "Bo Li")
    assert name_of_both(library.entry("HB"), library.entry("Harbour Board")) == "HB"


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("how", ["rename", "confirm", "in an article"])
def test_the_name_that_a_person_confirmed_wins(how: str, swap: bool) -> None:
    library = Library(*of("Ana Maria Li", "one", "two", "three"), *of("Ana Lee", "four"))
    if how == "rename":
        library.do(rename(library.entry("Ana Lee"), "Ana Li"))
    elif how == "confirm":
        library.do(rename(library.entry("Ana Lee"), "Ana Li"))
        library.do(confirm(library.entry("Ana Li")))
    else:
        change = edit.rename_speaker(library.records["four"], "s1", "Ana Li", edit.Actor(ADA, "2031-01-01T00:00:00Z"))
        assert change
        library.do([change])
    pair = library.entry("Ana Maria Li"), library.entry("Ana Li")
    kept, other = reversed(pair) if swap else pair
    library.do(merge(kept, other, library.records.__getitem__))
    assert library.names() == [("Ana Li", 4)]


def test_all_names_of_both_are_offered_the_best_first(library: Library) -> None:
    library.do(merge(library.entry("Ana Li"), library.entry("Li", within="four"), library.records.__getitem__))
    ana, bo = library.entry("Ana Li"), library.entry("Bo Li")
    assert names_of_both(bo, ana)[:2] == ("Ana Li", "Bo Li")
    assert set(names_of_both(bo, ana)) == {"Ana Li", "Bo Li", "Li", "Ana  li"}
    assert name_of_both(bo, ana) == "Ana Li"


def test_a_full_name_ends_the_doubt_about_a_surname(library: Library) -> None:
    assert "Bo Li" in {e.name for e in library.directory().maybe(library.entry("Li", within="four"))}
    library.do(merge(library.entry("Ana Li"), library.entry("Li", within="four"), library.records.__getitem__))
    assert "Bo Li" not in {e.name for e in library.directory().maybe(library.entry("Ana Li"))}


def test_a_name_that_another_has_makes_them_one_only_when_said(library: Library) -> None:
    bo, ana = library.entry("Bo Li"), library.entry("Ana Li")
    assert library.directory().called("Ana  LI", bo) == (ana,)
    assert [e.articles for e in library.directory().called("Li", bo)] == [("four",), ("two",)]
    assert library.directory().called("Bo Li", bo) == ()
    library.do(rename(bo, "Ana Li", [ana]))
    assert [e.claims for e in library.directory().entries if e.name == "Ana Li"] == [3, 1]


def test_a_merged_entry_takes_in_no_third_of_the_same_surname(library: Library) -> None:
    library.do(merge(library.entry("Ana Li"), library.entry("Li", within="four"), library.records.__getitem__))
    assert library.entry("Ana Li").articles == ("one", "two", "three", "four")
    assert library.entry("Li").articles == ("two",)


def test_two_that_are_one_name_are_split(library: Library) -> None:
    library.do(split(library.entry("Ana Li"), {("three", "s1")}))
    assert sorted(e.articles for e in library.directory().entries if e.name in {"Ana Li", "Ana  li"}) == [
        ("one", "two"), ("three",),
    ]  # fmt: skip
    parted = library.entry("Ana Li", within="one")
    assert {other.articles for other in library.directory().maybe(parted)}.isdisjoint({("three",)}), "it was said"
    library.records["five"] = spoken("five", ("Ana Li", "person"))
    new = library.entry("Ana Li", within="five")
    assert new.articles == ("five",), "nobody can say of a new one which of the two it is"
    assert {e.articles for e in library.directory().maybe(new)} >= {("one", "two"), ("three",)}


def test_what_is_split_off_has_its_name_again(library: Library) -> None:
    library.do(merge(library.entry("Ana Li"), library.entry("Li", within="four"), library.records.__getitem__))
    library.do(merge(library.entry("Bo Li"), library.entry("Ana Li"), library.records.__getitem__, "Bo Ana Li"))
    library.do(split(library.entry("Bo Ana Li"), library.entry("Bo Ana Li").marks_in("four")))
    assert library.entry("Li", within="four").aliases == ()
    library.do(split(library.entry("Bo Ana Li"), library.entry("Bo Ana Li").marks_in("one")))
    assert library.entry("Ana Li").articles == ("one",)


def test_a_kind_that_one_knows_and_the_longest_description_are_those_of_both() -> None:
    library = Library(spoken("one", ("Oka", "unknown")), spoken("two", ("Jo Oka", "person")))
    told = [
        replace(library.records["one"].speakers[0], description="head of the port"),
        library.records["two"].speakers[0],
    ]
    library.records["one"] = replace(library.records["one"], speakers=(told[0],))
    library.records["two"] = replace(library.records["two"], speakers=(replace(told[1], description="head"),))
    library.do(merge(library.entry("Oka"), library.entry("Jo Oka"), library.records.__getitem__))
    both = library.entry("Jo Oka")
    assert (both.kind, both.description, both.claims) == ("person", "head of the port", 2)
    assert library.records["one"].speakers[0].kind == "person"


def test_nothing_to_do_changes_nothing(library: Library) -> None:
    entry = library.entry("Bo Li")
    assert rename(entry, "  ") == rename(entry, "Bo  Li") == ()
    assert split(entry, entry.marks_in("three")) == split(entry, ()) == ()


_NAMES = st.sampled_from(["Ana Li", "Bo Li", "Li", "Ana", "HB", "Harbour Board", "", "O'Ra", "Ana J. Li"])
_KINDS = st.sampled_from(["person", "organisation", "group", "unknown"])
_SPEAKERS = st.lists(st.tuples(_NAMES.filter(bool), _KINDS), min_size=1, max_size=3)


@settings(deadline=None, max_examples=60)
@given(st.lists(_SPEAKERS, min_size=1, max_size=4), st.data())
def test_no_claim_is_lost_whatever_a_person_decides(
    articles: list[list[tuple[str, SpeakerKind]]], data: st.DataObject
) -> None:
    library = Library(*(spoken(str(i), *speakers) for i, speakers in enumerate(articles)))
    claims = sum(len(speakers) for speakers in articles)
    for _ in range(data.draw(st.integers(0, 5))):
        before = dict(library.records)
        entries = library.directory().entries
        one, other = data.draw(st.sampled_from(entries)), data.draw(st.sampled_from(entries))
        what = data.draw(st.sampled_from(["rename", "merge", "split", "unjoin", "confirm"]))
        if what == "rename":
            name = data.draw(_NAMES)
            others = library.directory().called(name, one)
            changes = rename(one, name, others)
        elif what == "confirm":
            changes = confirm(one)
        elif what == "split":
            changes = split(one, set(data.draw(st.lists(st.sampled_from([a.mark for a in one.appearances])))))
        elif what == "unjoin":
            joined = [part for entry in entries for part in entry.joined]
            part = data.draw(st.sampled_from(joined)) if joined else None
            changes = unjoin(part, library.records[part.article]) if part else ()
        elif one.key != other.key:
            changes = merge(one, other, library.records.__getitem__)
        else:
            changes = ()
        library.do(changes)
        assert sum(entry.claims for entry in library.directory().entries) == claims
        if what == "merge" and one.key != other.key:
            assert len(library.directory().entries) < len(entries)
        else:
            assert len(library.directory().entries) >= len(entries), "only merging makes one of two"
        undone = Library(*library.records.values())
        undone.do([change.inverted() for change in changes])
        assert list(map(by_id, undone.records.values())) == list(map(by_id, before.values()))
        assert {i: r.claims for i, r in undone.records.items()} == {i: r.claims for i, r in before.items()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "annotations.json") as opened:
        yield opened


def test_the_save_file_knows_its_speakers_and_undoes_a_merge(store: Store, library: Library) -> None:
    store.put_many(library.records.values())
    store.update_claim("four", "c3", status="rejected")
    assert {(a.speaker.name, a.claims) for a in store.speakers() if a.article == "four"} == {
        ("Li", 1), ("Ana M. Li", 1), ("Harbour", 0), ("harbour", 1),
    }  # fmt: skip
    assert "Harbour" not in {entry.name for entry in Directory(store.speakers()).entries}
    before = [store.get(id_) for id_ in store.ids()]
    directory = Directory(store.speakers())
    ana = next(e for e in directory.entries if e.claims == 3)
    other = next(e for e in directory.entries if e.name == "Li" and e.articles == ("two",))
    store.apply_all(merge(ana, other, store.get), ADA)
    assert Directory(store.speakers()).entries[0].claims == 4
    store.close()
    with Store.open(store.path) as again:
        assert Directory(again.speakers()).entries[0].claims == 4
        again.undo(ADA)
        assert [by_id(again.get(id_)) for id_ in again.ids()] == list(map(by_id, before))
        assert [r.claims for r in map(again.get, again.ids())] == [r.claims for r in before]


def test_labelling_again_keeps_what_was_decided_of_speakers(store: Store, library: Library) -> None:
    store.put_many(library.records.values())
    directory = Directory(store.speakers())
    ana = next(e for e in directory.entries if e.claims == 3)
    other = next(e for e in directory.entries if e.name == "Li" and e.articles == ("two",))
    store.apply_all(merge(ana, other, store.get), ADA)
    store.put(library.records["two"])
    two = store.get("two")
    assert [two.speaker(claim.speaker) for claim in two.claims[:2]] == [two.speakers[0]] * 2
    assert Directory(store.speakers()).entries[0].claims == 4


def test_labelling_again_gives_nobody_the_id_of_one_who_is_joined(store: Store) -> None:
    new = spoken("one", ("Ana Li", "person"), ("Carl Ek", "person"), ("Bo Ra", "person"))
    bo, its = replace(new.speakers[2], id="s2"), replace(new.claims[2], speaker="s2")
    store.put(replace(new, speakers=(new.speakers[0], bo), claims=(new.claims[0], its)))
    kept, gone = sorted(Directory(store.speakers()).entries, key=lambda entry: entry.name)
    store.apply_all(merge(kept, gone, store.get), ADA)
    store.put(new)
    store.undo(ADA)
    names = {speaker.id: speaker.name for speaker in store.get("one").speakers}
    assert sorted(names.values()) == ["Ana Li", "Bo Ra", "Carl Ek"]
    assert {store.get("one").said(claim): names[str(claim.speaker)] for claim in store.get("one").claims} == {
        new.said(claim): new.speakers[i].name for i, claim in enumerate(new.claims)
    }


def test_what_has_changed_meanwhile_is_not_overwritten(store: Store, library: Library) -> None:
    store.put_many(library.records.values())
    stale = next(entry for entry in Directory(store.speakers()).entries if entry.claims == 3)
    store.apply_all(rename(stale, "Ana Quist"), ADA)
    before = store.get("one")
    with pytest.raises(StoreError, match="changed in the meantime"):
        store.apply_all(rename(stale, "Ana Li-Quist"), ADA)
    assert store.get("one") == before


def test_a_claim_or_speaker_that_makes_no_sense_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    with Store.open(path) as store:
        store.put(spoken("one", ("Ana Li", "person"), ("Bo Ra", "person")))
    tables = json.loads(path.read_text("utf-8"))
    article, claim = tables["articles"]["1"], tables["claims"]["1"]
    article["speakers"].append("nobody")
    claim["speaker"] = ["s1"]
    path.write_text(json.dumps(tables), "utf-8")
    with Store.open(path, read_only=True) as store:
        assert {(a.speaker.name, a.claims) for a in store.speakers()} == {("Ana Li", 0), ("Bo Ra", 1)}


def test_a_speaker_that_makes_no_sense_is_passed_over(store: Store) -> None:
    odd = replace(spoken("one", ("Ana Li", "person")), extra={})
    speakers = tuple(
        replace(s, extra={"entity": 7, "aliases": "Li", "joined": [1, {"speaker": {}, "claims": ["c1"]}]})
        for s in odd.speakers
    )
    store.put(replace(odd, speakers=speakers))
    [entry] = Directory(store.speakers()).entries
    assert (entry.name, entry.aliases, entry.joined) == ("Ana Li", (), ())
