"""The structure of the app's classes."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Protocol

import tui

ROOT = Path(tui.__file__).parent


def classes() -> list[type]:
    """Return every class of the app."""
    files = sorted(ROOT.rglob("*.py"))
    names = [".".join(("tui", *file.relative_to(ROOT).with_suffix("").parts)) for file in files]
    modules = [importlib.import_module(name.removesuffix(".__init__")) for name in names]
    return [c for m in modules for _, c in inspect.getmembers(m, inspect.isclass) if c.__module__ == m.__name__]


def bases_of_ours(owner: type) -> list[type]:
    """Return the direct bases of a class that are the app's own, protocols aside."""
    return [b for b in owner.__bases__ if b.__module__.startswith("tui.") and Protocol not in b.__bases__]


def test_no_class_has_more_than_one_base_of_ours() -> None:
    found = classes()
    assert len(found) > 50
    assert {c.__qualname__: bases_of_ours(c) for c in found if len(bases_of_ours(c)) > 1} == {}


def test_the_root_has_few_entries() -> None:
    shown = {path.name for path in ROOT.iterdir() if not path.name.startswith("__")}
    assert len(shown - {"py.typed"}) <= 9
