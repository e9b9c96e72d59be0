"""Copies of a claim for other programs: as a citation, as plain words, in Markdown, in JSON."""

from __future__ import annotations

from collections.abc import Callable

from annotate.manner import manner, own_words
from annotate.model import Claim, Record
from annotate.uncertainty import is_guess, rivals
from tui.wording.timex_words import in_words


def citation(record: Record, claim: Claim) -> str:
    """Return a claim as a citation: words, speaker, manner, date, article."""
    said, whose = _parts(record, claim)
    return f"{said} — {whose}"


def quoted(record: Record, claim: Claim) -> str:
    """Return a claim's words on one line, with their manner in brackets before them."""
    how = manner(record.text, claim)
    return f"[{how}] {_words(record, claim)}" if how else _words(record, claim)


def markdown(record: Record, claim: Claim) -> str:
    """Return a claim as a Markdown quotation."""
    said, whose = _parts(record, claim)
    return f"> {said}\n> — {whose}"


def _parts(record: Record, claim: Claim) -> tuple[str, str]:
    """Return the words, and speaker, date and article.

    A manner such as a denial comes before the words, else an accusation would be read before its denial.
    """
    where = record.title or record.path or record.id
    place = f"{where} <{record.url}>" if record.url else where
    when = f"{_when(record, claim)}. {place}"
    said, who = _words(record, claim), _who(record, claim)
    if own := own_words(record.text, claim):
        return f"{who} “{own}”: {said}", when
    if how := manner(record.text, claim):
        is_nobodys = claim.hedged and claim.speaker is None
        return f"{how[0].upper() + how[1:] if is_nobodys else f'{who}, {how}'}: {said}", when
    return said, f"{who}, {when}"


def _words(record: Record, claim: Claim) -> str:
    return " ".join(record.words(claim.content).split())


def _who(record: Record, claim: Claim) -> str:
    """Return the speaker's name and description, marked as probable if the engine guessed."""
    speaker = record.speaker(claim.speaker)
    if speaker is None:
        return "unknown speaker"
    who = f"{speaker.name} ({speaker.description})" if speaker.description else speaker.name
    return ", perhaps ".join((f"probably {who}", *rivals(claim))) if is_guess(claim) else who


def _when(record: Record, claim: Claim) -> str:
    """Return the date of a claim, else the date of publication, marked as such."""
    date = record.date_mention(claim.date)
    if date is not None and date.value:
        return in_words(date.value) or date.value
    return f"published {record.date}" if record.date else "no date"


def accepted(record: Record, _claim: Claim) -> str:
    """Return all accepted claims of an article as citations, a line each."""
    return "\n".join(citation(record, c) for c in record.live_claims() if c.status == "accepted")


def claim_json(record: Record, claim: Claim) -> str:
    """Return a claim as JSON, with its speaker and its date in full."""
    import orjson

    speaker, date = record.speaker(claim.speaker), record.date_mention(claim.date)
    value = claim.to_dict() | {
        "article": record.id,
        "text": record.words(claim.content),
        "speaker": speaker and speaker.to_dict(),
        "date": date and date.to_dict(),
    }
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


COPIES: tuple[tuple[str, Callable[[Record, Claim], str]], ...] = (
    ("citation", citation),
    ("words only", quoted),
    ("Markdown quotation", markdown),
    ("JSON", claim_json),
    ("all accepted claims of the article", accepted),
)
"""Kinds of copies, by displayed name."""
