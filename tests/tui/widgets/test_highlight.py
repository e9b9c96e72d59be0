from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.model import Block, Claim, Record
from annotate.spans import Span
from tui.text.claim_numbers import ClaimNumbers
from tui.text.highlight import Highlight, Highlights, Mark, of_blocks, of_claim, paint, spaced_blocks
from tui.text.record_index import ById

HIGHLIGHTS = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(1, 3000), st.sampled_from([8, 16, 32])).map(
        lambda t: Highlight(t[0], t[0] + t[1], t[2])
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=60)
@given(HIGHLIGHTS, HIGHLIGHTS, st.integers(0, 7000), st.integers(1, 200))
def test_a_line_finds_what_touches_it_and_nothing_else(
    kept: list[Highlight], gone: list[Highlight], start: int, length: int
) -> None:
    found = Highlights()
    found.replace([], kept + gone)
    found.replace(gone, [])
    line = Span(start, start + length)
    assert found.within(line) == {one for one in kept if one.start < line.end and one.end > line.start}


@settings(deadline=None, max_examples=60)
@given(HIGHLIGHTS, st.integers(0, 7000), st.integers(1, 200))
def test_runs_cover_a_line_with_the_marks_of_each_code_point(ones: list[Highlight], start: int, length: int) -> None:
    runs = list(paint(Span(start, start + length), ones))
    assert [at for s, e, _ in runs for at in range(s, e)] == list(range(start, start + length))
    for run_start, run_end, marks in runs:
        for at in (run_start, run_end - 1):
            wanted = 0
            for one in ones:
                wanted |= one.mark if one.start <= at < one.end else 0
            assert marks == wanted


def test_rejected_and_deleted_claims_are_not_highlighted(record: Record) -> None:
    first = record.claims[0]
    assert {one.mark for one in of_claim(first)} == {Mark.CONTENT, Mark.CUE, Mark.SOURCE}
    assert not of_claim(replace(first, deleted=True))
    assert not of_claim(replace(first, status="rejected"))


def test_blocks_are_marked_by_their_offsets_on_a_line() -> None:
    text = "Head\n\nTARN BAY — The bridge will close. Advertisement\n"
    kinds = {"Head": "heading", "TARN BAY —": "dateline", "The bridge will close.": "body", "Advertisement": "noise"}
    blocks = tuple(Block(text.index(words), text.index(words) + len(words), kind) for words, kind in kinds.items())  # type: ignore[arg-type] # the kinds are right

    def marked(line: Span) -> list[tuple[str, int]]:
        return [(text[start:end], mark) for start, end, mark, _ in of_blocks(blocks, line)]

    assert marked(Span(0, 4)) == [("Head", Mark.HEADING)]
    assert marked(Span(4, 6)) == []
    assert marked(Span(6, 51)) == [("TARN BAY —", Mark.MUTED), ("Advertisement", Mark.NOISE)]
    assert marked(Span(8, 20)) == [("TARN BAY —", Mark.MUTED)]
    assert marked(Span(17, 30)) == []


def test_only_blocks_right_under_another_line_get_space(record: Record) -> None:
    assert spaced_blocks(record) == [record.text.index("“The")]


def changes_between(old: Record, new: Record) -> list[tuple[Claim | None, Claim | None]]:
    items: ById[Claim] = ById()
    items.take(old.claims)
    return items.take(new.claims)


def test_what_changed_is_found_by_identity(record: Record) -> None:
    one, two, three = record.claims
    other = replace(two, note="!")
    assert changes_between(record, record) == []
    assert changes_between(record, replace(record, claims=(one, other, three))) == [(two, other)]
    assert changes_between(record, replace(record, claims=(*record.claims, made := replace(one, id="c4")))) == [
        (None, made)
    ]
    assert changes_between(record, replace(record, claims=(one, three))) == [(two, None)]
    assert changes_between(record, replace(record, claims=(three, one, other))) == [(two, other)]


def test_what_is_known_to_be_touched_is_all_that_is_compared(record: Record) -> None:
    one, two, three = record.claims
    other, made = replace(two, note="!"), replace(one, id="c4")
    for claims, touched, changes in (
        ((one, other, three), ["c2"], [(two, other)]),
        ((one, other, three), ["s1", "c1", "c2"], [(two, other)]),
        ((one, other, three, made), ["c4", "c2"], [(two, other), (None, made)]),
        ((one, three), ["c2"], [(two, None)]),
    ):
        items: ById[Claim] = ById()
        items.take(record.claims)
        assert items.take(claims, touched) == changes
        assert [items.get(claim.id) for claim in claims] == list(claims)


def test_items_are_found_after_any_change(record: Record) -> None:
    items: ById[Claim] = ById()
    one, two, three = record.claims
    for claims in ((one, two), (one, replace(two, note="!"), three), (three, one), ()):
        items.take(claims)
        assert [items.get(name) for name in ("c1", "c2", "c3")] == [
            next((c for c in claims if c.id == name), None) for name in ("c1", "c2", "c3")
        ]
    assert items.get(None) is None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=12), st.data())
def test_numbers_are_places_in_reading_order_whatever_is_edited(
    starts: list[tuple[int, bool]], data: st.DataObject
) -> None:
    claims = [
        Claim(f"c{n}", "direct", (Span(start, start + 2),), deleted=deleted)
        for n, (start, deleted) in enumerate(starts)
    ]
    numbers = ClaimNumbers()
    numbers.take([(None, claim) for claim in claims])
    for _ in range(3):
        if not claims:
            break
        at = data.draw(st.integers(0, len(claims) - 1))
        start, deleted = data.draw(st.tuples(st.integers(0, 20), st.booleans()))
        changed = replace(claims[at], content=(Span(start, start + 2),), deleted=deleted)
        numbers.take([(claims[at], changed)])
        claims[at] = changed
    live = Record("x", "y" * 30, claims=tuple(claims)).live_claims()
    assert [numbers.of(claim) for claim in live] == list(range(1, len(live) + 1))
    assert numbers.at(Span(0, 30)) == [(n + 1, claim.id) for n, claim in enumerate(live)]
    assert len(numbers) == len(live)
