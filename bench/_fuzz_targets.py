"""Fuzz targets for fuzz.py: each is a function that takes bytes and raises if an invariant is broken."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import atheris
import orjson

from annotate import edit
from annotate.dates import find_dates, resolve
from annotate.errors import OnrecordError
from annotate.extract.quotes import find_quotes
from annotate.formats import FORMATS, Options
from annotate.model import Record
from annotate.read import Article, read_all
from annotate.read import markup as markups
from annotate.segment import segment
from annotate.store import Store
from annotate.store.recovery.salvage import repair as repaired
from annotate.store.recovery.verify import check
from tui.wording.fields import FIELDS

Target = Callable[[bytes], None]
Seeds = Callable[[], Iterator[bytes]]

SAMPLES = Path(__file__).parents[1] / "sample_articles"
ACTOR = edit.Actor("human:x", "2025-03-19T12:00:00Z")
ANCHOR = "2025-03-19"
SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl", ".jsonl.gz")
WORDS = (
    "“", "”", "‘", "’", "«", "»", "„", '"', "'", "''", "``", "—", " said ", " told ", " on Monday", " last week",
    "March 4, 2025", "1990s", "two days ago", "noon", "Q: ", "A: ", "MS. LI: ", "(Agency)", "# ", "## ", "> ", "- ",
    "* ", "---\n", "title: ", "date: ", "\n\n", "\r\n", "\t", "<p>", "</p>", "<!--", "-->", "<script>", "<a href=",
    "&amp;", "&#x0;", "<![CDATA[", "{", "}", '{"id":', '"text":', "[", "]", "null", "\x1b[31m", "\x1b]52;c;",
    "\u202e", "\u200b", "\u0301", "\ufe0f", "😀", "\ufeff", "\x00", "\u2028", "\x85",
)  # fmt: skip
"""Dictionary of words that libFuzzer inserts into inputs."""
ODD: tuple[Any, ...] = (
    None, True, -1, 2**63, 1e308, "", "x", "c1", "s1", "\ud800", "\x1b]0;x\x07", [], [[]], {}, [None], [0, 1], [[1, 0]],
    [[0, 10**9]], {"id": "x"}, "human:x", "accepted", "2025-03-19", ["a"] * 300,
)  # fmt: skip
"""Wrong values for the fields of a damaged document."""


class Slot(NamedTuple):
    """A key or number in an object or a list of a document."""

    inside: Any
    key: Any


def readers(data: bytes) -> None:
    """Read a file of any kind."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"article{SUFFIXES[data[0] % len(SUFFIXES)]}"
        path.write_bytes(data[1:])
        for article in read_all([str(path)]):
            assert isinstance(article, OnrecordError) or article.text.strip()


def markup(data: bytes) -> None:
    """Read an article from a web page and from Markdown."""
    article = Article(data.decode("utf-8", "replace"), "a")
    assert markups.from_markdown(article).text is not None
    markups.from_html(article, article.text, "page.html")


def importers(data: bytes) -> None:
    """Import records in every format that has an importer."""
    for format_ in FORMATS.values():
        for record in format_.read(BytesIO(_damaged_lines(data))) if format_.read else ():
            if isinstance(record, Record):
                for other in FORMATS.values():
                    other.export([record], Options())


def codec(data: bytes) -> None:
    """Decode a damaged record; if that succeeds, it must survive a round trip."""
    record = Record.from_json(_json(_damaged(_records()[0].to_dict(), data)))
    assert Record.from_json(record.to_json()) == record


def store(data: bytes) -> None:
    """Open a damaged save file, and change something in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        path.write_bytes(_damaged_file(data))
        with suppress(OnrecordError):
            check(path)
        with Store.open(path, by="x") as opened:
            for article in opened.ids():
                record = opened.get(article)
                for claim in record.claims[:1]:
                    if change := edit.decide(record, claim.id, "rejected", ACTOR):
                        opened.apply(change, ACTOR.by)
            opened.undo(ACTOR.by)


def repair(data: bytes) -> None:
    """Repair a damaged save file; the new one must have no problem."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "annotations.json", Path(folder) / "new.json"
        path.write_bytes(_damaged_file(data))
        repaired(path, out)
        left = check(out)
        assert not left, left


def segmenter(data: bytes) -> None:
    """Segment a text; its blocks must lie in it, one after the other."""
    text = data.decode("utf-8", "ignore")
    end = 0
    for block in segment(text):
        assert end <= block.start < block.end <= len(text)
        end = block.end


def quotes(data: bytes) -> None:
    """Find the quotations of a text, which must lie in it."""
    text = data.decode("utf-8", "ignore")
    for quote in find_quotes(text, segment(text)):
        assert 0 <= quote.start < quote.end <= len(text)


def dates(data: bytes) -> None:
    """Find and resolve the dates of a text, which must lie in it."""
    text = data.decode("utf-8", "ignore")
    for mention in find_dates(text, segment(text), ANCHOR):
        assert mention.start is not None
        assert mention.end is not None
        assert 0 <= mention.start < mention.end <= len(text)


def typed(data: bytes) -> None:
    """Check and apply text typed into the fields of a claim."""
    words = data.decode("utf-8", "ignore")
    resolve(words, ANCHOR)
    record = _records()[0]
    claim = record.claims[0]
    for field in FIELDS:
        if field.check(record, claim, words).ok:
            field.change(record, claim, words, ACTOR)


def _texts() -> Iterator[bytes]:
    for path in sorted(SAMPLES.glob("*.*")):
        yield path.read_bytes()[:1_024]


def _files() -> Iterator[bytes]:
    for number, suffix in enumerate(SUFFIXES):
        for path in sorted(SAMPLES.glob(f"*{suffix}")):
            yield bytes([number]) + path.read_bytes()[:1_023]
    yield b"\x04" + b'{"id": "a", "text": "Ana Li said no.", "date": "2025-03-19"}\n[1]\n'


def _expressions() -> Iterator[bytes]:
    for words in ("yesterday", "last March", "3 March 2025", "direct", "Ana Li", "budget, to check", "yes"):
        yield words.encode()


def _damages() -> Iterator[bytes]:
    yield from (bytes([number] * 40) for number in range(0, 256, 16))


@cache
def _records() -> list[Record]:
    """Return two short gold records."""
    paths = sorted((SAMPLES / "gold").glob("*.json"), key=lambda path: path.stat().st_size)
    return [Record.from_json(path.read_bytes()) for path in paths[:2]]


@cache
def _save_file() -> bytes:
    """Return a save file with two articles and some history."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        with Store.open(path, by=ACTOR.by) as opened:
            opened.put_many(_records())
            for record in _records():
                for claim in record.claims[:3]:
                    if change := edit.decide(opened.get(record.id), claim.id, "accepted", ACTOR):
                        opened.apply(change, ACTOR.by)
        return path.read_bytes()


def _damaged(document: Any, data: bytes) -> Any:
    """Return a copy of a document with parts replaced, deleted or doubled, as chosen by fuzzed bytes."""
    chosen = atheris.FuzzedDataProvider(data)
    document = json.loads(json.dumps(document))
    for _ in range(chosen.ConsumeIntInRange(1, 4)):
        places = list(_places(document))
        if not places:
            return document
        inside, key = places[chosen.ConsumeIntInRange(0, len(places) - 1)]
        do = chosen.ConsumeIntInRange(0, 4)
        if do == 0:
            del inside[key]
        elif do == 1 and isinstance(inside, list):
            inside.append(copy.deepcopy(inside[key]))
        elif do == 2:
            other = places[chosen.ConsumeIntInRange(0, len(places) - 1)]
            inside[key] = copy.deepcopy(other.inside[other.key]) if other.inside is not inside else None
        elif do == 3:
            inside[key] = chosen.ConsumeUnicode(8)
        else:
            inside[key] = copy.deepcopy(ODD[chosen.ConsumeIntInRange(0, len(ODD) - 1)])
    return document


def _places(value: Any) -> Iterator[Slot]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield Slot(value, key)
        yield from _places(value[key])


def _json(document: Any) -> bytes:
    """Write a document as other programs might: with half a surrogate pair, or numbers of any size."""
    return json.dumps(document).encode()


def _damaged_file(data: bytes) -> bytes:
    """Return a save file with damaged documents or, for every fourth input, damaged bytes."""
    if not data or data[0] % 4:
        return _json(_damaged(orjson.loads(_save_file()), data))
    whole = bytearray(_save_file())
    chosen = atheris.FuzzedDataProvider(data[1:])
    for _ in range(chosen.ConsumeIntInRange(1, 8)):
        at = chosen.ConsumeIntInRange(0, len(whole))
        whole[at : at + chosen.ConsumeIntInRange(0, 64)] = chosen.ConsumeBytes(8)
    return bytes(whole)


def _damaged_lines(data: bytes) -> bytes:
    """Return two records as lines, the first one damaged; for every fourth input, the input itself."""
    if not data or not data[0] % 4:
        return data[1:]
    first, second = (record.to_dict() for record in _records())
    return _json(_damaged(first, data)) + b"\n" + _json(second) + b"\n"


TARGETS: dict[str, tuple[Target, Seeds]] = {
    "readers": (readers, _files),
    "markup": (markup, _texts),
    "importers": (importers, _damages),
    "codec": (codec, _damages),
    "store": (store, _damages),
    "repair": (repair, _damages),
    "segmenter": (segmenter, _texts),
    "quotes": (quotes, _texts),
    "dates": (dates, _texts),
    "typed": (typed, _expressions),
}
"""The targets by name, each with its seed inputs."""
