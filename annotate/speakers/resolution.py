"""Resolution of the speakers of all claims in an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from annotate.model import Block, Claim, Quote, Speaker
from annotate.nfc import composed
from annotate.spans import Span
from annotate.speakers import phrases, relatives
from annotate.speakers.authors import Authors
from annotate.speakers.cast import Cast, Entity, Meant
from annotate.speakers.continuation import continued
from annotate.speakers.definite_descriptions import DefiniteDescriptions
from annotate.speakers.headlines import divide, find_in_headlines, token_ranges
from annotate.speakers.introductions import Introductions
from annotate.speakers.names import Name, find_names
from annotate.speakers.salience import Salience
from annotate.speakers.word_lists import gender_of_title, is_role
from annotate.uncertainty import RIVALS

_INTRODUCES = frozenset({",", "«", "“", '"', "("})
_BEFORE_NAMES = frozenset({"DT", "JJ", "NN", "NNP", "VBG", "VBN"})
_LONGEST_INSERTION = 8
"""Maximum length of a name between commas, in tokens."""
_PAST_OR_PRESENT = frozenset({"VBD", "VBZ", "VBP"})
_NUMBERED = re.compile(r"(?:\b|_)(?:\d+|[A-Z])$")
"""End of a label that tells one speaker from others: *Officer 2*, *Witness B*."""
_NAMELESS = frozenset({"noise"})


class Resolution:
    """The speakers of one article, resolved claim by claim in the order of their sources."""

    def __init__(self, doc: Doc, claims: Sequence[Claim], quotes: Sequence[Quote], blocks: Sequence[Block]) -> None:
        self._doc = doc
        self._claims = claims
        self._blocks = blocks
        headlines, text = divide(doc, [block for block in blocks if block.kind not in _NAMELESS])
        names = find_names(doc, token_ranges(doc, text))
        known, others = find_in_headlines(doc, token_ranges(doc, headlines), names)
        self._cast = Cast([*names, *known], others)
        self._salience = Salience(doc, quotes, blocks, self._cast.mentions)
        self._descriptions = DefiniteDescriptions(self._cast, self._salience, self._speaking())
        self._introductions = Introductions(doc, blocks)
        self._sources: dict[Entity, list[Span]] = {}
        self._rivals: dict[str, tuple[Entity, ...]] = {}
        self._authors = Authors(doc, blocks, claims, self._cast)

    def run(self) -> tuple[tuple[Speaker, ...], tuple[Claim, ...]]:
        """Return the speakers in order of their first claim, and the claims with their speakers."""
        found: dict[str, Entity | None] = {}
        own_words = []
        for claim in sorted(self._claims, key=lambda c: c.source[0].start if c.source else c.start):
            span = self._tokens(claim) if claim.source else self._introductions.of(claim.start)
            if span is None:
                continue
            if phrases.is_pronoun(span) and span[0].lower_ in phrases.FIRST_PERSON:
                own_words.append((claim, span))
                continue
            meant = self._of_source(span)
            found[claim.id] = meant.entity if meant else None
            if meant is not None:
                self._note(meant, span, claim)
        found |= continued(self._doc, self._claims, found, self._blocks, self._cast.mentions)
        for claim, _ in own_words:
            found[claim.id] = self._first_person(claim, found)
        return self._speakers(found)

    def _speaking(self) -> frozenset[int]:
        """Return the first tokens of the names in sources."""
        spans = (self._doc.char_span(*source, alignment_mode="expand") for c in self._claims for source in c.source)
        return frozenset(name.start for s in spans if s is not None for name, _ in self._cast.within(s.start, s.end))

    def _tokens(self, claim: Claim) -> Tokens | None:
        if not claim.source:
            return None
        start, end = claim.source[0]
        span = self._doc.char_span(start, end, alignment_mode="expand")
        if span is None or not span.text.strip():
            return None
        verb = next((cue.start for cue in claim.cue if start < cue.start < end <= cue.end), end)
        return phrases.core(phrases.before_verb(span, verb))

    def _note(self, meant: Meant, span: Tokens, claim: Claim) -> None:
        self._salience.speaks(meant, span)
        self._sources.setdefault(meant.entity, []).extend(claim.source)
        self._rivals[claim.id] = meant.rivals

    def _of_source(self, span: Tokens) -> Meant | None:
        relative = phrases.relative_in(span)
        if relative is not None:
            return self._of_relative(relative, span)
        if phrases.is_nobody(span):
            return None
        if len(span) == 1 and span[0].lower_ in phrases.QUANTIFIERS:
            return self._of_quantifier(span)
        if phrases.is_pronoun(span):
            return self._salience.antecedent(span[0])
        owner = phrases.owner_of_thought(span)
        if owner is not None:
            return self._of_source(owner)
        return self._of_initials(span) or self._of_name(span) or self._of_phrase(span)

    def _of_relative(self, pronoun: Token, span: Tokens) -> Meant | None:
        """Resolve *who* to the noun phrase that its clause modifies."""
        noun = relatives.noun_before(pronoun, span.start)
        if noun is None:
            return self._salience.antecedent(pronoun)
        if pronoun.lower_ in {"who", "whom"}:
            noun = self._somebody(noun)
        return self._of_source(relatives.phrase_of(noun, span.start))

    def _somebody(self, noun: Token) -> Token:
        """Return the noun in a phrase that can be a person: *aides* for *aides in Orlo*."""
        while noun.dep_ == "pobj" and noun.head.head.tag_[:1] == "N":
            named = self._cast.within(noun.left_edge.i, noun.i + 1)
            if not any(entity.kind in {"place", "organisation"} and name.end > noun.i for name, entity in named):
                break
            noun = noun.head.head
        return noun

    def _of_quantifier(self, span: Tokens) -> Meant | None:
        subject = relatives.subject_of(span[0])
        if subject is not None and subject.tag_[:1] == "N":
            return self._of_source(relatives.phrase_of(subject, span.start))
        return self._salience.antecedent(span[0]) or self._of_phrase(span)

    def _of_initials(self, span: Tokens) -> Meant | None:
        """Resolve a label of an interview or a hearing: *Q* to its author, *A* to who is asked, *FA* to Femi Astley."""
        letters = span.text.strip(".:")
        if letters in {"Q", "A"}:
            return self._asking(span) if letters == "Q" else self._asked(span)
        is_label = span.end < len(self._doc) and self._doc[span.end].text == ":"
        if not (is_label and 1 < len(letters) < 4 and letters.isupper()):
            return None
        so_called = [e for e in self._cast.entities if _initials(e) == letters and e.first < span.start]
        return Meant.likeliest({entity: len(entity.mentions) for entity in so_called})

    def _asking(self, span: Tokens) -> Meant | None:
        examiner = self._examiner(span.start)
        author = examiner or self._authors.byline
        return Meant(author) if author is not None else None

    def _asked(self, span: Tokens) -> Meant | None:
        """Resolve *A* to the witness, else to the person named most who neither asks nor has a label."""
        others = {self._authors.byline, self._examiner(span.start)}
        people = [e for e in self._cast.entities if e.kind == "person" and e not in others]
        witnesses = [e for e in people if any("witness" in text for text in e.descriptions)]
        return Meant.likeliest({entity: len(entity.mentions) for entity in witnesses or people})

    def _examiner(self, before: int) -> Entity | None:
        """Return the last person announced before a token as asking: *BY MR. OKAFOR:*."""
        announced = [
            entity
            for name, entity in self._cast.within(0, before)
            if name.end < before
            and self._doc[name.end].text == ":"
            and name.first
            and self._doc[name.first - 1].lower_ == "by"
        ]
        return announced[-1] if announced else None

    def _of_name(self, span: Tokens) -> Meant | None:
        """Resolve a source headed by a name, or ending in a name after its description."""
        head = phrases.head_of(span)
        inside = self._cast.within(span.start, span.end)
        for name, entity in inside:
            if name.first <= head.i < name.end and not self._goes_on(name, span):
                return self._cast.meant(name, entity)
        found = next((self._cast.meant(n, e) for n, e in inside if self._explains(n, e, head, span)), None)
        return found or self._name_after(head, span)

    def _name_after(self, head: Token, span: Tokens) -> Meant | None:
        """Resolve a role to the name inserted between it and its verb: *Their daughter*, Anna, said."""
        after = self._doc[span.end : span.end + _LONGEST_INSERTION]
        if not (len(after) and after[0].text == "," and is_role(phrases.singular(head.text))):
            return None
        for name, entity in self._cast.within(after.start + 1, after.end):
            rest = self._doc[name.end : name.end + 2]
            is_inserted = name.first == after.start + 1 and len(rest) > 1 and rest[0].text == ","
            if is_inserted and rest[1].tag_ in _PAST_OR_PRESENT:
                return self._cast.meant(name, entity)
        return None

    def _goes_on(self, name: Name, span: Tokens) -> bool:
        """Return whether more follows a name than itself: *Li and Okello*, *Li’s brother*."""
        rest = self._doc[name.end : span.end]
        return len(rest) > 1 and (rest[0].tag_ == "POS" or rest[0].lower_ in {"and", "&"})

    def _explains(self, name: Name, entity: Entity, head: Tokens, span: Tokens) -> bool:
        """Return whether a name identifies the described speaker: *the mayor of Orlo, Ana Li*; *the daily «Bote»*."""
        if name.first <= head.i or entity.kind == "place":
            return False
        if phrases.is_plural(head) and entity.kind != "organisation":
            return False
        if name.first == head.i + 1:
            return True
        closes = name.end == span.end or self._doc[name.end].is_punct
        between = self._doc[head.i + 1 : name.first]
        mark = max((token.i for token in between if token.text in _INTRODUCES), default=-1)
        in_brackets = mark >= 0 and self._doc[mark].text == "("
        if in_brackets and (entity.kind != "person" or len(name.words) == 1):
            return False  # *the minister (Labour)*
        return closes and mark >= 0 and all(token.tag_ in _BEFORE_NAMES for token in self._doc[mark + 1 : name.first])

    def _of_phrase(self, span: Tokens) -> Meant | None:
        """Resolve a description: to somebody by evidence, else to somebody likely or to a speaker without a name."""
        text = self._with_owner(span)
        same = self._descriptions.called(text)
        if same is not None:
            return Meant(same)
        if _NUMBERED.search(text):
            own = self._new_described(span, text)
            own.kind = "unnamed" if own.kind == "unknown" else own.kind
            return Meant(own)
        is_known = phrases.is_definite(span) or phrases.is_bare_role(span)
        known = self._descriptions.meant(span) if is_known else None
        known = known or self._descriptions.announced(span)
        if known is not None:
            return known
        guess = self._descriptions.guessed(span) if is_known else None
        guess = guess or self._descriptions.named_next(span)
        if guess is not None:
            return Meant(guess.entity, (*guess.rivals, self._described(span, text)))
        return Meant(self._new_described(span, text))

    def _new_described(self, span: Tokens, text: str) -> Entity:
        own = self._described(span, text)
        self._descriptions.add(own)
        return own

    def _with_owner(self, span: Tokens) -> str:
        """Return a phrase as a name; in *its website* the pronoun is replaced by the owner's name."""
        if span[0].tag_ == "PRP$" and span[0].lower_ not in phrases.FIRST_PERSON and len(span) > 1:
            owner = self._salience.antecedent(span[0])
            if owner is not None:
                named = next((entity for entity in (owner.entity, *owner.rivals) if entity.is_named), owner.entity)
                return f"{named.name}’s {phrases.label(span[1:])}"
        return phrases.label(span)

    def _described(self, span: Tokens, text: str) -> Entity:
        head = phrases.head_of(span)
        return Entity(
            words=(),
            name=text,
            kind=phrases.kind_of_phrase(span, head),
            gender=gender_of_title(phrases.singular(head.text)),
            head=phrases.singular(head.text),
        )

    def _first_person(self, claim: Claim, found: dict[str, Entity | None]) -> Entity | None:
        """Resolve *I* and *we*: to the speaker of the quotation around them, else to the author."""
        at = claim.source[0]
        around = [
            other
            for other in self._claims
            if other.id != claim.id and any(s.start <= at.start and at.end <= s.end for s in other.content)
        ]
        innermost = max(around, key=lambda other: other.start, default=None)
        if innermost is not None:
            entity = found.get(innermost.id)
            self._rivals[claim.id] = self._rivals.get(innermost.id, ())
        else:
            entity = self._authors.writes(at.start)
        if entity is not None:
            self._sources.setdefault(entity, []).extend(claim.source)
        return entity

    def _speakers(self, found: dict[str, Entity | None]) -> tuple[tuple[Speaker, ...], tuple[Claim, ...]]:
        ids: dict[Entity, str] = {}
        for claim in sorted(self._claims, key=lambda c: c.start):
            entity = found.get(claim.id)
            if entity is not None:
                ids.setdefault(entity, f"s{len(ids) + 1}")
        speakers = tuple(self._speaker(entity, identifier) for entity, identifier in ids.items())
        return speakers, tuple(
            claim if (entity := found.get(claim.id)) is None else self._spoken(claim, ids[entity])
            for claim in self._claims
        )

    def _spoken(self, claim: Claim, speaker: str) -> Claim:
        names = [composed(entity.name) for entity in self._rivals.get(claim.id, ())]
        return replace(claim, speaker=speaker, extra={**claim.extra, RIVALS: names} if names else claim.extra)

    def _speaker(self, entity: Entity, identifier: str) -> Speaker:
        names = (self._doc[start:end] for start, end in entity.mentions)
        spans = {Span(name.start_char, name.end_char) for name in names} | set(self._sources.get(entity, ()))
        return Speaker(
            id=identifier,
            name=composed(entity.name),
            kind=entity.kind,
            description=max(entity.descriptions, key=len, default=None),
            mentions=tuple(sorted(spans)),
        )


def _initials(entity: Entity) -> str:
    """Return the initials of a person's name: *FA* for Femi Astley."""
    return "".join(word[0] for word in entity.words) if entity.kind in {"person", "unknown"} else ""
