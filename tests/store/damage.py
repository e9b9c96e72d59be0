"""Save files with a past, and damage of every kind done to them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from annotate.changes import Change, Edit
from annotate.model import Record, Review
from annotate.store import Store

ADA = "human:Ada"
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 7, 2**63 - 1, 2**64 - 1, 1e300, 0.5, "", "c1", "rain", "x" * 300, "human:Bo", "undo", "claim",
    [], [1], ["s1"], [[0, 3]], [[3, 0]], [None], [{}], {}, {"id": "c1"}, {"id": ["c1"]}, {"state": "done"},
)  # fmt: skip
"""Values that stand where others belong."""


class Files(NamedTuple):
    """A save file and its log."""

    main: bytes
    log: bytes

    def __repr__(self) -> str:
        return f"Files({len(self.main)}, {len(self.log)})"

    def write(self, path: Path) -> Path:
        """Put them on the disk, in the place of what is there."""
        path.write_bytes(self.main)
        log = path.with_name(f"{path.name}.log")
        log.write_bytes(self.log) if self.log else log.unlink(missing_ok=True)
        return path


def lived_in(path: Path, article: Record) -> Files:
    """Return a save file of four articles that people have decided, edited, undone and labelled again, and its log."""
    other = replace(article, text=article.text + " It will.", blocks=(), review=Review("suggested"))
    with Store.open(path, by=ADA) as store:
        store.put_many(replace(article, id=f"a{i}", path=f"a{i}.txt", extra={"x": {"id": i}}) for i in range(4))
        for i in range(4):
            store.update_claim(f"a{i}", "c1", status="accepted")
        record = store.get("a0")
        speaker, date = record.speakers[0], record.dates[0]
        store.apply(Change("a0", "rename", (Edit("speaker", speaker, replace(speaker, name="Bo R.")),)), ADA)
        store.apply(Change("a0", "date", (Edit("date", date, replace(date, status="accepted")),)), ADA)
        store.apply(Change("a1", "remove", (Edit("claim", store.get("a1").claim("c3"), None),)), ADA)
        store.undo(ADA)
        store.undo(ADA)
        store.redo(ADA)
        store.put(replace(other, id="a2"))
        both = [Edit("article", {"review": Review("suggested")}, {"review": Review("done", ADA)})]
        store.apply_all([Change(id_, "done", tuple(both)) for id_ in ("a0", "a3")], ADA)
    with Store.open(path, by=ADA) as store:
        store.update_claim("a0", "c2", status="rejected")
        store.undo(ADA)
        store.put(replace(article, id="a4", path=None))
        store.update_claim("a4", "c1", tags=["new"])
        return Files(path.read_bytes(), path.with_name(f"{path.name}.log").read_bytes())


@st.composite
def damaged(draw: st.DrawFn, files: Files) -> Files:
    """Draw a file with up to four values, keys, documents, tables, lines or bytes that are not as they were."""
    tables = json.loads(files.main)
    log = [json.loads(line[9:]) for line in files.log.splitlines()]
    inside = draw(st.sampled_from((tables, tables, tables, log) if log else (tables,)))
    for _ in range(draw(st.integers(0, 4))):
        draw(st.sampled_from(_WITHIN))(draw, inside)
    main = _rendered(tables) if draw(st.integers(0, 4)) else json.dumps(tables).encode()
    if log and isinstance(log[0], dict) and "base" in log[0] and main != files.main:
        import hashlib

        log[0]["base"] = hashlib.sha256(main).hexdigest()
    lines = [json.dumps(line).encode() for line in log]
    logged = b"".join(b"%08x %s\n" % (zlib.crc32(line), line) for line in lines)
    which = draw(st.integers(0, 9))
    if which == 0:
        main = draw(_bytes_changed(main))
    if which == 1 and logged:
        logged = draw(_bytes_changed(logged))
    return Files(main, logged)


def _rendered(tables: Any) -> bytes:
    """Return tables as the store writes them, as far as they still are any."""
    if not isinstance(tables, dict) or not all(isinstance(documents, dict) for documents in tables.values()):
        return json.dumps(tables).encode()
    parts = []
    for name, documents in tables.items():
        lines = ",\n".join(f"{_packed(number)}:{_packed(document)}" for number, document in documents.items())
        parts.append(f"{_packed(name)}:{{\n{lines}\n}}")
    return ("{\n" + ",".join(parts) + "\n}\n").encode() if parts else b"{}\n"


def _packed(value: Any) -> str:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return plain.encode("utf-8", "backslashreplace").decode()  # half a surrogate pair as JSON has it


def _places(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any, int]]:
    """Yield every container within a value, with a key or index in it, and how deep that is."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key, depth
        yield from _places(item, depth + 1)


def _place(draw: st.DrawFn, inside: Any, deepest: int = 9) -> tuple[Any, Any]:
    found = [(owner, key) for owner, key, depth in _places(inside) if depth <= deepest]
    return draw(st.sampled_from(found)) if found else ({0: 0}, 0)


def _change_value(draw: st.DrawFn, inside: Any) -> None:
    owner, key = _place(draw, inside)
    owner[key] = json.loads(json.dumps(draw(st.sampled_from(ODD))))


def _nest(draw: st.DrawFn, inside: Any) -> None:
    owner, key = _place(draw, inside)
    for _ in range(draw(st.sampled_from([60, 251, 260, 600]))):
        owner[key] = [owner[key]]


def _not_finite(draw: st.DrawFn, inside: Any) -> None:
    owner, key = _place(draw, inside)
    owner[key] = draw(st.sampled_from([float("nan"), float("inf"), 10**40, "\ud800"]))


def _delete(draw: st.DrawFn, inside: Any) -> None:
    owner, key = _place(draw, inside)
    del owner[key]


def _copy(draw: st.DrawFn, inside: Any) -> None:
    """Put what stands in one place into another: the same id twice, a claim among the articles."""
    (from_, key), (to, other) = _place(draw, inside, 4), _place(draw, inside, 4)
    to[other] = json.loads(json.dumps(from_[key]))


def _double(draw: st.DrawFn, inside: Any) -> None:
    """Put a document in twice."""
    owner, key = _place(draw, inside, 1)
    if isinstance(owner, dict):
        owner["99"] = json.loads(json.dumps(owner[key]))


def _rename(draw: st.DrawFn, inside: Any) -> None:
    owner, key = _place(draw, inside, 3)
    if isinstance(owner, dict):
        owner[draw(st.sampled_from(["x", "", "1", "claims", "articles", "history", "id", "9" * 5000]))] = owner.pop(key)


_WITHIN: tuple[Callable[[st.DrawFn, Any], None], ...] = (
    _change_value, _change_value, _change_value, _change_value, _delete, _delete, _copy, _double, _rename, _nest,
    _not_finite,
)  # fmt: skip


@st.composite
def _bytes_changed(draw: st.DrawFn, data: bytes) -> bytes:
    changed = bytearray(data)
    place = st.integers(0, len(data) - 1)
    match draw(st.sampled_from(["bits", "cut", "hole", "lines", "twice"])):
        case "bits":
            for _ in range(draw(st.integers(1, 3))):
                changed[draw(place)] ^= 1 << draw(st.integers(0, 7))
        case "cut":
            del changed[draw(place) :]
        case "hole":
            start = draw(place)
            changed[start : start + 40] = bytes(len(changed[start : start + 40]))
        case "lines":
            lines = data.splitlines(keepends=True)
            del lines[draw(st.integers(0, len(lines) - 1))]
            changed = bytearray(b"".join(lines))
        case _:
            lines = data.splitlines(keepends=True)
            lines.insert(draw(st.integers(0, len(lines) - 1)), draw(st.sampled_from(lines)))
            changed = bytearray(b"".join(lines))
    return bytes(changed)
