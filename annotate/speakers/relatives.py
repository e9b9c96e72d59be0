"""Pronouns resolved within their own sentence: *which*, *most of which*, *each*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from annotate.speakers.phrases import singular
from annotate.speakers.word_lists import is_role

_CLAUSES = frozenset({"relcl", "acl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DASHES = frozenset({"-", "--", "–", "—"})


def noun_before(pronoun: Token, start: int) -> Token | None:
    """Return the noun that a relative clause modifies, by the parse, else the one that ends right before it.

    Args:
        pronoun: *who*, *whom*, *which*, *that*.
        start: First token of its phrase: *most* of *most of whom*.
    """
    begun = _dash_before(pronoun.doc, start - 1)
    clause = pronoun
    while clause.dep_ not in _CLAUSES and clause.head.i != clause.i:
        clause = clause.head
    noun = clause.head
    is_other = start < pronoun.i and noun.tag_ == "NN"  # *a list of aides, most of whom*
    if begun is not None or clause.dep_ not in _CLAUSES or noun.i >= start or is_other:
        return _noun_at(pronoun, start - 1 if begun is None else begun)
    return _last_conjunct(noun, start) if _is_singular(clause) else noun


def subject_of(quantifier: Token) -> Token | None:
    """Return the subject that *each* or *both* refers to: *Li and Reeve met, each saying …*."""
    verb = quantifier
    while verb.head.i != verb.i:
        verb = verb.head
        for child in verb.children:
            if child.dep_ in _SUBJECTS and child.i < quantifier.i:
                return child
    return None


def phrase_of(noun: Token, end: int) -> Tokens:
    """Return a noun with its dependents, up to a token."""
    return noun.doc[noun.left_edge.i : min(noun.right_edge.i + 1, end)]


def _dash_before(doc: Doc, at: int) -> int | None:
    """Return the first token of an insertion between dashes that ends at a token: *aides - two of them - who*."""
    if at < 1 or doc[at].text not in _DASHES:
        return None
    while at > 0 and not doc[at].is_sent_start:
        at -= 1
        if doc[at].text in _DASHES:
            return at
    return None


def _noun_at(pronoun: Token, end: int) -> Token | None:
    """Return the head of the noun phrase that ends before a token."""
    at = end
    while at > 0 and (pronoun.doc[at].is_punct or pronoun.doc[at].is_space):
        at -= 1
    nouns = list(_chain(pronoun.doc[at]))
    people = [noun for noun in nouns if is_role(singular(noun.text))]
    return people[-1] if people else next(iter(nouns), None)


def _chain(noun: Token) -> Iterator[Token]:
    """Yield a noun and the nouns it depends on: *Orlo*, *aides*, *list* for *a list of aides in Orlo*."""
    while noun.tag_[:1] == "N":
        is_inner = noun.dep_ in {"conj", "compound"}
        if not is_inner:
            yield noun
        above = noun.head if is_inner else noun.head.head
        if above.i >= noun.i or not (is_inner or noun.dep_ == "pobj"):
            return
        noun = above


def _is_singular(verb: Token) -> bool:
    return any(token.tag_ == "VBZ" for token in (verb, *verb.children) if token.dep_ in {"aux", verb.dep_})


def _last_conjunct(noun: Token, end: int) -> Token:
    while after := [child for child in noun.children if child.dep_ == "conj" and child.i < end]:
        noun = after[-1]
    return noun
