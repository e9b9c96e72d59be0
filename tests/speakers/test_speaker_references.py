"""Pronouns, first persons, and quotations without a source."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.uncertainty import is_guess, rivals

Resolve = Callable[..., Any]
ROOT = Path(__file__).parents[2]
WORDS = (
    "Ana",
    "Li",
    ",",
    "the mayor",
    "of Orlo",
    "(NWB)",
    "said",
    "he",
    "“I”",
    "Mr.",
    "O’Brien",
    "\n",
    "- Q",
    ":",
    "A’s",
)


def test_pronouns_follow_gender(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Tomas Reeve]1 said <the quay was safe>1. [Ana Li]2 said <it was not>2.\n\n"
        "[He]3 said <boats would sail>3. [She]4 said <they would sink>4."
    )
    assert found.names == ["Tomas Reeve", "Ana Li", "Tomas Reeve", "Ana Li"]


def test_a_pronoun_means_who_spoke_not_who_was_spoken_of(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Aldo Farrow]1 said <that Victor Hale had ordered a halt and that Hale was tired>1.\n\n"
        "[He]2 further added that <the call lasted two hours>2."
    )
    assert found.names == ["Aldo Farrow", "Aldo Farrow"]


def test_names_inside_quotations_hardly_count(resolve_article: Resolve) -> None:
    found = resolve_article(
        "<“Victor Hale and Piers Quist are friends. Hale trusts Quist,”>1 [Aldo Farrow]1 said.\n\n"
        "<“They will meet,”>2 [he]2 told reporters."
    )
    assert found.names == ["Aldo Farrow", "Aldo Farrow"]


def test_it_and_they_mean_bodies_and_groups(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The Ministry of Water]1 told Ana Li that <the lake was clean>1. [It]2 said <fish were back>2.\n\n"
        "[Residents]3 said <they saw none>3. [They]4 said <they wanted water>4."
    )
    assert found.names == ["Ministry of Water", "Ministry of Water", "Residents", "Residents"]


def test_they_may_mean_a_document_in_the_plural(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[The minutes]1 of the meeting show <that it was late>1. <“It was dark,”>2 [they]2 state.\n\n"
        "[The report]3 shows <that it was early>3. <“It was light,”>4 [they]4 state."
    )
    assert found.names[:2] == ["minutes", "minutes"]
    assert found.names[3] != "report"


def test_who_means_the_noun_before_it(resolve_article: Resolve) -> None:
    found = resolve_article("Everybody knows Ana Li, [who]1 said <the road was shut>1, and her dog.")
    assert found.names == ["Ana Li"]


def test_who_means_somebody_not_where_they_are(resolve_article: Resolve) -> None:
    found = resolve_article("It pleased nervous aides in Quillon, [who]1 have said <the road was shut>1.")
    assert found.names == ["nervous aides in Quillon"]


def test_who_with_a_verb_for_one_means_the_nearest(resolve_article: Resolve) -> None:
    found = resolve_article("It was decided by Ana Li and Aldo Farrow, [who]1 has said <the road was shut>1.")
    assert found.names == ["Aldo Farrow"]


@pytest.mark.parametrize("source", ["many of whom", "most of whom", "both of whom"])
def test_a_part_of_a_group_is_the_group(resolve_article: Resolve, source: str) -> None:
    found = resolve_article(f"She had a list of letters from retired generals, [{source}]1 say <the road was shut>1.")
    assert found.names == ["retired generals"]


def test_a_relative_after_an_insertion_means_who_stands_before_it(resolve_article: Resolve) -> None:
    found = resolve_article("It came from old generals -- two of them ill, with a fever -- [who]1 said <it was over>1.")
    assert found.names == ["old generals"]


def test_each_means_the_subject(resolve_article: Resolve) -> None:
    found = resolve_article("Ana Li and Tom Reeve met on Monday, [each]1 saying <the other was wrong>1.")
    assert found.names == ["Ana Li and Tom Reeve"]


def test_all_means_those_who_spoke(resolve_article: Resolve) -> None:
    found = resolve_article("[The experts]1 said <taxes would rise>1. To some degree, [all]2 agreed <it was late>2.")
    assert found.names == ["experts", "experts"]


def test_a_named_person_goes_before_one_without_a_name(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Aldo Farrow]1 said <the lake was clean>1. [One questioner]2 said <it was not>2. [He]3 said <it was>3.\n\n"
        "[A woman]4 said <fish were back>4. [She]5 said <so was she>5."
    )
    assert found.names == ["Aldo Farrow", "One questioner", "Aldo Farrow", "woman", "woman"]


def test_a_letters_first_person_is_who_signs_it(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[I]1 think <the road is long>1.\n\nNora Quill.\n\nOrlo\n\n[I]2 hope <it ends>2.\n\nTom Reeve."
    )
    assert found.names == ["Nora Quill", "Tom Reeve"]


def test_a_columns_first_person_is_who_is_presented_at_its_end(resolve_article: Resolve) -> None:
    column = "[I]1 think <the road is long>1.\n\n{}"
    assert resolve_article(column.format("Nora Quill teaches law in Orlo.")).names == ["Nora Quill"]
    assert resolve_article(column.format("[Nora Quill, 34,]2 said <no>2.")).names == [None, "Nora Quill"]


def test_a_first_person_inside_a_quotation_is_its_speaker(resolve_article: Resolve) -> None:
    found = resolve_article("<“[I]2 told them <the road was shut>2,”>1 said [Ana Li]1.")
    assert found.names == ["Ana Li", "Ana Li"]


def test_a_first_person_outside_is_the_author(resolve_article: Resolve) -> None:
    found = resolve_article(
        "By Nora Quill\n\nThe road to Orlo is long. [I]1 thought <it would never end>1.", {0: "byline"}
    )
    assert found.names == ["Nora Quill"]


def test_the_letters_of_an_interview(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Interview: Paula Trent\n\nHalina Morrow keeps bees.\n\n[Q]1: <Why bees?>1\n\n[A]2: <Why not?>2", {0: "byline"}
    )
    assert found.names == ["Paula Trent", "Halina Morrow"]


def test_the_letters_of_a_hearing(resolve_article: Resolve) -> None:
    found = resolve_article("BY MR. QUILL:\n\n[Q]1. <Did you see it, Ms. Moss?>1\n\n[A]2. <Yes.>2")
    assert found.names == ["QUILL", "Moss"]


def test_initials_are_who_was_named_before(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Nora Quill met Femi Moss, the economist, in Lund.\n\n[NQ]1: <Is it safe?>1\n\n[FM]2: <It is.>2\n\n"
        "[BBC]3: <No.>3"
    )
    assert found.names == ["Nora Quill", "Femi Moss", "BBC"]


def test_numbers_and_letters_tell_labels_apart(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[SPEAKER 1]1: <Who is it?>1\n\n[SPEAKER 2]2: <It is us.>2\n\n[Witness B]3: <No.>3\n\n[SPEAKER 1]4: <Oh.>4"
    )
    assert found.names == ["SPEAKER 1", "SPEAKER 2", "Witness B", "SPEAKER 1"]
    assert {speaker.kind for speaker in found.speakers} == {"unnamed"}


@pytest.mark.parametrize("source", ["5 percent", "Percent", "58 per cent", "About 12%", "You", "this May 30"])
def test_a_share_a_day_and_you_are_nobody(resolve_article: Resolve, source: str) -> None:
    assert resolve_article(f"It was late.\n\n[{source}]1 said <the road was shut>1.").names == [None]


@pytest.mark.parametrize(
    "source", ["Five percent of residents", "three people with knowledge of the talks", "Both", "one in three", "Some"]
)
def test_anonymous_groups_are_speakers(resolve_article: Resolve, source: str) -> None:
    found = resolve_article(f"It was late.\n\n[{source}]1 said <the road was shut>1.")
    assert found.names == [source]
    assert found.speakers[0].kind in {"group", "unnamed"}


def test_labels_of_a_house(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Madam Chair]1: <Order.>1\n\n[The Minister for Canals (Per Quill)]2: <It will open.>2\n\n"
        "[The minister (Labour)]3: <No.>3"
    )
    assert found.names == ["Chair", "Per Quill", "minister"]


def test_a_quotation_goes_on_in_the_next_paragraph(resolve_article: Resolve) -> None:
    found = resolve_article(
        "<“The lake is clean,”>1 [Aldo Farrow]1 said.\n\nAdvertisement\n\n<“It always was.”>2\n\n"
        "[Ana Li]3 said <it was not>3. <“I swam in it.”>4",
        {1: "noise"},
    )
    assert found.names == ["Aldo Farrow", "Aldo Farrow", "Ana Li", "Ana Li"]


@pytest.mark.parametrize(
    ("announcement", "name"),
    [
        ("Here is what the mayor, Nora Quill, told us:", "Nora Quill"),
        ("This is how Nora Quill put it:", "Nora Quill"),
        ("Nora Quill, who runs the mill, had this to say:", "Nora Quill"),
        ("And from Chairwoman Nora Quill:", "Nora Quill"),
        ("From the desk of Nora Quill, treasurer:", "Nora Quill"),
        ("More from Nora Quill, a forecaster at the Weather Office:", "Nora Quill"),
        ("Nora Quill wrote to the council:", "Nora Quill"),
        ("Nora Quill’s answer was short:", "Nora Quill"),
        ("The email, dated 3 May, reads:", "email"),
        ("A statement from the pilots’ union:", "pilots’ union"),
    ],
)
def test_a_paragraph_that_ends_in_a_colon_announces_who_speaks(
    resolve_article: Resolve, announcement: str, name: str
) -> None:
    found = resolve_article(
        f"[The port board]1 said <it was glad>1.\n\n{announcement}\n\n<“We had no choice.”>2\n\n<“None at all.”>3"
    )
    assert found.names == ["port board", name, name]
    assert all(is_guess(claim) for claim in found.claims[1:])


def test_who_is_announced_by_a_pronoun_was_named_before(resolve_article: Resolve) -> None:
    found = resolve_article("[Nora Quill]1 said <it was old>1.\n\nShe was asked why. She wrote:\n\n> <It leaks.>2")
    assert found.names == ["Nora Quill", "Nora Quill"]


def test_who_is_described_beside_a_role_may_have_the_word(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Nora Quill]1 said <it was old>1.\n\nThe baker, Tom Reeve, was blunter.\n\n<“They lied.”>2"
    )
    assert found.names == ["Nora Quill", "Tom Reeve"]


def test_a_person_brought_in_between_has_the_word(resolve_article: Resolve) -> None:
    found = resolve_article("[Aldo Farrow]1 said <the lake was clean>1.\n\nAna Li laughed. <“I swam in it.”>2")
    assert found.names == ["Aldo Farrow", "Ana Li"]


def test_a_quotation_that_opens_a_paragraph_is_whose_who_speaks_in_it(resolve_article: Resolve) -> None:
    found = resolve_article(
        "[Aldo Farrow]1 said <the lake was clean>1.\n\n<“We tried.”>2 The wind rose. <“It failed,”>3 [Ana Li]3 said."
    )
    assert found.names == ["Aldo Farrow", "Ana Li", "Ana Li"]


def test_a_cue_without_a_source_is_nobodys(resolve_article: Resolve, nlp: Any) -> None:
    from annotate.model import Block, Claim
    from annotate.spans import Span
    from annotate.speakers import resolve

    text = "Ana Li slept. It was alleged that the lake was clean."
    claim = Claim("c1", "indirect", content=(Span(29, 52),), cue=(Span(14, 28),))
    speakers, (resolved,) = resolve(nlp(text), [claim], [], [Block(0, len(text), "body")])
    assert speakers == ()
    assert resolved.speaker is None


def test_ids_follow_the_first_claim_and_claims_keep_their_order(resolve_article: Resolve) -> None:
    found = resolve_article("<“No,”>1 said [Tom Reeve]1. [Ana Li]2 said <yes>2. [Reeve]3 said <no again>3.")
    assert [speaker.id for speaker in found.speakers] == ["s1", "s2"]
    assert [claim.id for claim in found.claims] == ["c1", "c2", "c3"]
    assert [claim.speaker for claim in found.claims] == ["s1", "s2", "s1"]


@given(data=st.data())
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_claims_over_any_text_give_a_sound_record(nlp: Any, data: st.DataObject) -> None:
    from annotate.model import Block, Claim, Record
    from annotate.spans import Span
    from annotate.speakers import resolve

    words = st.sampled_from(WORDS)
    text = " ".join(data.draw(st.lists(words, min_size=1, max_size=30)))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40)).map(
        lambda pair: Span(pair[0], min(pair[0] + pair[1], len(text)))
    )
    drawn = data.draw(st.lists(st.tuples(spans, st.none() | spans), max_size=5))
    claims = [
        Claim(f"c{i}", "direct", content=(content,), source=(source,) if source else ())
        for i, (content, source) in enumerate(drawn)
    ]
    blocks = (Block(0, len(text), "body"),)
    doc = data.draw(st.sampled_from([nlp, nlp.make_doc]))(text)  # the engine leaves bylines and noise untagged
    speakers, resolved = resolve(doc, claims, [], blocks)
    assert list(Record("x", text, speakers=speakers, claims=resolved).problems()) == []
    assert all(speaker.name and speaker.name == speaker.name.strip() for speaker in speakers)


def _measured(*gold: Path) -> dict[str, float]:
    """Run the benchmark over gold records; shares of claims in per cent, by column."""
    command = [sys.executable, "bench/speakers.py", *map(str, gold)]
    table = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    columns, totals = table[0].split()[1:], table[-1].split()[1:]
    return dict(zip(columns, map(float, totals), strict=True))


def test_sample_articles_have_the_right_speakers() -> None:
    shares = _measured(*sorted((ROOT / "sample_articles/gold").glob("*.json")))
    assert shares["group"] >= 94
    assert shares["name"] >= 86
    assert shares["name"] > shares["nearest"]


def test_the_seed_article_has_the_right_speakers() -> None:
    gold = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared")) / "seed/gold.json"
    if not gold.exists():
        pytest.skip("the seed article is not on this machine")
    assert _measured(gold)["name"] == 100


@pytest.mark.parametrize(
    ("article", "name", "others"),
    [
        pytest.param(
            "[Leila Shah, the governor,]1 said <it was unsafe>1. [Omar Shah, the director,]2 said <it was new>2.\n\n"
            "<“Nobody was hurt,”>3 [Shah]3 said.",
            "Leila Shah", ["Omar Shah"], id="a surname that two share",
        ),
        pytest.param(
            "[Leila Shah, the governor,]1 said <it was unsafe>1. Her brother, Omar Shah, was at sea. [Shah]2 said <it "
            "would sink>2. [Shah]3 said <it was old>3. [Shah]4 said <so twice>4. [Shah]5 said <no more>5. [Shah]6 "
            "said <it is over>6.",
            "Leila Shah", [], id="a surname of one who is named far more often",
        ),
        pytest.param(
            "[Leila Shah, the governor,]1 said <it was unsafe>1. [Omar Shah, the director,]2 said <it was new>2.\n\n"
            "<“Nobody was hurt,”>3 [Mrs. Shah]3 said.",
            "Leila Shah", [], id="a form of address tells them apart",
        ),
        pytest.param(
            "Anna Keller and Leila Shah met in Orlo. [She]3 said <the state would pay>3.",
            "Anna Keller", ["Leila Shah"], id="a pronoun for two",
        ),
        pytest.param(
            "[Leila Shah]1 said <it was old>1. [She]2 said <it would sink>2.\n\nThe minister, Anna Keller, came. "
            "[She]3 said <the state would pay>3.",
            "Anna Keller", [], id="the subject, whose name stands beside the description",
        ),
        pytest.param(
            "Anna Keller and Omar Shah met in Orlo. [She]3 said <the state would pay>3.",
            "Anna Keller", [], id="a pronoun for one",
        ),
        pytest.param(
            "Senator Anna Keller and Senator Leila Shah met in Orlo. [The senator]3 said <the state would pay>3.",
            "Leila Shah", ["Anna Keller"], id="a role that two have",
        ),
        pytest.param(
            "Senators Ana Alder, Ben Birch, Cy Cole, Dan Dorn and Eva Elm met in Orlo. Senator Ana Alder, "
            "Senator Ben Birch, Senator Cy Cole, Senator Dan Dorn and Senator Eva Elm sat down. "
            "[The senator]3 said <it was over>3.",
            "Eva Elm", ["Dan Dorn", "Cy Cole", "Ben Birch"], id="a role of many: those named last",
        ),
    ],
)  # fmt: skip
def test_others_who_may_be_meant_are_named(
    resolve_article: Resolve, article: str, name: str, others: list[str]
) -> None:
    found = resolve_article(article)
    claim = found.claims[-1]
    assert (found.names[-1], list(rivals(claim))) == (name, others)


def test_one_who_says_i_in_a_quotation_is_as_doubtful_as_its_speaker(resolve_article: Resolve) -> None:
    found = resolve_article("Anna Keller and Leila Shah met in Orlo. <“[I]2 said <it was over>2,”>1 [she]1 said.")
    assert found.names == ["Anna Keller", "Anna Keller"]
    assert [rivals(claim) for claim in found.claims] == [("Leila Shah",), ("Leila Shah",)]


def test_a_pronoun_that_nobody_before_it_fits_is_nobody(resolve_article: Resolve) -> None:
    found = resolve_article("[He]1 said <the water was brown>1. [Ana Li]2 said <it was not>2. [They]3 said <so>3.")
    assert found.names[:2] == [None, "Ana Li"]


def test_who_follows_on_a_guess_is_one_until_somebody_is_named(resolve_article: Resolve) -> None:
    found = resolve_article(
        "Anna Keller and Leila Shah met in Orlo. [She]1 said <it was over>1. [She]2 did not say <that it was old>2.\n\n"
        "[Leila Shah]3 said <it was new>3. [She]4 said <so twice>4."
    )
    assert found.names == ["Anna Keller", "Anna Keller", "Leila Shah", "Leila Shah"]
    assert [rivals(claim) for claim in found.claims] == [("Leila Shah",), ("Leila Shah",), (), ()]
