"""Articles of any size with any number of claims: random words, invented people and places."""

from __future__ import annotations

import random

from annotate.model import Block, Claim, DateMention, Record, Review, Speaker
from annotate.spans import Span

MARKER = "Quillhaven"
"""First word of every article, to recognise its text on the screen."""
_NAMES = ("Ana Brell", "Tomas Ruiz", "Minister Okafor", "the harbour council", "Ilse Varga")
_WORDS = tuple(
    """the river bridge will be closed again after heavy rain and nobody in town knows when work could start near old
    mill because money for new stone has not come from the county although two firms have offered to begin in spring
    """.split()  # noqa: SIM905 # read as prose
)
_SENTENCE = 12


def article(id: str, words: int, claims: int = 0, seed: int = 1) -> Record:  # noqa: A002 # the record's word
    """Return an article.

    Args:
        id: Its id; `path` is this with `.txt`.
        words: How many words it has, about.
        claims: How many of its sentences are quotations with a claim each.
        seed: Other seeds give other words.
    """
    chance = random.Random(seed)
    made: list[Claim] = []
    dates: list[DateMention] = []
    blocks: list[Block] = []
    parts: list[str] = []
    at = written = 0
    while written < words:
        begin = at
        for _ in range(4):
            if parts and len(made) < claims and written * claims >= len(made) * words:
                sentence = _quotation(chance, at, made, dates, min(_SENTENCE, max(4, words // claims - 8)))
            else:
                sentence = _plain(chance) if parts else f"{MARKER} " + _plain(chance)
            parts.append(sentence + " ")
            at += len(sentence) + 1
            written += sentence.count(" ") + 1
        parts.append("\n\n")
        blocks.append(Block(begin, at - 1, "body"))
        at += 2
    speakers = tuple(Speaker(f"s{i}", name, "person") for i, name in enumerate(_NAMES))
    return Record(
        id, "".join(parts), path=f"{id}.txt", date="2031-05-06", blocks=tuple(blocks), dates=tuple(dates),
        speakers=speakers, claims=tuple(made), review=Review("suggested") if claims else Review(),
    )  # fmt: skip


def _plain(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=_SENTENCE)).capitalize() + "."


def _quotation(chance: random.Random, at: int, made: list[Claim], dates: list[DateMention], length: int) -> str:
    """Return a sentence like `“…,” said Ana Brell on Monday.` and add its claim."""
    who = chance.randrange(len(_NAMES))
    pieces = ("“" + " ".join(chance.choices(_WORDS, k=length)).capitalize() + ",”", "said", _NAMES[who], "on", "Monday")
    spans = []
    for piece in pieces:
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 1
    content, cue, source, _, day = spans
    nth = len(made) + 1
    dates.append(DateMention(f"d{nth}", day.start, day.end, "DATE", "2031-05-05", origin="engine:bench"))
    made.append(
        Claim(
            id=f"c{nth}",
            type="direct",
            content=(content,),
            cue=(cue,),
            source=(source,),
            speaker=f"s{who}",
            date=f"d{nth}",
            confidence=0.8,
            origin="engine:bench",
        )
    )
    return " ".join(pieces) + "."
