"""The speakers of all articles: merge, split and rename them, and go to their claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.message import Message

from annotate.changes import Change
from annotate.directory import Directory, Entry, confirm, merge, rename, split, stands, unjoin
from annotate.directory.names import is_name
from annotate.errors import OnrecordError
from annotate.plural import count
from tui.keys.registry import Scope
from tui.screens.list_screen import Destination, ListScreen
from tui.screens.questions import DIGITS, Choice, Question
from tui.screens.speaker_questions import articles_of, which_name
from tui.screens.undo import redo, undo
from tui.session.list_states import SpeakerListState
from tui.session.session import Session
from tui.text.shorten import shortened
from tui.widgets.bars import TopBar
from tui.wording.speaker_rows import SpeakerLines, roles_of
from tui.wording.status_line import Fact

_NAME_CELLS, _TITLE_CELLS = 20, 60
"""Maximum width in cells of a name in the key bar, and in the list's title."""
_ANOTHER = "\0another"
"""Value of the choice to look for another speaker in the list."""
_ITSELF = "\0itself"
"""Value of the choice to confirm that one name means one person."""


class SpeakersScreen(ListScreen[Entry]):
    """The list of speakers of all articles.

    Args:
        session: The sitting.
    """

    TITLED = "speakers"
    SCOPE: ClassVar[Scope] = "speakers"
    _state: SpeakerListState

    class _Read(Message):
        """Message that the directory of speakers has been read."""

        def __init__(self, directory: Directory) -> None:
            super().__init__()
            self.directory = directory

    def __init__(self, session: Session) -> None:
        super().__init__(session.lists.speakers)
        self._session = session
        self._directory = Directory(())
        self._lines = SpeakerLines(self._directory, {})
        self._is_read = False
        self._reading = self._is_old = False
        """True while the directory is being read, and if something has changed since."""
        self._carried: Entry | None = None
        """Speaker to merge into another one, while the user looks for that in the list."""
        self._words_before = ""
        """Filter of the list before a merge began, restored afterwards."""
        self._claims = 0
        """Number of claims in all articles when the directory was read."""

    # ------------------------------------------------------------------ the list

    def on_mount(self) -> None:
        """Read the directory of speakers."""
        super().on_mount()
        self._read_again()

    def hear_news(self) -> None:
        """Read the directory again if the engine has found more claims."""
        if self._claims != self._counted():
            self._read_again(self.current)

    def _counted(self) -> int:
        return sum(entry.claims for entry in self._session.entries)

    @work(thread=True, group="speakers", exit_on_error=False)
    def _read(self) -> None:
        try:
            directory = Directory(self._session.speakers())
        except OnrecordError as error:
            self.app.call_from_thread(self._fail, str(error))
            return
        self.post_message(self._Read(directory))

    def _fail(self, why: str) -> None:
        self._reading = False
        self.say(why, "error")

    @on(_Read)
    def _show(self, message: _Read) -> None:
        self._reading = False
        if self._is_old:
            self._begin()
        self._directory, self._is_read = message.directory, True
        titles = {entry.id: entry.name for entry in self._session.entries if entry.id}
        self._lines = SpeakerLines(message.directory, titles)
        entries = message.directory.entries
        self.show_rows(next((entry for entry in entries if self._state.marked in entry), None))

    def wanted(self) -> list[Entry]:
        """Return the speakers that pass the filter, by kind and words."""
        found = self._directory.find(self.words)
        return [entry for entry in found if is_name(entry.kind, entry.name)] if self._state.named_only else found

    def same(self, one: Entry, other: Entry) -> bool:
        """Compare entries by their keys."""
        return one.key == other.key

    def line(self, row: Entry, width: int, *, marked: bool) -> str:
        """Return a line with kind, name and number of claims of a speaker."""
        carried = self._carried is not None and self._carried.key == row.key
        return self._lines.line(row, width, marked=marked, carried=carried)

    def show_bars(self) -> None:
        """Show the numbers of speakers, and of unread articles."""
        if not self._is_read:
            self.query_one(TopBar).show("Speakers", [Fact("reading…", 3)])
            return
        which = " with a name" if self._state.named_only else ""
        facts = [Fact(f"{len(self.rows)} of {count(len(self._directory.entries), 'speaker')}{which}", 2)]
        if unread := self._session.unread:
            key = self.keymap.key_of("read_all", "list")
            facts.append(Fact(f"engine has not read {unread}; {key} reads all", 3))
        self.query_one(TopBar).show("Speakers", facts)

    def scopes(self) -> tuple[Scope, ...]:
        """Return the scopes of the list, or those of a merge in progress."""
        scopes = super().scopes()
        if self._carried is None:
            return scopes
        return ("finding", *scopes) if "filtering" in scopes else ("carrying", "list", "everywhere")

    def mode(self) -> str:
        """Return the name of the speaker to merge, while a merge is in progress."""
        return f"{shortened(self._carried.name, _NAME_CELLS)}: merge with …" if self._carried else ""

    def action_filter_kind(self) -> None:
        """Show all speakers, or those with a name."""
        self._state.named_only = not self._state.named_only
        self.show_rows()

    def action_next_unsure(self) -> None:
        """Go to the next possible duplicate."""
        self.go_to_next(self._directory.is_unsure, "no possible duplicates in this list")

    def action_back(self) -> None:
        """Go back; the speaker stays marked for the next time."""
        self._mark(self.current)
        super().action_back()

    # ------------------------------------------------------------------ going to what somebody says

    def opened(self, row: Entry) -> None:
        """Ask for one of the speaker's articles, and open it."""
        if len(row.articles) == 1:
            self._go_to(row, row.articles[0])
            return

        def taken(article: str | None) -> None:
            if article is not None:
                self._go_to(row, article)

        self.ask(
            Question("Articles", articles_of(row, self._lines), text=f"Articles in which {row.name} speaks:"), taken
        )

    @work(thread=True, exclusive=True, group="go", exit_on_error=False)
    def _go_to(self, entry: Entry, article: str) -> None:
        self._mark(entry)
        speakers = {a.speaker.id for a in entry.appearances if a.article == article}
        try:
            record = self._session.article(article)
        except OnrecordError as error:
            self.app.call_from_thread(self.say, str(error), "error")
            return
        theirs = sorted((c.start, c.id) for c in record.claims if c.speaker in speakers and stands(c))
        claim = theirs[0][1] if theirs else None
        self.app.call_from_thread(lambda: self.dismiss(Destination(self._session.index_of(article), claim)))

    # ------------------------------------------------------------------ deciding who is who

    def action_merge_speakers(self) -> None:
        """Merge a speaker with another one, or confirm one of several people as one person."""
        here = self._changeable()
        if here is None:
            return
        others = self._directory.maybe(here)[:DIGITS]
        choices = [Choice(other.key, other.name, self._lines.about(other)) for other in others]
        if here.namesakes:
            choices.insert(0, Choice(_ITSELF, "confirm as one person in all articles", roles_of(here)))
        if not choices:
            self._carry(here)
            return
        choices.append(Choice(_ANOTHER, "another speaker: find it in the list"))

        def taken(key: str | None) -> None:
            if key == _ITSELF:
                self._do(confirm(here), here, f"{here.name} was confirmed as one person")
            elif key == _ANOTHER:
                self._carry(here)
            elif key is not None:
                self._merge(here, next(other for other in others if other.key == key))

        asked = f"Merge {here.name} ({self._lines.where(here)}) with"
        self.ask(Question("Merge", tuple(choices), text=asked), taken)

    def action_put_together(self) -> None:
        """Merge the speaker that was chosen first with the marked one."""
        if self._carried is None or self.current is None:
            return
        if self._carried.key == self.current.key:
            self.refuse("choose another speaker first")
        else:
            kept, gone = self.current, self._carried
            self._put_down()
            self._merge(gone, kept)

    def action_put_down(self) -> None:
        """Leave everything as it was."""
        carried = self._carried
        self._put_down()
        self.show_rows(carried)

    def _carry(self, entry: Entry) -> None:
        """Begin a merge: the user finds the other speaker in the list."""
        self._carried, self._words_before = entry, self.words
        self.filter_by("")
        self.action_filter_rows()  # a name can be typed at once
        self._show_carrying()

    def _put_down(self) -> None:
        """End a merge, and restore the list's filter."""
        self._carried = None
        self.filter_by(self._words_before)
        self._show_carrying()

    def _show_carrying(self) -> None:
        """Show the title and keys of a merge."""
        carried = self._carried
        self.entitle(f"Merge {shortened(carried.name, _TITLE_CELLS)} with" if carried else "Speakers")
        self.show_keys()

    def _merge(self, gone: Entry, kept: Entry, name: str = "") -> None:
        """Merge two speakers; ask for a name if none is given and their names differ."""

        def taken(name: str | None) -> None:
            if name is not None:
                others = [other for other in (gone.name, kept.name) if other != name]
                said = f"merged {others[0]} into {name}" if len(others) == 1 else f"merged both into {name}"
                self._do_soon(lambda: merge(kept, gone, self._session.article, name), kept, said + _as_one(kept, gone))

        if name or gone.name == kept.name:
            taken(name or kept.name)
        else:
            self.ask(which_name(kept, gone, self._lines), taken)

    def action_split_speakers(self) -> None:
        """Split off the speaker of one article, of one role, or of one earlier merge."""
        entry = self._changeable()
        if entry is None:
            return
        parts = {f"\0{i}": part for i, part in enumerate(entry.joined)}
        roles = {
            f"\0\0{i}": part
            for i, part in enumerate(entry.namesakes)
            if len(part.articles) > 1 or len(part.appearances) < len(entry.marks_in(*part.articles))
        }
        choices = [
            Choice(key, f"all articles with the description: {r.description}", self._lines.how_much(r))
            for key, r in roles.items()
        ]
        choices += articles_of(entry, self._lines) if len(entry.articles) > 1 else ()
        choices += [
            Choice(key, self._lines.title(p.article), f"only {p.speaker.name} · {count(len(p.claims), 'claim')}")
            for key, p in parts.items()
        ]
        if not choices:
            self.refuse(f"{entry.name} speaks in one article only")
            return

        def taken(key: str | None) -> None:
            if key in parts:
                part = parts[key]
                said = f"{part.speaker.name} was split off"
                self._do_soon(lambda: unjoin(part, self._session.article(part.article)), entry, said)
            elif key is not None:
                gone = roles[key].marks_in(*entry.articles) if key in roles else entry.marks_in(key)
                left = Entry(entry.key, tuple(a for a in entry.appearances if a.mark not in gone))
                self._do(split(entry, gone), entry, f"{entry.name} was split off{_as_one(left)}")

        self.ask(Question("Split", tuple(choices), text=f"Choose what to split off from {entry.name}:"), taken)

    def action_rename_speaker(self) -> None:
        """Rename a speaker in all articles."""
        entry = self._changeable()
        if entry is None:
            return

        def taken(name: str | None) -> None:
            if name is None:
                return
            others = self._directory.called(name, entry)
            if others:
                self._rename_or_merge(entry, name, others)
            else:
                self._rename(entry, name)

        self.ask(Question.rename("Rename the speaker in all articles", entry.name), taken)

    def _rename_or_merge(self, entry: Entry, name: str, others: Sequence[Entry]) -> None:
        """Ask whether to rename or to merge, if another speaker has the new name."""
        choices = [Choice(o.key, f"the same speaker: {o.name}", self._lines.about(o)) for o in others[: DIGITS - 1]]
        choices.append(Choice(_ANOTHER, f"another speaker called {name}"))

        def taken(key: str | None) -> None:
            if key == _ANOTHER:
                self._rename(entry, name, others)
            elif key is not None:
                self._merge(entry, next(other for other in others if other.key == key), name)

        self.ask(Question("Rename", tuple(choices), text=f"{name} is in the list already:"), taken)

    def _rename(self, entry: Entry, name: str, others: Sequence[Entry] = ()) -> None:
        changes = rename(entry, name, others)
        self._do(changes, entry, f"renamed in {count(len(entry.articles), 'article')}{_as_one(entry)}")

    def _changeable(self) -> Entry | None:
        """Return the marked entry if the save file can be changed; else show the reason."""
        return self.current if self.may_change() else None

    def action_undo(self) -> None:
        """Undo the last action, in any article."""
        if undo(self):
            self._read_again(self.current)

    def action_redo(self) -> None:
        """Redo the last undone action."""
        if redo(self):
            self._read_again(self.current)

    @work(thread=True, group="do", exit_on_error=False)
    def _do_soon(self, changes: Callable[[], Sequence[Change]], marked: Entry, said: str) -> None:
        """Compute changes that need articles to be read, in a thread, and apply them."""
        try:
            found = changes()
        except OnrecordError as error:
            self.app.call_from_thread(self.say, str(error), "error")
            return
        self.app.call_from_thread(self._do, found, marked, said)

    def _do(self, changes: Sequence[Change], marked: Entry, said: str) -> None:
        if not changes:
            self.refuse("nothing to change")
            return
        try:
            self._session.do_all(changes)
        except OnrecordError as error:
            self._read_again(marked)
            self.say(str(error), "error")
            return
        self._read_again(marked)
        undo = self.keymap.key_of("undo", "speakers")
        self.say(f"{said}; {undo} undoes it")

    def _read_again(self, marked: Entry | None = None) -> None:
        self._mark(marked)
        self._is_old = True
        if not self._reading:  # one at a time: threads cannot be stopped, and an older list must not arrive last
            self._begin()

    def _begin(self) -> None:
        self._reading, self._is_old, self._claims = True, False, self._counted()
        self._read()

    def _mark(self, entry: Entry | None) -> None:
        if entry is not None:
            self._state.marked = entry.mark


def _as_one(*entries: Entry) -> str:
    """Return a note that a decision also confirms several roles as one person."""
    return "".join(f"; confirmed as one: {roles_of(entry)}" for entry in entries if entry.namesakes)
