from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from annotate.model import Claim, Record, Speaker, Status
from annotate.spans import Span
from tui.widgets.claim_list import ClaimList
from tui.wording.claim_rows import ClaimRow, folded, unfolded
from tui.wording.signs import MARKS

Screen = Callable[[Any], list[str]]


def row_of(lines: list[str], number: int) -> str:
    return next(line for line in lines if line.split()[1:2] == [str(number)])


async def test_a_row_says_state_number_speaker_content(host: Any, record: Record, screen: Screen) -> None:
    async with host.run_test(size=(170, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        lines = screen(host.claims)
    assert lines[0].startswith("· 1 Ana Brell")
    assert "“The bridge is not safe,”" in lines[0]
    assert lines[0].endswith("2031-05-05")
    assert lines[1].startswith("✓ 2 Tomas Ruiz")
    assert lines[2].startswith("✗ 3 (no speaker)")


async def test_the_current_claim_unfolds_to_all_its_fields(host: Any, record: Record, screen: Screen) -> None:
    async with host.run_test(size=(170, 20)) as pilot:
        host.open(record)
        host.claims.go_to("c1")
        await pilot.pause()
        words = [" ".join(line.split()) for line in screen(host.claims)]
        assert words[:9] == [
            "· 1 Ana Brell direct · suggested",
            "“The bridge is not safe,”",
            "speaker a person, mayor",
            "source Mayor Ana Brell",
            "cue said",
            "date 2031-05-05 (Monday)",
            "engine 87% sure of words and speaker",
            "note ask her",
            "again",
        ]
        host.claims.unfolded = False
        await pilot.pause()
        assert row_of(screen(host.claims), 2) == screen(host.claims)[1]


async def test_moving_on_folds_one_claim_and_unfolds_another(host: Any, long_record: Record, screen: Screen) -> None:
    async with host.run_test(size=(120, 30)) as pilot:
        host.open(long_record)
        await pilot.pause()
        for n in (0, 1, 2, 3, 29, 30, 119, 60, 59, 0):
            host.claims.go_to(f"c{n}")
            await pilot.pause()
            shown = screen(host.claims)
            assert any(line.split()[1:2] == [str(n + 1)] and "direct" in line for line in shown)
            listed = [int(line.split()[1]) for line in shown if line[:1] == "·"]
            assert listed == list(range(listed[0], listed[-1] + 1))  # no row is lost or drawn twice
            last_of_open = next(i for i, line in enumerate(shown) if "cue" in line.split()[:1])
            assert last_of_open < len(shown)


async def test_what_is_on_screen_after_keys_is_what_a_fresh_list_shows(
    host: Any, long_record: Record, screen: Screen
) -> None:
    """Only changed rows are drawn again: compare with drawing everything."""
    async with host.run_test(size=(120, 30)) as pilot:
        host.open(long_record)
        await pilot.pause()
        for n in (0, 1, 2, 3, 4, 3, 2, 10, 11):
            host.claims.go_to(f"c{n}")
            await pilot.pause()
            partly = [strip.text for strip in host.screen._compositor.render_strips()]
            host.screen.refresh()
            host.claims.redraw_all()
            host.article.redraw_all()
            await pilot.pause()
            assert [strip.text for strip in host.screen._compositor.render_strips()] == partly


@pytest.mark.usefixtures("none_ahead")
async def test_an_edit_draws_one_row_again(
    host: Any, long_record: Record, drawn_by: Callable[[Any], list[int]]
) -> None:
    async with host.run_test(size=(120, 30)) as pilot:
        host.open(long_record)
        host.claims.go_to("c1")
        await pilot.pause()
        drawn = drawn_by(host.claims)
        changed = replace(long_record.claims[5], status="accepted")
        claims = (*long_record.claims[:5], changed, *long_record.claims[6:])
        host.claims.update(replace(long_record, claims=claims), [changed.id])
        await pilot.pause()
    assert len(drawn) == 1


async def test_an_edit_that_makes_the_claim_longer_leaves_all_of_it_in_view(
    host: Any, long_record: Record, screen: Screen
) -> None:
    async with host.run_test(size=(120, 30)) as pilot:
        host.open(long_record)
        await pilot.pause()
        last = next(f"c{n}" for n in range(30) if host.claims.go_to(f"c{n + 1}") or host.claims.top)
        host.claims.go_to(last)
        host.claims.scroll_lines(0)  # it ends where the list does
        await pilot.pause()
        claims = tuple(replace(c, tags=("last of all",)) if c.id == last else c for c in long_record.claims)
        host.claims.update(replace(long_record, claims=claims), [last])
        await pilot.pause()
        assert any("last of all" in line for line in screen(host.claims))


async def test_an_edit_shows_in_the_row_and_in_the_unfolded_claim(host: Any, record: Record, screen: Screen) -> None:
    async with host.run_test(size=(170, 20)) as pilot:
        host.open(record)
        host.claims.go_to("c1")
        await pilot.pause()
        one, two, three = record.claims
        undecided, noted = replace(two, status="suggested"), replace(one, note="", negated=True)
        after = replace(record, claims=(one, undecided, three))
        host.claims.update(after, [undecided.id])
        host.claims.update(replace(after, claims=(noted, undecided, three)), [noted.id])
        await pilot.pause()
        lines = screen(host.claims)
        assert row_of(lines, 2).startswith("· 2")
        assert "negated" in row_of(lines, 1)
        assert not any("note" in line for line in lines)


async def test_a_speakers_new_name_shows_in_all_rows(host: Any, record: Record, screen: Screen) -> None:
    async with host.run_test(size=(170, 20)) as pilot:
        host.open(record)
        host.claims.go_to("c1")
        await pilot.pause()
        renamed = replace(record, speakers=(record.speakers[0], replace(record.speakers[1], name="T. Ruiz")))
        host.claims.update(renamed, [renamed.speakers[1].id])
        await pilot.pause()
        assert "T. Ruiz" in row_of(screen(host.claims), 2)


async def test_a_filter_hides_rows_and_keeps_numbers_and_the_current_claim(
    host: Any, record: Record, screen: Screen
) -> None:
    async with host.run_test(size=(170, 20)) as pilot:
        host.open(record)
        host.claims.go_to("c3")
        await pilot.pause()
        host.claims.show(record, [record.claims[2]])
        await pilot.pause()
        assert host.claims.current == "c3"
        assert screen(host.claims)[0].startswith("✗ 3")
        host.claims.show(record, [])
        host.claims.placeholder = "No claim is accepted."
        await pilot.pause()
        assert host.claims.current is None
        assert "No claim is accepted." in screen(host.claims)[1]


async def test_another_article_starts_afresh(host: Any, record: Record, long_record: Record, screen: Screen) -> None:
    async with host.run_test(size=(120, 20)) as pilot:
        host.open(long_record)
        host.claims.go_to("c99")
        await pilot.pause()
        host.open(record)
        await pilot.pause()
        assert host.claims.current is None
        assert screen(host.claims)[0].startswith("· 1 Ana")


async def test_a_click_says_which_claim_it_hit(host: Any, record: Record) -> None:
    async with host.run_test(size=(170, 20)) as pilot:
        host.open(record)
        host.claims.go_to("c1")
        await pilot.pause()
        await pilot.click(ClaimList, offset=(5, len(host.claims._open)))
        await pilot.click(ClaimList, offset=(5, 2))
        await pilot.click(ClaimList, offset=(5, 15))
        assert [event.claim_id for event in host.heard] == ["c2", "c1"]


@pytest.mark.parametrize("width", [24, 40, 60, 120])
async def test_rows_fit_any_width(host: Any, record: Record, width: int) -> None:
    wide = replace(record.claims[0], note="日本語" * 40, tags=("x" * 80,))
    shown = replace(record, claims=(wide, *record.claims[1:]))
    async with host.run_test(size=(width, 20)) as pilot:
        host.open(shown)
        host.claims.go_to("c1")
        await pilot.pause()
        for y in range(host.claims.size.height):
            assert host.claims.render_line(y).cell_length == host.claims.size.width


@pytest.mark.parametrize(("width", "cells"), [(40, 13), (60, 20), (110, 27), (160, 32)])
def test_a_speaker_gets_more_room_in_a_wider_list(record: Record, width: int, cells: int) -> None:
    row = ClaimRow(1, record.claims[0], Speaker("s1", "A" * 50, "person"), None, record.text)
    assert folded(row, width, 1)[1].words == "A" * (cells - 1) + "…  "


async def test_a_page_is_what_fits_under_the_current_claim(host: Any, long_record: Record) -> None:
    async with host.run_test(size=(120, 30)) as pilot:
        host.open(long_record)
        host.claims.go_to("c0")
        await pilot.pause()
        assert 1 <= host.claims.page < 30


@pytest.mark.usefixtures("none_ahead")
async def test_twenty_thousand_rows_cost_what_is_on_the_screen(host: Any, drawn_by: Callable[[Any], list[int]]) -> None:
    claim = Claim("c0", "direct", ())
    claims = tuple(replace(claim, id=f"c{n}") for n in range(20_000))
    async with host.run_test(size=(120, 30)) as pilot:
        host.open(Record("many", "words", claims=claims))
        await pilot.pause()
        drawn = drawn_by(host.claims)
        host.claims.go_to("c15000")
        await pilot.pause()
    shown = [row for row in drawn if abs(row - 15_000) < 30]
    assert 0 < len(shown) <= 30 + 30, "what is in view, and what of it was drawn ahead"
    assert len(drawn) <= 3 * 30


async def test_the_next_screen_is_drawn_while_no_key_comes(host: Any, drawn_by: Callable[[Any], list[int]]) -> None:
    claim = Claim("c0", "direct", ())
    claims = tuple(replace(claim, id=f"c{n}") for n in range(200))
    async with host.run_test(size=(120, 30)) as pilot:
        drawn = drawn_by(host.claims)
        host.open(Record("many", "words", claims=claims))
        await pilot.pause()
        below = set(range(host.claims.top, host.claims.top + 2 * host.claims.rows))
        for _ in range(1_000):  # however busy the machine
            if below <= set(drawn):
                break
            await pilot.pause(0.02)
        drawn.clear()
        host.claims.scroll_lines(host.claims.top + 20)
        host.claims.render_lines(Region(0, 0, host.claims.outer_size.width, 20))
        # Before the loop runs again, which then draws the screen after that ahead.
        assert len(drawn) <= 30 * 30 // 200 + 1, "only where the mark stands that tells how far down this is"


@pytest.mark.parametrize(("confidence", "mark"), [(0.95, "·"), (0.4, "~"), (None, "·")])
def test_what_is_as_likely_wrong_as_right_is_marked(record: Record, confidence: float | None, mark: str) -> None:
    claim = replace(record.claims[0], status="suggested", confidence=confidence)
    line = folded(ClaimRow(1, claim, None, None, record.text), 60, 1)
    assert line[0].words == f"{mark} 1 "
    words = " ".join(
        piece.words for line in unfolded(ClaimRow(1, claim, None, None, record.text), 80, 1) for piece in line
    )
    assert ("92% sure of words and speaker" in words) == (confidence == 0.95)


@pytest.mark.parametrize(
    ("edited", "left"),
    [("speaker", ("40% sure", "likely worth")), ("source", ("likely worth",)), ("content", ())],
)
def test_no_figure_speaks_of_words_that_a_person_changed(record: Record, edited: str, left: tuple[str, ...]) -> None:
    claim = replace(record.claims[0], confidence=0.4, checkworthy=0.7, edited=(edited,))
    row = ClaimRow(1, claim, None, None, record.text)
    words = " ".join(" ".join(piece.words for line in unfolded(row, 80, 1) for piece in line).split())
    assert [said for said in ("40% sure", "likely worth") if said in words] == list(left)
    assert folded(row, 60, 1)[0].words.startswith("~" if "40% sure" in left else "·")


@pytest.mark.parametrize(
    ("width", "figure", "last"),
    [
        (60, " 12% sure", "  12% sure"), (60, "perhaps", " perhaps"), (60, "       ", "        "),
        (40, "perhaps", " perhaps"), (60, None, " 2031-05-05"), (40, None, ""), (20, " 12% sure", ""),
    ],
)  # fmt: skip
def test_rows_end_with_what_they_are_sorted_by_else_with_the_date(
    record: Record, width: int, figure: str | None, last: str
) -> None:
    row = ClaimRow(1, record.claims[0], None, record.date_mention(record.claims[0].date), record.text, (), figure)
    pieces = folded(row, width, 1)
    assert pieces[-1].words == last
    assert sum(cell_len(piece.words) for piece in pieces) == width


@pytest.mark.parametrize(
    ("cue", "flags", "says"),
    [
        ("rejected", {}, "“rejected”: the claim"),
        ("alleged", {}, "“alleged”: the claim"),
        ("said", {}, "the claim"),
        ("denied", {"negated": True}, "“denied”: the claim"),
        ("did not deny", {"negated": True}, "“did not deny”: the claim"),
        ("said", {"negated": True}, "negated: the claim"),
    ],
)
def test_a_row_says_how_it_was_said_where_that_is_more_than_said(cue: str, flags: dict[str, bool], says: str) -> None:
    text = f"Shah {cue} the claim."
    claim = Claim("c1", "indirect", (Span(6 + len(cue), len(text) - 1),), cue=(Span(5, 5 + len(cue)),), **flags)  # type: ignore[arg-type] # names of flags
    assert folded(ClaimRow(1, claim, None, None, text), 78, 1)[2].words.strip() == says


def test_the_unfolded_claim_shows_the_words_that_negate_or_hedge_it() -> None:
    text = "Shah did not say who paid."
    claim = Claim("c1", "indirect", (Span(17, 25),), cue=(Span(13, 16),), source=(Span(0, 4),), negated=True)
    lines = [" ".join("".join(piece.words for piece in line).split()) for line in _lines(claim, text)]
    assert "negated denied or not said (“did not say”)" in lines


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"edited": ("content",)}, "corrected words · by a person; confidence no longer applies"),
        ({"edited": ("content",), "status": "accepted"}, "corrected words · by a person"),
        ({"edited": ("speaker", "note")}, "corrected speaker · by a person"),
        ({"edited": ("note",)}, None),
    ],
)
def test_what_a_person_corrected_is_said(record: Record, changes: dict[str, Any], says: str | None) -> None:
    claim = replace(record.claims[0], **changes)
    lines = [" ".join("".join(piece.words for piece in line).split()) for line in _lines(claim, record.text)]
    assert [line for line in lines if line.startswith("corrected")] == ([says] if says else [])


def _lines(claim: Claim, text: str) -> list[tuple[Any, ...]]:
    return list(unfolded(ClaimRow(1, claim, None, None, text), 120, 1))


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ({"negated": True}, "negated: Work may"),
        ({"hedged": True}, "hedged: Work may"),
        ({"negated": True, "hedged": True}, "hedged: negated: Work"),
    ],
)
@pytest.mark.parametrize("width", [45, 78])
def test_a_denial_does_not_read_as_an_admission(record: Record, flags: dict[str, bool], says: str, width: int) -> None:
    row = ClaimRow(3, replace(record.claims[2], **flags), None, None, record.text)  # type: ignore[arg-type] # names of flags
    assert folded(row, width, 1)[2].words.startswith(says)
    assert unfolded(row, width, 1)[1][0].words.strip().startswith(says)


def test_a_code_of_a_date_is_explained_beside_it(record: Record) -> None:
    date = replace(record.dates[0], value="2031-SP")
    row = ClaimRow(1, record.claims[0], None, date, record.text, (date,))
    lines = [" ".join("".join(piece.words for piece in line).split()) for line in unfolded(row, 80, 1)]
    assert "date spring 2031 (2031-SP; Monday)" in lines
    assert "dates Monday = spring 2031 (2031-SP)" in lines


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_a_decision_ends_the_doubt(record: Record, status: Status) -> None:
    claim = replace(record.claims[0], status=status, confidence=0.4)
    row = ClaimRow(1, claim, None, None, record.text)
    assert folded(row, 60, 1)[0].words == f"{MARKS[status]} 1 "
    assert not any("sure" in piece.words for line in unfolded(row, 60, 1) for piece in line)


def test_a_speaker_that_may_be_another_has_a_question_mark_until_a_person_decides(record: Record) -> None:
    claim = replace(record.claims[0], status="suggested", extra={"speaker_or": ["Otto Brell", "Tomas\x1b Ruiz"]})

    def shown(claim: Claim) -> tuple[str, str]:
        row = ClaimRow(1, claim, record.speaker(claim.speaker), None, record.text)
        unfold = " ".join(piece.words for line in unfolded(row, 80, 1) for piece in line)
        return "".join(piece.words for piece in folded(row, 60, 1)), " ".join(unfold.split())

    line, whole = shown(claim)
    assert line.startswith("~ 1 Ana Brell? ")
    assert "or maybe Otto Brell, Tomas␛ Ruiz source" in whole
    assert "90% sure of the words; the speaker is a guess: 63% of guesses are right" in whole
    for decided in (replace(claim, status="accepted"), replace(claim, edited=("speaker",))):
        line, whole = shown(decided)
        assert "Ana Brell " in line
        assert "?" not in line + whole
        assert "or maybe" not in whole


def test_the_question_mark_of_a_long_name_is_not_cut_off(record: Record) -> None:
    claim = replace(record.claims[0], status="suggested", extra={"speaker_or": ["Otto"]})
    row = ClaimRow(1, claim, Speaker("s1", "Anastasia Brellinghausen of Upper Orlo", "person"), None, record.text)
    assert "Anastasia Bre…?" in folded(row, 45, 1)[1].words
