"""Speaker labels: `MS. WARD: …` in a transcript, `Q: …` in an interview, `Minister: tax will rise` in a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from annotate.extract.draft import Draft, ParsedArticle
from annotate.model import Block
from annotate.spans import Span
from annotate.speakers.phrases import singular
from annotate.speakers.word_lists import is_body, is_role, words

_LABEL = re.compile(
    r"(?P<lead>[\W_]*)(?P<name>[^\W\d_](?:[^\n:.!?“”\"]|(?<=\b[A-Z])\.|(?<=\b[A-Za-z][A-Za-z])\.|(?<=\b[A-Z][a-z]{2})\.){0,60}?)"
    r"(?P<side>\s*\([^()\n]{1,40}\))?\**(?P<colon>:)\**\s+(?=\S)"
    r"|(?P<letter>[QA])(?P<stop>[.:])\s+(?=\S)"
)
_TRAILING = re.compile(r"(?P<content>.+\S)(?P<colon>:)\s+(?P<name>[^:“”\"]{2,40})$")
_STAGE = re.compile(r"\s*[(\[][^()\[\]\n]{1,60}[)\]]\s*")
_WORDS = 7
"""Maximum length of a label in words: a name with its title and office."""
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to"])
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

    A repeated label, one in capitals, and `Q`/`A` make a transcript; any other must be followed by a quotation. In a
    heading it must name somebody: a role, an organisation, a name.
    """
    del earlier
    text = article.tree.text
    found = {block.start: label for block in article.blocks if (label := _label(text, block)) is not None}
    times = Counter(text[slice(*label.name)].casefold() for label in found.values())
    out: list[Draft] = []
    for block in article.blocks:
        label = found.get(block.start)
        if label is not None and block.kind in _HEADINGS:
            found.pop(block.start)
            if _names_somebody(text[slice(*label.name)]) and _is_statement(article, label.content):
                out.append(label.as_draft(0.7))
        elif label is not None:
            name = text[slice(*label.name)]
            if name.isupper() or times[name.casefold()] > 1:
                out.append(label.as_draft(0.95))
            elif article.quotes_in(label.content.start, label.content.start + 1) and name[0].isupper():
                out.append(
                    Draft((_first_quote(article, label.content),), (label.colon,), (label.name,), confidence=0.9)
                )
                found.pop(block.start)
            else:
                found.pop(block.start)
    return out + _going_on(article, found)


def _label(text: str, block: Block) -> _Label | None:
    if block.kind not in ("body", "title", "heading"):
        return None
    match = _LABEL.match(text, block.start, block.end)
    if match is None:
        return None
    part = "letter" if match["letter"] else "name"
    name = match[part].strip()
    words = name.split()
    if len(words) > _WORDS or name.casefold() in _no_speakers() or words[0].casefold() in _no_speakers():
        return None
    if block.kind == "body" and not all(word[0].isupper() or word in _SMALL for word in words if word[0].isalpha()):
        return None
    start = match.end()
    stage = _STAGE.match(text, start, block.end)
    if stage is not None and stage.end() < block.end:
        start = stage.end()
    end = match.start(part) + len(name)
    colon = Span(*match.span("stop" if match["letter"] else "colon"))
    return _Label(block, Span(match.start(part), end), colon, Span(start, block.end))


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
    capital = all(word[0].isupper() or word in _SMALL for word in parts)
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
