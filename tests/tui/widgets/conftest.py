from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.message import Message

from annotate.model import Block, Claim, DateMention, Record, Speaker
from annotate.spans import Span
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList
from tui.widgets.line_view import LineView
from tui.widgets.palette import palette
from tui.widgets.panes import review_panes

TEXT = (
    "Bridge stays shut\n"
    "“The bridge is not safe,” said Mayor Ana Brell on Monday. She spoke to the council.\n\n"
    "“We will not pay,” Tomas Ruiz told reporters.\n\n"
    "Advertisement\n\n"
    "Work may begin in spring, officials said.\n"
)


def span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.fixture
def record() -> Record:
    blocks = tuple(Block(*span(line), "body") for line in TEXT.split("\n") if line)
    kinds = {"Bridge": "title", "Advert": "noise"}
    return Record(
        "bridge",
        TEXT,
        blocks=tuple(Block(b.start, b.end, kinds.get(TEXT[b.start : b.start + 6], "body")) for b in blocks),  # type: ignore[arg-type] # the kinds are right
        speakers=(Speaker("s1", "Ana Brell", "person", "mayor"), Speaker("s2", "Tomas Ruiz", "person")),
        dates=(DateMention("d1", *span("Monday"), "DATE", "2031-05-05"),),
        claims=(
            Claim(
                "c1", "direct", (span("“The bridge is not safe,”"),), (span("said"),), (span("Mayor Ana Brell"),),
                speaker="s1", date="d1", confidence=0.9, note="ask her\nagain",
            ),
            Claim(
                "c2", "direct", (span("“We will not pay,”"),), (span("told"),), (span("Tomas Ruiz"),),
                (span("reporters"),), speaker="s2", status="accepted",
            ),
            Claim(
                "c3", "indirect", (span("Work may begin in spring"),), source=(span("officials"),), status="rejected",
            ),
        ),
    )  # fmt: skip


class Host(App[None]):
    """The panes of the review side by side; keeps the messages they post."""

    CSS = "Screen { layout: horizontal; } #text { width: 3fr; } #side { width: 2fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from review_panes()

    def get_css_variables(self) -> dict[str, str]:
        return palette(super().get_css_variables())

    @property
    def article(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def claims(self) -> ClaimList:
        return self.query_one(ClaimList)

    def open(self, record: Record) -> None:
        self.article.show(record)
        self.claims.show(record, record.live_claims())
        self.article.focus()

    def on_article_view_claim_clicked(self, event: ArticleView.ClaimClicked) -> None:
        self.heard.append(event)

    def on_article_view_words_selected(self, event: ArticleView.WordsSelected) -> None:
        self.heard.append(event)

    def on_claim_list_selected(self, event: ClaimList.Selected) -> None:
        self.heard.append(event)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def screen() -> Callable[[ArticleView | ClaimList], list[str]]:
    """Return the lines a widget shows, without the blanks at their ends."""

    def lines(widget: ArticleView | ClaimList) -> list[str]:
        return ["".join(s.text for s in widget.render_line(y)).rstrip(" ▐") for y in range(widget.size.height)]

    return lines


@pytest.fixture
def drawn_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[LineView], list[int]]:
    """Return the list to which a widget adds each line it draws from now on."""

    def record_lines(widget: LineView) -> list[int]:
        drawn: list[int] = []
        draw = widget.draw

        def recording(line: int) -> Iterable[Segment]:
            drawn.append(line)
            return draw(line)

        monkeypatch.setattr(widget, "draw", recording)
        return drawn

    return record_lines


@pytest.fixture
def none_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw only the visible lines."""
    monkeypatch.setattr("tui.widgets.line_view._PAUSE", 60)


@pytest.fixture
def long_record() -> Record:
    """An article of some hundred lines with a claim in every paragraph, some on one line, some on several."""
    parts, claims, at = [], [], 0
    for n in range(120):
        quote = f"“Number {n} holds{' and holds' * (n % 30)},”"
        paragraph = f"{quote} said Ilse Varga. Nothing else was known about it then.\n\n"
        cue = at + len(quote) + 1
        claims.append(Claim(f"c{n}", "direct", (Span(at, at + len(quote)),), (Span(cue, cue + 4),)))
        parts.append(paragraph)
        at += len(paragraph)
    return Record("long", "".join(parts), claims=tuple(claims))
