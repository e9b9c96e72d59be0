"""The app: composes the screens, routes keys and news to them, and ends without losing anything."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from rich.markup import escape
from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.message import Message
from textual.notifications import Notification
from textual.screen import Screen
from textual.widgets import Input

from annotate.config import Config
from annotate.safe import safe_line
from tui.keys.escape import apart
from tui.keys.keymap import Keymap, key_name
from tui.keys.queue import KeyQueue
from tui.keys.registry import Action
from tui.screens.keyed_screen import KeyedScreen, key_of
from tui.screens.questions import Choice, Question
from tui.screens.review.screen import ReviewScreen
from tui.session.background import in_background
from tui.session.events import News
from tui.session.garbage import TIDY_SECONDS, GarbagePolicy
from tui.session.resume import ResumePoint, ResumePoints
from tui.session.session import Session
from tui.session.settings import checked
from tui.session.signals import Stopping
from tui.widgets.bars import KeyBar, Notice
from tui.widgets.gate import Gate
from tui.widgets.palette import Dim, palette

_SWITCH = 0.0005
"""Seconds after which another thread yields to the UI thread; Python's default of 0.005 can be felt."""
_PATIENCE = 0.3
"""Longest delay of the first frame, in seconds, while the first article is read."""
_SOON = 0.25
"""Delay of an update of the top line, in seconds."""
_LOOK = 1.0
"""Interval in seconds between looks at a save file that another program may be writing, and at the engine's work."""
_BEGIN = 0.06
"""Delay in seconds from the first frame to the start of the engine."""


class SessionNews(Message):
    """News from the engine or the saver."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self.news = news


class OnrecordApp(App[int]):
    """The reader and annotator.

    Args:
        session: The sitting; its articles are added already.
        settings: The person's own theme and keys.
        resume_points: Article and claim to resume at, for each save file.
    """

    TITLE = "Onrecord"
    CSS_PATH = "screens/theme.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [Binding("ctrl+z", "suspend_process", show=False)]

    def __init__(
        self, session: Session, settings: Config | None = None, resume_points: ResumePoints | None = None
    ) -> None:
        super().__init__()
        self._dim, self._gate = Dim(), Gate()
        self.animation_level = "none"  # the effect of a key is seen in one frame, scrolling in the help included
        self.session = session
        self.garbage = GarbagePolicy()
        self.guidelines = settings.guidelines if settings is not None else None
        self.resume_points = resume_points or ResumePoints()
        self._db = Path(session.store.path)
        usable = checked(settings or Config(), self.available_themes)
        self.keymap = Keymap(usable.actions)
        self._resume_point = self.resume_points.get(self._db)
        self._review = ReviewScreen(session, self._resume_point.claim)
        self._keys = KeyQueue(self, self._deliver, lambda: self._review.state.opening, self._quits)
        self._problems = list(usable.problems)
        self._soon: asyncio.TimerHandle | None = None
        self._stopping: Stopping | None = None
        self.theme = usable.theme
        self._first = in_background(partial(session.load_first, self._resume_point.article))
        self._load_first()

    @property
    def has_article(self) -> bool:
        """True when an article is open or being read."""
        return self.session.record is not None or self._review.state.opening

    @property
    def cursor_position(self) -> Offset:
        """The cell at which the terminal's cursor stands after each frame."""
        screen = self.screen
        return screen.cursor_screen_offset if isinstance(screen, KeyedScreen) else self._cursor_told

    @cursor_position.setter
    def cursor_position(self, told: Offset) -> None:
        self._cursor_told = told

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters for all lines on their way to the terminal, the gate last."""
        return (self._dim, *super().get_line_filters(), self._gate)

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours, text legible on every background."""
        return palette(super().get_css_variables())

    async def on_event(self, event: events.Event) -> None:
        """Queue keys, so that they are handled one at a time."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            for key in apart(event, typing=isinstance(self.focused, Input)):
                await self._keys.put(key)
            self.garbage.key_answered()
        else:
            await super().on_event(event)

    def get_default_screen(self) -> ReviewScreen:
        """Return the review."""
        return self._review

    def on_ready(self) -> None:
        """Start the engine soon after the first frames: starting a process takes longer than drawing them."""
        self.set_timer(_BEGIN, self._begin)

    def on_mount(self) -> None:
        """Report problems of the start, and welcome a new user."""
        sys.setswitchinterval(_SWITCH)
        if sys.platform != "win32" and not self.is_headless:
            self._stopping = Stopping(self)
        for problem in self._problems:
            self._alarm(problem)
        for notice in self.session.store.notices:
            self._alarm(notice)
        if self.session.store.read_only:
            self.set_interval(_LOOK, self._follow)
        if self._review.state.opening:
            self._await_first()
        if self.resume_points.first_run:
            self._welcome()

    @work(thread=True, exclusive=True, group="follow")
    def _follow(self) -> None:
        self.session.follow()

    def on_session_news(self, message: SessionNews) -> None:
        """Handle news; suggestions for the open article appear without moving the cursor or the text."""
        session, news = self.session, message.news
        unsaved_before, failed_before = session.save.state == "unsaved", session.engine.state == "failed"
        if session.handle(news):
            self._review.show_record()
        if session.save.state == "unsaved" and not unsaved_before:
            self._alarm(f"not saved: {session.save.error}. Onrecord tries again until it works.")
        if session.engine.state == "failed" and not failed_before:
            self._alarm(f"the engine failed: {session.engine.detail}. {self.keymap.key_of('retry')} starts it again.")
        if session.save.state == "unsaved" or session.engine.state == "failed":
            self._show_news()
        else:
            self.show_news_soon()

    def _refresh_notifications(self) -> None:
        """Show a notice in the key bar if it fits there: a toast, a widget of its own, costs a layout."""
        notices = list(self._notifications)
        bar = next(iter(self.screen.query(KeyBar)), None) if self.screen_stack else None
        lines = [Notice(one.message, one.severity) for one in notices]
        in_bar = bar is not None and bar.take(lines)
        if not in_bar or self.screen.query("Toast"):
            super()._refresh_notifications()
        elif notices:
            asyncio.get_running_loop().call_later(notices[0].time_left, self._refresh_notifications)

    def show_news_soon(self) -> None:
        """Update the top line within a fraction of a second, once for all news until then.

        A frame more for each key would make keys wait; and a timer of Textual's is a task, which costs as much.
        """
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(_SOON, self._show_news)

    def _show_news(self) -> None:
        self._soon = None
        self._review.show_bars()
        for screen in self.screen_stack[-1:]:  # empty while the app ends
            if isinstance(screen, KeyedScreen):
                screen.hear_news()

    def ask(self, question: Question, taken: Callable[[str | None], None]) -> None:
        """Ask a question in a dialog over the current screen.

        Args:
            question: Title, choices and checks.
            taken: Called with the answer; with None when the dialog is cancelled.
        """
        from tui.screens.ask import AskScreen

        self.push_screen(AskScreen(question), taken)

    def show_help(self, actions: Sequence[Action]) -> None:
        """List actions and their keys in a dialog over the current screen."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(actions, self.keymap))

    def remember_place(self) -> None:
        """Save the current article and claim as the resume point."""
        if record := self.session.record:
            self.resume_points.put(self._db, ResumePoint(record.id, self._review.state.claim_id))

    def leave(self) -> None:
        """Save everything and end the app; ask first when something cannot be saved."""
        self.remember_place()
        if self.session.save.state == "unsaved":
            self._ask_to_quit(self.session.save.error)
        else:
            self._close()

    async def action_quit(self) -> None:
        """Quit from any screen or field; text being typed is saved first."""
        if self.save_typed():
            self.leave()

    def save_typed(self) -> bool:
        """Save the text being typed in a field; return False if it is invalid."""
        return self._review.save_typed()

    def action_suspend_process(self) -> None:
        """Suspend the app, and give the terminal back to the shell until the app is brought to the foreground."""
        if self._stopping is None:
            self._alarm("there is no shell to go back to")
        else:
            self._stopping.stop()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield every action available now, then Textual's own commands."""
        if isinstance(screen, KeyedScreen):
            for action in screen.actions():
                if action.name != "palette":
                    keys = " ".join(map(key_name, action.keys)) or "no key"
                    yield SystemCommand(action.description, escape(keys), partial(screen.act, action.name))
        yield from (c for c in super().get_system_commands(screen) if c.title in {"Theme", "Screenshot"})

    # ------------------------------------------------------------------ inside

    def _begin(self) -> None:
        """Start the garbage collector and the engine, and prepare for keys, after the first frame."""
        _ = self._review.handlers
        self.garbage.start()
        self.set_interval(TIDY_SECONDS, self.garbage.tidy_in_pause)
        self.set_interval(_LOOK, self._show_reading)
        self.session.listen(self._from_thread)

    def _show_reading(self) -> None:
        """Show how far the engine is."""
        if self.session.engine.state == "reading":
            self.show_news_soon()

    async def _deliver(self, key: events.Key) -> None:
        """Deliver a key; the notices before it go in the frame that it causes, as the user has read them."""
        read = list(self._notifications)
        await super().on_event(key)
        if read:
            self.screen.call_later(self._clear, read)

    def _clear(self, notices: Iterable[Notification]) -> None:
        for notice in notices:
            self._unnotify(notice, refresh=False)
        self._refresh_notifications()
        if holders := self.screen.query("ToastHolder"):  # Textual never removes that of a cleared toast
            holders.remove()  # costs a layout, even of none

    def _alarm(self, message: str) -> None:
        self.notify(safe_line(message), severity="error", markup=False, timeout=10)

    def _from_thread(self, news: News) -> None:
        self.post_message(SessionNews(news))

    def _load_first(self) -> None:
        """Load the first article before the screen is drawn, so that its text is in the first frame.

        An article that takes longer is shown later; until then there is a screen, and a key to quit.
        """
        try:
            found = self._first.result(_PATIENCE)
        except TimeoutError:
            self._review.state.opening = True
            return
        if found:
            self.session.show(*found)
        self._problems += [entry.error for entry in self.session.entries if entry.error]

    @work(exit_on_error=False)
    async def _await_first(self) -> None:
        """Open the first article once it is read; end the app when none can be opened."""
        try:
            found = await asyncio.wrap_future(self._first)
        except Exception as error:  # noqa: BLE001 # whatever is wrong with one article, the person goes on with others
            self._review.not_opened(f"{type(error).__name__}: {error}")
            return
        for entry in self.session.entries:
            if entry.error:
                self._alarm(entry.error)
        if found:
            self._review.opened(*found, self._resume_point.claim)
        else:
            self._close()

    def _quits(self, key: events.Key) -> bool:
        action = self.keymap.find(key_of(key), ("everywhere",))
        return action is not None and action.name == "quit"

    def _welcome(self) -> None:
        from tui.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(self.keymap), lambda _: self.resume_points.welcomed())

    @work(thread=True, exclusive=True, group="leave", exit_on_error=False)
    def _close(self) -> None:
        error = self.session.close()
        if error:
            self.call_from_thread(self._ask_to_quit, error)
        else:
            self.call_from_thread(self.exit)

    def _ask_to_quit(self, error: str) -> None:
        choices = (Choice("stay", "stay; saving is tried again"), Choice("quit", "quit and lose the unsaved changes"))

        def taken(choice: str | None) -> None:
            if choice == "quit":
                self.exit(return_code=1)

        self.ask(Question("Not saved", choices, text=error), taken)
