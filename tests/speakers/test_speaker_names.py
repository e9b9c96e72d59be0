"""Names, titles, roles and descriptions: one speaker for all that is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotate.engine import analyse

Resolve = Callable[..., Any]


def test_surnames_titles_and_roles_come_together(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Harbour spokesman Tomas Reeve]1 said <the quay was safe>1.\n\n"
        "[Reeve]2 added that <nobody was hurt>2. [Mr Reeve]3 said <the ferries would sail>3.\n\n"
        "Later [the spokesman]4 said <two boats were late>4."
    )
    assert found.names == ["Tomas Reeve"] * 4
    speaker = found.speaker("Tomas Reeve")
    assert (speaker.id, speaker.kind, speaker.description) == ("s1", "person", "Harbour spokesman")


def test_mentions_are_names_and_sources_in_order(resolve_article: Resolve) -> None:
    found = resolve_article("[Ana Li]1 said <the road was open>1. People like Li. [She]2 said <it was dry>2.")
    assert found.mentions("Ana Li") == ["Ana Li", "Li", "She"]
    assert list(found.speaker("Ana Li").mentions) == sorted(set(found.speaker("Ana Li").mentions))


@pytest.mark.parametrize(
    ("sentence", "name", "description"),
    [
        ("[Ana Li, the mayor of Orlo,]1 said <it was over>1.", "Ana Li", "mayor of Orlo"),
        ("[The mayor of Orlo, Ana Li,]1 said <it was over>1.", "Ana Li", "mayor of Orlo"),
        ("[Gavin Reeve, 23, a student from Orlo,]1 said <it was over>1.", "Gavin Reeve", "student from Orlo"),
        ("[Deputy Minister Aldo Farrow]1 said <it was over>1.", "Aldo Farrow", "Deputy Minister"),
        ("[Orlo Secretary of State Jason Venn]1 said <it was over>1.", "Jason Venn", "Orlo Secretary of State"),
        ("[Sen. Ted Varga (R-Orlo)]1 said <it was over>1.", "Ted Varga", "Sen."),
        ("[Mr Tim Cook]1 said <it was over>1.", "Tim Cook", None),
        ("[Niamh O’Brien, prosecuting,]1 said <it was over>1.", "Niamh O’Brien", None),
        ("[The museum’s director, Dr Ana Li,]1 said <it was over>1.", "Ana Li", "museum’s director"),
        ("[Theresa May]1 said <it was over>1.", "Theresa May", None),
    ],
)
def test_a_name_is_told_from_what_describes_it(
    resolve_article: Resolve, sentence: str, name: str, description: str | None
) -> None:
    found = resolve_article(sentence)
    assert found.names == [name]
    assert (found.speakers[0].kind, found.speakers[0].description) == ("person", description)


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("[The Kremlin]1 said <it was over>1.", "Kremlin", "organisation"),
        ("[Moscow]1 said <it was over>1.", "Moscow", "place"),
        ("[The Ministry of Water]1 said <it was over>1.", "Ministry of Water", "organisation"),
        ("[The charity Feed the Gulls]1 said <it was over>1.", "Feed the Gulls", "organisation"),
        ("[Friends of the Salt Road]1 said <it was over>1.", "Friends of the Salt Road", "organisation"),
        ("[Hobb & Daughters]1 said <it was over>1.", "Hobb & Daughters", "organisation"),
        ("[The Seafarers' Union]1 said <it was over>1.", "Seafarers' Union", "organisation"),
        ("[The state ferry company, Sandrey Lines,]1 said <it was over>1.", "Sandrey Lines", "organisation"),
        ("[Residents of the valley]1 said <it was over>1.", "Residents of the valley", "group"),
        ("[Several officials]1 said <it was over>1.", "Several officials", "group"),
        ("[A report published on Monday]1 said <it was over>1.", "report", "document"),
        ("[A senior official]1 said <it was over>1.", "senior official", "unnamed"),
        ("[A spokesman for the ministry]1 said <it was over>1.", "spokesman for the ministry", "unnamed"),
        ("[Two people with knowledge of it]1 said <it was over>1.", "Two people with knowledge of it", "unnamed"),
        ("[Democrats]1 said <it was over>1.", "Democrats", "group"),
        ("[Ana Li and Tom Reeve]1 said <it was over>1.", "Ana Li and Tom Reeve", "group"),
    ],
)
def test_kinds(resolve_article: Resolve, sentence: str, name: str, kind: str) -> None:
    found = resolve_article(sentence)
    assert found.names == [name]
    assert found.speakers[0].kind == kind


def test_a_body_is_not_the_place_it_sits_in(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The Kremlin]1 said <talks were over>1. [Moscow]2 said <they had begun>2. [The Kremlin]3 said <no>3."
    )
    assert found.names == ["Kremlin", "Moscow", "Kremlin"]


@pytest.mark.parametrize("acronym", ["WHO", "ITS"])
def test_an_acronym_spelled_like_a_pronoun_is_a_body(resolve_article: Resolve, acronym: str) -> None:
    found = resolve_article(
        f"[Ana Li]1 said <the harbour would close>1.\n\n[{acronym}]2 said <the outbreak was over>2.\n\n"
        f"<“We urge calm,”>3 [{acronym}]3 said. [Bo Ra, who was there,]4 said <it was>4. "
        f"According to [{acronym}]5, <all is well>5."
    )
    assert found.names == ["Ana Li", acronym, acronym, "Bo Ra", acronym]
    assert found.speaker(acronym).kind == "organisation"


def test_a_pronoun_in_capitals_among_capitals_is_none(resolve_article: Resolve) -> None:
    found = resolve_article("[ANA LI]1 SAID <THE HARBOUR WOULD CLOSE>1. THE MAN [WHO]2 SAID <NO>2 LEFT.")
    assert "WHO" not in found.names


def test_an_acronym_stands_for_the_body_before_it(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The National Water Board (NWB)]1 said <the dam was safe>1.\n\nLater [the NWB]2 said <it was not>2."
    )
    assert found.names == ["National Water Board"] * 2


def test_a_speaker_without_a_name_is_called_without_what_brackets_hold() -> None:
    record = analyse("The mayor [of Orlo] said it was over. A cook (of sorts) said it was not.", engine="rules")
    assert [speaker.name for speaker in record.speakers] == ["mayor", "cook"]


def test_the_members_of_a_pair_are_known_on_their_own(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The National Water Board and the Orlo Fishing Union]1 said <the dam was safe>1.\n\n"
        "Later [the NWB]2 said <it was not>2. [The union]3 said <it was>3."
    )
    assert found.names == [
        "National Water Board and the Orlo Fishing Union", "National Water Board", "Orlo Fishing Union",
    ]  # fmt: skip


def test_a_body_is_known_by_its_kind(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The Ministry of Water]1 said <the lake was clean>1. Fishermen do not believe it.\n\n"
        "[The ministry]2 said <they should>2."
    )
    assert found.names == ["Ministry of Water"] * 2


def test_two_people_of_one_surname_stay_apart(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Victor Hale]1 said <taxes would rise>1. [Joanna Hale]2 said <they would not>2.\n\n"
        "[Mr Hale]3 said <she was wrong>3. [Ms Hale]4 said <he was>4."
    )
    assert found.names == ["Victor Hale", "Joanna Hale", "Victor Hale", "Joanna Hale"]


def test_a_short_title_means_who_has_the_office(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Council leader Nora Vail met her uncle, Aldo Vail. Aldo Vail, a ferryman, shouted.\n\n"
        "[Cllr Vail]1 denied <hiding the advice>1."
    )
    assert found.names == ["Nora Vail"]


def test_a_role_with_a_nationality_means_who_was_introduced_with_it(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Averlandish President Ivo Marek met Lornish President Petra Dahl on Monday.\n\n"
        "[The Averlandish president]1 said <the border would open>1."
    )
    assert found.names == ["Ivo Marek"]


def test_labels_in_capitals_are_names(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Mr. Horace Quayle came to the hearing on the bridge.\n\n[MR. QUAYLE]1: <The bridge is shut.>1\n\n"
        "[MR. QUAYLE]2: <It will stay shut.>2"
    )
    assert found.names == ["Horace Quayle"] * 2


def test_what_the_tagger_misses_at_the_head_of_a_sentence_is_found(resolve_article: Resolve) -> None:
    found = resolve_article("[Aldo Farrow]1 said <the lake was clean>1.\n\n[Farrow]2 claimed that <it was deep>2.")
    assert found.names == ["Aldo Farrow"] * 2


def test_an_owned_thing_is_named_with_its_owner(resolve_article: Resolve) -> None:
    found = resolve_article("[Ana Li]1 said <the race was on>1. [Her campaign]2 said <she would win>2.")
    assert found.names == ["Ana Li", "Ana Li’s campaign"]


def test_a_lone_first_name_may_be_a_surname(resolve_article: Resolve) -> None:
    found = resolve_article("[Petra Warren]1 said <it was over>1. [Warren]2 added <it was late>2. [She]3 said <no>3.")
    assert found.names == ["Petra Warren"] * 3


def test_the_subject_after_a_comma_describes_nobody_before_it(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Mayor Aldo Farrow spoke of Chelsea.\n\nAt a meeting in Chelsea, [the mayor]1 said <it was over>1."
    )
    assert found.names == ["Aldo Farrow"]


def test_where_things_happen_is_a_place(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Aldo Farrow]1 said <the lake was clean>1.\n\nShops in Quillon opened. [He]2 said <fish were back>2."
    )
    assert found.names == ["Aldo Farrow", "Aldo Farrow"]


def test_a_view_is_no_place(resolve_article: Resolve) -> None:
    found = resolve_article("In Quillon’s view, the lake was clean. [He]1 said <fish were back>1.")
    assert found.names == ["Quillon"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("[Ana “Annie” Li]1 said <it was over>1.", "Ana “Annie” Li"),
        ("[The North and East Averland Coalition]1 said <it was over>1.", "North and East Averland Coalition"),
        ("[ORLO - Officials]1 said <it was over>1.", "Officials"),
        ("[Sens. Ana Li and Tom Reeve]1 said <it was over>1.", "Sens. Ana Li and Tom Reeve"),
    ],
)
def test_where_a_name_begins_and_ends(resolve_article: Resolve, sentence: str, name: str) -> None:
    assert resolve_article(sentence).names == [name]


def test_a_link_is_no_name(resolve_article: Resolve) -> None:
    found = resolve_article("The arrow is Quist.$QST(via http://t.example). [The company]1 said <it was over>1.")
    assert found.names == ["company"]


def test_a_party_in_brackets_makes_a_person(resolve_article: Resolve) -> None:
    found = resolve_article("[Quorra Brill (D-Ohio)]1 said <it was over>1.")
    assert (found.names, found.speakers[0].kind) == (["Quorra Brill"], "person")


def test_a_body_goes_by_the_letters_of_its_field(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The Department of Ferry Affairs]1 said <the dam was safe>1.\n\nLater [the FA]2 said <it was not>2."
    )
    assert found.names == ["Department of Ferry Affairs"] * 2


def test_a_headline_in_title_case_lends_nobody_its_words(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Angry Farmers Rip Aldo Farrow For Dry Fields\n\nAldo Farrow spoke. [Farrow]1 said <it would rain>1."
    )
    assert found.names == ["Aldo Farrow"]


def test_a_headline_may_have_the_only_first_name(resolve_article: Resolve) -> None:
    found = resolve_article("Petra Quist Wins In Orlo\n\n[Quist]1 said <it was over>1.", {0: "title"})
    assert found.names == ["Petra Quist"]


def test_a_verb_taken_for_a_noun_ends_a_source(nlp: Any) -> None:
    from annotate.model import Block, Claim
    from annotate.spans import Span
    from annotate.speakers import resolve

    text = "Quist avoids paying the ferry, people said."
    claim = Claim("c1", "indirect", content=(Span(20, 29),), cue=(Span(6, 19),), source=(Span(0, 12),))
    (speaker,), _ = resolve(nlp(text), [claim], [], [Block(0, len(text), "body")])
    assert speaker.name == "Quist"


def test_names_run_over_a_line_end(resolve_article: Resolve, nlp: Any) -> None:
    from annotate.model import Block, Claim
    from annotate.spans import Span
    from annotate.speakers import resolve

    text = "Yesterday Delphine\nAmbery said it was over."
    claim = Claim("c1", "indirect", content=(Span(34, 45),), source=(Span(10, 28),))
    (speaker,), _ = resolve(nlp(text), [claim], [], [Block(0, len(text), "body")])
    assert speaker.name == "Delphine Ambery"


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Kim Jong-ok, a clerk,", "Kim", "Kim Jong-ok"),
        ("Tsai Ing-mei", "Tsai", "Tsai Ing-mei"),
        ("Trần Thị Mai", "Mai", "Trần Thị Mai"),
        ("Nora van den Brink", "Van den Brink", "Nora van den Brink"),
        ("Nora van den Brink", "van den Brink", "Nora van den Brink"),
        ("Ludwig von der Heide", "Heide", "Ludwig von der Heide"),
        ("Ana de la Cruz", "De la Cruz", "Ana de la Cruz"),
        ("Marco della Torre", "Della Torre", "Marco della Torre"),
        ("Omar al-Sabah", "al-Sabah", "Omar al-Sabah"),
        ("Omar al-Sabah", "Al-Sabah", "Omar al-Sabah"),
        ("Leila el-Amin", "Amin", "Leila el-Amin"),
        ("Khalid bin Omar al-Sabah", "Prince Khalid", "Khalid bin Omar al-Sabah"),
        ("Lucía García Montes", "García", "Lucía García Montes"),
        ("Nora Winslow-Hale", "Winslow-Hale", "Nora Winslow-Hale"),
        ("Per Winslow", "Winslow", "Per Winslow"),
        ("William “Bill” Hale", "Bill Hale", "William “Bill” Hale"),
        ("Dwayne ‘The Anvil’ Hale", "Dwayne Hale", "Dwayne ‘The Anvil’ Hale"),
        ("Margaret (Peggy) Hale", "Peggy Hale", "Margaret (Peggy) Hale"),
        ("Elizabeth Hale", "Liz Hale", "Elizabeth Hale"),
        ("Bob Hale", "Robert Hale", "Bob Hale"),
    ],
)
def test_a_second_mention_is_the_same_person(resolve_article: Resolve, first: str, second: str, name: str) -> None:
    found = resolve_article(f"[{first}]1 said <it was late>1.\n\n<“It is late,”>2 [{second}]2 said.")
    assert found.names == [name, name]


@pytest.mark.parametrize(("first", "second"), [("Robert Hale", "Bill Hale"), ("Anna Hale", "Hannah Hale")])
def test_another_first_name_is_another_person(resolve_article: Resolve, first: str, second: str) -> None:
    found = resolve_article(f"[{first}]1 said <it was late>1. [{second}]2 said <it was not>2.")
    assert found.names == [first, second]


def test_a_place_in_a_compound_is_no_persons_name(resolve_article: Resolve) -> None:
    found = resolve_article("[Nora Hale]1 said <it was late>1. [The New Orlo-based firm]2 said <no>2.")
    assert found.names == ["Nora Hale", "New Orlo-based firm"]


def test_a_name_between_a_relative_and_the_verb_is_the_speakers(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Aldo Hale lost the farm. [His daughter]1, Nora, said <it was late>1. According to [his lawyer]2, Aldo Hale, "
        "78, <was ill>2."
    )
    assert found.names == ["Nora", "Aldo Hale’s lawyer"]
