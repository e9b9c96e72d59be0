"""Who speaks in all articles of the sitting: merge, split, rename, and go to what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on, work
from textual.message import Message

from annotate.changes import Change
from annotate.directory import Directory, Entry, merge, rename, split
from annotate.errors import OnrecordError
from annotate.formats.base import count
from annotate.safe import safe_line
from tui.actions import Scope
from tui.screens.questions import DIGITS, Choice, Question
from tui.screens.rows import RowsScreen, has_words
from tui.session import Session
from tui.widgets.bars import Fact, TopBar
from tui.widgets.fit import shortened

_KIND_CELLS = 14
_NAMELESS = ("group", "unnamed", "unknown")
"""Kinds that are somebody else in each article."""
_ANOTHER = "\0another"
"""The choice to look for the other one in the list."""


class SpeakersScreen(RowsScreen[Entry, tuple[int, str | None]]):
    """Lists the speakers; dismissed with the place of an article and the claim to go to, or with None.

    Args:
        session: The sitting.
    """

    TITLED = "speakers"
    SCOPE: ClassVar[Scope] = "speakers"

    class _Read(Message):
        """Who speaks has been read."""

        def __init__(self, directory: Directory) -> None:
            super().__init__()
            self.directory = directory

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._directory: Directory | None = None
        self._named_only = True
        self._carried: Entry | None = None
        """The one that is to be merged into another."""
        self._wanted_name = ""
        """Of the row to mark when the list has been read again."""
        self._claims = 0
        """How many there were in all articles when it was read."""

    # ------------------------------------------------------------------ the list

    def on_mount(self) -> None:
        """Read who speaks."""
        super().on_mount()
        self._read_again("")

    def hear_news(self) -> None:
        """Read again when the engine has found more."""
        if self._claims != self._counted():
            self._read_again("")

    def _counted(self) -> int:
        return sum(entry.claims for entry in self._session.entries)

    @work(thread=True, exclusive=True, group="speakers", exit_on_error=False)
    def _read(self) -> None:
        try:
            directory = Directory(self._session.speakers())
        except OnrecordError as error:
            self.app.call_from_thread(self.say, str(error), "error")
            return
        self.post_message(self._Read(directory))

    @on(_Read)
    def _show(self, message: _Read) -> None:
        self._directory = message.directory
        named = (entry for entry in message.directory.entries if entry.name == self._wanted_name)
        self.show_rows(next(named, None))

    def wanted(self) -> list[Entry]:
        """Return the speakers of the kinds and with the words wanted."""
        words = self.words.casefold().split()
        entries = self._directory.entries if self._directory else ()
        return [
            entry
            for entry in entries
            if not (self._named_only and entry.kind in _NAMELESS)
            and has_words(" ".join((entry.name, entry.description, *entry.aliases)), words)
        ]

    def same(self, one: Entry, other: Entry) -> bool:
        """Tell entries by their keys."""
        return one.key == other.key

    def line(self, row: Entry, width: int, marked: bool) -> str:  # noqa: FBT001 # as the list calls it
        """Return kind, name and how much somebody says."""
        carried = self._carried is not None and self._carried.key == row.key
        others = self._directory.maybe(row) if self._directory else ()
        about = ", ".join(filter(None, (row.name, row.description)))
        about += f" · also {', '.join(row.aliases)}" if row.aliases else ""
        about += f" · maybe {others[0].name}" if others else ""
        head = ("▶ " if marked else "  ") + set_cell_size(row.kind, _KIND_CELLS)
        head += "+ " if carried else "? " if others else "  "
        tail = f" {count(row.claims, 'claim'):>11} {count(len(row.articles), 'article'):>12} "
        room = max(0, width - cell_len(head) - cell_len(tail))
        return set_cell_size(head + set_cell_size(shortened(safe_line(about), room), room) + tail, width)

    def show_bars(self) -> None:
        """Show how many there are, and what is being done."""
        if self._directory is None:
            self.query_one(TopBar).show("Speakers", [Fact("reading…", 3)])
            return
        total = len(self._directory.entries)
        facts = [Fact(f"{len(self.rows)} of {total} speakers", 2)]
        if self._named_only:
            facts.insert(0, Fact("with a name", 1))
        if self._carried:
            key = self.keymap.key_of("merge_speakers", "speakers")
            facts.insert(0, Fact(f"go to who {safe_line(self._carried.name)} is, {key} there; escape cancels", 3))
        self.query_one(TopBar).show("Speakers", facts)

    def action_filter_kind(self) -> None:
        """Show all speakers, or those with a name."""
        self._named_only = not self._named_only
        self.show_rows()

    def action_next_unsure(self) -> None:
        """Go to the next speaker who may be one with another."""
        directory = self._directory
        self.go_to_next(lambda row: bool(directory and directory.maybe(row)), "nobody may be one with another")

    def leave(self) -> None:
        """Put down what is carried, else go back."""
        if self._carried:
            self._carry(None)
        else:
            self.dismiss(None)

    # ------------------------------------------------------------------ going to what somebody says

    def opened(self, row: Entry) -> None:
        """Choose an article of somebody's, and go there."""
        if len(row.articles) == 1:
            self._go_to(row, row.articles[0])
            return

        def taken(article: str | None) -> None:
            if article is not None:
                self._go_to(row, article)

        self.ask(Question(f"Articles of {row.name}", self._articles_of(row)), taken)

    @work(thread=True, exclusive=True, group="go", exit_on_error=False)
    def _go_to(self, entry: Entry, article: str) -> None:
        speakers = {a.speaker.id for a in entry.appearances if a.article == article}
        try:
            record = self._session.article(article)
        except OnrecordError as error:
            self.app.call_from_thread(self.say, str(error), "error")
            return
        theirs = sorted((c.start, c.id) for c in record.claims if c.speaker in speakers and not c.deleted)
        claim = theirs[0][1] if theirs else None
        self.app.call_from_thread(lambda: self.dismiss((self._session.index_of(article), claim)))

    def _articles_of(self, entry: Entry) -> tuple[Choice, ...]:
        names = {known.id: known.name for known in self._session.entries}
        return tuple(
            Choice(a.article, names.get(a.article, a.article), f"{a.speaker.name} · {count(a.claims, 'claim')}")
            for a in {a.article: a for a in entry.appearances}.values()
        )

    # ------------------------------------------------------------------ deciding who is who

    def action_merge_speakers(self) -> None:
        """Say that a speaker is one with another, whose name stays."""
        here, carried, directory = self.current, self._carried, self._directory
        if here is None or directory is None:
            return
        if carried is not None:
            if carried.key == here.key:
                self.refuse("go to another one first")
            else:
                self._merge(carried, here)
            return
        others = directory.maybe(here)[:DIGITS]
        if not others:
            self._carry(here)
            return
        choices = [Choice(other.key, other.name, _about(other)) for other in others]
        choices.append(Choice(_ANOTHER, "another one: find it in the list"))

        def taken(key: str | None) -> None:
            if key == _ANOTHER:
                self._carry(here)
            elif key is not None:
                self._merge(here, next(other for other in others if other.key == key))

        self.ask(Question(f"{here.name} is one with", tuple(choices)), taken)

    def _carry(self, entry: Entry | None) -> None:
        self._carried = entry
        self.show_rows()

    def _merge(self, gone: Entry, kept: Entry) -> None:
        self._carried = None
        try:
            changes = merge(kept, gone, self._session.article)
        except OnrecordError as error:
            self.say(str(error), "error")
            return
        self._do(changes, kept.name, f"{gone.name} is {kept.name}")

    def action_split_speakers(self) -> None:
        """Say that the speaker of one of the articles is somebody else."""
        entry = self.current
        if entry is None:
            return
        if len(entry.articles) == 1:
            self.refuse(f"{entry.name} speaks in one article only")
            return

        def taken(article: str | None) -> None:
            if article is not None:
                self._do(split(entry, {article}), entry.name, f"{entry.name} is somebody else there")

        self.ask(Question(f"In which article is {entry.name} somebody else", self._articles_of(entry)), taken)

    def action_rename_speaker(self) -> None:
        """Rename a speaker in all articles."""
        entry = self.current
        if entry is None:
            return

        def taken(name: str | None) -> None:
            if name is not None:
                changes = rename(entry, name)
                self._do(changes, " ".join(name.split()), f"renamed in {count(len(changes), 'article')}")

        self.ask(Question.rename("Rename the speaker in all articles", entry.name), taken)

    def action_undo(self) -> None:
        """Undo the last action, in whatever article it was."""
        self._again("undid", undo=True)

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._again("redid", undo=False)

    def _again(self, said: str, *, undo: bool) -> None:
        changes = self.step(undo=undo)
        if not changes:
            return
        self._read_again(self.current.name if self.current else "")
        self.say(f"{said}: {changes[0].op} in {count(len(changes), 'article')}")

    def _do(self, changes: Sequence[Change], name: str, said: str) -> None:
        if not changes:
            self.refuse("that changes nothing")
            return
        try:
            self._session.do_all(changes)
        except OnrecordError as error:
            self.say(str(error), "error")
            return
        self._read_again(name)
        undo = self.keymap.key_of("undo", "speakers")
        self.say(f"{said}; {undo} takes it back")

    def _read_again(self, name: str) -> None:
        self._wanted_name, self._claims = name, self._counted()
        self._read()


def _about(entry: Entry) -> str:
    return " · ".join(filter(None, (entry.description, count(entry.claims, "claim"))))
