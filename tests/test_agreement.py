"""Scores against gold: the counting rules, and agreement with the reference scorer."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.agreement import Score, score
from annotate.errors import ModelError
from annotate.model import Block, Claim, DateMention, Quote, Record, Speaker
from annotate.spans import Span

TEXT = 'Mayor Ada Lund said on Monday that the pier was safe. "Come and walk on it," she told reporters, "or swim."'


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


INDIRECT = Claim(
    "c1",
    "indirect",
    content=at("that the pier was safe"),
    cue=at("said"),
    source=at("Mayor Ada Lund"),
    speaker="s1",
    date="d1",
)
INTERRUPTED = Claim(
    "c2",
    "direct",
    content=at('"Come and walk on it,"') + at('"or swim."'),
    cue=at("told"),
    source=at("she"),
    addressee=at("reporters"),
    speaker="s1",
)
GOLD = Record(
    "pier",
    TEXT,
    blocks=(Block(0, len(TEXT), "body"),),
    quotes=tuple(Quote(*span, "speech") for span in INTERRUPTED.content),
    dates=(DateMention("d1", *at("Monday")[0], "DATE", "2026-03-02"),),
    speakers=(Speaker("s1", "Ada Lund", "person"),),
    claims=(INDIRECT, INTERRUPTED),
)


def with_claims(*claims: Claim) -> Record:
    return replace(GOLD, claims=claims)


def counts(row: Score) -> tuple[int, int, int, int]:
    return row.gold, row.predicted, row.found, row.right


def test_gold_against_itself_is_perfect_on_every_label() -> None:
    rows = score([GOLD], [GOLD]).rows
    without = {"mixed hit", "negated", "hedged"}
    assert {row.label: (row.precision, row.recall, row.f) for row in rows if row.gold} == {
        row.label: (1, 1, 1) for row in rows if row.label not in without
    }


@pytest.mark.parametrize(
    ("flag", "claim"), [("negated", replace(INDIRECT, negated=True)), ("hedged", replace(INDIRECT, hedged=True))]
)
def test_what_is_denied_or_doubted_is_scored_on_its_own(flag: str, claim: Claim) -> None:
    denied = with_claims(claim, INTERRUPTED)
    assert counts(score([denied], [denied])[flag]) == (1, 1, 1, 1)
    assert counts(score([denied], [GOLD])[flag]) == (1, 0, 0, 0)
    assert counts(score([GOLD], [denied])[flag]) == (0, 1, 0, 0)


def test_an_interrupted_quotation_counts_as_two_fragments_but_one_claim() -> None:
    scores = score([with_claims(INTERRUPTED)], [with_claims(INTERRUPTED)])
    assert counts(scores["content hit"]) == (2, 2, 2, 2)
    assert counts(scores["speaker"]) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("content", "hits", "exact"),
    [
        ("that the pier was safe.", 1, 1),  # punctuation does not count
        ("the pier was safe", 1, 0),
        ("Monday that the pier was", 1, 0),  # four words of six shared
        ("was safe", 0, 0),
    ],
)
def test_content_is_hit_when_half_of_the_words_are_shared(content: str, hits: int, exact: int) -> None:
    scores = score([with_claims(INDIRECT)], [with_claims(replace(INDIRECT, content=at(content)))])
    assert scores["content hit"].found == hits
    assert scores["content exact"].found == exact


def test_a_fragment_is_paired_once_and_with_the_better_of_two() -> None:
    worse = replace(INDIRECT, id="c9", content=at("that the pier was"), cue=at("on"))
    scores = score([with_claims(INDIRECT)], [with_claims(worse, INDIRECT)])
    assert counts(scores["content exact"]) == (1, 2, 1, 1)
    assert scores["cue"].f == 1


def test_end_to_end_wants_a_word_of_the_source() -> None:
    partly = replace(INDIRECT, source=at("Ada"))
    wrong = replace(INDIRECT, source=at("she"))
    assert score([with_claims(INDIRECT)], [with_claims(partly)])["end-to-end"].f == 1
    assert score([with_claims(INDIRECT)], [with_claims(wrong)])["end-to-end"].f == 0


def test_gold_without_a_source_is_left_out_of_end_to_end_with_what_is_paired_to_it() -> None:
    free = replace(INDIRECT, source=())
    row = score([with_claims(free, INTERRUPTED)], [with_claims(INDIRECT, INTERRUPTED)])["end-to-end"]
    assert counts(row) == (2, 2, 2, 2)


def test_quoted_hits_are_selected_by_the_type_of_each_side() -> None:
    called_mixed = replace(INDIRECT, type="mixed")
    scores = score([with_claims(INDIRECT, INTERRUPTED)], [with_claims(called_mixed, INTERRUPTED)])
    assert counts(scores["quoted hit"]) == (2, 3, 2, 3)
    assert counts(scores["indirect hit"]) == (1, 0, 1, 0)
    assert (scores["type"].found, scores["type"].gold) == (1, 2)


@pytest.mark.parametrize(("name", "right"), [("ada lund", 1), ("The Ada Lund", 1), ("Ada", 0)])
def test_speakers_match_by_name_without_case_and_article(name: str, right: int) -> None:
    predicted = replace(with_claims(INDIRECT), speakers=(Speaker("s1", name),))
    assert score([with_claims(INDIRECT)], [predicted])["speaker"].right == right


def test_a_part_that_one_side_lacks_costs_only_the_other() -> None:
    unsaid = replace(INTERRUPTED, addressee=(), speaker=None)
    scores = score([with_claims(INTERRUPTED)], [with_claims(unsaid)])
    assert counts(scores["addressee"]) == (1, 0, 0, 0)
    assert counts(scores["speaker"]) == (1, 0, 0, 0)


def test_cues_without_a_word_are_compared_too() -> None:
    dash = replace(INDIRECT, cue=at("."))
    assert score([with_claims(dash)], [with_claims(dash)])["cue"].f == 1


def test_rejected_and_deleted_claims_and_dates_count_on_neither_side() -> None:
    refused = replace(INDIRECT, id="c3", status="rejected"), replace(INDIRECT, id="c4", deleted=True)
    no_date = replace(GOLD.dates[0], id="d2", status="rejected")
    predicted = replace(GOLD, claims=(*GOLD.claims, *refused), dates=(*GOLD.dates, no_date))
    assert score([GOLD], [predicted]) == score([GOLD], [GOLD])


@pytest.mark.parametrize(
    ("words", "value", "strict", "relaxed", "right"),
    [
        ("Monday", "2026-03-02", 1, 1, 1),
        ("on Monday", "2026-03-02", 0, 1, 1),
        ("Monday", "2026-03-09", 1, 1, 0),
        ("pier", "2026-03-02", 0, 0, 0),
    ],
)
def test_dates_by_place_and_by_value(words: str, value: str, strict: int, relaxed: int, right: int) -> None:
    predicted = replace(GOLD, dates=(DateMention("d1", *at(words)[0], "DATE", value),))
    scores = score([GOLD], [predicted])
    found = [scores[label].found for label in ("dates strict", "dates relaxed", "dates value")]
    assert found == [strict, relaxed, right]


def test_a_date_that_stands_nowhere_in_the_text_is_not_scored() -> None:
    typed = DateMention("d2", None, None, "DATE", "2026-03-01")
    assert score([GOLD], [replace(GOLD, dates=(*GOLD.dates, typed))])["dates strict"].predicted == 1


def test_blocks_are_right_when_place_and_kind_are() -> None:
    noise = replace(GOLD, blocks=(Block(0, len(TEXT), "noise"),))
    assert counts(score([GOLD], [noise])["blocks"]) == (1, 1, 0, 0)


def test_articles_are_joined_by_id_and_missing_ones_are_named() -> None:
    other = replace(GOLD, id="dock")
    scores = score([GOLD, other], [replace(GOLD, id="elsewhere"), other])
    assert (scores.articles, scores.missing) == (2, ("pier",))
    assert (scores["content hit"].precision, scores["content hit"].recall) == (1, 0.5)
    assert "pier" in scores.table().splitlines()[-1]


def test_a_different_text_is_an_error_that_names_the_article() -> None:
    with pytest.raises(ModelError, match="'pier'"):
        score([GOLD], [replace(GOLD, text=TEXT + " ")])


def test_an_id_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ModelError, match="twice"):
        score([GOLD], [GOLD, GOLD])


def test_the_table_is_aligned_and_says_the_figures() -> None:
    scores = score([GOLD], [with_claims(INDIRECT)])
    head, *rows, foot = scores.table().splitlines()
    assert len({len(line) for line in (head, *rows)}) == 1
    assert [row[:13].rstrip() for row in rows] == [row.label for row in scores.rows]
    assert rows[0].split() == ["content", "hit", "100.0", "33.3", "50.0", "3", "1"]
    assert foot == "1 article"


def test_the_figures_as_json() -> None:
    plain = json.loads(json.dumps(score([GOLD], [with_claims(INDIRECT)]).to_dict()))
    assert plain["labels"]["content hit"] == {
        "precision": 100.0, "recall": 33.3, "f": 50.0, "gold": 3, "predicted": 1, "found": 1, "right": 1,
    }  # fmt: skip
    assert (plain["articles"], plain["missing"]) == (1, [])


def test_nothing_at_all_scores_nothing() -> None:
    assert score([], []).table().endswith("0 articles")
    with pytest.raises(KeyError):
        score([], [])["content hit"]


words_of_text = st.lists(st.tuples(st.integers(0, 105), st.integers(1, 30)), max_size=4)


def made(spans: Sequence[tuple[int, int]]) -> Record:
    claims = [
        Claim(f"c{i}", "indirect", content=(Span(start, min(start + length, len(TEXT))),), source=at("she"))
        for i, (start, length) in enumerate(spans, 1)
    ]
    return with_claims(*claims)


@settings(deadline=None, max_examples=100)
@given(words_of_text, words_of_text)
def test_pairs_are_one_to_one_and_stricter_labels_find_less(
    ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]
) -> None:
    scores = score([made(ours)], [made(theirs)])
    hits = scores["content hit"]
    assert scores["content exact"].found <= hits.found <= min(hits.gold, hits.predicted)
    assert scores["end-to-end"].found == hits.found  # all have the same source
    assert score([made(ours)], [made(ours)])["content exact"].found == hits.gold


@pytest.fixture
def shared() -> Path:
    folder = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "tools" / "score_quotes.py").exists():
        pytest.skip("no reference scorer: ONRECORD_SHARED or ../shared is not there")
    return folder


def as_record(row: dict[str, Any]) -> Record:
    claims = []
    for i, attribution in enumerate(row["attributions"], 1):
        content, source = (tuple(Span(*span) for span in attribution[part]) for part in ("content", "source"))
        claims.append(Claim(f"c{i}", attribution["type"], content, source=source))
    return Record(row["id"], row["text"], claims=tuple(claims))


def worsen(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Drop, shorten and repeat attributions and take sources away."""
    out = []
    for attribution in row["attributions"]:
        kind = chance.choice(["keep", "drop", "cut", "no source", "repeat"])
        if kind == "cut":
            content = [[s, max(s + 1, e - chance.randrange(40))] for s, e in attribution["content"]]
            attribution = attribution | {"content": content}
        elif kind == "no source":
            attribution = attribution | {"source": []}
        out += [attribution] * {"drop": 0, "repeat": 2}.get(kind, 1)
    return row | {"attributions": out}


def test_content_agrees_with_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    with gzip.open(shared / "data" / "polnear" / "dev.jsonl.gz", "rt") as stream:
        gold = [json.loads(line) for line in stream][:30]
    chance = random.Random(4)
    predicted = [worsen(row, chance) for row in gold[1:]]
    for name, rows in (("gold.jsonl", gold), ("predicted.jsonl", predicted)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    tool = str(shared.resolve() / "tools" / "score_quotes.py")
    command = [sys.executable, tool, "gold.jsonl", "predicted.jsonl", "--json", "out.json"]
    subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    reference = json.loads((tmp_path / "out.json").read_text())
    scores = score(map(as_record, gold), map(as_record, predicted))
    for label, theirs in (
        ("content hit", reference["content"]["all"]["hit"]),
        ("content exact", reference["content"]["all"]["exact"]),
        ("end-to-end", reference["e2e"]),
    ):
        ours = scores[label].to_dict()
        assert (ours["precision"], ours["recall"], ours["f"]) == (theirs["P"], theirs["R"], theirs["F"])
    assert 20 < scores["content hit"].f * 100 < 99  # the comparison is of something
