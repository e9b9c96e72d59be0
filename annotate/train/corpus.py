"""Labelled articles: PolNeAR's rows or Onrecord's own records, one per line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from annotate import codec, safe_json
from annotate.errors import FormatError, ModelError, ReadError
from annotate.model import Record
from annotate.safe_files import lines, open_input, too_long
from annotate.segment import segment
from annotate.spans import Span

_spans = codec.list_of(codec.span)


@dataclass(frozen=True)
class Attribution:
    """A content with its cue and source; spans are code points, sorted."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True)
class Labelled:
    """An article with all its attributions."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]
    paragraphs: tuple[int, ...]
    """Offsets at which its blocks begin, by the engine's segmentation."""


@dataclass(frozen=True)
class Corpus:
    """The articles of several files."""

    articles: tuple[Labelled, ...]
    undecided: int
    """Number of records left out because some of their suggestions are undecided."""

    @property
    def fingerprint(self) -> str:
        """Hash of the articles' texts and labels: models with the same fingerprint and settings are identical."""
        digest = hashlib.sha256()
        for article in self.articles:
            digest.update(repr((article.text, article.attributions)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def load(paths: Iterable[Path], records: Iterable[Record] = ()) -> Corpus:
    """Read labelled articles from `.jsonl` files, gzipped or not, and from records.

    A row is `{"text", "attributions": [{"content", "cue", "source"}]}`, spans as [start, end]; or a record, whose
    accepted claims are used. A record with undecided claims would teach them as right or wrong without anybody's
    decision, so it is left out and counted.

    Raises:
        ReadError: A file cannot be read.
        FormatError: A row is neither; the message names file and line.
    """
    rows = ((_parsed(line, where), where) for path in paths for where, line in _lines(path))
    recorded = ((record.to_dict(), record.id) for record in records)
    found = [_article(row, where) for row, where in chain(rows, recorded)]
    articles = tuple(article for article in found if article)
    return Corpus(articles, len(found) - len(articles))


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with open_input(path, unpack=True) as stream:
            for number, line in enumerate(lines(stream), start=1):
                if line is None:
                    raise FormatError(*too_long(f"{path}, line {number}"))
                if line.strip():
                    yield f"{path}, line {number}", line
    except OSError as error:
        reason = error.strerror or error
        raise ReadError(f"{path} cannot be read ({reason})", "name a .jsonl or .jsonl.gz file") from None


def _parsed(line: bytes, where: str) -> Any:
    try:
        return safe_json.loads(line)
    except orjson.JSONDecodeError as error:
        raise FormatError(f"{where} is not JSON ({error})") from None


def _article(row: Any, where: str) -> Labelled | None:
    claims = row.get("attributions", row.get("claims")) if isinstance(row, Mapping) else None
    if not isinstance(claims, list) or not isinstance(row.get("text"), str):
        raise FormatError(
            f"{where} is not a labelled article", "expected an object with text and attributions or claims"
        )
    if not _decided(row, claims):
        return None
    live = [c for c in claims if isinstance(c, Mapping) and not c.get("deleted") and c.get("status") != "rejected"]
    text = row["text"]
    try:
        attributions = tuple(_attribution(claim, len(text)) for claim in live)
    except ModelError as error:
        raise FormatError(f"{where} has an invalid label ({error.message})", "correct or remove it") from None
    return Labelled(str(row.get("id", where)), text, attributions, tuple(block.start for block in segment(text)))


def _decided(row: Mapping[str, Any], claims: Iterable[Any]) -> bool:
    """Return whether all labels of a row are a person's decisions.

    Claims accepted by `label --accept-above` were the engine's decision. If no claims were found, only a person marking
    the article as done confirms that there are none.
    """
    live = [claim for claim in claims if isinstance(claim, Mapping) and not claim.get("deleted")]
    open_ = any(c.get("status") == "suggested" or str(c.get("decided_by")).startswith("engine:") for c in live)
    review = row.get("review")
    return not open_ and (bool(claims) or not isinstance(review, Mapping) or review.get("state") == "done")


def _attribution(claim: Mapping[str, Any], length: int) -> Attribution:
    parts = {part: tuple(sorted(_spans(claim.get(part) or [], part))) for part in ("content", "cue", "source")}
    for part, spans in parts.items():
        if spans and max(span.end for span in spans) > length:
            raise ModelError(f"{part}: {spans[-1].end} is beyond the text's {length} code points")
    return Attribution(**parts)
