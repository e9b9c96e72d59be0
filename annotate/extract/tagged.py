"""Claims from the tagger's output: contents linked to cue and source, edges moved to quotation marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotate.extract.beside import Attribution, Tagged, is_free, quoted_alone, subject_beside
from annotate.extract.confidence import Evidence
from annotate.extract.cue import apart, bare_cue, head_of_cue, is_doubted, is_hearsay, is_hedged, is_negated
from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.extract.ends import completed
from annotate.extract.labels import names_topic
from annotate.extract.links import LinkedContent, is_elsewhere, linked_contents, span_of
from annotate.extract.parts import around_verb, hearsay_of, nearer_subject, source_phrase, without_gerund
from annotate.extract.sources import addressee_of, source_of
from annotate.extract.syntax import reworked
from annotate.extract.tree import Piece, Tree
from annotate.spans import Span, union
from annotate.tagger.decode import Run
from annotate.tagger.inference import TaggerOutput

_MOST = 0.4
"""Minimum share of a quotation that a content must cover to be extended to all of it."""
_LEAST_IN_HEADINGS = 0.9
"""Minimum mean probability of a content in a heading: most headings report facts, not statements."""
_NOBODYS = frozenset({"noise", "byline", "caption", "credit"})
"""Kinds of blocks without speech."""
_OPENING = "\"'“‘«„"
_BEFORE_A_NOUN = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss"})
_OF_A_PASSIVE = frozenset({"auxpass", "nsubjpass"})


def tagged(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims that the tagger finds outside earlier ones; none if it has not read the article.

    Contents with one cue in one paragraph are one claim.
    """
    tags = article.tags
    if tags is None:
        return []
    taken = sorted(span for draft in earlier for span in draft.content)
    headings = [(block.start, block.end) for block in article.blocks if block.kind in ("title", "heading")]
    unread = [(block.start, block.end) for block in article.blocks if block.kind in _NOBODYS]
    claims: dict[int, Draft] = {}
    output = Tagged.of(article, tags)
    for linked in linked_contents(tags, article.tree):
        span = _to_marks(article, _to_noun(article.tree, span_of(tags, linked.content)))
        if _is_dummy(article.tree, span):
            continue
        span, own = quoted_alone(output, linked, span)
        if overlaps(taken, *span) or overlaps(unread, *span) or _is_title(article, span):
            continue
        if overlaps(headings, *span) and linked.content.mean < _LEAST_IN_HEADINGS:
            continue
        is_lone = _stands_alone(tags, linked) and (
            overlaps(headings, *span) or article.tree.text[span.start] in _OPENING
        )
        is_lone = is_lone or is_free(output, linked, span) or _is_before_an_act(article, tags, linked, span)
        if own is None and is_lone:
            linked = LinkedContent(linked.content, None, None, linked.chance)  # in line with our guidelines
        governed = None if own else _verb_of_its_own(article, tags, linked, span)
        key = -1 - linked.content.first if governed else _key(article.tree, tags, linked, own, claims)
        known = claims.get(key)
        if known is not None and own is None and _follows_clause(article, known, span):
            key, known, governed = -1 - linked.content.first, None, None
            linked = LinkedContent(linked.content, None, None, linked.chance)
        if known is not None:
            claims[key] = _joined(known, span, linked)
        else:
            claims[key] = _draft(article, tags, linked, span, own or governed)
    taken = sorted([*taken, *(span for draft in claims.values() for span in draft.content)])
    drafts = [reworked(article, _to_end_of_clause(article, draft, taken)) for draft in claims.values()]
    return completed(article, drafts)


def _follows_clause(article: ParsedArticle, known: Draft, span: Span) -> bool:
    """Return whether a quoted sentence goes on after a claim without quotation marks: … said it was late. “It was.”."""
    text, end = article.tree.text, known.content[-1].end
    is_indirect = known.cue[:1] < known.content[:1] and not article.quotes_in(known.content[0].start, end)
    return is_indirect and text[span.start] in _OPENING and text[end : span.start].strip() == "."


def _joined(known: Draft, span: Span, linked: LinkedContent) -> Draft:
    """Return a claim with one more content."""
    assert known.evidence
    heard = tuple(one for one in known.addressee if not overlaps([span], *one))
    content = union((*known.content, span))
    return replace(known, content=content, addressee=heard, evidence=known.evidence.weaker(_evidence(linked)))


def _key(
    tree: Tree, tags: TaggerOutput, linked: LinkedContent, own: Attribution | None, known: Mapping[int, Draft]
) -> int:
    """Return the token of a content's cue, which contents of one claim share; without a cue a number of its own."""
    if own is not None:
        return own.cue[0]
    if linked.cue is None or is_elsewhere(tags, linked.content, linked.cue):
        return -1 - linked.content.first
    tokens = _tokens(tree, tags, linked.cue)
    return next((token for token in tokens if token in known), tokens[0])


def _verb_of_its_own(
    article: ParsedArticle, tags: TaggerOutput, linked: LinkedContent, span: Span
) -> Attribution | None:
    """Return the verb that governs a content outside quotation marks, if its linked cue is in another sentence."""
    tree = article.tree
    if linked.cue is None or article.quotes_in(*span):
        return None
    cue, said = tree.at(span_of(tags, linked.cue).start), tree.tokens_in(*span)
    if tree.top(cue) == tree.top(said[0]):
        return None
    over = next((tree.heads[i] for i in said if tree.heads[i] not in said), None)
    return None if over is None or not tree.is_verb(over) else Attribution(range(over, over + 1), None)


def _stands_alone(tags: TaggerOutput, linked: LinkedContent) -> bool:
    """Return whether a content has neither cue nor source in its paragraph.

    Such a quotation continues its speaker's words and is, by our guidelines, a claim of its own whose speaker is
    resolved from the preceding ones; such a heading is attributed to nobody.
    """
    return all(is_elsewhere(tags, linked.content, run) for run in (linked.cue, linked.source))


def _is_before_an_act(article: ParsedArticle, tags: TaggerOutput, linked: LinkedContent, span: Span) -> bool:
    """Return whether the linked cue of a quoted sentence only says what was done next: “It is late.” *Li nodded.*."""
    text = article.tree.text
    if linked.cue is None or text[span.start] not in _OPENING or text[span.end - 2] != ".":
        return False
    cue = article.tree.at(span_of(tags, linked.cue).start)
    return article.tree.starts[cue] >= span.end and not article.lexicon.introduces_quotes(article.tree.lower[cue])


def _is_dummy(tree: Tree, span: Span) -> bool:
    """Return whether a content is only the *it* of *It was claimed that …*."""
    it = tree.at(span.start)
    return tree.lower[it] == "it" and tree.end(it) == span.end and tree.deps[it] in ("nsubj", "nsubjpass", "expl")


def _is_title(article: ParsedArticle, span: Span) -> bool:
    """Return whether a content is only the title of a work in quotation marks."""
    around = article.quotes_in(*span)
    return any(q.kind == "title" and q.start <= span.start and span.end <= q.end for q in around)


def _to_marks(article: ParsedArticle, span: Span) -> Span:
    """Extend a content that covers enough of a quotation to the whole of it, marks included."""
    start, end = span
    for quote in article.quotes_in(start, end):
        covered = min(end, quote.end) - max(start, quote.start)
        if quote.kind != "title" and covered >= _MOST * (quote.end - quote.start):
            start, end = min(start, quote.start), max(end, quote.end)
    return Span(start, end)


def _to_noun(tree: Tree, span: Span) -> Span:
    """Extend a content cut off before its last noun to that noun: “for 900 million [marks]”."""
    last = tree.at(span.end - 1)
    while tree.deps[last] in _BEFORE_A_NOUN and tree.heads[last] == last + 1:
        last += 1
    return Span(span.start, max(span.end, tree.span(last, last).end))


def _draft(
    article: ParsedArticle, tags: TaggerOutput, linked: LinkedContent, content: Span, own: Attribution | None
) -> Draft:
    """Return the claim of a content; its own attribution, if given, replaces the linked cue and source."""
    tree, cue = article.tree, linked.cue
    if own is not None:
        ends, said_by = own.cue[0], own.source
    else:
        ends = len(tree) if cue is None else tree.at(span_of(tags, cue).start)
        said_by = None if linked.source is None else _tokens(tree, tags, linked.source)
    source = None if said_by is None else source_phrase(tree, said_by, ends)
    if source is not None and _is_topic(article, source):
        return Draft((content,), evidence=_evidence(linked))
    if own is not None:
        tokens = own.cue
    elif cue is not None:
        tokens = _tokens(tree, tags, cue)
    else:
        return Draft((content,), source=_spans(tree, source), evidence=_evidence(linked))
    tokens, content = without_gerund(article, tokens, content)
    inside = ((tree.at(content.start), tree.at(content.end - 1)),)
    if tokens[0] < inside[0][0] <= tokens[-1]:  # “refused [to say where]”
        tokens = range(tokens[0], inside[0][0])
    tokens = hearsay_of(tree, tokens) or tokens
    at = head_of_cue(tree, tokens)
    if tree.deps[at] in _OF_A_PASSIVE and is_doubted(tree, tree.heads[at]):  # “[It] is alleged”, “[is] alleged to”
        at = tree.heads[at]
        tokens = range(at, at + 1)
    subject = None if own else subject_beside(tree, at, source, content) or nearer_subject(tree, at, source, inside)
    source = None if is_doubted(tree, at) else subject or source or apart(source_of(tree, at), inside)
    heard = apart(addressee_of(tree, at), inside)
    addressee = heard if source is None else apart(heard, (source,))
    return Draft(
        content=around_verb(tree, content, at) if is_doubted(tree, at) else (content,),
        cue=_spans(tree, bare_cue(tree, tokens, at)),
        source=article.spans([source]) if source else (),
        via=_via(tree, tags, linked, own),
        addressee=_spans(tree, addressee),
        evidence=_evidence(linked),
        negated=is_negated(article, at),
        hedged=is_hedged(article, at),
        at=at,
    )


def _via(tree: Tree, tags: TaggerOutput, linked: LinkedContent, own: Attribution | None) -> tuple[Span, ...]:
    """Return whose report a quotation with an attribution of its own is: *“…,” Li said, according to Radio Luma*."""
    if own is None or linked.cue is None or linked.source is None:
        return ()
    cue = _tokens(tree, tags, linked.cue)
    source = _tokens(tree, tags, linked.source)
    is_after = own.cue[-1] < min(cue[0], source[0]) and tree.top(own.cue[0]) == tree.top(cue[0])
    return _spans(tree, source_phrase(tree, source, cue[0])) if is_after else ()


def _to_end_of_clause(article: ParsedArticle, draft: Draft, taken: Sequence[Span]) -> Draft:
    """Extend a hearsay claim tagged on its subject alone to the whole clause: *Li* reportedly *left*."""
    tree, at = article.tree, draft.at
    if at is None or not is_hearsay(tree, at) or draft.content[-1].end > tree.starts[at]:
        return draft
    clause = tree.trimmed(at + 1, tree.right[tree.heads[at]])
    rest = None if clause is None else _to_marks(article, tree.span(*clause))
    return draft if rest is None or overlaps(taken, *rest) else replace(draft, content=(*draft.content, rest))


def _evidence(linked: LinkedContent) -> Evidence:
    cue, source = (1.0 if run is None else run.mean for run in (linked.cue, linked.source))
    return Evidence(linked.content.mean, linked.content.least, linked.chance, cue, source)


def _is_topic(article: ParsedArticle, source: Piece) -> bool:
    """Return whether a source is only the topic label of its paragraph: `Dock strike: “…”`."""
    start, end = article.tree.span(*source)
    is_label = article.tree.text[end : end + 1] == ":" and any(block.start == start for block in article.blocks)
    return is_label and names_topic(article.tree.text[start:end])


def _tokens(tree: Tree, tags: TaggerOutput, run: Run) -> range:
    return tree.tokens_in(*span_of(tags, run))


def _spans(tree: Tree, piece: Piece | None) -> tuple[Span, ...]:
    return () if piece is None else (tree.span(*piece),)
