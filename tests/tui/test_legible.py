"""All text has enough contrast to its background, in the default themes, whatever marks overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from annotate.config import Config
from annotate.model import Record
from tests.tui.test_snapshots import SHOTS, steps
from tui.app import OnrecordApp
from tui.text.highlight import Mark
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList
from tui.widgets.line_view import LineView
from tui.widgets.palette import LEAST, contrast, legible

MakeApp = Callable[..., OnrecordApp]
THEMES = ("textual-dark", "textual-light")
DRAWN = (
    "review", "article_pane", "selecting", "labels", "matches", "form", "form_wrong_date", "speaker", "date_typed",
    "help_signs", "guidelines", "palette", "library", "speakers_merge", "welcome", "engine_failed", "not_saved",
    "refused",
)  # fmt: skip


def shown(app: OnrecordApp, style: Style, behind: Color) -> float:
    """Return the contrast of text in a style after the app's filters."""
    [[_, filtered, _]] = _filtered(app, style, behind)
    assert filtered is not None
    color, ground = (Color.from_rich_color(one) if one else behind for one in (filtered.color, filtered.bgcolor))
    return contrast(color, ground)


def drawn(app: OnrecordApp) -> Iterator[tuple[str, Style]]:
    """Yield the text on the screen with its style, without the screen below a dialog that veils it."""
    veils = 0 < app.screen.styles.background.a < 1
    regions = [child.region for child in app.screen.children] if veils else [app.screen.region]
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        for region in (region for region in regions if region.y <= y < region.bottom):
            for text, style, _ in strip.crop(region.x, region.right):
                if style is not None and any(character.isalnum() for character in text):
                    yield text, style


def _filtered(app: OnrecordApp, style: Style, behind: Color) -> list[Segment]:
    segments = [Segment("x", style)]
    for one in app.get_line_filters():
        segments = one.apply(segments, behind)
    return segments


def styles_of(view: LineView) -> Iterator[tuple[tuple[str, ...], Style]]:
    """Yield the styles of marks that overlap in a view, up to three at a time."""
    if isinstance(view, ArticleView):
        names = [(mark.name or "").lower().replace("_", "-") for mark in Mark]
        for count in range(4):
            yield from ((chosen, view.style(chosen)) for chosen in combinations(names, count))
        yield from (((name,), view.style([name])) for name in ("number", "current-number"))
    else:
        looks = [name.removeprefix("claims--") for name in view.COMPONENT_CLASSES]
        yield from (((look,), view.style([look])) for look in looks)
        yield from ((("current", look), view.style(["current", look])) for look in looks)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pane", [ArticleView, ClaimList])
async def test_marks_can_be_read_alone_and_over_one_another(
    theme: str, pane: type[LineView], make_app: MakeApp
) -> None:
    app = make_app(settings=Config(theme=theme))
    async with app.run_test(size=(120, 40)):
        view = app.screen.query_one(pane)
        faint = {
            names: round(shown(app, style, view.background_colors[1]), 1)
            for names, style in styles_of(view)
            if shown(app, style, view.background_colors[1]) < LEAST
        }
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", DRAWN)
async def test_whatever_is_drawn_can_be_read(
    name: str, theme: str, make_app: MakeApp, articles: tuple[Record, ...]
) -> None:
    shot = SHOTS[name]
    records = articles[1:] if shot.unlabelled else articles
    app = make_app(*records, settings=Config(theme=theme), first_run=shot.first_run)
    faint = set()
    async with app.run_test(size=(120, 40)) as pilot:
        await steps(shot)(pilot)
        behind = app.screen.background_colors[1]
        for text, style in drawn(app):
            if shown(app, style, behind) < LEAST:
                faint.add((text.strip(), round(shown(app, style, behind), 1)))
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
async def test_a_selection_has_one_colour_whatever_is_below(theme: str, make_app: MakeApp) -> None:
    app = make_app(settings=Config(theme=theme))
    async with app.run_test(size=(120, 40)):
        view = app.screen.query_one(ArticleView)
        below = ("content", "source", "cue", "date", "mention", "match", "current", "noise")
        styles = [view.style([name, "selection"]) for name in below]
    assert {(style.color, style.bgcolor, style.reverse) for style in styles} == {
        (styles[0].color, styles[0].bgcolor, styles[0].reverse)
    }


@pytest.mark.parametrize("theme", [*THEMES, "ansi-dark"])
async def test_a_cue_and_a_date_differ_in_colour_and_in_line(theme: str, make_app: MakeApp) -> None:
    app = make_app(settings=Config(theme=theme))
    async with app.run_test(size=(120, 40)):
        view = app.screen.query_one(ArticleView)
        cue, date = view.style(["cue"]), view.style(["date"])
    assert cue.color != date.color
    assert (cue.underline, cue.underline2) != (date.underline, date.underline2)


@pytest.mark.parametrize("ground", ["#101010", "#3a5a7a", "#c8b8a8", "#ffffff"])
@pytest.mark.parametrize("color", ["#203040", "#808080", "#e0c060"])
def test_a_colour_changes_no_more_than_it_must(color: str, ground: str) -> None:
    one, behind = Color.parse(color), Color.parse(ground)
    changed = legible(one, (behind,))
    assert contrast(changed, behind) >= LEAST
    assert (changed == one) == (contrast(one, behind) >= LEAST)
