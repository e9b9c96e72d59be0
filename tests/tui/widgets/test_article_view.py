from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.style import Style
from textual.geometry import Region

from annotate.model import Block, Record, Speaker
from annotate.spans import Span
from tui.widgets.article_view import ArticleView

Screen = Callable[[Any], list[str]]


def style_at(view: ArticleView, offset: int) -> Style:
    """The style of the cell of a code point, before the app's filters turn dim into a colour."""
    line = view._lines.line_of(offset)
    x = view._left + view._lines.column(offset)
    for segment in view.draw(line):
        x -= len(segment.text)
        if x < 0:
            assert segment.style is not None
            return segment.style
    raise AssertionError("not on the line")


def at(view: ArticleView, words: str) -> int:
    assert view.record is not None
    return view.record.text.index(words)


async def test_claims_are_numbered_where_they_start(host: Any, record: Record, screen: Screen) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        host.article.go_to("c1")
        await pilot.pause()
        lines = screen(host.article)
    assert lines[0].strip() == "Bridge stays shut"
    assert lines[1].strip() == ""  # the heading is set off
    assert lines[2].split()[:2] == ["1▌", "“The"]
    numbered = [line.split()[0] for line in lines if line.strip()[:1].isdigit()]
    assert numbered == ["1▌", "2", "3"]


async def test_what_words_are_is_told_without_colour(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article

        def attributes(words: str) -> tuple[bool, ...]:
            style = style_at(view, at(view, words) + 1)
            lines = (bool(style.underline), bool(style.underline2))
            return (bool(style.bold), bool(style.italic), *lines, bool(style.dim))

        seen = {
            words: attributes(words) for words in ("“We will", "told", "Tomas", "reporters", "Monday", "She", "Advert")
        }
    assert len(set(seen.values())) == len(seen)
    assert seen["She"] == (False, False, False, False, False)


async def test_the_current_claim_stands_out_and_layers_can_be_hidden(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        content, source = at(view, "The bridge is"), at(view, "Mayor")
        plain = style_at(view, at(view, "She spoke"))
        before = style_at(view, content)
        view.go_to("c1")
        assert style_at(view, content).bgcolor != before.bgcolor
        assert style_at(view, source).bgcolor == style_at(view, content).bgcolor
        view.go_to("c2")
        assert style_at(view, content) == before
        view.show_layers({"cue"})
        assert style_at(view, content) == plain
        assert style_at(view, at(view, "said")).underline


async def test_the_part_being_edited_is_marked(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        view.go_to("c1", ("date", 0))
        assert style_at(view, at(view, "Monday")).bold
        view.go_to("c1", ("source", 0))
        assert not style_at(view, at(view, "Monday")).bold
        view.go_to("c1", ("addressee", 0))  # it has none
        assert view.current == "c1"


async def test_a_rejected_claim_is_highlighted_only_while_it_is_current(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        words = at(view, "Work may") + 1
        assert not style_at(view, words).italic
        view.go_to("c3")
        assert style_at(view, words).italic


@pytest.mark.usefixtures("none_ahead")
async def test_only_the_lines_of_what_changed_are_drawn_again(
    host: Any, long_record: Record, drawn_by: Callable[[Any], list[int]]
) -> None:
    async with host.run_test(size=(140, 30)) as pilot:
        host.open(long_record)
        await pilot.pause()
        view = host.article
        drawn = drawn_by(view)
        claim = long_record.claims[2]
        changed = replace(claim, content=(Span(claim.content[0].start, claim.content[0].end - 3),))
        view.update(replace(long_record, claims=(*long_record.claims[:2], changed, *long_record.claims[3:])))
        await pilot.pause()
    assert set(drawn) == set(view._lines.lines_of(claim.content[0]))


async def test_a_new_claim_renumbers_those_after_it(host: Any, record: Record, screen: Screen) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        start = record.text.index("She spoke")
        made = replace(record.claims[0], id="c4", content=(Span(start, start + 9),))
        more = replace(record, claims=(*record.claims, made))
        host.article.update(more)
        await pilot.pause()
        numbered = [line.split()[:2] for line in screen(host.article) if line.strip()[:1].isdigit()]
        assert numbered == [["1+", "“The"], ["3", "“We"], ["4", "Work"]] or numbered[-1] == ["4", "Work"]
        host.article.update(record)
        await pilot.pause()
        assert [line.split()[0] for line in screen(host.article) if line.strip()[:1].isdigit()][-1] == "3"


async def test_suggestions_flow_in_without_moving_the_cursor_or_the_text(host: Any, long_record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(replace(long_record, claims=()))
        await pilot.pause()
        view = host.article
        view.cursor_to(9_000)
        top, cursor = view.top, view.cursor
        assert top > 0
        host.article.show(replace(long_record, speakers=(Speaker("s1", "Ilse Varga", mentions=(Span(3, 9),)),)))
        await pilot.pause()
        assert view.cursor == cursor
        assert view._lines.span(view.top).start == view._lines.span(top).start


async def test_content_and_source_come_into_view_together(host: Any, long_record: Record) -> None:
    async with host.run_test(size=(100, 20)) as pilot:
        host.open(long_record)
        await pilot.pause()
        view = host.article
        for n in (50, 51, 119, 0, 77):
            claim = long_record.claims[n]
            view.go_to(claim.id)
            for part in claim.spans():
                on = view._lines.lines_of(part)
                assert view.top <= on.start
                assert on.stop <= view.top + view.rows


async def test_a_claim_longer_than_the_screen_shows_its_beginning(host: Any, long_record: Record) -> None:
    whole = Span(5_000, 15_000)
    claim = replace(long_record.claims[60], content=(whole,))
    async with host.run_test(size=(100, 12)) as pilot:
        host.open(replace(long_record, claims=(claim,)))
        await pilot.pause()
        host.article.go_to(claim.id)
        assert host.article.top == host.article._lines.line_of(whole.start)


async def test_going_down_keeps_the_column_over_short_lines(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        view.cursor_to(at(view, "is not safe"))
        column = view._lines.column(view.cursor)
        columns = []
        while (offset := view.offset_of_line(1)) != view.cursor:
            view.cursor_to(offset)
            columns.append(view._lines.column(view.cursor))
        assert min(columns) < column == max(columns)
        for _ in range(30):
            view.cursor_to(view.offset_of_line(-1))
        assert view._lines.line_of(view.cursor) == 0
        assert record.text[view.cursor] == record.text[column]


async def test_the_cursor_stays_in_view(host: Any, long_record: Record) -> None:
    async with host.run_test(size=(100, 20)) as pilot:
        host.open(long_record)
        await pilot.pause()
        view = host.article
        for offset in (0, 12_000, 12_100, 500, len(long_record.text)):
            view.cursor_to(offset)
            assert view.top <= view._lines.line_of(view.cursor) < view.top + view.rows
        view.cursor_to(10**9)
        assert view.cursor == len(long_record.text)


async def test_the_cursor_shows_inside_a_selection_and_a_match(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        words = Span(at(view, "She spoke"), at(view, "She spoke") + 9)
        view.select(words)
        view.cursor_to(words.start)
        await pilot.pause()
        assert view.selection == words
        assert not style_at(view, words.start).reverse
        assert style_at(view, words.start + 1).reverse
        view.select(None)
        assert style_at(view, words.start).reverse
        assert not style_at(view, words.start + 1).reverse
        view.show_matches([words], 0)
        assert style_at(view, words.end - 1).reverse
        view.show_matches((), 0)
        assert not style_at(view, words.end - 1).reverse


async def test_a_click_places_the_cursor_and_says_which_claim_it_hit(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        target = at(view, "We will") + 3
        line = view._lines.line_of(target)
        await pilot.click(ArticleView, offset=(view._left + view._lines.column(target), line))
        assert view.cursor == target
        assert [event.claim_id for event in host.heard] == ["c2"]
        await pilot.click(ArticleView, offset=(1, 2))
        assert [event.claim_id for event in host.heard] == ["c2", "c1"]
        await pilot.click(ArticleView, offset=(view._left + 1, 0))
        assert len(host.heard) == 2


async def test_dragging_selects(host: Any, record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(record)
        await pilot.pause()
        view = host.article
        await pilot.mouse_down(ArticleView, offset=(view._left + 7, 0))
        await pilot.hover(ArticleView, offset=(view._left + 12, 0))
        await pilot.mouse_up(ArticleView, offset=(view._left + 12, 0))
        await pilot.pause()
        assert view.selection == Span(7, 12)
        assert [event.selection for event in host.heard] == [Span(7, 12)]


async def test_another_width_keeps_what_is_on_top(host: Any, long_record: Record) -> None:
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(long_record)
        await pilot.pause()
        view = host.article
        view.cursor_to(12_000)
        on_top = view._lines.span(view.top).start
        await pilot.resize_terminal(70, 20)
        await pilot.pause()
        line = view._lines.span(view.top)
        assert line.start <= on_top < line.end
        assert view._lines.width < 76


HOSTILE = (
    "Safe\x1b[31m \x9b31m \u202eevil\u2066 \u200bzero \x07\x08\r\ttab \x7f [/b] [red] \U000e0041 e\u0301 👩\u200d👩 end"
)


async def test_nothing_a_terminal_obeys_reaches_a_strip(host: Any, record: Record) -> None:
    claim = replace(
        record.claims[0], content=(Span(0, len(HOSTILE)),), cue=(), source=(), date=None, note=HOSTILE, tags=(HOSTILE,)
    )
    hostile = Record("h", HOSTILE, speakers=(Speaker("s1", HOSTILE, "person", HOSTILE),), claims=(claim,))
    async with host.run_test(size=(140, 30)) as pilot:
        host.claims.placeholder = HOSTILE
        host.open(hostile)
        host.claims.go_to("c1")
        await pilot.pause()
        shown = [
            segment.text
            for widget in (host.article, host.claims)
            for strip in widget.render_lines(Region(0, 0, *widget.size))
            for segment in strip
        ]
    words = "".join(shown)
    forbidden = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202e\u2066\u200b\u200d\U000e0041"}
    assert not forbidden & set(words)
    assert words.count("[/b] [red]") >= 3  # markup is text


async def test_before_anything_is_shown_it_is_blank(host: Any, screen: Screen) -> None:
    async with host.run_test(size=(100, 10)) as pilot:
        host.claims.placeholder = "The engine is reading …"
        await pilot.pause()
        assert not any(screen(host.article))
        assert [line.strip() for line in screen(host.claims) if line] == ["The engine is reading …"]
        host.article.cursor_to(host.article.offset_of_line(1))
        assert host.article.cursor == 0


async def test_a_lead_is_not_dimmed_by_the_dateline_before_it(host: Any) -> None:
    lead = Block(0, 12, "dateline"), Block(13, 18, "body")
    async with host.run_test(size=(140, 20)) as pilot:
        host.open(Record("lead", "MOLE, June 3 Snow.", blocks=lead))
        await pilot.pause()
        assert style_at(host.article, 1).dim
        assert not style_at(host.article, 14).dim
