"""The speakers of all articles of a library: one entry for each being, and changes that a person makes to entries.

What articles call their speakers decides which of them are the same, as far as that is beyond doubt: full names are, a
surname alone is not. Where articles say of one name what need not be one person, that is shown and asked about. What a
person decides is written into the speakers, under keys of their own: `entity`, the same for all that are one being,
`aliases`, names they had before, `was`, name and aliases before they were put together with others, and `joined`, other
speakers of the article that they are one with.
"""

from annotate.directory.appearance import Appearance, Joined, aliases_of, ids_of, moved, of_record, stands
from annotate.directory.deciding import (
    confirm,
    is_confirmed,
    merge,
    name_of_both,
    names_of_both,
    rename,
    split,
    unjoin,
)
from annotate.directory.entries import Entry
from annotate.directory.listing import Directory

__all__ = [
    "Appearance", "Directory", "Entry", "Joined", "aliases_of", "confirm", "ids_of", "is_confirmed", "merge", "moved",
    "name_of_both", "names_of_both", "of_record", "rename", "split", "stands", "unjoin",
]  # fmt: skip
