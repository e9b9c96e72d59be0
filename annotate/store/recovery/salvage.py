"""Repair a damaged save file: write everything readable into a new one."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate import safe_json
from annotate.errors import ModelError, SaveError, StoreDamagedError, StoreError
from annotate.safe_files import read_bytes
from annotate.store import loading
from annotate.store.disk import layout, log
from annotate.store.disk.atomic import replace_file
from annotate.store.disk.delta import Delta, Documents
from annotate.store.memory import document_faults
from annotate.store.memory.article import claim_document
from annotate.store.memory.contents import LOG, PROGRAM, SCHEMA, TABLES
from annotate.store.memory.history import HistoryEntry
from annotate.store.recovery.mending import mended

UNREADABLE = "unreadable"
"""Table of a repaired file for unusable documents, and unusable parts of others with their places."""

_DOCUMENT = re.compile(r'"([0-9]{1,18})"\s*:\s*(?=\{)')
_HEADING = re.compile(r'"([^"\\]+)"\s*:\s*\{\s*\Z')
_BETWEEN = re.compile(r'"[^"\\]*"\s*:\s*\{|[\s{},]')
"""Text that may stand between documents."""
_LINE_WITHIN = re.compile(rb"(?<=\}).(?=[0-9a-f]{8} \{)", re.DOTALL)
"""A damaged line feed before a line of the log."""
_SHAPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("articles", frozenset({"schema", "id", "text"})),
    ("claims", frozenset({"article", "id", "content"})),
    ("history", frozenset({"seq", "group", "op"})),
    ("meta", frozenset({"program", "schema"})),
)
_DEEPEST = safe_json.DOCUMENT - 10
"""Maximum depth of lists and objects in a repaired document; one less than can be written, as unusable ones are
wrapped."""


@dataclass(frozen=True)
class Repair:
    """Result of a repair."""

    articles: int
    claims: int
    history: int
    problems: tuple[str, ...]
    """Losses and changes, a sentence each."""


def repair(path: str | Path, out: str | Path) -> Repair:
    """Write everything readable in a damaged save file into a new one; the old one is not changed.

    Documents are taken out of the file one by one, so that what stands before and behind the damage is saved.
    Those that are complete but invalid go into a table of their own.

    Raises:
        StoreError: there is no such file, nothing in it is ours, or the new one exists already or cannot be written.
    """
    path = loading.located(path, read_only=True)
    out = loading.new_file(out)
    rescue = _Rescue()
    damaged = _tables(loading.bytes_of(path), rescue.problems)
    rescue.problems += _apply_log(path, damaged)
    for table, documents in damaged.items():
        for number, document in documents.items():
            rescue.take(table, number, document)
    if not (rescue.articles or rescue.claims or rescue.history):
        left = (
            "has no complete article, claim or change" if rescue.is_ours else f"nothing in it was written by {PROGRAM}"
        )
        raise StoreError(f"{path}: {left}", "restore a backup")
    tables, report = rescue.result()
    try:
        replace_file(out, layout.render(tables))
    except OSError as error:
        raise SaveError(f"{out} could not be written: {error.strerror}", "name another file") from error
    return report


def _tables(data: bytes, problems: list[str]) -> dict[str, Documents]:
    """Return the complete documents of a file that may be cut off or changed, in the tables they seem to belong to."""
    tables: dict[str, Documents] = {}
    for table, number, document in _documents(data, problems):
        documents = tables.setdefault(table, {})
        documents[number if number not in documents else f"{number}~{len(documents)}"] = document
    for name, keys in _SHAPES:
        alike = (other for other, found in tables.items() if other not in TABLES and _have(keys, found))
        if name not in tables and (other := next(alike, None)) is not None:
            problems.append(f"the table {name} is missing; {other!r:.40} was taken for it")
            tables[name] = tables.pop(other)
    return tables


def _have(keys: frozenset[str], documents: Documents) -> bool:
    return all(keys <= set(document) for document in documents.values())


@dataclass(frozen=True)
class _RescuedLog:
    """The readable part of a log that may be damaged."""

    kept: log.Log
    problems: tuple[str, ...]
    """Losses, one sentence each."""


def _rescue_log(path: Path) -> _RescuedLog | None:
    """Return the readable part of a save file's log; None if there is no log."""
    where = log.log_path(path)
    try:
        data = read_bytes(where, follow=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{where} cannot be read: {error.strerror}", "move it away") from None
    *lines, rest = data.split(b"\n")
    if not lines:
        return None
    parted = [part for line in lines for part in _parted(line)]
    first, *deltas = (_rescued_line(where, number, log.whole(line + b"\n")) for number, line in enumerate(parted, 1))
    lost = [number for number, found in enumerate((first, *deltas), 1) if found is None]
    if rest and not log.is_torn(rest):
        lost.append(len(parted) + 1)
    heading = first if isinstance(first, dict) else {"id": "", "base": ""}
    kept = tuple(delta for delta in deltas if isinstance(delta, Delta))
    problems = [f"line {number} of {where.name} is damaged; the changes in it are lost" for number in lost]
    if len(parted) > len(lines):
        problems.append(f"a line end in {where.name} is damaged; no change was lost")
    return _RescuedLog(log.Log(heading["id"], heading["base"], kept, len(data)), tuple(problems))


def _parted(line: bytes) -> list[bytes]:
    """Split a line in two if the line feed between them was lost; otherwise return it alone."""
    parts = [line] if log.whole(line + b"\n") is not None else _LINE_WITHIN.split(line)
    return parts if all(log.whole(part + b"\n") is not None for part in parts) else [line]


def _rescued_line(where: Path, number: int, body: bytes | None) -> Delta | dict[str, Any] | None:
    """Return a line's delta or heading; None where the line is damaged."""
    try:
        return None if body is None else log.first_line(where, body) if number == 1 else log.delta(where, number, body)
    except StoreDamagedError:
        return None


def _apply_log(path: Path, tables: dict[str, Documents]) -> Iterator[str]:
    """Apply the readable part of the log to a file's tables, and yield the log's faults."""
    rescued = _rescue_log(path)
    folded = [document.get(LOG) for document in tables.get("meta", {}).values()]
    if rescued is None or rescued.kept.id in folded:
        return
    yield from rescued.problems
    if rescued.kept.base != log.digest(path):
        yield f"{path.name} was changed after its log was begun; the log's changes were applied anyway"
    for delta in rescued.kept.deltas:
        delta.apply(tables)


def _documents(data: bytes, problems: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each document with its table and number; other text between them is reported."""
    text = data.decode("utf-8-sig", errors="replace")
    decoder = json.JSONDecoder()
    table, end, place, line = "", 0, 0, 1

    def note_gap(until: int) -> None:
        nonlocal end, line
        if first := re.search(r"\S", _BETWEEN.sub(_blank, text[end:until])):
            at = line + text.count("\n", end, end + first.start())
            problems.append(f"line {at} of the file is broken; its content is lost")
        line, end = line + text.count("\n", end, until), until

    while found := _DOCUMENT.search(text, place):
        heading = _HEADING.search(text, place, found.start())
        table = heading[1] if heading else table
        try:
            document, place = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            place = found.end()
            continue
        note_gap(found.start())
        end, line = place, line + text.count("\n", found.start(), place)
        if table in TABLES or not table:  # the heading may be lost, the shape says more
            table_of_shape = next((name for name, keys in _SHAPES if keys <= set(document)), table or UNREADABLE)
            yield table_of_shape, found[1], document
        else:
            yield table, found[1], document
    note_gap(len(text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


class _Writable:
    """Makes JSON values fit to be written."""

    def __init__(self) -> None:
        self.changed = False

    def made(self, value: Any, depth: int = 0) -> Any:
        """Return a value without half surrogate pairs, unrepresentable numbers and too deep nesting."""
        match value:
            case dict() | list() if depth >= _DEEPEST:
                new: Any = None
            case dict():
                return {self.made(name): self.made(item, depth + 1) for name, item in value.items()}
            case list():
                return [self.made(item, depth + 1) for item in value]
            case str():
                new = value.encode("utf-8", "replace").decode()
            case float() if not math.isfinite(value):
                new = None
            case int() if not -(1 << 63) <= value < 1 << 64:
                new = str(value)
            case _:
                return value
        self.changed = self.changed or new != value
        return new


class _Rescue:
    """Collects documents and makes a sound set of tables of them."""

    def __init__(self) -> None:
        self.articles: dict[str, dict[str, Any]] = {}
        self.claims: dict[str, list[dict[str, Any]]] = {}
        self.history: dict[int, dict[str, Any]] = {}
        self.problems: list[str] = []
        self._meta: dict[str, Any] = {}
        self._others: dict[str, list[Mapping[str, Any]]] = {}

    @property
    def is_ours(self) -> bool:
        """True if a document shows that this program wrote the file."""
        return bool(self._meta)

    def take(self, table: str, number: str, document: dict[str, Any]) -> None:
        """Take in one document."""
        where, writable = document_faults.place(table, number, document), _Writable()
        document = writable.made(document)
        if writable.changed:
            self.problems.append(f"{where}: values that a save file cannot hold were replaced or left out")
        if table not in TABLES:
            self._others.setdefault(table, []).append(document)
        elif table == "meta":
            self._take_meta(document)
        elif why := document_faults.fault(table, document, (document.get("article"),)) or self._taken(table, document):
            self._give_up(document, f"{where}: {why}")

    def result(self) -> tuple[dict[str, list[bytes]], Repair]:
        """Return the tables of the new file, and the report."""
        articles: list[Mapping[str, Any]] = []
        claims: list[Mapping[str, Any]] = []
        for article, document in self.articles.items():
            record, lost = mended(document, self.claims.pop(article, ()))
            for problem, left_out in lost:
                self._give_up(left_out, problem)
            whole = record.to_dict()
            claims += [claim_document(article, claim) for claim in whole.pop("claims")]
            articles.append(whole)
        for article, orphans in self.claims.items():
            for claim in orphans:
                self._give_up(claim, f"claim {claim['id']!r:.60}: its article {article!r:.60} is missing")
        history = list(self._sound_history())
        meta = {**self._meta, "program": PROGRAM, "schema": SCHEMA}
        own: dict[str, list[Mapping[str, Any]]] = {
            "meta": [meta],
            "articles": articles,
            "claims": claims,
            "history": history,
        }
        tables = {name: [*own.get(name, ()), *self._others.get(name, ())] for name in (*TABLES, *self._others)}
        report = Repair(len(articles), len(claims), len(history), tuple(self.problems))
        lines = {
            name: [layout.line(i, document) for i, document in enumerate(documents, 1)]
            for name, documents in tables.items()
        }
        return lines, report

    def _taken(self, table: str, document: dict[str, Any]) -> str | None:
        """Add a document to its table; return the reason if that is impossible."""
        if table == "articles":
            return None if self.articles.setdefault(document["id"], document) is document else "the file has it twice"
        if table == "claims":
            self.claims.setdefault(document["article"], []).append(document)
            return None
        entry = HistoryEntry.from_dict(document)
        try:
            entry.edit()
        except ModelError as error:
            return error.message
        return None if self.history.setdefault(entry.seq, document) is document else "the file has it twice"

    def _take_meta(self, document: dict[str, Any]) -> None:
        if document.get("program") != PROGRAM and not {"program", "schema"} <= set(document):
            self._others.setdefault("meta", []).append(document)
        elif self._meta:
            self._give_up(document, "meta: the file has it twice")
        else:
            whole: dict[str, Any] = {"program": None, "schema": None} | document
            wrong = {name: why for name, value in whole.items() if (why := document_faults.meta_fault(name, value))}
            self.problems += [f"meta: {why}; left out" for why in wrong.values()]
            self._meta = {name: value for name, value in whole.items() if name not in wrong}

    def _sound_history(self) -> Iterator[Mapping[str, Any]]:
        """Yield the history's entries in order, without references to lost groups; those of lost articles are kept."""
        groups: set[int] = set()
        for seq in sorted(self.history):
            document = self.history[seq]
            of = document.get("of")
            if of is not None and of not in groups:
                self.problems.append(f"history entry {seq}: the action it undoes or redoes, {of}, is missing")
                document = {name: value for name, value in document.items() if name != "of"}
            groups.add(document["group"])
            yield document

    def _give_up(self, document: Mapping[str, Any], problem: str) -> None:
        self.problems.append(problem)
        self._others.setdefault(UNREADABLE, []).append(document)
