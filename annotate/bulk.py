"""Analyse many articles: failures are reported, the run continues; a stopped labelling run can be resumed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, NamedTuple, Protocol

from annotate import uncertainty
from annotate.clock import now
from annotate.errors import EngineError, OnrecordError, StoreError
from annotate.language import ENGLISH
from annotate.model import Claim, Record, sha256
from annotate.read import Article

Analyse = Callable[[Iterable[Article]], Iterator[Record]]
"""An engine: articles in, their records out, lazily and in order."""

_SAVING_SHARE = 0.1
"""Largest share of the run's time to spend on saving: a save after each article would take nearly all of it."""
_PLEASE_REPORT = "please report this article to the project"
_MOST_UNSAVED = 256
"""Maximum number of unsaved articles, however slow the disk: a crash loses no more."""


class Target(Protocol):
    """The part of a save file that labelling needs."""

    def find(self, path: str | None, text: str, /) -> str | None:
        """Return the id of the article with that path, else with that text."""

    def relative(self, path: str, /) -> str:
        """Return a path as the save file names it."""

    def free_id(self, wanted: str, taken: Container[str], /) -> str:
        """Return the id, with `~2`, `~3` appended if it is taken in the save file or among others."""

    def get(self, id_: str, /) -> Record:
        """Return an article's record."""

    def relabelled(self, record: Record, /) -> Record:
        """Return a record as it will be saved: merged with people's decisions on the article."""

    def put_many(self, records: list[Record], /) -> object:
        """Save records, all of them durable on return."""


class Outcome(NamedTuple):
    """The result for one article or file."""

    kind: Literal["labelled", "kept", "failed"]
    """`kept` means that this engine had already labelled this text."""
    name: str
    claims: int = 0
    accepted: int = 0
    """Number of claims accepted just now, in the engine's name."""
    error: OnrecordError | None = None
    language: str = ENGLISH
    """Language of the article; the engine finds no claims in one that is not English."""


@dataclass(frozen=True)
class Labelling:
    """Settings of a labelling run."""

    analyse: Analyse
    engine: str
    """The engine's version, `engine:…`."""
    force: bool = False
    """Label articles again that this engine has already labelled."""
    accept_above: float | None = None
    """Accept suggestions of at least this confidence in the engine's name."""


def analyse_each(articles: Iterable[Article | OnrecordError], analyse: Analyse) -> Iterator[Record | OnrecordError]:
    """Analyse a stream of articles; one on which the engine fails is yielded as an error, and the run continues.

    The engine is called at the first article, since loading its model takes seconds.

    Args:
        articles: What the reader gave; its errors are passed on.
        analyse: The engine.
    """
    unread = iter(articles)
    for item in unread:
        if not isinstance(item, OnrecordError):
            unread = chain((item,), unread)
            break
        yield item
    else:
        return
    errors: deque[OnrecordError] = deque()
    waiting: deque[Article] = deque()
    broken = False

    def feed() -> Iterator[Article]:
        nonlocal broken
        try:
            for item in unread:
                if isinstance(item, OnrecordError):
                    errors.append(item)
                else:
                    waiting.append(item)
                    yield item
        except Exception:
            broken = True
            raise

    while True:
        try:
            for record in analyse(feed()):
                waiting.popleft()
                yield from _drained(errors)
                yield record
        except Exception:  # parsers fail in ways of their own; one text must not end the run
            if broken or not waiting:
                raise
            yield from _drained(errors)
            yield from _one_by_one(waiting, analyse)
        else:
            yield from _drained(errors)
            return


def _drained(errors: deque[OnrecordError]) -> Iterator[OnrecordError]:
    while errors:
        yield errors.popleft()


def _one_by_one(waiting: deque[Article], analyse: Analyse) -> Iterator[Record | OnrecordError]:
    """Analyse the articles of a failed batch one by one, to find the one that made the engine fail."""
    while waiting:
        article = waiting.popleft()
        try:
            yield next(iter(analyse([article])))
        except Exception as error:  # noqa: BLE001 - as above
            yield _about(article, error)


def _about(article: Article, error: Exception) -> OnrecordError:
    name = article.path or article.id
    if isinstance(error, OnrecordError):
        return EngineError(f"{name}: {error.message}", error.hint)
    return EngineError(f"{name}: the engine failed ({type(error).__name__}: {error})", _PLEASE_REPORT)


def label(
    articles: Iterable[Article | OnrecordError], store: Target, how: Labelling, report: Callable[[Outcome], None]
) -> None:
    """Analyse articles and save the claims found as suggestions; results so far are saved however the run ends.

    Args:
        articles: What the reader gave.
        store: Open for writing.
        how: The engine and what to do with its suggestions.
        report: Called with each article's outcome as soon as it is known (a labelled one may not be saved yet).

    Raises:
        SaveError: the save file cannot be written.
    """
    run = _Run(store, how, report)
    try:
        for item in analyse_each(run.to_do(articles), how.analyse):
            if isinstance(item, OnrecordError):
                report(Outcome("failed", "", error=item))
            else:
                run.take(item)
    finally:
        run.save()


@dataclass
class _Run:
    """One labelling run, with its buffer of unsaved records."""

    store: Target
    how: Labelling
    report: Callable[[Outcome], None]
    unsaved: list[Record] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """Ids of articles in progress, which the store does not know yet."""
    texts: set[str] = field(default_factory=set)
    """Hashes of the texts of this run: a copy is the same article."""
    saved_at: float = field(default_factory=time.monotonic)
    saving_took: float = 0.0

    def to_do(self, articles: Iterable[Article | OnrecordError]) -> Iterator[Article | OnrecordError]:
        """Yield the articles that need the engine, under the ids they will be saved by."""
        for article in articles:
            if isinstance(article, OnrecordError):
                yield article
                continue
            try:
                known = self.store.find(article.path, article.text)
                if not self._is_done(known, article):
                    id_ = known or self.store.free_id(article.id, self.ids)
                    self.ids.add(id_)
                    yield replace(article, id=id_)
            except StoreError as error:
                yield error

    def take(self, record: Record) -> None:
        """Buffer a finished record, and save if that takes little time compared to the work since the last save."""
        name = record.path or record.id
        for problem in record.problems():  # found here, as the store would refuse all that is saved with it
            error = EngineError(f"{name}: {problem}", _PLEASE_REPORT)
            self.report(Outcome("failed", name, error=error))
            return
        path = record.path and self.store.relative(record.path)
        record = replace(record, path=path, extra={**record.extra, "engine": self.how.engine})
        known = record if self.how.accept_above is None else self.store.relabelled(record)
        better = self._accepted(known)
        self.unsaved.append(better)
        self.report(Outcome("labelled", name, len(record.claims), _newly(known, better), language=record.language))
        worked = time.monotonic() - self.saved_at
        if worked * _SAVING_SHARE >= self.saving_took or len(self.unsaved) >= _MOST_UNSAVED:
            self.save()

    def save(self) -> None:
        """Save the buffered records durably."""
        if not self.unsaved:
            return
        started = time.monotonic()
        self.store.put_many(self.unsaved)
        self.ids.difference_update(record.id for record in self.unsaved)
        self.unsaved = []
        self.saved_at = time.monotonic()
        self.saving_took = self.saved_at - started

    def _is_done(self, known: str | None, article: Article) -> bool:
        """Tell if an article is already labelled, or a copy of one in this run."""
        digest = sha256(article.text)
        if digest in self.texts:
            self.report(Outcome("kept", article.path or article.id))
            return True
        self.texts.add(digest)
        if known is None:
            return False
        record = self.store.get(known)  # also where it is labelled again: what is damaged is told here
        if self.how.force or record.text != article.text or not _labelled_by(record, self.how.engine):
            return False
        better = self._accepted(record)
        if better != record:
            self.unsaved.append(better)
        self.report(Outcome("kept", article.path or article.id, len(record.claims), _newly(record, better)))
        return True

    def _accepted(self, record: Record) -> Record:
        sure = self.how.accept_above
        return record if sure is None else accepted(record, sure, self.how.engine)


def _newly(before: Record, after: Record) -> int:
    """Return how many claims were accepted between two states of a record."""
    return sum(new.status != old.status for old, new in zip(before.claims, after.claims, strict=True))


def _labelled_by(record: Record, engine: str) -> bool:
    """Tell if an engine has labelled a record, also in the app, where only its claims and dates show it."""
    origins = {claim.origin for claim in record.claims} | {date.origin for date in record.dates}
    return engine in (record.extra.get("engine"), *origins)


def accepted(record: Record, confidence: float, engine: str) -> Record:
    """Return the record with its most confident suggestions accepted in the engine's name.

    Args:
        record: As the engine made it.
        confidence: From 0 to 1; suggestions of at least this are accepted; those without any are not, nor those whose
            words or source a person changed, or whose speaker is a guess.
        engine: The engine's version, `engine:…`.
    """
    time = now()

    def decide(claim: Claim) -> Claim:
        sure = uncertainty.confidence(claim)
        if (
            claim.status != "suggested"
            or claim.deleted
            or sure is None
            or sure < confidence
            or uncertainty.is_guess(claim)
        ):
            return claim
        return replace(claim, status="accepted", decided_by=engine, updated=time)

    return replace(record, claims=tuple(map(decide, record.claims)))
