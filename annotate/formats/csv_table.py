"""Claims as a table (RFC 4180: UTF-8, commas, CRLF), one row per claim."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator

from annotate.formats.base import Exported, Options
from annotate.model import Claim, Record
from annotate.plural import count
from annotate.safe import legible
from annotate.spans import Span
from annotate.uncertainty import checkworthy, confidence, is_guess, rivals

Cell = str | int | float | None

COLUMNS = (
    "article", "title", "url", "article_date", "claim", "type", "speaker", "speaker_kind", "speaker_description",
    "source", "cue", "content", "addressee", "date", "date_text", "negated", "hedged", "status", "decided_by",
    "confidence", "checkworthy", "note", "tags", "start", "end", "content_spans", "cue_spans", "source_spans",
    "speaker_guess", "speaker_or",
)  # fmt: skip

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Characters that make a spreadsheet run a cell as a formula (OWASP, "CSV Injection"), full-width forms included."""
_INNER_FORMULA = re.compile(r"""([;\t\r\n][ "]*)(?=[=+\-@＝＋－＠])""")
"""Pattern of a formula inside a cell, which Excel starts as a cell of its own if it separates cells at semicolons."""


def export(records: Iterable[Record], options: Options) -> Exported:
    """Write one row per claim, without anything that a spreadsheet would run or a terminal interpret."""
    return _export(records, options, _harmless)


def export_for_excel(records: Iterable[Record], options: Options) -> Exported:
    """Write the table with a byte order mark, without which Excel reads UTF-8 in the system's legacy encoding.

    Excel separates cells by the system's locale, whatever the file says, so parts of a cell are made harmless as well.
    """
    table = _export(records, options, _harmless_in_parts)
    return Exported(b"\xef\xbb\xbf" + table.data, table.report)


def _export(records: Iterable[Record], options: Options, harmless: Callable[[str], str]) -> Exported:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    without_row: list[str] = []
    disarmed = coded = 0
    for record in records:
        claims = options.claims(record)
        if not claims:
            without_row.append(record.id)
        for claim in claims:
            cells = list(_row(record, claim))
            shown = [legible(cell) if isinstance(cell, str) else cell for cell in cells]
            coded += sum(cell != before for cell, before in zip(shown, cells, strict=True))
            safe_cells = [harmless(cell) if isinstance(cell, str) else cell for cell in shown]
            disarmed += sum(cell != before for cell, before in zip(safe_cells, shown, strict=True))
            table.writerow(safe_cells)
    return Exported(out.getvalue().encode(), tuple(_report(without_row, disarmed, coded)))


def _row(record: Record, claim: Claim) -> Iterator[Cell]:
    speaker = record.speaker(claim.speaker)
    date = record.date_mention(claim.date)
    said = date.span if date else None
    yield from (record.id, record.title, record.url, record.date, claim.id, claim.type)
    yield from (speaker.name, speaker.kind, speaker.description) if speaker else (None, None, None)
    yield from (record.words(claim.source), record.words(claim.cue), record.said(claim), record.words(claim.addressee))
    yield date.value if date else None
    yield record.words((said,)) if said else None
    yield from ("true" if flag else "false" for flag in (claim.negated, claim.hedged))
    yield "deleted" if claim.deleted else claim.status
    yield from (claim.decided_by, confidence(claim), checkworthy(claim), claim.note, ", ".join(claim.tags))
    yield min((span.start for span in claim.content), default=None)
    yield max((span.end for span in claim.content), default=None)
    yield from (_offsets(spans) for spans in (claim.content, claim.cue, claim.source))
    yield from ("true" if is_guess(claim) else "false", "; ".join(rivals(claim)))


def _offsets(spans: tuple[Span, ...]) -> str:
    """Return offsets as `[[2,19],[43,60]]`: without brackets spreadsheets read 2-19 as a date and 2:19 as a time."""
    return json.dumps(spans, separators=(",", ":"))


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def _harmless_in_parts(cell: str) -> str:
    return _harmless(_INNER_FORMULA.sub(r"\1'", cell))


def _report(without_row: list[str], disarmed: int, coded: int) -> Iterator[str]:
    yield "the articles' texts, blocks, quotations and dates that no claim has are left out: jsonl holds them"
    if without_row:
        some = ", ".join(without_row[:5]) + (", …" if len(without_row) > 5 else "")
        yield f"{count(len(without_row), 'article')} without a claim chosen, and so without a row: {some}"
    if disarmed:
        yield f"{count(disarmed, 'cell')} got an apostrophe in front, as a spreadsheet would run them as formulas"
    if coded:
        yield f"{count(coded, 'cell')} with what terminals obey or hide: now signs as ␛, � and ·; jsonl is exact"
