"""Component `onrecord_claims`: claims found by all rules together, as `doc._.onrecord_claims`.

The rules, most reliable first: speaker labels and headings; signed quotes; quotes with a cue beside them; clauses,
infinitives and noun phrases governed by a cue word; free-standing quotes. If the learned tagger has read the article,
it replaces the two rules that depend on known cue words; the others cover cases missing from its training data. As in
PolNeAR, claims do not nest: anything inside the content of another claim belongs to that claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from annotate.extract.acts import is_mere_act
from annotate.extract.blocks import blocks_of
from annotate.extract.component import register
from annotate.extract.cue import contradicts
from annotate.extract.denials import answered
from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.extract.extensions import show
from annotate.extract.frames import framed
from annotate.extract.free import block_quotes, free_quotes
from annotate.extract.governed import governed
from annotate.extract.labels import labelled
from annotate.extract.plain_syntax import plain_syntax
from annotate.extract.quoted import quoted
from annotate.extract.quotes import quotes_of
from annotate.extract.signed import signed
from annotate.extract.tagged import tagged
from annotate.extract.tree import Tree
from annotate.model import Claim, Quote

_RULES = (labelled, signed, block_quotes, framed, quoted, governed, free_quotes)
_RULES_WITH_TAGS = (labelled, signed, block_quotes, framed, tagged, plain_syntax, free_quotes)
_PARTS = ("content", "cue", "source", "addressee")


def find_claims(doc: Doc) -> tuple[Claim, ...]:
    """Return the claims of a parsed article that are likely enough, in reading order, without speakers and dates."""
    article, drafts = read(doc)
    claims = (_claim(article, "", draft) for draft in drafts)
    likely = (claim for claim in claims if claim.confidence is None or claim.confidence >= doc._.onrecord_least)
    return tuple(replace(claim, id=f"c{n}") for n, claim in enumerate(likely, 1))


def _claim(article: ParsedArticle, name: str, draft: Draft) -> Claim:
    """Turn a draft into a claim; unsaid content has check-worthiness 0: *refused to say where he had been*."""
    claim = article.claim(name, draft)
    says_nothing = draft.negated and draft.at is not None and not contradicts(article, draft.at)
    return replace(claim, checkworthy=0.0) if says_nothing else claim


def read(doc: Doc) -> tuple[ParsedArticle, list[Draft]]:
    """Return a parsed article in the form the rules use, and the drafts they find, in reading order."""
    article = ParsedArticle(Tree(doc), blocks_of(doc), quotes_of(doc), tags=doc._.onrecord_tags)
    drafts: list[Draft] = []
    for rule in _RULES if article.tags is None else _RULES_WITH_TAGS:
        drafts += (d for d in _with_words(article, rule(article, drafts)) if not is_mere_act(article, d))
    headings = [(b.start, b.end) for b in article.blocks if b.kind in ("title", "heading")]
    drafts = [draft for draft in drafts if draft.source or not overlaps(headings, *draft.content[0])]
    drafts = list(_with_words(article, (part for draft in drafts for part in answered(article, draft))))
    drafts.sort(key=lambda draft: draft.content)
    return article, drafts


def _with_words(article: ParsedArticle, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Drop content fragments without letters or digits, and drafts left without content."""
    text = article.tree.text
    for draft in drafts:
        content = tuple(span for span in draft.content if any(char.isalnum() for char in text[slice(*span)]))
        if content:
            yield draft if content == draft.content else replace(draft, content=content)


def _as_speech(quotes: Sequence[Quote], claims: Sequence[Claim]) -> tuple[Quote, ...]:
    """Return the quotes; scare quotes inside a claim's content become speech."""
    said = sorted(span for claim in claims for span in claim.content)
    return tuple(
        replace(quote, kind="speech") if quote.kind == "scare" and overlaps(said, quote.start, quote.end) else quote
        for quote in quotes
    )


def mark_claims(doc: Doc) -> Doc:
    """Find the claims of an article, and update the kinds of its quotes."""
    claims = find_claims(doc)
    doc._.onrecord_claims = claims
    doc._.onrecord_quotes = _as_speech(quotes_of(doc), claims)
    show(doc, "claims", ((*span, part.upper()) for c in claims for part in _PARTS for span in getattr(c, part)))
    return doc


make_claims = register("claims", mark_claims)
"""The component's factory."""
