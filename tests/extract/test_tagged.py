"""Claims from the tagger's spans: joined, tied, with the edges that quotation marks give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.engine import load_parser, parsed
from annotate.extract.claims import find_claims
from annotate.extract.confidence import LONE, Evidence, probability
from annotate.model import CLAIM_TYPES, Claim
from annotate.spans import Span
from annotate.tagger.decode import Run
from annotate.tagger.inference import TaggerOutput
from annotate.tagger.outputs import CONTENT, CUE, SOURCE, Link
from annotate.tagger.words import Words

_SURE = 0.9


class Said:
    """A tagger's output for a text, with its spans marked in it: `{s:Ana} {c:said} {t:rain would come}`.

    Each content goes with the cue and the source that follow it nearest in number: the first with the first.
    """

    _PART = re.compile(r"\{(\w):([^}]*)\}")
    _HEADS = {"s": SOURCE, "c": CUE, "t": CONTENT}

    def __init__(self, marked: str, sure: float = _SURE) -> None:
        self.text = self._PART.sub(lambda match: match[2], marked)
        places = [found.span() for found in re.finditer(r"\w+|[^\w\s]", self.text)]
        self._starts = np.array([start for start, _ in places])
        self._ends = np.array([end for _, end in places])
        breaks = np.array(
            [i == 0 or "\n" in self.text[places[i - 1][1] : start] for i, (start, _) in enumerate(places)]
        )
        self.words = cast("Words", SimpleNamespace(starts=self._starts, ends=self._ends, breaks=breaks))
        self._runs: dict[int, list[Run]] = {SOURCE: [], CUE: [], CONTENT: []}
        shift = 0
        for match in self._PART.finditer(marked):
            start = match.start() - shift
            shift += len(match[0]) - len(match[2])
            first = int(np.searchsorted(self._starts, start))
            end = int(np.searchsorted(self._starts, start + len(match[2])))
            self._runs[self._HEADS[match[1]]].append(Run(first, end, sure, sure))

    def runs(self, head: int) -> list[Run]:
        return self._runs[head]

    def links(self, kind: Link, word: int, candidates: Sequence[int]) -> np.ndarray:
        asking = self._runs[CUE if kind == Link.CUE_SOURCE else CONTENT]
        number = next((n for n, run in enumerate(asking) if run.first <= word < run.end), 0)
        scores = np.full(len(candidates) + 1, -9.0, dtype=np.float32)
        scores[min(number, len(candidates) - 1) if candidates else 0] = 0.0
        return scores


Find = Callable[[Said], tuple[Claim, ...]]


@pytest.fixture(scope="module")
def find() -> Find:
    def run(said: Said) -> tuple[Claim, ...]:
        (doc,) = parsed(load_parser(), [said.text])
        doc._.onrecord_tags = cast("TaggerOutput", said)
        return find_claims(doc)

    return run


def words(said: Said, claim: Claim, part: str) -> list[str]:
    return [said.text[start:end] for start, end in getattr(claim, part)]


def test_a_claim_has_the_spans_that_were_tagged(find: Find) -> None:
    said = Said("{s:The mayor} {c:denied} {t:that the mill would close}.")
    (claim,) = find(said)
    assert words(said, claim, "content") == ["that the mill would close"]
    assert (words(said, claim, "cue"), words(said, claim, "source")) == (["denied"], ["The mayor"])
    assert claim.negated
    assert claim.type == "indirect"
    assert claim.confidence is not None
    assert 0.5 < claim.confidence < 0.95


def test_whom_it_is_said_to_is_found_beside_the_cue(find: Find) -> None:
    said = Said("{s:Ana Brell} {c:told} the council {t:that the mill would close}.")
    (claim,) = find(said)
    assert words(said, claim, "addressee") == ["the council"]


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("{s:The Federation of Unions (IFU}) {c:said} {t:wages would rise}.", "The Federation of Unions (IFU)"),
        ("{s:The Federation of Unions (IFU)} {c:said} {t:wages would rise}.", "The Federation of Unions (IFU)"),
        ("{s:Ana Brell (the mayor} of Orlo) {c:said} {t:wages would rise}.", "Ana Brell"),
        ("({s:Labour) leader Ana Brell} {c:said} {t:wages would rise}.", "(Labour) leader Ana Brell"),
        ("The (first [and only) one] {s:Ana Brell (mayor}) {c:said} {t:wages would rise}.", "Ana Brell (mayor)"),
        ("{s:The Union (the\nUOF}) {c:said} {t:wages would rise}.", "The Union (the\nUOF)"),
        ("(In short) and [as planned {s:a) Ana Brell} {c:said} {t:wages would rise}.", "a) Ana Brell"),
        ("{s:Ana Brell [sic}\n\nNext] it {c:said} {t:wages would rise}.", "Ana Brell [sic"),
    ],
)
def test_a_source_cuts_no_pair_of_brackets_in_two(find: Find, marked: str, source: str) -> None:
    said = Said(marked)
    assert [words(said, claim, "source") for claim in find(said)] == [[source]]


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("{s:Harbour chief} {c:denies} {t:a strike}", "Harbour chief"),
        ("{s:his} {c:claim} {t:that the mill would close} was wrong.", "his"),
        ("{s:the old} mayor {c:said} {t:that the mill would close}.", "the old mayor"),
        ("It was {s:a} court {c:order} {t:to release the papers}.", "a court order"),
    ],
)
def test_a_source_ends_before_its_cue_unless_it_were_an_article(find: Find, marked: str, source: str) -> None:
    said = Said(marked)
    assert [words(said, claim, "source") for claim in find(said)] == [[source]]


def test_what_is_denied_is_content_as_a_whole(find: Find) -> None:
    said = Said("{s:The harbour chief} {c:denied ordering} {t:the strike}.")
    (claim,) = find(said)
    assert (words(said, claim, "cue"), words(said, claim, "content")) == (["denied"], ["ordering the strike"])
    assert claim.negated


@pytest.mark.parametrize(
    ("label", "sources"),
    [
        ("Dock strike", []), ("The result", []), ("Harbour chief", ["Harbour chief"]), ("Ana", ["Ana"]),
        ("Dock workers", ["Dock workers"]), ("Mark Bell and Jon Hart of Orlo", ["Mark Bell and Jon Hart of Orlo"]),
        ("The report", ["The report"]),
    ],
)  # fmt: skip
def test_a_label_that_says_what_it_is_about_is_no_source(find: Find, label: str, sources: list[str]) -> None:
    said = Said(f"Rain fell.\n\n{{s:{label}}}{{c::}} {{t:“We shall not be moved.”}}")
    (claim,) = find(said)
    assert words(said, claim, "source") == sources
    assert words(said, claim, "cue") == [":"] * len(sources)


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("{t:The firm} {c:has reportedly} sold its ships.", ["The firm", "sold its ships"]),
        ("{t:The firm has} {c:reportedly} {t:sold its ships}, leaving none.", ["The firm has", "sold its ships"]),
        ("{t:Ana Brell} {c:allegedly} called it “a sketch.”", ["Ana Brell", "called it “a sketch.”"]),
        ("{c:Supposedly} {t:the firm has sold its ships}.", ["the firm has sold its ships"]),
    ],
)
def test_hearsay_is_hedged_and_nobodys_and_goes_to_the_end_of_its_clause(
    find: Find, marked: str, content: list[str]
) -> None:
    said = Said(marked)
    (claim,) = find(said)
    assert (words(said, claim, "content"), words(said, claim, "source"), claim.hedged) == (content, [], True)


def test_hearsay_leaves_other_contents_alone(find: Find) -> None:
    said = Said("{t:Ana Brell} {c:reportedly} {c:said} {t:that it would close}.")
    assert [words(said, claim, "content") for claim in find(said)] == [["Ana Brell"], ["that it would close"]]


def test_a_verb_that_is_hearsay_keeps_its_source(find: Find) -> None:
    said = Said("{s:The mayor} {c:reportedly said} {t:that the mill would close}.")
    (claim,) = find(said)
    assert (words(said, claim, "source"), claim.hedged) == (["The mayor"], True)


def test_a_stray_word_does_not_part_a_content(find: Find) -> None:
    said = Said("{s:Ana} {c:said} {t:the mill would} close {t:in the spring}.")
    assert [words(said, claim, "content") for claim in find(said)] == [["the mill would close in the spring"]]


@pytest.mark.parametrize("between", [". ", "\n\n", "” “"])
def test_what_parts_contents_for_a_reason_keeps_them_apart(find: Find, between: str) -> None:
    said = Said("{s:Ana} {c:said} {t:the mill would close}" + between + "{t:The bridge would not}.")
    contents = [span for claim in find(said) for span in words(said, claim, "content")]
    assert [words.strip("“”.") for words in contents] == ["the mill would close", "The bridge would not"]


def test_contents_of_one_cue_are_one_claim(find: Find) -> None:
    said = Said("{t:“The mill,”} {s:Ana} {c:said}, {t:“will close.”}")
    (claim,) = find(said)
    assert words(said, claim, "content") == ["“The mill,”", "“will close.”"]
    assert claim.type == "direct"


@pytest.mark.parametrize("mark", ['"', "»", "“", "—", ". . ."])
def test_marks_tagged_as_content_are_no_claim(find: Find, mark: str) -> None:
    assert find(Said(f"{{s:Ana}} {{c:said}} {{t:{mark}}} and it was quiet in the hall.")) == ()


def test_marks_tagged_apart_from_a_content_are_no_part_of_it(find: Find) -> None:
    said = Said("{t:»} {s:Ana} {c:said} {t:rain would come}.")
    assert [words(said, claim, "content") for claim in find(said)] == [["rain would come"]]


def test_words_of_another_sentence_go_by_the_verb_over_them(find: Find) -> None:
    said = Said(
        "Ana Brell told the council {t:that the mill would close}. {s:Ode} did not {c:confirm} {t:that it was sold}."
    )
    hers, his = find(said)
    assert [words(said, hers, part) for part in ("content", "cue", "source", "addressee")] == [
        ["that the mill would close"], ["told"], ["Ana Brell"], ["the council"],
    ]  # fmt: skip
    assert (words(said, his, "content"), words(said, his, "cue")) == (["that it was sold"], ["confirm"])
    assert (hers.negated, his.negated) == (False, True)


def test_a_cue_ends_where_the_content_begins(find: Find) -> None:
    said = Said("{s:Ana Brell} {c:refused} {t:to say where it was}.")
    wider = said.runs(CUE)[0]
    said.runs(CUE)[0] = wider._replace(end=wider.end + 2)
    (claim,) = find(said)
    assert (words(said, claim, "cue"), words(said, claim, "content")) == (["refused"], ["to say where it was"])


def test_nobody_inside_the_content_is_spoken_to(find: Find) -> None:
    said = Said("{t:Two ringers} are {c:alleged} {t:to have sold the bell to a dealer}.")
    (claim,) = find(said)
    assert (words(said, claim, "content"), claim.addressee) == (
        ["Two ringers", "to have sold the bell to a dealer"], (),
    )  # fmt: skip


def test_a_quotation_is_taken_to_its_marks(find: Find) -> None:
    said = Said("“{t:The old mill will close in the spring}, Sir,” {c:said} {s:Ana Brell}.")
    (claim,) = find(said)
    assert words(said, claim, "content") == ["“The old mill will close in the spring, Sir,”"]


def test_words_around_a_quotation_stay_in_the_content(find: Find) -> None:
    said = Said("{s:Ana} {c:said} {t:she was “totally against it” because of the mill}.")
    (claim,) = find(said)
    assert words(said, claim, "content") == ["she was “totally against it” because of the mill"]
    assert claim.type == "mixed"


def test_what_is_unlikely_is_no_claim(find: Find) -> None:
    assert find(Said("{s:Ana} {c:feared} {t:the mill would close}.", sure=0.4)) == ()


@pytest.mark.parametrize(("mark", "cues"), [(".", []), (",", ["nodded"]), ("?", ["nodded"])])
def test_what_was_done_after_a_sentence_is_no_cue(find: Find, mark: str, cues: list[str]) -> None:
    said = Said(f"Ana looked up. {{t:“The mill is shut{mark}”}} {{s:Brell}} {{c:nodded}}.")
    (claim,) = find(said)
    assert words(said, claim, "cue") == cues
    assert words(said, claim, "source") == ["Brell"] * len(cues)


def test_a_quoted_sentence_after_an_unquoted_clause_is_a_claim_of_its_own(find: Find) -> None:
    said = Said("{s:Ana} {c:said} {t:the mill was old}. {t:“Every spring the same men dig the same hole.”}")
    clause, quote = find(said)
    assert (words(said, clause, "content"), words(said, clause, "cue")) == (["the mill was old"], ["said"])
    assert (words(said, quote, "source"), words(said, quote, "cue")) == ([], [])


def test_the_tagger_leaves_transcripts_to_their_labels(find: Find) -> None:
    said = Said("Q: Will {s:you} close it?\n\nA: {t:We shall not}.\n\nQ: Why?\n\nA: Because it works.")
    assert all(words(said, claim, "cue")[0] in ("Q", "A", ":", ".") for claim in find(said) if claim.cue)
    assert len(find(said)) == 4


@pytest.mark.parametrize("day", [", on Wednesday, ", ", Friday, "])
def test_a_day_after_a_comma_is_no_part_of_the_source(find: Find, day: str) -> None:
    said = Said("{s:The mayor" + day.rstrip(", ") + "}, {c:denied} {t:that the mill would close}.")
    (claim,) = find(said)
    assert words(said, claim, "source") == ["The mayor"]


def test_a_word_before_a_noun_that_hangs_on_a_content_begins_no_claim(find: Find) -> None:
    said = Said(
        "{s:Ana} {c:said} {t:that the mill would close} despite {c:an} alleged agreement between "
        "{t:the town and the owner to wait}."
    )
    (claim,) = find(said)
    assert words(said, claim, "content") == [
        "that the mill would close despite an alleged agreement between the town and the owner to wait"
    ]


def test_what_the_tagger_doubts_has_less_confidence(find: Find) -> None:
    sure, doubtful = (find(Said("{s:Ana} {c:said} {t:the mill would close}.", sure)) for sure in (0.99, 0.75))
    assert sure[0].confidence
    assert doubtful[0].confidence
    assert sure[0].confidence > doubtful[0].confidence


EVIDENCE = st.builds(Evidence, *[st.floats(0, 1)] * 5)


SPANS = st.sampled_from([(), (Span(30, 34),), (Span(0, 4),)])
CLAIMS = st.builds(Claim, st.just("c1"), st.sampled_from(CLAIM_TYPES), st.just((Span(5, 25),)), SPANS, SPANS)


@given(evidence=EVIDENCE, claim=CLAIMS)
def test_a_confidence_is_a_probability_and_grows_with_that_of_the_words(evidence: Evidence, claim: Claim) -> None:
    chance = probability(evidence, claim)
    assert 0 < chance < 1
    assert probability(evidence._replace(mean=1.0), claim) >= chance


@given(said=st.floats(0, 0.9), claim=CLAIMS)
def test_so_it_does_with_that_of_a_rule_whose_word_is_taken_where_there_is_no_cue(said: float, claim: Claim) -> None:
    chance = probability(said, claim)
    assert probability(said + 0.1, claim) >= chance
    is_lone = claim.type == "direct" and not claim.source
    assert claim.cue or chance == (LONE if is_lone else said)


def test_a_cue_whose_preposition_belongs_to_a_word_before_it_keeps_its_verb(find: Find) -> None:
    said = Said("{t:That’s what} {s:I} {c:thought about} {t:as a sailor was mending those old sails in a storm}.")
    assert all(start < end for claim in find(said) for start, end in claim.cue)
