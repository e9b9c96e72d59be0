"""Markdown for reading: each article's quotes by speaker, with their dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotate.formats.base import Exported, Options
from annotate.manner import manner
from annotate.model import Claim, Record
from annotate.plural import count
from annotate.safe import legible, safe
from annotate.uncertainty import is_guess, rivals

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
_BLOCK_START = re.compile(r"^(#{1,6}|[-+=]|\d{1,9}(?=[.)]))")
"""Line starts that Markdown would turn into a heading, a list or an underline."""
_WEB_ADDRESS = re.compile(r"https?://[^\s<>]+")


def export(records: Iterable[Record], options: Options) -> Exported:
    """Write one section per article, with one subsection per speaker in the order they first speak."""
    sections: list[str] = []
    split = 0
    for record in records:
        claims = options.claims(record)
        split += sum(len(claim.content) > 1 for claim in claims)
        sections.append("\n".join(_article(record, claims)))
    report = ["the articles' texts, offsets and ids are left out: jsonl holds them"]
    if split:
        report.append(f"{count(split, 'claim')} in several pieces: the pieces are joined with “…”")
    return Exported("\n".join(sections).encode(), tuple(report))


def escape(text: str) -> str:
    """Escape text for one line of Markdown (CommonMark, GitHub), so that it is shown unchanged.

    White space is folded and control codes become visible symbols. Prices stay prices: `$` would start a formula on
    GitHub.
    """
    line = _SPECIAL.sub(r"\\\g<0>", legible(" ".join(text.split())))
    return _BLOCK_START.sub(_escape_start, line)


def _escape_start(match: re.Match[str]) -> str:
    start = match[0]
    return start + "\\" if start.isdigit() else "\\" + start


def _article(record: Record, claims: list[Claim]) -> Iterator[str]:
    yield f"# {escape(record.title or record.id)}\n"
    published = record.date and f"published {escape(record.date)}"  # the publication date, not a date of any claim
    about = list(filter(None, (published, record.url and _address(record.url))))
    if about:
        yield " · ".join(about) + "\n"
    if not claims:
        yield "No claims.\n"
    by_speaker: dict[str, list[Claim]] = {}
    for claim in claims:
        by_speaker.setdefault(_speaker(record, claim), []).append(claim)
    for speaker, theirs in by_speaker.items():
        yield f"## {escape(speaker)}\n"
        yield "".join(_claim(record, claim) for claim in theirs)


def _address(url: str) -> str:
    return f"<{url}>" if _WEB_ADDRESS.fullmatch(url) and url == safe(url) else escape(url)


def _speaker(record: Record, claim: Claim) -> str:
    speaker = record.speaker(claim.speaker)
    if speaker is None:
        return record.words(claim.source) or "Speaker not known"
    return f"{speaker.name}, {speaker.description}" if speaker.description else speaker.name


def _claim(record: Record, claim: Claim) -> str:
    aside = " · ".join(escape(part) for part in _aside(record, claim))
    note = f"\n  Note: {escape(claim.note)}\n" if claim.note.strip() else ""
    return f"- {escape(record.said(claim))}\n  ({aside})\n{note}"


def _aside(record: Record, claim: Claim) -> Iterator[str]:
    cue = record.words(claim.cue)
    if how := manner(record.text, claim) or (f"“{cue}”" if cue else ""):
        yield how
    if is_guess(claim):
        yield ", perhaps ".join(("the speaker is a guess", *rivals(claim)))
    if claim.addressee:
        yield f"to {record.words(claim.addressee)}"
    if claim.via:
        yield f"via {record.words(claim.via)}"
    date = record.date_mention(claim.date)
    if date is not None:
        said = record.words((date.span,)) if date.span else None
        yield " = ".join(part for part in (said, date.value) if part)
    yield "deleted" if claim.deleted else claim.status
    yield from (f"#{tag}" for tag in claim.tags)
