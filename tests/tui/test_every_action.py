"""Every key of every action, pressed in the running app, has the effect named in the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from textual.widgets import Input, OptionList

from annotate.model import Claim, Record
from tests.tui.sitting import units
from tui.app import OnrecordApp
from tui.keys.registry import ACTIONS, Action
from tui.screens.ask import AskScreen
from tui.screens.guidelines import GuidelinesScreen
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.review.claim_form import ClaimForm
from tui.screens.review.screen import ReviewScreen
from tui.screens.speakers import SpeakersScreen
from tui.screens.text_screen import TextScreen
from tui.session.engine_process import Progress
from tui.widgets.bars import TopBar
from tui.widgets.row_list import RowList

MakeApp = Callable[..., OnrecordApp]


class State:
    """The state that a test checks after the keys."""

    def __init__(self, app: OnrecordApp) -> None:
        self.app = app
        self.copied: list[str] = []

    @property
    def review(self) -> ReviewScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ReviewScreen)
        return screen

    @property
    def record(self) -> Record:
        assert self.review.state.record is not None
        return self.review.state.record

    def claim(self, claim_id: str) -> Claim:
        return self.record.claim(claim_id)

    def words(self, claim_id: str) -> str:
        return next((self.record.words(c.content) for c in self.record.claims if c.id == claim_id), "")

    @property
    def selected(self) -> str:
        selection = self.review.state.selection
        return "" if selection is None else self.record.text[slice(*selection.span)]

    @property
    def at(self) -> str:
        """The article's words from the cursor on."""
        return self.record.text[self.review.article.cursor :]

    @property
    def row(self) -> int:
        return self.app.screen.query_one(RowList).at

    @property
    def choice(self) -> int | None:
        return self.app.screen.query_one(OptionList).highlighted

    @property
    def field(self) -> str | None:
        typing_in = [form.typing_in for form in self.review.query(ClaimForm)]
        return typing_in[0].name if typing_in and typing_in[0] else None

    @property
    def statuses(self) -> str:
        """The statuses of the decided claims."""
        return " ".join(c.status for c in self.record.claims if c.status != "suggested")

    @property
    def title(self) -> str:
        """The title of the dialog."""
        panels = self.app.screen.query(".ask")
        return str(panels.first().border_title) if panels else ""

    @property
    def said(self) -> str:
        return " ".join(str(notice.message) for notice in self.app._notifications)


@dataclass(frozen=True)
class Scene:
    """Keys that set up a state, and the check after the action's own key."""

    before: str
    holds: Callable[[State], object]


SELECT = "v w w w"  # “The old harbour bridge”
SCENES: dict[tuple[str, str], Scene] = {
    ("review", "accept"): Scene("", lambda s: s.claim("c1").status == "accepted" and s.review.state.claim_id == "c2"),
    ("review", "reject"): Scene("", lambda s: s.claim("c1").status == "rejected" and s.review.state.claim_id == "c2"),
    ("review", "next_undecided"): Scene("a a k k", lambda s: s.review.state.claim_id == "c3"),
    ("review", "edit"): Scene("", lambda s: s.field == "speaker"),
    ("review", "speaker"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "date"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "undo"): Scene("a", lambda s: s.claim("c1").status == "suggested" and s.review.state.claim_id == "c1"),
    ("review", "new_claim"): Scene("", lambda s: s.review.state.mode == "selecting"),
    ("review", "undecided"): Scene("a k", lambda s: s.claim("c1").status == "suggested"),
    ("review", "done"): Scene("", lambda s: s.record.review.state == "done"),
    ("review", "type"): Scene("", lambda s: s.claim("c1").type == "mixed"),
    ("review", "note"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "tags"): Scene("", lambda s: s.title == "Tags"),
    ("review", "repeat"): Scene("s 2 escape j", lambda s: s.claim("c2").speaker == "s2"),
    ("review", "recent_speakers"): Scene("s 2 escape j", lambda s: s.title == "Recent speakers"),
    ("review", "guidelines"): Scene("", lambda s: isinstance(s.app.screen, GuidelinesScreen)),
    ("review", "history"): Scene("", lambda s: isinstance(s.app.screen, TextScreen)),
    ("review", "mark"): Scene("", lambda s: s.review.state.marked == ["c1"]),
    ("review", "merge"): Scene("j j", lambda s: s.words("c3").endswith("minutes … that “nobody will have to swim”")),
    ("review", "split"): Scene("j", lambda s: s.words("c2") == "“The cables are tired,”" and len(s.record.claims) == 7),
    ("review", "remove"): Scene("", lambda s: s.claim("c1").deleted and s.review.state.claim_id == "c2"),
    ("review", "next_part"): Scene("", lambda s: s.review.state.part == ("cue", 0)),
    ("review", "end_on"): Scene("", lambda s: s.words("c1").endswith("June, the")),
    ("review", "end_back"): Scene("", lambda s: s.words("c1").endswith("close in")),
    ("review", "start_on"): Scene("", lambda s: s.words("c1").startswith("old harbour")),
    ("review", "start_back"): Scene("", lambda s: s.words("c1").startswith("2025 — The old")),
    ("review", "select"): Scene("", lambda s: s.selected == "The"),
    ("review", "other_pane"): Scene("", lambda s: s.app.focused is s.review.article),
    ("review", "order"): Scene("", lambda s: s.review.state.order.name == "least sure first"),
    ("review", "next_article"): Scene("", lambda s: s.record.id == "second"),
    ("review", "previous_article"): Scene(">", lambda s: s.record.id == "harbour"),
    ("review", "speakers"): Scene("", lambda s: isinstance(s.app.screen, SpeakersScreen)),
    ("review", "library"): Scene("", lambda s: isinstance(s.app.screen, LibraryScreen)),
    ("review", "find"): Scene("", lambda s: isinstance(s.app.focused, Input) and s.review.scopes() == ("typing",)),
    ("review", "filter"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "layers"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "back"): Scene("tab", lambda s: s.app.focused is s.review.claims),
    ("review", "redo"): Scene("a u", lambda s: s.claim("c1").status == "accepted"),
    ("review", "copy"): Scene(
        "", lambda s: " ".join(s.copied).startswith("The old harbour bridge will close in June — Ida")
    ),
    ("review", "copy_as"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "rename_speaker"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "next_date"): Scene("", lambda s: s.at.startswith("June")),
    ("review", "next_named"): Scene("", lambda s: s.at.startswith("Ida Moreno")),
    ("review", "previous_named"): Scene("' s ' s", lambda s: s.at.startswith("Ida Moreno")),
    ("review", "next_cue"): Scene("j", lambda s: s.at.startswith("said Ida")),
    ("review", "previous_cue"): Scene("j", lambda s: s.at.startswith("said on Monday")),
    ("review", "next_quotation"): Scene("", lambda s: s.at.startswith("“The cables")),
    ("review", "previous_quotation"): Scene("G", lambda s: s.at.startswith("“nobody")),
    ("review", "choose_source"): Scene("j", lambda s: s.review.state.mode == "jumping"),
    ("review", "choose_cue"): Scene("j", lambda s: s.review.state.mode == "jumping"),
    ("review", "choose_content"): Scene("j", lambda s: s.review.state.mode == "jumping"),
    ("review", "choose_addressee"): Scene("j", lambda s: s.review.state.mode == "jumping"),
    ("review", "choose_date"): Scene("j", lambda s: s.review.state.mode == "jumping"),
    ("review", "choose_claim"): Scene("", lambda s: s.review.state.mode == "jumping"),
    ("review", "jump"): Scene("", lambda s: s.review.state.mode == "jumping"),
    ("review", "previous_date"): Scene(". .", lambda s: s.at.startswith("June")),
    ("review", "correct_date"): Scene(".", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "article_date"): Scene("", lambda s: isinstance(s.app.screen, AskScreen)),
    ("review", "retry"): Scene("engine-fails", lambda s: s.app.session._process.retried == 1),  # type: ignore[attr-defined] # the still engine
    ("claims", "next_claim"): Scene("", lambda s: s.review.state.claim_id == "c2"),
    ("claims", "previous_claim"): Scene("j", lambda s: s.review.state.claim_id == "c1"),
    ("claims", "first_claim"): Scene("j j", lambda s: s.review.state.claim_id == "c1"),
    ("claims", "last_claim"): Scene("", lambda s: s.review.state.claim_id == "c6"),
    ("claims", "claims_down"): Scene("", lambda s: s.review.state.claim_id == "c6"),
    ("claims", "claims_up"): Scene("G", lambda s: s.review.state.claim_id == "c1"),
    ("claims", "accept_shown"): Scene("", lambda s: s.title == "Accept 6 claims?"),
    ("claims", "reject_shown"): Scene("a", lambda s: s.title == "Reject 5 claims?"),
    ("article", "line_down"): Scene("tab", lambda s: s.review.article.cursor > 0),
    ("article", "line_up"): Scene("tab j", lambda s: s.review.article.cursor == 0),
    ("article", "word_on"): Scene("tab", lambda s: s.at.startswith("bridge to close")),
    ("article", "word_back"): Scene("tab w w", lambda s: s.at.startswith("bridge to close")),
    ("article", "sentence_on"): Scene("tab", lambda s: s.at.startswith("By Ana Brandt")),
    ("article", "sentence_back"): Scene("tab )", lambda s: s.review.article.cursor == 0),
    ("article", "first_line"): Scene("tab j j", lambda s: s.review.article.cursor == 0),
    ("article", "last_line"): Scene("tab", lambda s: len(s.at) <= 2),
    ("article", "page_down"): Scene("tab", lambda s: s.review.article.cursor > 100),
    ("article", "page_up"): Scene("tab G", lambda s: len(s.at) > 100),
    ("selecting", "word_on"): Scene("v", lambda s: s.selected == "The old"),
    ("selecting", "word_back"): Scene("v w w", lambda s: s.selected == "The old"),
    ("selecting", "sentence_on"): Scene("v", lambda s: s.selected.endswith("said on Monday.")),
    ("selecting", "sentence_back"): Scene("v", lambda s: s.selected.startswith("TARN BAY")),
    ("selecting", "quotation"): Scene("v", lambda s: s.selected == "“The cables are tired,”"),
    ("selecting", "line_down"): Scene("v", lambda s: len(s.selected) > 20),
    ("selecting", "line_up"): Scene("v", lambda s: s.selected.endswith("The") and len(s.selected) > 20),
    ("selecting", "make_claim"): Scene(
        SELECT, lambda s: s.words("c7") == "The old harbour bridge" and s.review.state.claim_id == "c7"
    ),
    ("selecting", "make_content"): Scene(SELECT, lambda s: s.words("c1") == "The old harbour bridge"),
    ("selecting", "make_fragment"): Scene("tab ) ) v w", lambda s: s.words("c1").startswith("TARN BAY … The old")),
    ("selecting", "make_cue"): Scene(SELECT, lambda s: s.record.words(s.claim("c1").cue) == "The old harbour bridge"),
    ("selecting", "make_source"): Scene(
        "2 G v w", lambda s: isinstance(s.app.screen, AskScreen) or s.record.words(s.claim("c2").source) == "“The"
    ),
    ("selecting", "make_addressee"): Scene(
        SELECT, lambda s: s.record.words(s.claim("c1").addressee) == "The old harbour bridge"
    ),
    ("selecting", "make_date"): Scene("v", lambda s: s.claim("c1").date == "d5"),
    ("selecting", "clause"): Scene("v units", lambda s: s.selected == "The old harbour bridge will close in June"),
    ("selecting", "phrase"): Scene("v units", lambda s: s.selected == "The old harbour bridge"),
    ("selecting", "next_date"): Scene("v", lambda s: s.selected.endswith("close in June")),
    ("selecting", "previous_date"): Scene("v ' d w w w w", lambda s: s.selected.endswith("close in June")),
    ("selecting", "next_named"): Scene("v", lambda s: s.selected.endswith("said Ida Moreno")),
    ("selecting", "previous_named"): Scene("v ' s w w w", lambda s: s.selected.endswith("said Ida Moreno")),
    ("selecting", "next_cue"): Scene("v", lambda s: s.selected.endswith("said")),
    ("selecting", "previous_cue"): Scene("v ' r w w w", lambda s: s.selected.endswith("chief engineer said")),
    ("selecting", "next_quotation"): Scene("v", lambda s: s.selected.endswith("“The cables are tired,”")),
    ("selecting", "previous_quotation"): Scene("v ' q w w w", lambda s: s.selected.endswith("“The cables are tired,”")),
    ("selecting", "jump"): Scene("v", lambda s: s.review.state.mode == "jumping"),
    ("jumping", "stop_jumping"): Scene("' '", lambda s: s.review.state.mode == "reviewing"),
    ("selecting", "stop_selecting"): Scene("v w", lambda s: s.review.state.mode == "reviewing" and not s.selected),
    ("marking", "accept_marked"): Scene(
        "V j", lambda s: s.statuses == "accepted accepted" and s.review.state.claim_id == "c3"
    ),
    ("marking", "reject_marked"): Scene("V j", lambda s: s.statuses == "rejected rejected"),
    ("marking", "undecide_marked"): Scene("a a k k V j", lambda s: s.statuses == ""),
    ("marking", "speaker_of_marked"): Scene("V j", lambda s: s.title == "Who said 2 claims"),
    ("marking", "type_of_marked"): Scene("V j", lambda s: s.title == "Type of 2 claims"),
    ("marking", "tag_marked"): Scene("V j", lambda s: s.title == "Tags to add to 2 claims"),
    ("marking", "remove_marked"): Scene(
        "V j", lambda s: s.claim("c1").deleted and s.claim("c2").deleted and s.review.state.claim_id == "c3"
    ),
    ("marking", "next_claim"): Scene("V", lambda s: s.review.state.marked == ["c1", "c2"]),
    ("marking", "previous_claim"): Scene("j V j", lambda s: s.review.state.marked == ["c2"]),
    ("marking", "next_undecided"): Scene("j a k k V", lambda s: s.review.state.marked == ["c1", "c2", "c3"]),
    ("marking", "first_claim"): Scene("j V", lambda s: s.review.state.marked == ["c1", "c2"]),
    ("marking", "last_claim"): Scene("V", lambda s: len(s.review.state.marked) == 6),
    ("marking", "claims_down"): Scene("V", lambda s: len(s.review.state.marked) == 6),
    ("marking", "claims_up"): Scene("G V", lambda s: len(s.review.state.marked) == 6),
    ("marking", "stop_marking"): Scene("V j", lambda s: s.review.state.mode == "reviewing"),
    ("matches", "next_match"): Scene("/ f e r r y enter", lambda s: s.at.startswith("ferry then")),
    ("matches", "previous_match"): Scene("/ f e r r y enter n", lambda s: s.at.startswith("Ferry operator")),
    ("matches", "end_search"): Scene("/ f e r r y enter", lambda s: s.review.state.mode == "reviewing"),
    ("typing", "confirm"): Scene("o h i", lambda s: s.claim("c1").note == "hi"),
    ("typing", "cancel"): Scene("o h i", lambda s: s.claim("c1").note == "" and s.app.screen is s.review),
    ("noting", "break_line"): Scene("o h i", lambda s: s.app.screen.query_one(Input).value == "hi\n"),
    ("form", "next_field"): Scene("e", lambda s: s.field == "type"),
    ("form", "previous_field"): Scene("e tab", lambda s: s.field == "speaker"),
    ("form", "close_form"): Scene(
        "e tab tab tab tab h i", lambda s: s.claim("c1").note == "hi" and s.app.focused is s.review.claims
    ),
    ("form", "restore_field"): Scene(
        "e X", lambda s: s.review.query_one("#field-speaker Input", Input).value == "Ida Moreno"
    ),
    ("choosing", "next_choice"): Scene("f", lambda s: s.choice == 1),
    ("choosing", "previous_choice"): Scene("f down down", lambda s: s.choice == 1),
    ("choosing", "choose"): Scene("s down", lambda s: s.claim("c1").speaker == "s2"),
    ("choosing", "cancel"): Scene("s down", lambda s: s.claim("c1").speaker == "s1" and s.app.screen is s.review),
    ("library", "open_row"): Scene("L j", lambda s: s.record.id == "second"),
    ("list", "next_row"): Scene("L", lambda s: s.row == 1),
    ("list", "previous_row"): Scene("L j", lambda s: s.row == 0),
    ("list", "first_row"): Scene("L j", lambda s: s.row == 0),
    ("list", "last_row"): Scene("L", lambda s: s.row == 2),
    ("list", "rows_down"): Scene("L", lambda s: s.row == 2),
    ("list", "rows_up"): Scene("L G", lambda s: s.row == 0),
    ("library", "next_unfinished"): Scene("> D L k", lambda s: s.row == 2),
    ("list", "filter_rows"): Scene("L", lambda s: isinstance(s.app.focused, Input)),
    ("library", "filter_state"): Scene("D L", lambda s: len(s.app.screen.rows) == 2),  # type: ignore[attr-defined] # the library's
    ("library", "back"): Scene("L", lambda s: s.app.screen is s.review),
    ("library", "order_rows"): Scene(
        "L", lambda s: "least sure first" in s.app.screen.query_one(TopBar).render().plain
    ),
    ("library", "speakers"): Scene("L", lambda s: isinstance(s.app.screen, SpeakersScreen)),
    ("speakers", "open_row"): Scene("W j", lambda s: s.app.screen is s.review and s.review.state.claim_id == "c3"),
    ("speakers", "merge_speakers"): Scene("W", lambda s: s.app.screen.mode() == "Ida Moreno: merge with …"),  # type: ignore[attr-defined]
    ("speakers", "split_speakers"): Scene("W", lambda s: "speaks in one article only" in s.said),
    ("speakers", "rename_speaker"): Scene("W", lambda s: isinstance(s.app.screen, AskScreen)),
    ("speakers", "next_unsure"): Scene("W", lambda s: "no possible duplicates in this list" in s.said),
    ("speakers", "filter_kind"): Scene("W", lambda s: len(s.app.screen.rows) == 5),  # type: ignore[attr-defined] # the speakers'
    ("speakers", "undo"): Scene("W S X enter", lambda s: s.record.speakers[0].name == "Ida Moreno"),
    ("speakers", "redo"): Scene("W S X enter u", lambda s: s.record.speakers[0].name == "Ida MorenoX"),
    ("speakers", "back"): Scene("W", lambda s: s.app.screen is s.review),
    ("carrying", "put_together"): Scene("W m enter j", lambda s: isinstance(s.app.screen, AskScreen)),
    ("carrying", "put_down"): Scene("W m enter", lambda s: s.app.screen.mode() == ""),  # type: ignore[attr-defined]
    ("finding", "confirm"): Scene("W m", lambda s: s.app.screen.scopes()[0] == "carrying"),  # type: ignore[attr-defined]
    ("finding", "put_down"): Scene("W m", lambda s: s.app.screen.mode() == ""),  # type: ignore[attr-defined]
    ("filtered", "cancel"): Scene("L / q enter", lambda s: len(s.app.screen.rows) == 3),  # type: ignore[attr-defined]
    ("filtering", "confirm"): Scene("L /", lambda s: not isinstance(s.app.focused, Input)),
    ("filtering", "next_row"): Scene("L /", lambda s: s.row == 1),
    ("filtering", "previous_row"): Scene("L / down", lambda s: s.row == 0),
    ("filtering", "cancel"): Scene("L / q", lambda s: len(s.app.screen.rows) == 3),  # type: ignore[attr-defined]
    ("list", "read_all"): Scene("L", lambda s: "the engine is reading 2 articles" in s.said),
    ("everywhere", "help"): Scene("", lambda s: isinstance(s.app.screen, HelpScreen)),
    ("everywhere", "palette"): Scene("", lambda s: type(s.app.screen).__name__ == "CommandPalette"),
    ("everywhere", "suspend"): Scene("", lambda s: "no shell to go back to" in s.said),  # test_signals has a terminal
    ("everywhere", "quit"): Scene("", lambda s: not s.app.is_running or s.app._exit),
}

PRESSED = [
    pytest.param(action, key, id=f"{action.scope}-{action.name}-{key}") for action in ACTIONS for key in action.keys
]


def test_every_action_with_a_key_has_a_scene() -> None:
    assert {(a.scope, a.name) for a in ACTIONS if a.keys} == set(SCENES)
    assert all(a.keys for a in ACTIONS)


@pytest.mark.parametrize(("action", "key"), PRESSED)
async def test_the_key_does_what_it_says(
    action: Action, key: str, make_app: MakeApp, articles: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = SCENES[action.scope, action.name]
    app = make_app(*articles)
    state = State(app)
    monkeypatch.setattr(app, "copy_to_clipboard", state.copied.append)
    async with app.run_test(size=(120, 40)) as pilot:
        for before in scene.before.split():
            if before == "engine-fails":
                app.session.engine = Progress("failed", "no model")
            elif before == "units":
                app.session.units = units(articles[0].text)
            else:
                await pilot.press(before)
                await settled(app, pilot)
        assert not scene.holds(state), "the scene holds before the key was pressed: it proves nothing"
        await pilot.press(*key.split())
        await settled(app, pilot)
        assert scene.holds(state), state.said


async def settled(app: OnrecordApp, pilot: Any) -> None:
    """Wait for the threads that keys start."""
    if list(app.workers):
        await app.workers.wait_for_complete()
        await pilot.pause()
