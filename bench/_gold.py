"""Articles with gold speakers, and their claims and parse, for the benchmarks of speakers."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from annotate.model import BLOCK_KINDS, Block, Claim, Quote
from annotate.spans import Span

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class Gold:
    """An article, and the speaker that a person gave each of its claims."""

    name: str
    text: str
    blocks: tuple[Block, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    speakers: dict[str, str | None]
    """Name by claim id."""


def load(path: Path) -> Gold:
    """Read a record, or a gold file of the seed and the text beside it."""
    row = json.loads(path.read_text("utf-8"))
    seed = "text" not in row
    text = (path.parent / "article.txt").read_text("utf-8") if seed else row["text"]
    names = {} if seed else {speaker["id"]: speaker["name"] for speaker in row["speakers"]}
    quotes = [{"start": q[0], "end": q[1], "kind": "speech"} if seed else q for q in row["quotes"]]
    return Gold(
        name=path.parent.name if seed else path.stem,
        text=text,
        blocks=tuple(Block(b["start"], b["end"], b["kind"]) for b in row["blocks"]),
        quotes=tuple(Quote(q["start"], q["end"], q["kind"]) for q in quotes),
        claims=tuple(claim_of(c, c["id"]) for c in row["claims"]),
        speakers={c["id"]: c["speaker"] if seed else names.get(c["speaker"]) for c in row["claims"]},
    )


def claim_of(row: dict[str, Any], identifier: str) -> Claim:
    """Return a claim with its spans from JSON."""
    content, cue, source = (tuple(Span(*span) for span in row.get(part, ())) for part in ("content", "cue", "source"))
    return Claim(identifier, row["type"], content, cue, source)


def parse(nlp: Language, gold: Gold) -> Doc:
    """Parse an article block by block, as the engine does, into one `Doc` with the article's text."""
    read = {kind: nlp if kind in {"body", "caption", "title", "heading"} else nlp.make_doc for kind in BLOCK_KINDS}
    pieces: list[Doc] = []
    at = 0
    for block in gold.blocks:
        pieces += [nlp.make_doc(gold.text[at : block.start]), read[block.kind](gold.text[block.start : block.end])]
        at = block.end
    pieces.append(nlp.make_doc(gold.text[at:]))
    doc = Doc.from_docs([piece for piece in pieces if len(piece)], ensure_whitespace=False, exclude=["tensor"])
    assert doc is not None
    assert doc.text == gold.text
    return doc
