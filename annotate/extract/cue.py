"""What a cue word brings with it: its source, whom it is said to, whether it is denied or doubted."""

from __future__ import annotations

from annotate.extract.draft import Draft, Reading
from annotate.extract.sources import addressee_of, source_of
from annotate.extract.tree import Piece, Tree

_HEDGES = frozenset({"reportedly", "allegedly", "apparently", "supposedly", "purportedly", "possibly", "perhaps"})
_MODALS = frozenset({"may", "might", "could"})
_DENIALS = frozenset({"deny", "dispute", "refute"})


def attribute(
    reading: Reading, cue: int, content: tuple[Piece, ...], confidence: float, speaker: int | None = None
) -> Draft:
    """Return the claim that a cue makes of some content.

    Args:
        reading: The article.
        cue: The token of the cue.
        content: Stretches of tokens.
        confidence: How likely it is a claim, 0 to 1.
        speaker: Another cue whose source this one shares.
    """
    tree = reading.tree
    source = source_of(tree, cue if speaker is None else speaker)
    addressee = addressee_of(tree, cue)
    if addressee is not None and any(first <= addressee[1] and addressee[0] <= last for first, last in content):
        addressee = None
    lemma = reading.lexicon.lemma(tree.lower[cue])
    words = {tree.lower[kid] for kid in tree.children[cue]}
    return Draft(
        content=reading.spans(content),
        cue=(tree.span(*cue_words(tree, cue)),),
        source=reading.spans([source]) if source else (),
        addressee=reading.spans([addressee]) if addressee else (),
        confidence=confidence,
        negated=tree.kid(cue, "neg") is not None or lemma in _DENIALS,
        hedged=bool(words & _HEDGES or words & _MODALS),
        at=cue,
    )


def cue_words(tree: Tree, cue: int) -> Piece:
    """Return the cue with its particle (pointed out), or both words of *according to*."""
    after = cue + 1
    if after < len(tree) and tree.heads[after] == cue and (tree.deps[after] == "prt" or tree.lower[cue] == "according"):
        return cue, after
    return cue, cue
