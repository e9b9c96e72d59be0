"""The sample articles and their gold: each has the other, offsets hold, labels do not contradict the text."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from annotate.model import Claim, DateMention, Record
from annotate.read import ARTICLE_SUFFIXES, Article, expand, read
from annotate.spans import Span

SAMPLES = Path(__file__).parents[1] / "sample_articles"
ARTICLES = sorted(path for path in SAMPLES.iterdir() if path.suffix in ARTICLE_SUFFIXES)
MARKS = {'"': '"', "“": "”", "«": "»", "„": "“"}
"""Opening quotation marks that are nothing else, with the ones that close them."""
TIMEX3 = re.compile(
    r"(?P<DURATION>P(?:[\dX]+(?:WE|[YMWD]))*(?:T[\dX]+[HM])?)"
    r"|(?P<SET>P[\dX]+[YMWD]|XXXX-(?:WXX-[1-7]|XX-XX)(?:T\w\w)?)"
    r"|(?P<TIME>\d{4}-\d\d-\d\dT(?:\d\d:\d\d|MO|AF|EV|NI))"
    r"|(?P<DATE>\d{2,4}(?:-\d\d(?:-\d\d)?|-W\d\d(?:-WE)?|-Q[1-4]|-(?:SP|SU|FA|WI))?|(?:PAST|PRESENT|FUTURE)_REF)"
)

every_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)


@cache
def gold_of(path: Path) -> Record:
    return Record.from_json((SAMPLES / "gold" / f"{path.stem}.json").read_bytes())


def word_spans(text: str, spans: tuple[Span, ...]) -> list[Span]:
    return [Span(*found.span()) for span in spans for found in re.compile(r"\w+").finditer(text, *span)]


def test_every_article_has_gold_and_every_gold_an_article() -> None:
    stems = [path.stem for path in ARTICLES]
    assert len(stems) >= 12
    assert stems == sorted(path.stem for path in (SAMPLES / "gold").iterdir())


def test_samples_hold_every_label() -> None:
    records = [gold_of(path) for path in ARTICLES]
    claims = [claim for record in records for claim in record.claims]
    assert {block.kind for record in records for block in record.blocks} == {
        "dateline", "title", "heading", "byline", "body", "caption", "credit", "noise",
    }  # fmt: skip
    assert {date.type for record in records for date in record.dates} == {"DATE", "TIME", "DURATION", "SET"}
    assert {quote.kind for record in records for quote in record.quotes} == {"speech", "scare", "title"}
    assert min(Counter(claim.type for claim in claims).values()) >= 20
    assert all(any(getattr(claim, name) for claim in claims) for name in ("negated", "hedged", "addressee", "date"))


@every_article
def test_the_text_is_what_the_reader_makes_of_the_file(path: Path) -> None:
    (source,) = expand([str(path)])
    (article,) = read(source)  # type: ignore[arg-type] # a path that is there gives no error
    assert isinstance(article, Article)
    gold = gold_of(path)
    assert (article.text, article.id, article.title) == (gold.text, gold.id, gold.title)
    assert article.date in (None, gold.date)


@every_article
def test_it_is_an_article_long_enough_to_review_and_short_enough_to_read(path: Path) -> None:
    assert 150 <= len(gold_of(path).text.split()) <= 900


@every_article
def test_blocks_cover_all_but_white_space(path: Path) -> None:
    gold = gold_of(path)
    rest = list(gold.text)
    for block in gold.blocks:
        assert gold.text[block.start : block.end] == gold.text[block.start : block.end].strip()
        rest[block.start : block.end] = " " * (block.end - block.start)
    assert not "".join(rest).strip()


@every_article
def test_every_span_in_quotation_marks_is_a_quote(path: Path) -> None:
    gold = gold_of(path)
    quotes = {(quote.start, quote.end) for quote in gold.quotes}
    assert quotes >= set(marked(gold.text))
    for start, end in quotes:
        assert gold.text[start] in {*MARKS, "‘", "'"}
        assert "\n\n" not in gold.text[start:end]


def marked(text: str) -> list[tuple[int, int]]:
    """Find text in double quotation marks, one level deep; unclosed ones end with their paragraph."""
    found = []
    for paragraph in re.finditer(r"(?:.|\n(?!\n))+", text):
        at = paragraph.start()
        while at < paragraph.end():
            close = MARKS.get(text[at])
            if close:
                end = text.find(close, at + 1, paragraph.end()) + 1 or paragraph.end()
                found.append((at, end))
                at = end
            else:
                at += 1
    return found


@every_article
def test_types_follow_from_the_quotation_marks(path: Path) -> None:
    gold = gold_of(path)
    for claim in gold.claims:
        words = word_spans(gold.text, claim.content)
        quoted = [any(q.start <= word.start and word.end <= q.end for q in gold.quotes) for word in words]
        kind = "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"
        assert (claim.id, claim.type) == (claim.id, kind)


@every_article
def test_the_parts_of_a_claim_stand_apart_and_begin_and_end_with_its_words(path: Path) -> None:
    gold = gold_of(path)
    for claim in gold.claims:
        for one, other in combinations(sorted(claim.spans()), 2):
            assert one.end <= other.start, gold.words(claim.spans())
        for start, end in claim.spans():
            assert gold.text[start:end] == gold.text[start:end].strip()
        for start, end in word_spans(gold.text, claim.spans()):
            assert not re.match(r"\w\w", gold.text[start - 1 : start + 1])
            assert not re.match(r"\w\w", gold.text[end - 1 : end + 1])


@every_article
def test_claims_are_numbered_in_reading_order(path: Path) -> None:
    claims = gold_of(path).claims
    assert [claim.id for claim in claims] == [f"c{n}" for n in range(1, len(claims) + 1)]
    assert list(claims) == sorted(claims, key=lambda claim: claim.start)


@every_article
def test_claims_lie_in_what_is_read_and_not_in_noise(path: Path) -> None:
    gold = gold_of(path)
    silent = [block for block in gold.blocks if block.kind in ("noise", "dateline", "byline", "credit", "caption")]
    for claim in gold.claims:
        for start, end in claim.spans():
            assert not any(start < block.end and block.start < end for block in silent)


@every_article
def test_all_labels_are_a_persons_and_accepted(path: Path) -> None:
    gold = gold_of(path)
    items: tuple[Claim | DateMention, ...] = (*gold.claims, *gold.dates)
    assert {(item.status, item.origin) for item in items} == {("accepted", "human:gold")}
    assert gold.review.state == "done"


@every_article
def test_sources_have_speakers_and_speakers_speak(path: Path) -> None:
    gold = gold_of(path)
    assert {speaker.id for speaker in gold.speakers} == {claim.speaker for claim in gold.claims} - {None}
    for speaker in gold.speakers:
        assert speaker.kind != "unknown"
        assert speaker.mentions
    for claim in gold.claims:
        assert not claim.source or mentioned(gold, claim), gold.words(claim.source)
        assert not claim.source or claim.cue
        assert not (claim.source and claim.speaker is None)


def mentioned(gold: Record, claim: Claim) -> bool:
    speaker = gold.speaker(claim.speaker)
    assert speaker is not None
    return any(a < end and start < b for start, end in claim.source for a, b in speaker.mentions)


@every_article
def test_dates_have_a_timex3_value_of_their_type(path: Path) -> None:
    gold = gold_of(path)
    assert [date.id for date in gold.dates] == [f"d{n}" for n in range(1, len(gold.dates) + 1)]
    assert [date.start for date in gold.dates] == sorted(date.start or 0 for date in gold.dates)
    for date in gold.dates:
        match = TIMEX3.fullmatch(date.value or "")
        assert match, date
        assert date.type == match.lastgroup or (date.type == "SET" and match.lastgroup == "DURATION"), date


@every_article
def test_a_date_said_stands_outside_of_what_was_said(path: Path) -> None:
    gold = gold_of(path)
    for claim in gold.claims:
        date = gold.date_mention(claim.date)
        if date and date.span:
            assert not any(date.span.start < end and start < date.span.end for start, end in claim.content)


def test_gold_is_written_to_be_read() -> None:
    for path in (SAMPLES / "gold").iterdir():
        text = path.read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_the_first_article_that_a_new_user_sees_is_a_short_wire_report() -> None:
    first = gold_of(ARTICLES[0])
    assert len(first.text.split()) < 200
    assert "dateline" in [block.kind for block in first.blocks]
    assert not any(first.said(claim).endswith("?") for claim in first.claims)
