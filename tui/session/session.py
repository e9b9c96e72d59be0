"""A sitting: its articles, the open record, undo and saving; independent of the screen.

Other threads may call `hear` (queue news) and `load` (read a file); the rest belongs to the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from annotate.changes import Change, apply
from annotate.clock import now
from annotate.edit import Actor
from annotate.errors import OnrecordError, ReadError, StoreError
from annotate.model import Record
from annotate.origin import human
from annotate.read import Article, Source
from annotate.spans import Span
from annotate.store import Store
from annotate.units import NO_UNITS
from tui.session.engine_process import Answer, Part, Progress, UnitsFound
from tui.session.engine_results import EngineResults
from tui.session.events import Engine, Followed, News, NewsQueue
from tui.session.library import ArticleEntry
from tui.session.list_states import ListStates
from tui.session.loader import Loader, relabelled
from tui.session.read_all import ReadAll
from tui.session.reading_time import ReadingTime
from tui.session.saver import Saver, SaveState

if TYPE_CHECKING:
    from annotate.directory import Appearance


class Session:
    """The articles of one sitting, the open one, and its saving.

    Args:
        store: The save file.
        reviewer: The person's name, as in `human:NAME`.
        engine: Asked for articles that the save file does not know.
        date: ISO date for articles that carry none.
    """

    def __init__(self, store: Store, reviewer: str, engine: Engine, date: str | None = None) -> None:
        self.store = store
        self.reviewer = reviewer
        self.entries: list[ArticleEntry] = []
        self.index = 0
        self.record: Record | None = None
        self.lists = ListStates()
        self.save = SaveState("saved")
        self.engine = Progress("starting")
        self.reading_time = ReadingTime()
        self.units = NO_UNITS
        """Units of the part of the open article that was last asked for."""
        self._process = engine
        self._has_all = False
        """True if the list holds all articles of the save file."""
        self._results = EngineResults()
        self._loader = Loader(self.entries, store, self._results, date)
        self._news = NewsQueue()
        self._read_all = ReadAll(self.entries, self._loader.load, lambda record: engine.ask(_article(record)))
        """Requests to the engine to read all articles."""
        self._saver = Saver(store, self.hear)

    # ------------------------------------------------------------------ articles

    def add(self, sources: Iterable[Source | Article | ReadError]) -> None:
        """Add inputs; those in the save file show their progress at once."""
        known = {summary.path: summary for summary in self.store.summaries() if summary.path}
        for source in sources:
            if isinstance(source, ReadError):
                self.entries.append(ArticleEntry(source.message, None, error=str(source)))
                continue
            summary = known.get(self.store.relative(source.path)) if source.path else None
            name = source.name if isinstance(source, Source) else source.title or source.id
            entry = ArticleEntry.stored(summary) if summary else ArticleEntry(name, None)
            name = (summary and summary.title) or name
            self.entries.append(entry._replace(name=name, source=source))

    def add_stored(self) -> None:
        """Add every article of the save file."""
        self.entries += map(ArticleEntry.stored, self.store.summaries())
        self._has_all = True

    def load(self, index: int) -> Record:
        """Return an article's record, from the save file or its source. Thread-safe.

        Raises:
            OnrecordError: it cannot be read; the message names the file.
        """
        return self._loader.load(index)

    def show(self, index: int, record: Record) -> None:
        """Open a loaded record, and have the engine read it if it has not."""
        if _unread(record):
            record = self._loader.latest(record)
        self.index = index
        self.record = record
        self.units = NO_UNITS
        self.entries[index] = self.entries[index].counted(record)
        if _unread(record):
            self._process.ask(_article(record), first=True)

    @property
    def has_new_text(self) -> bool:
        """True if the file of the open article has another text than the save file."""
        return self.record is not None and self.record.id in self._loader.new_texts

    def article(self, article_id: str) -> Record:
        """Return an article from the save file or the engine's results.

        Raises:
            StoreError: neither has.
        """
        if self.record is not None and self.record.id == article_id:
            return self.record
        return self._results.get(article_id) or self.store.get(article_id)

    def speakers(self) -> list[Appearance]:
        """Return the speakers of all articles in the save file or read by the engine. Thread-safe."""
        from annotate.directory import of_record  # deferred: not before the first paint

        shown = [
            id_ for id_ in {*self._results.ids(), self.record and self.record.id} if id_ and not self.store.has(id_)
        ]
        # The open article may have a new text: its first change saves that text, with other offsets.
        shown += [id_ for id_ in self._loader.new_texts if self.record is not None and id_ == self.record.id]
        stored = [who for who in self.store.speakers() if who.article not in shown]
        return stored + [who for id_ in shown for who in of_record(self.article(id_))]

    def open_first(self, wanted: str | None = None) -> None:
        """Open the article of an id, else the first that can be opened."""
        if found := self.load_first(wanted):
            self.show(*found)

    def load_first(self, wanted: str | None = None) -> tuple[int, Record] | None:
        """Return the index and record of a wanted article, or of the first readable one. Thread-safe.

        Those that cannot be read are marked with the reason.
        """
        indices = sorted(range(len(self.entries)), key=lambda i: not (wanted and self.entries[i].id == wanted))
        for index in indices:
            try:
                return index, self.load(index)
            except OnrecordError as error:
                self.entries[index] = self.entries[index]._replace(error=str(error))
        return None

    def prepare(self, index: int) -> None:
        """Have the engine read an article ahead of its opening. Thread-safe; failures are ignored."""
        if not 0 <= index < len(self.entries) or not self.entries[index].is_unread:
            return
        try:
            record = self.load(index)
        except OnrecordError:
            return  # reported when the user opens it
        if _unread(record):
            self._process.ask(_article(record))

    def read_all(self) -> None:
        """Have the engine read all articles, and save all its suggestions. Thread-safe."""
        self._read_all.start()  # first, so that no answer is missed
        self._results.save(self.store)
        self._saver.wake()

    @property
    def unread(self) -> int:
        """Number of articles the engine has not read."""
        return sum(entry.is_unread for entry in self.entries)

    def index_of(self, article_id: str) -> int:
        """Return the index of an article in the list, adding it if only the save file has it."""
        for index, entry in enumerate(self.entries):
            if entry.id == article_id:
                return index
        self.entries.append(ArticleEntry(article_id, None, article_id))
        return len(self.entries) - 1

    # ------------------------------------------------------------------ changes

    @property
    def actor(self) -> Actor:
        """The reviewer and the current time, for changes."""
        return Actor(human(self.reviewer), now())

    def do(self, change: Change | None) -> bool:
        """Apply a change to the open record and have it saved; False if there is nothing to change.

        Raises:
            StoreError: the save file is open for reading only.
        """
        if change is None or self.record is None:
            return False
        self.do_all((change,))
        return True

    def do_all(self, changes: Sequence[Change]) -> None:
        """Apply one action that changes several articles and have it saved.

        Raises:
            StoreError: the save file is open for reading only, or something has changed meanwhile; nothing is done.
        """
        self._settle()
        for change in changes:
            if not self.store.has(change.article):
                self.store.stage(self.article(change.article))
        self.store.apply_all(changes, self.actor.by)
        self._done(changes)

    def undo(self) -> tuple[Change, ...]:
        """Undo the user's last action; return its changes, which may belong to other articles."""
        self._settle()
        return self._done(self.store.undo(self.actor.by, self.record))

    def redo(self) -> tuple[Change, ...]:
        """Redo the last undone action."""
        self._settle()
        return self._done(self.store.redo(self.actor.by, self.record))

    def close(self) -> str:
        """Save, end the engine and close the store; return an error of saving as text, or an empty string.

        After an error the engine goes on and the store stays open.
        """
        error = self._saver.close()
        if not error:
            self._process.close()
            self.store.close()
        return error

    # ------------------------------------------------------------------ news

    def listen(self, listener: Callable[[News], object]) -> None:
        """Deliver all news to a listener, the backlog first, and start the engine."""
        self._news.listen(listener)
        self._process.start(self.hear)

    def hear(self, news: News) -> None:
        """Queue news from any thread; the listener passes it to the UI thread, which calls `handle`."""
        if isinstance(news, Answer):
            self._read_all.go_on()
            news = self._decoded_if_wanted(news)  # on this thread, not the UI thread
        self._news.put(news)

    def handle(self, news: News) -> bool:
        """Handle news; True if it changed the open record."""
        if isinstance(news, SaveState):
            self.save = news
        elif isinstance(news, Progress):
            if news.state == "reading":
                self.reading_time.begin(news.length)
            else:
                self.reading_time.end(read=news.state == "ready")
            self.engine = news
        elif isinstance(news, UnitsFound):
            self.units = news.units if self.record is not None and self.record.id == news.id else self.units
        elif isinstance(news, Followed):
            return self._reread()
        else:
            return self._take_in(news)
        return False

    def follow(self) -> None:
        """Reload a save file opened for reading only, if another program has changed it; in a thread.

        A file that cannot be read now is tried again at the next call.
        """
        with suppress(StoreError):
            if self.store.refresh():
                self.hear(Followed())

    def ask_units(self, part: Span) -> None:
        """Ask the engine for the units of a part of the open article; they come as news."""
        if self.record is not None:
            self._process.ask_units(Part(self.record.id, self.record.text[part.start : part.end], part.start))

    def retry_engine(self) -> None:
        """Start the engine again after a failure."""
        self._process.retry()

    # ------------------------------------------------------------------ inside

    def _settle(self) -> None:
        """Add the open article, or its changed text, to the save file."""
        record = self.record
        if record is None or self.store.read_only:
            return
        new_text = self._loader.new_texts.pop(record.id, None)
        if not self.store.has(record.id):
            self.store.stage(record)
        elif new_text is not None:
            self.record = self.store.stage(new_text)

    def _reread(self) -> bool:
        """Update the list and the open record from the save file; True if the open record has changed."""
        places = {entry.id: index for index, entry in enumerate(self.entries) if entry.id}
        for summary in self.store.summaries():
            current = ArticleEntry.stored(summary)
            index = places.get(summary.id)
            if index is not None:
                self.entries[index] = current._replace(source=self.entries[index].source)
            elif self._has_all:
                self.entries.append(current)
        if self.record is None or not self.store.has(self.record.id):
            return False
        before, self.record = self.record, self.store.get(self.record.id)
        self._results.drop(self.record.id)
        return self.record != before

    def _is_wanted(self, article_id: str) -> bool:
        is_open = self.record is not None and self.record.id == article_id
        return is_open or self._read_all.wanted or self.store.has(article_id)

    def _decoded_if_wanted(self, answer: Answer) -> Answer:
        return answer.decoded() if self._is_wanted(answer.id) else answer

    def _take_in(self, answer: Answer) -> bool:
        answer = self._decoded_if_wanted(answer)  # it may have been opened since
        index, label = self.index_of(answer.id), answer.label
        entry = self.entries[index]
        if label is None:
            self.engine = Progress("ready", f"{entry.name}: {answer.error}")
        elif self._is_wanted(answer.id):
            return self._arrived(index, label.record)
        else:
            self._results[answer.id] = label
            self.entries[index] = entry._replace(
                name=label.title or entry.name,
                date=label.date,
                state=label.state,
                claims=label.claims,
                doubt=label.doubt,
            )
        return False

    def _arrived(self, index: int, new: Record) -> bool:
        is_open = self.record is not None and self.record.id == new.id
        if (self._read_all.wanted or self.store.has(new.id)) and not self.store.read_only:
            self._loader.new_texts.pop(new.id, None)
            merged = self.store.stage(new)
            self._saver.wake()
        else:
            base = self.record if is_open else self._results.get(new.id)
            merged = relabelled(base, new) if base is not None and base.claims else new
        self._results[new.id] = merged
        self.entries[index] = self.entries[index].counted(merged)
        if is_open:
            self.record = merged
        return is_open

    def _done(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Apply changes made to the save file to the open record and the list."""
        for change in changes:
            self._results.drop(change.article)
            if self.record is not None and self.record.id == change.article:
                self._apply(change)
        if changes:
            self._saver.wake()
        return tuple(changes)

    def _apply(self, change: Change) -> None:
        assert self.record is not None
        self.record = apply(self.record, change)
        entry = self.entries[self.index]
        self.entries[self.index] = entry.changed(change)._replace(state=self.record.review.state)


def _unread(record: Record) -> bool:
    """Return True if the engine has never read an article: it has no blocks, which every text gets."""
    return not record.blocks


def _article(record: Record) -> Article:
    return Article(record.text, record.id, record.path, record.url, record.title, record.date, record.language)
