"""An invented article with its claims, and the app on it with nothing in it that depends on the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.config import Config
from annotate.model import Block, Claim, ClaimType, DateMention, Quote, Record, Review, Speaker
from annotate.read import Article
from annotate.spans import Span
from annotate.store import Store
from tui.app import OnrecordApp
from tui.session.engine_process import Part, Progress
from tui.session.events import News
from tui.session.resume import ResumePoints
from tui.session.saver import SaveState
from tui.session.session import Session

TEXT = """\
Harbour bridge to close for a year

By Ana Brandt

TARN BAY, 12 May 2025 — The old harbour bridge will close in June, the city's chief engineer said on Monday.

“The cables are tired,” said Ida Moreno, the chief engineer. “They have carried us for ninety years, and they \
deserve a rest.”

Ferry operator Bluewater announced a free crossing every twenty minutes. Its director, Tom Achterberg, told \
shopkeepers that “nobody will have to swim”.

Read more: Ten bridges to see before you sink

Shopkeepers are not convinced. According to the traders' union, takings on the quay fell by a third during the \
closure of 2019.

“We were promised a ferry then, too,” Rosa Lindqvist said. Moreno replied that this time the boats are already here.
"""


def span(words: str, nth: int = 0) -> Span:
    """Return where words stand in the article."""
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def _block(words: str, kind: str) -> Block:
    return Block(*span(words), kind)  # type: ignore[arg-type] # literals below


def _blocks() -> tuple[Block, ...]:
    kinds = {"Harbour": "title", "By Ana": "byline", "Read more": "noise"}
    paragraphs = [p for p in TEXT.split("\n\n") if p.strip()]
    return tuple(
        _block(p.strip("\n"), next((k for start, k in kinds.items() if p.startswith(start)), "body"))
        for p in paragraphs
    )


def _claim(
    number: int, kind: ClaimType, content: list[Span], cue: Span, source: Span, speaker: str, **more: Any
) -> Claim:
    return Claim(
        f"c{number}", kind, tuple(content), (cue,), (source,), speaker=speaker, origin="engine:rules-0.1.0",
        confidence=0.9, **more,
    )  # fmt: skip


def harbour() -> Record:
    """Return the article with six suggested claims."""
    return Record(
        "harbour",
        TEXT,
        path="harbour.txt",
        title="Harbour bridge to close for a year",
        date="2025-05-12",
        blocks=_blocks(),
        quotes=(
            Quote(*span("“The cables are tired,”"), "speech"),
            Quote(*span("“They have carried us for ninety years, and they deserve a rest.”"), "speech"),
            Quote(*span("“nobody will have to swim”"), "speech"),
            Quote(*span("“We were promised a ferry then, too,”"), "speech"),
        ),
        dates=(
            DateMention("d1", *span("12 May 2025"), "DATE", "2025-05-12", origin="engine:rules-0.1.0"),
            DateMention("d2", *span("June"), "DATE", "2025-06", origin="engine:rules-0.1.0"),
            DateMention("d3", *span("Monday"), "DATE", "2025-05-12", origin="engine:rules-0.1.0"),
            DateMention("d4", *span("2019"), "DATE", "2019", origin="engine:rules-0.1.0"),
        ),
        speakers=(
            Speaker("s1", "Ida Moreno", "person", "chief engineer", (span("Ida Moreno"), span("Moreno", 1))),
            Speaker("s2", "Bluewater", "organisation", "ferry operator", (span("Bluewater"),)),
            Speaker("s3", "Tom Achterberg", "person", "director of Bluewater", (span("Tom Achterberg"),)),
            Speaker("s4", "the traders' union", "group", None, (span("the traders' union"),)),
            Speaker("s5", "Rosa Lindqvist", "person", None, (span("Rosa Lindqvist"),)),
        ),
        claims=(
            _claim(
                1, "indirect", [span("The old harbour bridge will close in June")], span("said"),
                span("the city's chief engineer"), "s1", date="d3",
            ),
            _claim(
                2, "direct",
                [
                    span("“The cables are tired,”"),
                    span("“They have carried us for ninety years, and they deserve a rest.”"),
                ],
                span("said", 1), span("Ida Moreno, the chief engineer"), "s1", date="d3",
            ),
            _claim(
                3, "indirect", [span("a free crossing every twenty minutes")], span("announced"),
                span("Ferry operator Bluewater"), "s2",
            ),
            _claim(
                4, "mixed", [span("that “nobody will have to swim”")], span("told"),
                span("Its director, Tom Achterberg"), "s3", addressee=(span("shopkeepers"),),
            ),
            _claim(
                5, "indirect", [span("takings on the quay fell by a third during the closure of 2019")],
                span("According to"), span("the traders' union"), "s4",
            ),
            _claim(
                6, "direct", [span("“We were promised a ferry then, too,”")], span("said", 2),
                span("Rosa Lindqvist"), "s5",
            ),
        ),
        review=Review("suggested"),
    )  # fmt: skip


class StillEngine:
    """An engine that never answers; tests answer for it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.parts: list[Part] = []
        self.retried = 0

    def ask(self, article: Article, *, first: bool = False) -> None:
        self.asked.append(article.id)

    def start(self, listener: object) -> None:
        """Nothing to start."""

    def ask_units(self, part: Part) -> None:
        self.parts.append(part)

    def retry(self) -> None:
        self.retried += 1

    def close(self) -> None:
        pass


class StillSession(Session):
    """A session in which every save happens at the same moment, and what a test says of saving stays so."""

    def handle(self, news: News) -> bool:
        if isinstance(news, SaveState):
            if self.save.state == "unsaved":
                return False
            news = news._replace(state="saved" if news.state == "saving" else news.state, at="14:02:11")
        return super().handle(news)


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the person's own files, terminal and clipboard."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "SSH_TTY", "ONRECORD_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "test")
    for waits in ("_SOON", "_BEGIN"):  # shorter than a pause, however slow the machine
        monkeypatch.setattr(f"tui.app.{waits}", 0.001)
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False, raising=False)


MakeApp = Callable[..., OnrecordApp]


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Return a function that makes the app on records put into a save file of its own."""
    stores: list[Store] = []

    def make(
        *records: Record,
        settings: Config | None = None,
        first_run: bool = False,
        more: tuple[object, ...] = (),
        path: Path | None = None,
    ) -> OnrecordApp:
        store = Store.open(path or tmp_path / "annotations.json", by="human:ana")
        stores.append(store)
        if path is None:
            store.put_many(records or (harbour(),))
        session = StillSession(store, "ana", StillEngine())
        session.engine = Progress("ready")
        session.save = SaveState("saved", "14:02:11")
        session.add_stored()
        session.add(more)  # type: ignore[arg-type] # inputs, as `expand` gives them
        places = ResumePoints(tmp_path / "places")
        if not first_run:
            places.welcomed()
        return OnrecordApp(session, settings, places)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def harbour_record() -> Record:
    """Return the invented article."""
    return harbour()


@pytest.fixture
def articles() -> tuple[Record, ...]:
    """Return three articles: the harbour's, and two short ones that are not labelled yet."""
    second = Record("second", "Rain is likely, the weather office said.", title="Rain is likely", path="second.txt")
    third = Record("third", "Nobody said anything.", title="Silence in the hall", path="third.txt")
    return harbour(), second, third
