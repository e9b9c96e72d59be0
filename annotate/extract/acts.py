"""Mere acts and things that nobody says: *approved a permit*, *ignored the advice*, *demand appears to be robust*."""

from __future__ import annotations

from annotate.extract.draft import Draft, ParsedArticle
from annotate.tables import word_lists

_ACTS = word_lists("extract/acts.tsv")


def is_mere_act(article: ParsedArticle, draft: Draft) -> bool:
    """Return whether a draft's cue reports an act, and nothing that anybody says, writes, believes or wants."""
    if draft.at is None or any(article.quotes_in(*span) for span in draft.content):
        return False
    verb = article.lexicon.lemma(article.tree.lower[draft.at])
    if verb in _ACTS["always"]:
        return True
    if verb in _ACTS["of nobody"] and not draft.source:
        return True
    return verb in _ACTS["of things"] and not _says_something(article, draft)


def _says_something(article: ParsedArticle, draft: Draft) -> bool:
    """Return whether a content has a verb: *that it failed*, *Lund for not paying*; *the offer* has none."""
    tree = article.tree
    tokens = [i for span in draft.content for i in tree.tokens_in(*span)]
    return any(tree.is_verb(i) and tree.deps[i] not in ("amod", "compound", "relcl", "acl") for i in tokens)
