"""Interface of the export and import formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotate.errors import OnrecordError
from annotate.model import STATUSES, Claim, Record

DELETED = "deleted"
SELECTABLE: tuple[str, ...] = (*STATUSES, DELETED)
"""Values to select claims by: their status, or `deleted`."""
DEFAULT_STATUSES = frozenset(SELECTABLE) - {"rejected", DELETED}


@dataclass(frozen=True)
class Options:
    """Options of an export."""

    statuses: frozenset[str] = DEFAULT_STATUSES
    """Statuses to export; a deleted claim is exported only with `deleted`, whatever its status."""

    def wanted(self, claim: Claim) -> bool:
        """Return whether the claim belongs in the export."""
        return (DELETED if claim.deleted else claim.status) in self.statuses

    def claims(self, record: Record) -> list[Claim]:
        """Return the claims of a record that belong in the export, in reading order."""
        return sorted(filter(self.wanted, record.claims), key=lambda claim: claim.start)


@dataclass(frozen=True)
class Exported:
    """A finished export."""

    data: bytes
    report: tuple[str, ...] = ()
    """Losses of the format, one sentence each."""


Exporter = Callable[[Iterable[Record], Options], Exported]
Importer = Callable[[BinaryIO], Iterator[Record | OnrecordError]]
"""Function that reads a stream; it yields an error for an unreadable record and continues."""


@dataclass(frozen=True)
class Format:
    """A row in the table of formats."""

    name: str
    suffix: str
    description: str
    export: Exporter
    read: Importer | None = None
    """None if the format keeps too little to import."""
