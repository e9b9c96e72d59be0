"""Save into a new file what can be saved of a damaged one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotate import safe_json
from annotate.errors import ModelError, SaveError, StoreDamagedError, StoreError
from annotate.model import Claim, Record
from annotate.safe_files import read_bytes
from annotate.store import files, layout, log
from annotate.store.atomic import replace_file
from annotate.store.contents import LOG, PROGRAM, SCHEMA, TABLES
from annotate.store.delta import Delta, Documents
from annotate.store.history import HistoryEntry
from annotate.store.stored import claim_document, record_of

UNREADABLE = "unreadable"
"""Table of a repaired file with the documents that are whole but make no sense any more."""

_DOCUMENT = re.compile(r'"([0-9]+)"\s*:\s*(?=\{)')
_HEADING = re.compile(r'"([^"\\]+)"\s*:\s*\{\s*\Z')
_LINE_WITHIN = re.compile(rb"(?<=\}).(?=[0-9a-f]{8} \{)", re.DOTALL)
"""What stands in the place of a line feed before a line of the log."""
_SHAPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("articles", frozenset({"id", "text"})),
    ("claims", frozenset({"article", "id", "content"})),
    ("history", frozenset({"seq", "group", "op"})),
    ("meta", frozenset({"program", "schema"})),
)
_EXPENDABLE: tuple[tuple[str, ...], ...] = (
    (),
    ("text_sha256",),
    ("text_sha256", "quotes", "blocks"),
    ("text_sha256", "quotes", "blocks", "dates", "speakers"),
)
"""What an article can lose and still be one, the least first."""


@dataclass(frozen=True)
class Repair:
    """What was saved of a damaged file."""

    articles: int
    claims: int
    history: int
    problems: tuple[str, ...]
    """What was lost or changed, a sentence each."""


def repair(path: str | Path, out: str | Path) -> Repair:
    """Write what can be read of a damaged save file into a new one; the old one is not touched.

    Documents are taken out of the file one by one, so that what stands before and behind the damage is saved.
    Those that are whole but make no sense any more go into a table of their own.

    Raises:
        StoreError: there is no such file, nothing in it is ours, or the new one exists already or cannot be written.
    """
    path = files.located(path, read_only=True)
    out = files.new_file(out)
    rescue = _Rescue()
    damaged = _tables(files.bytes_of(path))
    rescue.problems += _apply_log(path, damaged)
    for table, documents in damaged.items():
        for document in documents.values():
            rescue.take(table, document)
    if not (rescue.articles or rescue.claims or rescue.history):
        ours = any(document.get("program") == PROGRAM for document in damaged.get("meta", {}).values())
        left = "holds no whole article, claim or change" if ours else f"nothing in it was written by {PROGRAM}"
        raise StoreError(f"{path}: {left}", "restore a backup")
    tables, report = rescue.result()
    try:
        replace_file(out, layout.render(tables))
    except OSError as error:
        raise SaveError(f"{out} could not be written: {error.strerror}", "name another place") from error
    return report


def _tables(data: bytes) -> dict[str, Documents]:
    """Return the whole documents of a file that may be cut off or changed, in the tables they seem to be from."""
    tables: dict[str, Documents] = {}
    for table, number, document in _documents(data):
        documents = tables.setdefault(table, {})
        documents[number if number not in documents else f"{number}~{len(documents)}"] = document
    return tables


@dataclass(frozen=True)
class _RescuedLog:
    """What can be read of a log that may be damaged."""

    kept: log.Log
    problems: tuple[str, ...]
    """What is lost, a sentence each."""


def _rescue_log(path: Path) -> _RescuedLog | None:
    """Return all that can be read of the log of a save file, None when there is none."""
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
    problems = [f"line {number} of {where.name} is damaged: what was saved with it is lost" for number in lost]
    if len(parted) > len(lines):
        problems.append(f"an end of line in {where.name} is damaged; nothing was lost by it")
    return _RescuedLog(log.Log(heading["id"], heading["base"], kept, len(data)), tuple(problems))


def _parted(line: bytes) -> list[bytes]:
    """Return a line, or the two that it is where the line feed between them was lost."""
    parts = [line] if log.whole(line + b"\n") is not None else _LINE_WITHIN.split(line)
    return parts if all(log.whole(part + b"\n") is not None for part in parts) else [line]


def _rescued_line(where: Path, number: int, body: bytes | None) -> Delta | dict[str, Any] | None:
    """Return what a line holds; None when it is damaged."""
    try:
        return None if body is None else log.first_line(where, body) if number == 1 else log.delta(where, number, body)
    except StoreDamagedError:
        return None


def _apply_log(path: Path, tables: dict[str, Documents]) -> Iterator[str]:
    """Do to tables what the log beside their file says, as far as it can be read, and yield what was wrong with it."""
    rescued = _rescue_log(path)
    folded = [document.get(LOG) for document in tables.get("meta", {}).values()]
    if rescued is None or rescued.kept.id in folded:
        return
    yield from rescued.problems
    if rescued.kept.base != log.digest(path):
        yield f"{path.name} is not what its log goes on from; the log's changes were made all the same"
    for delta in rescued.kept.deltas:
        delta.apply(tables)


def _documents(data: bytes) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield table, number and document."""
    text = data.decode("utf-8-sig", errors="replace")
    decoder = json.JSONDecoder()
    table, place = "", 0
    while found := _DOCUMENT.search(text, place):
        heading = _HEADING.search(text, place, found.start())
        table = heading[1] if heading else table
        try:
            document, place = decoder.raw_decode(text, found.end())
            document = _writable(document)
            safe_json.require_shallow(document, safe_json.DOCUMENT)
        except (json.JSONDecodeError, RecursionError):
            place = max(place, found.end())
            continue
        if table in TABLES or not table:  # the heading may be lost, the shape says more
            yield next((name for name, keys in _SHAPES if keys <= set(document)), UNREADABLE), found[1], document
        else:
            yield table, found[1], document


def _writable(value: Any) -> Any:
    """Return a JSON value as a file can hold it: half a surrogate pair as `?`, a number beyond 64 bits as words."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_writable(name): _writable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return value if not isinstance(value, int) or -(1 << 63) <= value < 1 << 64 else str(value)


class _Rescue:
    """Collects documents and makes a sound set of tables of them."""

    def __init__(self) -> None:
        self.articles: dict[str, dict[str, Any]] = {}
        self.claims: list[dict[str, Any]] = []
        self.history: dict[int, dict[str, Any]] = {}
        self._meta: dict[str, Any] = {}
        self._others: dict[str, list[dict[str, Any]]] = {}
        self.problems: list[str] = []

    def take(self, table: str, document: dict[str, Any]) -> None:
        """Take in one document."""
        if table == "meta":
            self._meta = document
        elif table == "claims":
            self.claims.append(document)
        elif table not in ("articles", "history"):
            self._others.setdefault(table, []).append(document)
        elif not (self._take_article(document) if table == "articles" else self._take_history(document)):
            self._give_up(document, f"a document of {table} makes no sense or is there twice")

    def result(self) -> tuple[dict[str, list[bytes]], Repair]:
        """Return the tables of the new file, and the report."""
        claims_of: dict[Any, list[dict[str, Any]]] = {}
        for claim in self.claims:
            claims_of.setdefault(claim.get("article"), []).append(claim)
        tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        for article, document in self.articles.items():
            record = self._sound(document, claims_of.pop(article, []))
            if record:
                whole = record.to_dict()
                tables["claims"] += [claim_document(article, claim) for claim in whole.pop("claims")]
                tables["articles"].append(whole)
        for article, claims in claims_of.items():
            self._orphans(article, claims)
        tables["history"] = [self.history[seq] for seq in sorted(self.history)]
        tables["meta"] = [{**self._meta, "program": PROGRAM, "schema": SCHEMA}]
        report = Repair(len(tables["articles"]), len(tables["claims"]), len(tables["history"]), tuple(self.problems))
        tables.update(self._others)
        lines = {
            name: [layout.line(i, document) for i, document in enumerate(documents, 1)]
            for name, documents in tables.items()
        }
        return lines, report

    def _take_article(self, document: dict[str, Any]) -> bool:
        article = document["id"]
        sound = isinstance(article, str) and isinstance(document.get("text"), str)
        return sound and self.articles.setdefault(article, document) is document

    def _take_history(self, document: dict[str, Any]) -> bool:
        try:
            entry = HistoryEntry.from_dict(document)
            entry.edit()
        except ModelError:
            return False
        return self.history.setdefault(entry.seq, document) is document

    def _give_up(self, document: dict[str, Any], problem: str) -> None:
        self.problems.append(problem)
        self._others.setdefault(UNREADABLE, []).append(document)

    def _sound(self, document: dict[str, Any], claims: list[dict[str, Any]]) -> Record | None:
        """Return the article with those of its claims and parts that make sense."""
        try:
            return record_of(document, claims)
        except ModelError:
            record = self._without_damage(document)
        if record is None:
            self._give_up(document, f"the article {document['id']!r} makes no sense")
            self._orphans(document["id"], claims)
            return None
        bare = record.to_dict()
        for claim in claims:
            try:
                fitting = _fitting(bare, claim)
            except ModelError as error:
                self._give_up(claim, error.message)
                continue
            if fitting.id in {c.id for c in record.claims}:
                self._give_up(claim, f"claim {fitting.id!r} of {record.id!r} is there twice")
            else:
                if (fitting.speaker, fitting.date) != (claim.get("speaker"), claim.get("date")):
                    self.problems.append(f"claim {fitting.id!r} of {record.id!r} has lost its speaker and date")
                record = replace(record, claims=(*record.claims, fitting))
        return record

    def _orphans(self, article: str, claims: list[dict[str, Any]]) -> None:
        for claim in claims:
            self._give_up(claim, f"claim {claim['id']!r} has lost its article {article!r}")

    def _without_damage(self, document: dict[str, Any]) -> Record | None:
        """Return the article, without claims, without the parts that are damaged; None when nothing helps."""
        for left_out in _EXPENDABLE:
            try:
                record = record_of({name: value for name, value in document.items() if name not in left_out}, [])
            except ModelError:
                continue
            if left_out:
                self.problems.append(f"article {record.id!r} is damaged; left out: {', '.join(left_out)}")
            return record
        return None


def _fitting(article: dict[str, Any], claim: dict[str, Any]) -> Claim:
    """Return a claim that fits its article, without speaker and date where those are lost.

    Raises:
        ModelError: it does not fit.
    """
    try:
        return record_of(article, [claim]).claims[0]
    except ModelError:
        return record_of(article, [{**claim, "speaker": None, "date": None}]).claims[0]
