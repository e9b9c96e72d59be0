"""The engine: any text in, a valid record out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.engine import ENGINES, analyse, analyse_many, load_parser, parsed
from annotate.errors import EngineError
from annotate.model import Record
from annotate.read import Article
from annotate.tagger.model import shipped

ARTICLE = """\
Ferry will sink, says captain

TARN BAY, March 19 (Herald) — The ferry is old, Captain Ode said on Wednesday.

ADVERTISEMENT

"It leaks," Ode told reporters. "It has leaked for years."

The board denied that it would be sold.
"""
_WORDS = st.sampled_from([
    "said", "that", "the", "ferry", "Ode", ",", ".", "?", "“", "”", '"', "'", "‘", "’", "«", "»", "„", ":", "—", "(",
    ")", "Q:", "MS WARD:", "according", "to", "on Monday", "\n", "\n\n", "\t", "😀", "e\u0301", "\u200b", "\u202e",
    "é", "", "[/x]",
])  # fmt: skip
_TEXTS = st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=60)


def test_record_of_an_article() -> None:
    record = analyse(ARTICLE, id="ferry", date="2025-03-19", url="https://example.org/ferry")
    assert (record.id, record.date, record.url) == ("ferry", "2025-03-19", "https://example.org/ferry")
    assert record.title == "Ferry will sink, says captain"
    assert record.review.state == "suggested"
    assert [claim.id for claim in record.claims] == [f"c{n}" for n in range(1, len(record.claims) + 1)]
    assert [claim.start for claim in record.claims] == sorted(claim.start for claim in record.claims)
    assert {claim.origin for claim in record.claims} == {date.origin for date in record.dates} == {ENGINES["learned"]}
    assert all(claim.status == "suggested" and claim.updated is None for claim in record.claims)
    assert not list(record.problems())


def test_a_title_given_wins() -> None:
    assert analyse(ARTICLE, title="The old ferry").title == "The old ferry"


@pytest.mark.parametrize(("heading", "title"), [("# Mill sold", "Mill sold"), ("#MeToo comes to Calder", None)])
def test_the_sign_of_a_heading_is_no_part_of_the_title(heading: str, title: str | None) -> None:
    record = analyse(f"{heading}\n\nThe mill was sold on Monday, said Ana Li. “We had no choice,” she told reporters.")
    assert record.title == (title or heading)


def test_a_given_date_wins_over_the_text_and_that_over_the_default() -> None:
    dated = Article("Published: 2024-05-06\n\nThe ferry sank.", "dated")
    assert [r.date for r in analyse_many([dated, Article("The ferry sank.", "bare")], date="2020-01-01")] == [
        "2024-05-06",
        "2020-01-01",
    ]
    assert analyse(dated.text, date="2023-01-02").date == "2023-01-02"


def test_id_is_made_of_the_text() -> None:
    assert analyse("One.").id == analyse("One.").id != analyse("Two.").id


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["Ana Liú", "Zoë Çelik", "Nguyễn Thị Ngân", "Siobhán Ní Bhriain"])
def test_accents_behind_their_letters_change_nothing_but_offsets(engine: str, name: str) -> None:
    last = name.rsplit(maxsplit=1)[-1]
    text = (
        f"The report, in May, was written by {name}. {last} said it was wrong.\n\nBy {name}\n\n"
        f"Dr {name}, 43, warned that fees would rise. “They will (not),” {last} said. According to {name}, it is over."
    )
    whole, parted = (analyse(unicodedata.normalize(form, text), engine=engine) for form in ("NFC", "NFD"))
    assert len(parted.text) > len(whole.text)
    assert [(claim.type, claim.speaker) for claim in parted.claims] == [(c.type, c.speaker) for c in whole.claims]
    assert [speaker.name for speaker in parted.speakers] == [speaker.name for speaker in whole.speakers]
    for part in ("content", "cue", "source"):
        said = [[r.words(getattr(claim, part)) for claim in r.claims] for r in (whole, parted)]
        assert [unicodedata.normalize("NFC", words) for words in said[1]] == said[0]
    assert name in {speaker.name for speaker in parted.speakers}


def test_many_come_lazily_and_in_order() -> None:
    taken = []

    def articles() -> list[Article]:
        return [
            Article(f"Captain Ode said that ferry {n} was old.\n\n" + "It sank. " * 3000, str(n)) for n in range(20)
        ]

    def watched() -> Iterator[Article]:
        for article in articles():
            taken.append(article.id)
            yield article

    records = analyse_many(watched())
    assert next(records).id == "0"
    assert len(taken) < 20


def test_result_does_not_depend_on_the_company() -> None:
    alone = analyse(ARTICLE, id="x")
    _, among, _ = analyse_many([Article("One.", "a"), Article(ARTICLE, "x"), Article("“Two”", "b")])
    assert among == alone


def test_noise_makes_no_claims() -> None:
    record = analyse(
        "Advertisement\n\nThe captain said that the ferry was old.\n\nRead more: “It leaks,” says captain\n"
    )
    assert len(record.claims) == 1


def test_a_paragraph_longer_than_the_parser_takes() -> None:
    sentence = "Captain Ode said that the ferry was old. "
    record = analyse(sentence * 700)
    assert len(record.claims) == pytest.approx(700, abs=5)
    assert not list(record.problems())


def test_a_word_longer_than_the_parser_takes() -> None:
    assert not list(analyse("x" * 25_000).problems())


@settings(deadline=None, max_examples=60)
@given(_TEXTS)
def test_any_text_gives_a_valid_record(text: str) -> None:
    record = analyse(text)
    assert record.text == text
    assert Record.from_json(record.to_json()) == record
    for claim in record.claims:
        assert claim.content
        assert all(text[start:end].strip() for start, end in claim.spans())


def test_a_folder_is_the_engine_of_its_model() -> None:
    record = analyse(ARTICLE, engine=str(shipped()))
    assert record.claims == tuple(
        replace(claim, origin=record.claims[0].origin) for claim in analyse(ARTICLE).claims
    ), "it is the same model"
    assert re.fullmatch(re.escape(ENGINES["learned"]) + r"\+[0-9a-f]{8}", record.claims[0].origin)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="there is no model in"):
        analyse(ARTICLE, engine=str(tmp_path))


def test_rules_alone_find_claims_and_say_that_it_was_they() -> None:
    record = analyse(ARTICLE, engine="rules")
    assert record.claims
    assert {claim.origin for claim in record.claims} == {ENGINES["rules"]}


def test_what_no_white_space_parts_is_cut_into_tokens_without_shifting_offsets() -> None:
    text = f"He said “no”. {'(' * 1200} e\u0301{'x' * 700} {'‘' * 501} He said “yes”."
    record = analyse(text, engine="rules")
    assert record.text == text
    (doc,) = parsed(load_parser(), [text])
    assert doc.text == text
    assert next(record.text[quote.start : quote.end] for quote in record.quotes) == "“no”"


def test_claims_below_the_least_confidence_are_left_out() -> None:
    text = "“We go,” said Ada Bell. Some fear that the dam is too small."
    every, some = (analyse(text, min_confidence=least).claims for least in (0.0, 0.93))
    sure = [claim for claim in every if (claim.confidence or 0) >= 0.93]
    assert len(every) > len(sure) >= 1
    assert [(claim.content, claim.confidence) for claim in some] == [(c.content, c.confidence) for c in sure]
    assert [claim.id for claim in some] == [f"c{n}" for n in range(1, len(sure) + 1)]
