"""Attributions with a syntax that is clearer than the tagger's reading: `quoted Lund as saying`, `…, says Lund, …`."""

from __future__ import annotations

from dataclasses import replace

from annotate.extract.draft import Draft, ParsedArticle
from annotate.extract.plain_syntax import INFORMED, OCCASIONS, ORDERS, RULINGS, SAY, afterthought
from annotate.extract.sources import phrase, source_of
from annotate.extract.tree import Tree
from annotate.spans import Span, meet

_QUOTED = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing"})
_CITING = frozenset({"citing", "quoting"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_JOINERS = frozenset({"and", "but", "then", "before"})
_EXPLAINING = frozenset({":", "–", "—", "--"})
_SUBJECT = frozenset({"DT", "PRP", "PRP$", "NNP", "EX"})
_THIS = frozenset({"this", "these", "following", "question", "questions"})
"""Words before a colon after which the content itself stands."""
_LONGEST = 100
"""Maximum number of tokens of a sentence on either side of a verb."""
_REACH = 20
"""Maximum number of tokens between a verb and the words that belong to it."""


def reworked(article: ParsedArticle, draft: Draft) -> Draft:
    """Return a draft with the parts that its syntax gives it, if that is one of those known here."""
    for rule in _RULES:
        changed = rule(article, draft)
        if changed is not None:
            return changed
    return draft


def _quoted_as_saying(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *Radio Luma quoted the minister as saying …*: the minister says it, via Radio Luma."""
    tree, at = article.tree, draft.at
    if at is None or tree.lower[at] not in _QUOTED:
        return None
    end = min(at + _REACH, len(tree) - 1)
    as_ = next((i for i in range(at + 1, end) if tree.lower[i] == "as" and tree.tags[i + 1] == "VBG"), None)
    if as_ is None:
        return None
    quoted = tree.trimmed(at + 1, as_ - 1)
    is_passive = tree.kid(at, "auxpass") is not None
    subject = tree.kid(at, "nsubjpass", "nsubj")
    if is_passive:
        quoted = None if subject is None else phrase(tree, subject, at)
    content = _said(article, draft, at, as_ + 1)
    if quoted is None or not content:
        return None
    source = article.spans([quoted])
    via = () if draft.source and meet(draft.source[0], source[0]) else draft.source
    cue = (tree.span(at, at), tree.span(as_, as_ + 1))
    return replace(draft, content=content, cue=cue, source=source, via=via, addressee=())


def _said(article: ParsedArticle, draft: Draft, quoted: int, saying: int) -> tuple[Span, ...]:
    """Return the content without the words *quoted … as saying*, and without adverbials after them."""
    tree = article.tree
    clause = tree.kid(saying, "ccomp")
    first = tree.left[clause] if clause is not None and tree.left[clause] > saying else saying + 1
    while tree.words[first] in (":", ","):
        first += 1
    if clause is None:  # telling [a friend], “…”
        end = tree.end(saying)
        quote = next((q for q in article.quotes_in(end, draft.content[-1].end) if q.start >= end), None)
        first = first if quote is None else tree.at(quote.start)
    before = [Span(one.start, min(one.end, _end_before(article, quoted))) for one in draft.content]
    said = [(max(first, tree.at(one.start)), tree.at(one.end - 1)) for one in draft.content]
    after = article.spans(piece for piece in said if piece[0] <= piece[1])
    return (*(one for one in before if one.start < one.end), *after)


def _end_before(article: ParsedArticle, quoted: int) -> int:
    """Return the end of the quotation before *the paper quoted Lund as saying*."""
    return max((quote.end for quote in article.outer if quote.end <= article.tree.starts[quoted]), default=0)


def _citing(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *Reuters reported, citing a source, that the talks had failed*: Reuters reports it."""
    tree, at, span = article.tree, draft.at, draft.content[0]
    if at is None or len(draft.content) > 1:
        return None
    citing = at if tree.lower[at] in _CITING else at + 2
    if citing + 1 >= len(tree) or tree.lower[citing] not in _CITING or tree.words[citing - 1] != ",":
        return None
    verb, tokens = citing - 2, tree.tokens_in(*span)
    that = next((i for i in tokens if tree.lower[i] == "that" and tree.words[i - 1] == "," and i > tokens[0]), None)
    if that is None or verb < 0 or not tree.is_finite(verb):
        return None
    return replace(draft, content=(Span(tree.starts[that], span.end),), cue=(tree.span(verb, verb),), at=verb)


def _in_two(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *The tram, according to Li, has carried a million*, of which only the subject was tagged."""
    tree, span = article.tree, draft.content[-1]
    if draft.at is None or tree.lower[draft.at] != "according" or len(draft.content) > 1 or not draft.source:
        return None
    comma = tree.at(draft.source[-1].end - 1) + 1
    is_before = tree.at(span.end - 1) == draft.at - 2 and tree.words[draft.at - 1] == ","
    if not is_before or comma + 1 >= len(tree) or tree.words[comma] != "," or not _is_predicate(tree, comma + 1):
        return None
    if any(_is_predicate(tree, i) for i in tree.tokens_in(*span)):
        return None
    rest = tree.trimmed(comma + 1, _last(tree, comma + 1))
    return replace(draft, content=(span, *article.spans([rest]))) if rest else None


def _is_predicate(tree: Tree, i: int) -> bool:
    """Return whether a token is the finite verb of a main clause."""
    return tree.tags[i] in _FINITE | {"MD"} and tree.deps[i] not in ("relcl", "acl")


def _last(tree: Tree, first: int) -> int:
    """Return the last token of a sentence."""
    rest = range(first, min(len(tree), first + _LONGEST))
    return next((i - 1 for i in rest if _is_end(tree, i)), rest[-1])


def _inverted(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *The old boats, said the owner, were sold*: subject and predicate around the attribution."""
    tree, at = article.tree, draft.at
    if at is None or at < 2 or tree.words[at - 1] != "," or tree.tags[at] not in _FINITE:
        return None
    ends = range(at + 2, min(at + _REACH, len(tree) - 1))
    comma = next((i for i in ends if tree.words[i] == "," and tree.tags[i + 1] in _FINITE | {"MD"}), None)
    first = _sentence(tree, at)
    if comma is None or any(tree.tags[i] in _FINITE | {"MD", ".", "``", "''", ":"} for i in range(at + 1, comma)):
        return None
    if any(tree.tags[i] in _FINITE | {"MD", "``", "''"} for i in range(first, at)) or tree.tags[at + 1] in ("IN", "TO"):
        return None
    pieces = (tree.trimmed(first, at - 2), tree.trimmed(comma + 1, _last(tree, comma + 1)))
    source = tree.balanced(at + 1, comma - 1)
    if None in pieces or source is None:
        return None
    content = tuple(article.spans(piece for piece in pieces if piece))
    return replace(draft, content=content, cue=(tree.span(at, at),), source=article.spans([source]), addressee=())


def _informed(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *Residents were told by doctors that …*: the residents are spoken to."""
    tree, at = article.tree, draft.at
    told = None if at is None or tree.lower[at] not in INFORMED else at
    subject = None if told is None else tree.kid(told, "nsubjpass")
    piece = None if told is None or subject is None else phrase(tree, subject, told)
    if piece is None or tree.lower[piece[1]] == "it":
        return None
    (person,) = article.spans([piece])
    content = tuple(one for one in draft.content if not meet(one, person))
    return replace(draft, content=content, addressee=(person,)) if content else None


def _in_participle(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft without the main clause after its own: *Brandt, told by Li that it was lost, [laughed]*."""
    tree, at, span = article.tree, draft.at, draft.content[-1]
    if at is None or tree.tags[at] != "VBN" or tree.deps[at] != "acl" or tree.starts[at] > span.start:
        return None
    first, last = tree.at(span.start), tree.at(span.end - 1)
    clause = tree.trimmed(first, tree.right[at]) if tree.right[at] < last else None
    end = article.spans([clause])[0].end if clause else span.end
    return replace(draft, content=(*draft.content[:-1], Span(span.start, end))) if end < span.end else None


def _because(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *The firm was criticised by Li because “…”*: the quotation alone is said."""
    tree, span = article.tree, draft.content[-1]
    is_quote = any((quote.start, quote.end) == span for quote in article.quotes_in(*span))
    before = tree.lower[tree.at(span.start) - 1] if is_quote and span.start else ""
    return replace(draft, content=(span,)) if before == "because" and len(draft.content) > 1 else None


def _without_lead(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *Li lost his temper and said: “…”, he said*: only the quotation is content."""
    tree, span = article.tree, draft.content[0]
    quote = next((quote for quote in article.quotes_in(*span) if quote.start > span.start), None)
    verb = tree.at(quote.start) - 2 if quote is not None else 0
    if quote is None or not draft.cue or draft.cue[0].start < span.end or verb < tree.at(span.start):
        return None
    if tree.words[verb + 1] != ":" or not tree.is_finite(verb):
        return None
    source = source_of(tree, verb)
    if source is None or not article.lexicon.introduces_quotes(tree.lower[verb]):
        return None
    content = (Span(quote.start, span.end), *draft.content[1:])
    return replace(draft, content=content, cue=(tree.span(verb, verb),), source=article.spans([source]), at=verb)


def _with_person(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft with the person told to do something in its content: *told [the drivers to wait]*."""
    tree, at, span = article.tree, draft.at, draft.content[0]
    if at is None or not draft.addressee or tree.lower[at] not in ORDERS or tree.lower[tree.at(span.start)] != "to":
        return None
    person = draft.addressee[-1]
    if tree.text[person.end : span.start].strip(" ,"):
        return None
    return replace(draft, content=(Span(person.start, span.end), *draft.content[1:]), addressee=draft.addressee[:-1])


def _after_all(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of *The road was shut say residents*, of which the tagger took the ends for each other."""
    tree, at = article.tree, draft.at
    is_whole = draft.source and at is not None and draft.content[0].start < tree.starts[at]
    if at is None or is_whole or tree.lower[at] not in SAY:
        return None
    parts = afterthought(tree, at)
    if parts is None:
        return None
    content, source = article.spans(parts)
    return replace(draft, content=(content,), source=(source,), addressee=())


def _with_adverbial(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft with an adverbial between cue and clause: *insists [in most years,] the river is dry*.

    Days, places and occasions of the statement stay outside: *said on Monday*, *said in remarks to reporters*.
    """
    tree, at, span = article.tree, draft.at, draft.content[0]
    first = tree.at(span.start)
    is_after = at is not None and tree.is_finite(at) and first - at in range(3, 8)
    if at is None or not is_after or tree.words[first - 1] != "," or tree.tags[at + 1] != "IN":
        return None
    noun = first - 2
    is_whole = tree.deps[at + 1] in ("prep", "pcomp", "mark") and tree.deps[noun] == "pobj" and tree.tags[noun] == "NNS"
    if (
        not is_whole
        or tree.lower[noun] in OCCASIONS
        or any(tree.tags[i] in ("NNP", "CD") for i in range(at + 1, first))
    ):
        return None
    return replace(draft, content=(Span(tree.starts[at + 1], span.end), *draft.content[1:]))


def _without_year(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft of a ruling without its date: *declared the river safe [in 2004]*."""
    tree, at, span = article.tree, draft.at, draft.content[-1]
    if at is None or tree.lower[at] not in RULINGS:
        return None
    first, last = tree.at(span.start), tree.at(span.end - 1)
    dates = (kid for kid in tree.kids(at, "prep", "npadvmod") if first < kid and tree.right[kid] >= last)
    day = next((kid for kid in dates if tree.tags[last] in ("CD", "NNP")), None)
    return None if day is None else replace(draft, content=(*draft.content[:-1], tree.span(first, day - 1)))


def _without_deed(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft without what its speaker did after the words: *said, “I saw it,” [and ran]*."""
    span, tree = draft.content[-1], article.tree
    quotes = [quote for quote in article.quotes_in(*span) if quote.kind != "title"]
    if not quotes or quotes[0].start != span.start or not draft.cue or draft.cue[0].start > span.start:
        return None
    rest = range(tree.at(quotes[-1].end - 1) + 1, tree.at(span.end - 1) + 1)
    words = [i for i in rest if tree.words[i][0].isalnum()]
    if len(words) < 2 or tree.lower[words[0]] not in _JOINERS or tree.tags[words[1]] not in _FINITE:
        return None
    return replace(draft, content=(*draft.content[:-1], Span(span.start, quotes[-1].end)))


def _without_explanation(article: ParsedArticle, draft: Draft) -> Draft | None:
    """Return the draft without a sentence of the writer's after a colon: *recommends two doses: [After one, …]*."""
    tree, at, span = article.tree, draft.at, draft.content[-1]
    if at is None or len(draft.content) > 1 or article.quotes_in(*span):
        return None
    tokens = tree.tokens_in(*span)
    marks = [i for i in tokens if tree.words[i] in _EXPLAINING]
    if len(marks) != 1 or not tokens[0] < marks[0] < tokens[-1]:
        return None
    mark = marks[0]
    begins_sentence = tree.words[mark + 1][0].isupper() if tree.words[mark] == ":" else tree.tags[mark + 1] in _SUBJECT
    thing = tree.trimmed(tokens[0], mark - 1)
    is_thing = tree.kid(at, "dobj") in range(tokens[0], mark) and not _has_verb(tree, tokens[0], mark)
    if thing is None or tree.lower[thing[1]] in _THIS:
        return None
    if not (begins_sentence and is_thing and _has_verb(tree, mark, tokens[-1] + 1)):
        return None
    return replace(draft, content=(tree.span(*thing),))


def _has_verb(tree: Tree, first: int, end: int) -> bool:
    return any(tree.is_finite(i) or tree.tags[i] == "MD" for i in range(first, end))


def _sentence(tree: Tree, i: int) -> int:
    """Return the first token of the sentence around a token."""
    least = max(0, i - _LONGEST)
    while i > least and not _is_end(tree, i - 1):
        i -= 1
    return i


def _is_end(tree: Tree, i: int) -> bool:
    return tree.tags[i] == "." or tree.words[i].count("\n") > 0 or tree.words[i] in (";", ":")


_RULES = (
    _quoted_as_saying, _citing, _in_two, _inverted, _informed, _in_participle, _because, _without_lead, _with_person,
    _after_all, _with_adverbial, _without_year, _without_deed, _without_explanation,
)  # fmt: skip
