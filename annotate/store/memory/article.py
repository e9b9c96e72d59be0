"""One article in memory: lines of JSON and its row in a list; parsed on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from annotate import safe_json
from annotate.changes import LAST_CLAIM, Edit, Item, claim_gone, remembered
from annotate.errors import ModelError, StoreDamagedError, StoreError
from annotate.model import REVIEW_STATES, Claim, Record, ReviewState, Speaker, sha256
from annotate.store.disk import layout
from annotate.store.disk.log import REPAIR
from annotate.uncertainty import uncertainty_of

_FROZEN = ("text_sha256", "blocks", "quotes")
"""Fields that, like the text, no edit changes; kept apart, so that an edit does not parse and write a long text."""
UNEDITED = ("text", *_FROZEN)
_LISTS: Mapping[str, str] = {"date": "dates", "speaker": "speakers"}


class Summary(NamedTuple):
    """An article's row in a list."""

    id: str
    title: str | None
    path: str | None
    """Relative to the save file's folder."""
    date: str | None
    state: ReviewState
    claims: int
    """Number of claims that are not deleted."""
    decided: int
    """Number of them that are accepted or rejected."""
    uncertainty: float = 0.0
    """The engine's uncertainty, summed over the undecided ones (see `annotate.uncertainty`)."""


@dataclass(slots=True)
class StoredArticle:
    """One article as lines."""

    number: str
    """TinyDB's number of its document."""
    head: bytes
    """The article without text, frozen fields and claims, as a JSON object."""
    text: bytes
    """The text, as a JSON string."""
    frozen: bytes
    """The text's hash, blocks and quotes, as a JSON object."""
    sha256: str
    title: str | None
    path: str | None
    date: str | None
    state: ReviewState
    claims: dict[str, bytes] = field(default_factory=dict)
    """Claims as lines of JSON, by id, in order."""
    live: int = 0
    decided: int = 0
    uncertainty: float = 0.0

    @classmethod
    def of(cls, number: str, document: Mapping[str, Any]) -> StoredArticle:
        """Build from a document of the table `articles`."""
        frozen = {name: document[name] for name in _FROZEN if name in document}
        head = {name: value for name, value in document.items() if name not in UNEDITED}
        digest = document.get("text_sha256")
        if not isinstance(digest, str):
            digest = sha256(document["text"])
        return cls(number, _packed(head), _packed(document["text"]), _packed(frozen), digest, **_shown(head))

    @property
    def parts(self) -> tuple[str, bytes, bytes, bytes]:
        """The arguments of `article_line`."""
        return self.number, self.head, self.text, self.frozen

    @property
    def head_line(self) -> bytes:
        """Fields of its document that edits can change, as a line."""
        return b'"%s":%s' % (self.number.encode(), self.head)

    @property
    def outline(self) -> dict[str, Any]:
        """Summary of the article for the history, where all of it was replaced."""
        return {"text_sha256": self.sha256, "claims": len(self.claims)}

    def set_claim(self, claim: str, line: bytes | None, document: Mapping[str, Any] | None) -> None:
        """Replace a claim, add a new one at the end, or remove it (None)."""
        old = self.claims.get(claim)
        for change, counted in ((-1, layout.document(old) if old else None), (1, document)):
            if counted is not None:
                self.live += change * _live(counted)
                self.decided += change * _decided(counted)
                self.uncertainty += change * uncertainty_of(counted)
        if line is None:
            self.claims.pop(claim, None)
        else:
            self.claims[claim] = line

    def apply(self, article: str, edits: Iterable[Edit], new_number: Callable[[], int]) -> None:
        """Apply some edits, all or none.

        Raises:
            StoreError: one of them cannot be done to a stored article, or written as JSON.
        """
        head: dict[str, Any] | None = None
        claims: list[tuple[str, bytes | None, dict[str, Any] | None]] = []
        with json_errors(article):
            for edit in edits:
                gone = claim_gone(edit)
                if edit.kind == "claim":
                    claims.append(self._claim(article, edit, new_number))
                if edit.kind != "claim" or gone:
                    head = orjson.loads(self.head) if head is None else head
                    _edit_head(head, edit)
            packed = self.head if head is None else _packed(head)
        for claim in claims:
            self.set_claim(*claim)
        if head is not None:
            self.set_head(head, packed)

    def is_current(self, edit: Edit) -> bool:
        """Tell whether a claim or speaker is still as it was before an edit; True for other kinds."""
        before = edit.before
        if isinstance(before, Claim):
            known = self.claims.get(before.id)
            document = layout.document(known) if known else {}
            return Claim.from_dict({k: v for k, v in document.items() if k != "article"}) == before if known else False
        if isinstance(before, Speaker):
            return any(item["id"] == before.id and Speaker.from_dict(item) == before for item in speakers_of(self.head))
        return True

    def set_head(self, head: Mapping[str, Any], packed: bytes | None = None) -> None:
        """Replace the fields of its document that edits can change."""
        self.head = packed or _packed(head)
        for name, value in _shown(head).items():
            setattr(self, name, value)

    def _claim(
        self, article: str, edit: Edit, new_number: Callable[[], int]
    ) -> tuple[str, bytes | None, dict[str, Any] | None]:
        item = edit.after or edit.before
        assert isinstance(item, Claim)
        if edit.after is None:
            return item.id, None, None
        known = self.claims.get(item.id)
        document = claim_document(article, item.to_dict())
        return item.id, layout.line(layout.key(known) if known else new_number(), document), document

    def reader(self) -> Callable[[], Record]:
        """Return a function that parses and verifies the article's present state, even if it changes later."""
        parts, lines = self.parts, list(self.claims.values())

        def parse() -> Record:
            return record_of(layout.document(article_line(*parts)), map(layout.document, lines))

        return parse


def speakers_of(head: bytes) -> list[dict[str, Any]]:
    """Return the speakers of an article that are objects with an id, as JSON has them."""
    found = orjson.loads(head).get(_LISTS["speaker"])
    return [item for item in found if _is_item(item)] if isinstance(found, list) else []


def _is_item(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def article_line(number: str, head: bytes, text: bytes, frozen: bytes) -> bytes:
    """Return the document of the table `articles` as a line."""
    rest = b"," + frozen[1:] if len(frozen) > len(b"{}") else b"}"
    return b'"%s":%s,"text":%s%s' % (number.encode(), head[:-1], text, rest)


@contextmanager
def json_errors(article: str) -> Iterator[None]:
    """Turn orjson's error for a value that JSON cannot hold into one for a person."""
    try:
        yield
    except TypeError as error:
        raise StoreError(f"the article {article!r} cannot be saved as JSON: {error}") from None


def claim_document(article: str, claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim as a document of its table."""
    return {"article": article} | dict(claim) | {"article": article}


def record_of(document: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> Record:
    """Build an article from its documents.

    Raises:
        ModelError: they are not what the contract says.
    """
    bare = [{name: value for name, value in claim.items() if name != "article"} for claim in claims]
    where = f"article {document.get('id')!r:.60}"
    try:
        return Record.from_dict({**document, "claims": bare}, where)
    except ModelError:
        for claim in bare:  # in the file each stands for itself: its place in the record would say nothing
            Claim.from_dict(claim, f"claim {claim.get('id')!r:.60} of {where}")
        raise


def _packed(value: Any) -> bytes:
    return bytes(memoryview(safe_json.dumps(value)))  # a copy: orjson's own object keeps the room it wrote in


def _shown(head: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields shown in lists; None for a value of the wrong type."""
    review = head.get("review")
    state = review.get("state") if isinstance(review, dict) else None
    shown = {name: value if isinstance(value := head.get(name), str) else None for name in ("title", "path", "date")}
    return {**shown, "state": state if isinstance(state, str) and state in REVIEW_STATES else "new"}


def _edit_head(head: dict[str, Any], edit: Edit) -> None:
    if edit.kind == "claim":
        head[LAST_CLAIM] = max(claim_gone(edit), remembered(head))
        return
    if edit.kind == "article":
        after: dict[str, Any] = edit.to_dict()["after"] or {}
        if refused := sorted({*UNEDITED, "id", "claims", "extra"} & set(after)):
            raise StoreError(
                f"{head.get('id')}: {', '.join(refused)} cannot be changed by an edit", "put the whole record instead"
            )
        head.update(after)
        return
    items = head.setdefault(_LISTS[edit.kind], [])
    if not isinstance(items, list) or not all(map(_is_item, items)):
        raise StoreDamagedError(f"article {head.get('id')!r}: {_LISTS[edit.kind]}: expected objects with ids", REPAIR)
    wanted = _id(edit.after or edit.before)
    place = next((i for i, item in enumerate(items) if item["id"] == wanted), len(items))
    items[place : place + 1] = [] if edit.after is None else [edit.to_dict()["after"]]


def _id(item: Item | None) -> str:
    identity: str = item.id  # type: ignore[union-attr] # dates and speakers have one
    return identity


def _live(claim: Mapping[str, Any]) -> bool:
    return not claim.get("deleted")


def _decided(claim: Mapping[str, Any]) -> bool:
    return _live(claim) and claim.get("status") in ("accepted", "rejected")
