"""Layout of the network's outputs: the order of heads, tags and link vectors. A change here needs a new model."""

from __future__ import annotations

from enum import IntEnum

FORMAT = 2
"""Version of this layout and of the network's arithmetic, stored in every model."""

HEADS = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)

TAGS = ("O", "B", "I")
OUTSIDE, BEGIN, INSIDE = range(3)


class Link(IntEnum):
    """Kinds of links, named from the linking span to its target."""

    CONTENT_SOURCE = 0
    CONTENT_CUE = 1
    CUE_SOURCE = 2


WIDTH = 64
"""Length of a query or key."""
QUERIES = {Link.CONTENT_SOURCE: 0, Link.CONTENT_CUE: 0, Link.CUE_SOURCE: 1}
"""Index of the query vector (of content, of cue) for each kind of link."""
KEYS = {Link.CONTENT_SOURCE: 2, Link.CONTENT_CUE: 3, Link.CUE_SOURCE: 2}
"""Index of the key vector (as source, as cue) it is multiplied with; queries and keys share one row, `WIDTH` each."""
VECTORS = 4
NULLS = VECTORS * WIDTH
"""Index in the row of the first "no link" score; one score per kind of link."""
ROW = NULLS + len(Link)
