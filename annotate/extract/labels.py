"""Speaker labels: `MS. WARD: …` in a transcript, `Q: …` in an interview, `Minister: tax will rise` in a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from annotate.extract.draft import Draft, ParsedArticle
from annotate.model import Block
from annotate.segment.turns import SMALL, is_capitalised, turn_at
from annotate.spans import Span
from annotate.speakers.phrases import singular
from annotate.speakers.word_lists import TITLES, gender_of_name, is_body, is_role, plain, words

_LABEL = re.compile(
    r"(?P<lead>[\W_]*)(?P<name>[^\W\d_](?:[^\n:.!?“”\"]|(?<=\b[A-Z])\.|(?<=\b[A-Za-z][A-Za-z])\.|(?<=\b[A-Z][a-z]{2})\.){0,60}?)"
    r"(?P<side>\s*\([^()\n]{1,40}\))?\**(?P<colon>:)\**\s+(?=\S)"
    r"|(?P<letter>[QA])(?P<stop>[.:])\s+(?=\S)"
)
_STAGE = re.compile(r"\s*[(\[][^()\[\]\n]{1,60}[)\]]\s*")
_HEADINGS = frozenset({"title", "heading"})


@dataclass(frozen=True)
class _Label:
    block: Block
    name: Span
    colon: Span
    content: Span

    def as_draft(self, confidence: float) -> Draft:
        return Draft((self.content,), (self.colon,), (self.name,), confidence=confidence)


def labelled(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims of paragraphs labelled with their speaker, and of the unlabelled paragraphs that continue them.

    A repeated label, one in capitals, `Q`/`A`, and a person's label beside another label make a transcript; any other
    must be followed by a quotation. In a heading it must name somebody: a role, an organisation, a name.
    """
    del earlier
    text = article.tree.text
    found = {block.start: label for block in article.blocks if (label := _label(article, block)) is not None}
    times = Counter(text[slice(*label.name)].casefold() for label in found.values())
    beside = _beside_another(article.blocks, found)
    turns: dict[int, _Label] = {}
    out: list[Draft] = []
    for start, label in found.items():
        name = text[slice(*label.name)]
        if label.block.kind in _HEADINGS:
            if _names_somebody(name) and _is_statement(article, label.content):
                out.append(label.as_draft(0.7))
        elif name.isupper() or times[name.casefold()] > 1 or (start in beside and _is_person(article, name)):
            turns[start] = label
            out.append(label.as_draft(0.95))
        elif article.quotes_in(label.content.start, label.content.start + 1) and name[0].isupper():
            said = replace(label, content=_first_quote(article, label.content))
            out.append(said.as_draft(0.9))
    return out + _going_on(article, turns)


def _label(article: ParsedArticle, block: Block) -> _Label | None:
    text = article.tree.text
    turn = turn_at(text, block.start, block.end) if block.kind in ("body", "title", "heading") else None
    if turn is None:
        return None
    name = text[slice(*turn.name)]
    if name.casefold() in _no_speakers() or name.split()[0].casefold() in _no_speakers():
        return None
    if block.kind == "body" and not is_capitalised(name):
        return None
    if "," in name and any(map(article.tree.is_finite, article.tree.tokens_in(*turn.name))):
        return None  # *Ana Li, the mayor, said: …*
    start = turn.start
    stage = _STAGE.match(text, start, block.end)
    if stage is not None and stage.end() < block.end:
        start = stage.end()
    return _Label(block, turn.name, turn.colon, Span(start, block.end))


def _beside_another(blocks: Sequence[Block], found: Mapping[int, _Label]) -> set[int]:
    """Return the labelled paragraphs before or after another labelled one."""
    bodies = [block.start for block in blocks if block.kind == "body"]
    pairs = [pair for pair in pairwise(bodies) if all(start in found for start in pair)]
    return {start for pair in pairs for start in pair}


def _is_person(article: ParsedArticle, label: str) -> bool:
    """Return whether a label is a person's: by first name, title, role or age, or named elsewhere in the article."""
    name, _, rest = label.partition(",")
    parts = name.split()
    described = [singular(word) for word in (parts[0], parts[-1], *rest.split())]
    is_described = any(map(is_role, described)) or (parts[0] == "The" and any(map(is_role, parts)))
    has_age = rest.strip().partition(",")[0].isdigit()
    is_named = plain(parts[0]) in TITLES or bool(gender_of_name(parts[0]))
    return has_age or is_described or is_named or article.tree.text.count(name) > 1


def _first_quote(article: ParsedArticle, content: Span) -> Span:
    quote = article.quotes_in(content.start, content.start + 1)[0]
    return Span(quote.start, quote.end)


def names_topic(label: str) -> bool:
    """Return whether a label names a paragraph's topic: *Dock strike*, not *Harbour chief*, *Ana Li*, *Report*."""
    *_, last = label.split()
    is_common = label[0].isupper() and last.islower()
    return is_common and not _names_somebody(label) and singular(last) not in words("documents")


def _names_somebody(name: str) -> bool:
    parts = name.split()
    capital = all(word[0].isupper() or word in SMALL for word in parts)
    last = singular(parts[-1])
    return is_role(last) or is_role(parts[0]) or is_body(last) or (capital and 2 <= len(parts) <= 4)


def _is_statement(article: ParsedArticle, content: Span) -> bool:
    """Return whether a heading is a statement: it has a finite verb or a modal after its colon."""
    tokens = article.tree.tokens_in(*content)
    return any(article.tree.is_finite(i) or article.tree.tags[i] == "MD" for i in tokens)


def _going_on(article: ParsedArticle, labels: dict[int, _Label]) -> list[Draft]:
    """Return the unlabelled paragraphs between a transcript's labels, as continued speech of the last speaker."""
    if len(labels) < 2:  # one label makes no transcript
        return []
    last = max(labels)
    out = []
    talking = False
    for block in article.blocks:
        if block.kind != "body" or block.start >= last:
            continue
        text = article.tree.text[block.start : block.end]
        if block.start in labels:
            talking = True
        elif talking and not _STAGE.fullmatch(text) and not article.quotes_in(block.start, block.end):
            out.append(Draft((Span(block.start, block.end),), confidence=0.6))
    return out


@cache
def _no_speakers() -> frozenset[str]:
    text = files("annotate.extract").joinpath("no_speakers.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
