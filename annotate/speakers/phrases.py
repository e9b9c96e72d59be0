"""Noun phrases of sources: pronouns, names and descriptions, and the kind of speaker that a description means."""

from __future__ import annotations

import re

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from annotate.model import SpeakerKind
from annotate.speakers.word_lists import TITLES, gender_of_name, is_body, is_role, plain, words

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
QUANTIFIERS = frozenset({"each", "all", "both", "neither"})
PRONOUNS = MALE | FEMALE | THING | PLURAL | FIRST_PERSON | RELATIVE

YEAR = "year"
"""Head noun, as the parser has it, of *the 34-year-old*."""

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "said"})
_BARE = frozenset({"JJ", "NN", "NNP", "VBN", "HYPH"})
"""Tags in a noun phrase without an article."""
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:,\s|;|\(|\s\[|—|\s[–-]\s).*$", re.DOTALL)
_DASHES = frozenset({"-", "–", "—", "--"})
_EDGES = " \t\n,;:.()[]«»„“”\"'‘’—–-"
_LONGEST_ACRONYM = 3
"""Maximum length of an acronym, in letters; a longer first word in capitals may be the place in a dateline."""
_LONGEST_PART = 4
"""Maximum length, in tokens, of a phrase such as *most of which*."""
_NEAR = 3
"""Number of tokens on each side that show whether the surrounding text is all in capitals."""
_SHARES = frozenset({"percent", "per", "cent", "pct", "%"})
_NUMBER_OF_PEOPLE = frozenset({"two", "three", "four", "five", "six", "seven"})


def core(span: Tokens) -> Tokens:
    """Return a source without a dateline, preposition or white space at its start: *by the police*."""
    start = _after_dateline(span)
    while start < span.end - 1 and (_is_preposition(span.doc[start]) or span.doc[start].is_space):
        start += 1
    return span.doc[start : span.end]


def _is_preposition(token: Token) -> bool:
    """Return whether a word is a preposition, unlike the first name of *Per* Dahl."""
    return token.tag_ == "IN" and not (token.text[0].isupper() and gender_of_name(token.text))


def before_verb(span: Tokens, offset: int) -> Tokens:
    """Return a source up to its verb, if that was mistaken for a noun: *Court* of *Court rules*."""
    ends = next((token.i for token in span if token.idx >= offset), span.end)
    shorter = span.doc[span.start : ends]
    is_phrase = len(shorter) == 1 or (len(shorter) > 1 and shorter[-1].tag_ not in {"PRP$", "DT", "IN"})
    return shorter if is_phrase else span


def _after_dateline(span: Tokens) -> int:
    """Return the first token of a source after a dateline: *ORLO - Officials*."""
    if not span[0].is_upper or len(span[0]) <= _LONGEST_ACRONYM:
        return int(span.start)
    spaced = (at for at in range(span.start + 1, span.end - 1) if span.doc[at - 1].whitespace_)
    return next((at + 1 for at in spaced if span.doc[at].text in _DASHES), span.start)


def is_acronym(token: Token) -> bool:
    """Return whether a pronoun lookalike is an acronym: *WHO*, *IT*, *US* among words with small letters."""
    if token.lower_ not in words("acronyms like pronouns") or not token.is_upper:
        return False
    near = token.doc[max(0, token.i - _NEAR) : token.i + _NEAR + 1]
    return any(other.is_alpha and not other.is_upper for other in near)


def is_pronoun(span: Tokens) -> bool:
    """Return whether a source is only a pronoun: *he*, *We* of *we've*."""
    return (
        not is_acronym(span[0])
        and span[0].lower_ in PRONOUNS
        and not any(token.tag_[:1] in {"N", "J"} for token in span)
    )


def is_nobody(span: Tokens) -> bool:
    """Return whether a source is only *you*, a share of something unnamed or a day: *5 percent*, *This May 30*."""
    small = {token.lower_ for token in span if token.tag_ not in {"CD", "DT", "RB", "IN", "JJR", "RBR"}}
    if any(token.tag_ == "CD" for token in span) or small & _SHARES:
        return small <= _SHARES | words("calendar") | words("months and names") and bool(small)
    return small == {"you"}


def relative_in(span: Tokens) -> Token | None:
    """Return the relative pronoun of a source with nothing else: *which*, *most of which*."""
    last = span[-1]
    is_part = 1 < len(span) <= _LONGEST_PART and last.lower_ in {"whom", "which"} and span[-2].lower_ == "of"
    is_relative = last.lower_ in RELATIVE and not is_acronym(last)
    return last if is_relative and (len(span) == 1 or is_part) else None


def head_of(span: Tokens) -> Token:
    """Return the head noun of a source: *one* of *one of the officials*."""
    root = span.root
    is_owner = any(child.tag_ == "POS" and child.i + 1 < span.end for child in root.children)
    if root.tag_[:1] in ("N", "P", "C") and root.tag_ != "POS" and not is_owner:
        return root
    nouns = [token for token in span if token.tag_[:1] == "N"]
    ends = (token.i for token in span if token.i > span.start and token.tag_ in {",", "IN", "WP"})
    end = next(ends, span.end)
    return max((noun for noun in nouns if noun.i < end), key=lambda noun: noun.i, default=root)


def owner_of_thought(span: Tokens) -> Tokens | None:
    """Return the owner of a thought, as it is the owner that speaks: *Li* of *Li’s belief*, *his* of *his hope*."""
    head = head_of(span)
    owner = next((child for child in head.children if child.dep_ == "poss" and child.i >= span.start), None)
    if owner is None or singular(head.text) not in words("thoughts"):
        return None
    return span.doc[owner.left_edge.i : owner.i + 1]


def singular(noun: str) -> str:
    """Return the singular of a noun, for look-ups in the word lists."""
    noun = plain(noun)
    for ending, instead in (("ies", "y"), ("men", "man"), ("s", "")):
        candidate = noun.removesuffix(ending) + instead
        if noun.endswith(ending) and (is_role(candidate) or _kind_of_noun(candidate) is not None):
            return candidate
    return noun


def is_definite(span: Tokens) -> bool:
    """Return whether a phrase refers back to something: *the minister*, not *a minister*."""
    return span[0].lower_ in _DEFINITE


def is_bare_role(span: Tokens) -> bool:
    """Return whether a role stands without an article, as in headlines: *Senator from Orlo*, *Retired general*."""
    head = head_of(span)
    return is_role(head.text) and all(token.tag_ in _BARE for token in span.doc[span.start : head.i + 1])


def is_plural(head: Token) -> bool:
    """Return whether a head noun is plural."""
    return head.tag_ in {"NNS", "NNPS"} or head.lower_ == "people"


def label(span: Tokens) -> str:
    """Return a phrase as a speaker's name: on one line, without its article and anything after a comma.

    A document is named by its kind (*report*), a person without a name by the whole phrase (*official at the
    ministry*).
    """
    head = head_of(span)
    if _kind_of_noun(singular(head.text)) == "document":
        span = span.doc[span.start : head.i + 1]
    if len(span) > 1 and plain(span[0].text) in TITLES and is_role(head.text):
        span = span[1:]  # *Mr Speaker*
    line = " ".join(_TAIL.sub("", span.text.strip(_EDGES)).split()).strip(_EDGES)
    return _ARTICLE.sub("", line) or " ".join(span.text.split())


def kind_of_phrase(span: Tokens, head: Token) -> SpeakerKind:
    """Return the kind of speaker for a description without a name."""
    if any(token.dep_ == "conj" and token.head == head and token.tag_[:1] in ("N", "P") for token in span):
        return "group"
    noun = singular(head.text)
    if plain(head.text) in words("single unknowns"):
        return "unnamed"
    kind = "organisation" if is_body(noun) else _kind_of_noun(noun)
    is_one = head.tag_ not in {"NNS", "NNPS"} or head.lower_ in words("organisation nouns")
    if kind in {"document", "place"} or (kind == "organisation" and is_one):
        return kind
    if plain(head.text) in words("group nouns") or is_plural(head) or head.tag_ == "CD":
        return "unnamed" if span[0].lower_ in _NUMBER_OF_PEOPLE else "group"
    is_person = is_role(noun) or noun == YEAR or noun.endswith(("er", "or", "ist", "man", "woman", "person"))
    return "unnamed" if is_person else "unknown"


def _kind_of_noun(noun: str) -> SpeakerKind | None:
    for section, kind in _KINDS.items():
        if noun in words(section):
            return kind
    return None


_KINDS: dict[str, SpeakerKind] = {
    "organisation nouns": "organisation",
    "documents": "document",
    "place nouns": "place",
}
