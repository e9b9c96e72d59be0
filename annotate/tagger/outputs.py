"""What the network's outputs mean: the order of heads, tags and link vectors. A change here needs a new model."""

from __future__ import annotations

from enum import IntEnum

FORMAT = 2
"""Version of this layout and of the network's arithmetic, written into every model."""

HEADS = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)

TAGS = ("O", "B", "I")
OUTSIDE, BEGIN, INSIDE = range(3)


class Link(IntEnum):
    """What asks for what it belongs to."""

    CONTENT_SOURCE = 0
    CONTENT_CUE = 1
    CUE_SOURCE = 2


WIDTH = 64
"""Length of a query or key."""
QUERIES = {Link.CONTENT_SOURCE: 0, Link.CONTENT_CUE: 0, Link.CUE_SOURCE: 1}
"""Which of a word's queries (of content, of cue) a link takes."""
KEYS = {Link.CONTENT_SOURCE: 2, Link.CONTENT_CUE: 3, Link.CUE_SOURCE: 2}
"""Which of a word's keys (as source, as cue) it is multiplied with; queries and keys lie in one row, `WIDTH` each."""
VECTORS = 4
NULLS = VECTORS * WIDTH
"""Where in the row the scores of belonging to nothing begin, one for each kind of link."""
ROW = NULLS + len(Link)
