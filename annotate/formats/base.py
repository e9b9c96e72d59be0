"""What every format is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotate.errors import OnrecordError
from annotate.model import STATUSES, Claim, Record

DELETED = "deleted"
SELECTABLE: tuple[str, ...] = (*STATUSES, DELETED)
"""What claims can be chosen by: their status, or that they were deleted."""
DEFAULT_STATUSES = frozenset(SELECTABLE) - {"rejected", DELETED}


@dataclass(frozen=True)
class Options:
    """What an export holds."""

    statuses: frozenset[str] = DEFAULT_STATUSES
    """A deleted claim goes out with `deleted` alone, whatever its status."""

    def wanted(self, claim: Claim) -> bool:
        """Whether the claim belongs in the export."""
        return (DELETED if claim.deleted else claim.status) in self.statuses

    def claims(self, record: Record) -> list[Claim]:
        """Return the claims of a record that belong in the export, in reading order."""
        return sorted(filter(self.wanted, record.claims), key=lambda claim: claim.start)


@dataclass(frozen=True)
class Exported:
    """A finished export."""

    data: bytes
    report: tuple[str, ...] = ()
    """What the format could not hold, a sentence each."""


Exporter = Callable[[Iterable[Record], Options], Exported]
Importer = Callable[[BinaryIO], Iterator[Record | OnrecordError]]
"""Reads a stream; yields an error where one record cannot be read, and goes on with the next."""


@dataclass(frozen=True)
class Format:
    """A row of the table of formats."""

    name: str
    suffix: str
    description: str
    export: Exporter
    read: Importer | None = None
    """None where the format holds too little to import."""
