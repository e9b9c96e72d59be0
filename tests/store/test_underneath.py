"""The save file changed or deleted underneath its writer, or its lock removed: nothing acknowledged is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.errors import SaveError
from annotate.model import Block, Claim, Record
from annotate.spans import Span
from annotate.store import Store, check

TEXT = "“We go on Monday,” said Bo Ra, the mayor."
ARTICLE = Record(
    "rain",
    TEXT,
    blocks=(Block(0, len(TEXT), "body"),),
    claims=tuple(Claim(f"c{n}", "direct", (Span(0, 18),), (Span(19, 23),), origin="engine:1") for n in range(6)),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "folder" / "annotations.json")


def made(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    with Store.open(path, by="human:ana") as store:
        store.put(ARTICLE)
    return path


def accept(store: Store, claim: str) -> bool:
    """Accept a claim; return whether that was acknowledged."""
    try:
        store.update_claim("rain", claim, status="accepted")
    except SaveError:
        return False
    return True


def accepted(path: Path) -> set[str]:
    with Store.open(path, read_only=True) as store:
        return {claim.id for claim in store.get("rain").claims if claim.status == "accepted"}


def delete(path: Path) -> None:
    path.unlink()


def delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def put_another(path: Path) -> None:
    made(path.with_name("other.json")).replace(path)


def put_garbage(path: Path) -> None:
    path.with_name("other").write_text("garbage")
    path.with_name("other").replace(path)


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("edited_before", [True, False])
@pytest.mark.parametrize("happen", [delete, delete_folder, put_another, put_garbage, put_folder])
def test_whatever_happens_to_the_file_all_is_saved_once_its_place_is_free(
    path: Path, happen: Callable[[Path], None], edited_before: bool
) -> None:
    store = Store.open(path, by="human:ana")
    expected = {"c1"} if edited_before and accept(store, "c1") else set()
    happen(path)
    accept(store, "c2")
    if not path.parent.exists():
        path.parent.mkdir()
    elif happen is not delete:
        path.rename(path.with_name("aside"))
    assert accept(store, "c3")
    store.close()
    assert accepted(path) == expected | {"c2", "c3"}
    assert check(path) == []


@pytest.mark.parametrize("edited_before", [True, False])
@pytest.mark.parametrize("order", ["abab", "baab", "aabb", "bbaa"])
def test_of_two_programs_without_a_lock_neither_loses_what_was_acknowledged(
    path: Path, edited_before: bool, order: str
) -> None:
    stores = {"a": Store.open(path, by="human:ana")}
    kept = {"c0"} if edited_before and accept(stores["a"], "c0") else set()
    path.with_name(f"{path.name}.lock").unlink()
    stores["b"] = Store.open(path, by="human:bo")
    for n, who in enumerate(order, 1):
        if accept(stores[who], f"c{n}"):
            kept.add(f"c{n}")
    assert kept
    assert kept <= accepted(path), "as one finds it now, or after a kill"
    for store in stores.values():
        try:
            store.close()
        except SaveError:
            store._journal.close()
    assert kept <= accepted(path)
