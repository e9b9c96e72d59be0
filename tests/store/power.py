"""A simulated disk that loses unsynced writes: the possible states of a folder after a power cut at any moment."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SECTOR = 64
"""Bytes that are written wholly or not at all: smaller than any disk's, so that more goes wrong."""


@dataclass
class _File:
    durable: bytes = b""
    content: bytes = b""
    pending: list[bytes] = field(default_factory=list)
    """Contents after each write since the last sync."""
    forgotten: bool = False
    """A sync has failed: what was written until then is in no one's hands, whatever later syncs say."""

    def written(self, content: bytes) -> None:
        self.content = content
        self.pending.append(content)

    def sync(self) -> None:
        if not self.forgotten:
            self.durable, self.pending = self.content, []

    def left(self, chance: random.Random) -> bytes:
        """Return its possible states after a power cut."""
        after = chance.choice([self.durable, *self.pending])
        match chance.randrange(3):
            case 0:
                return after
            case 1:  # the size has reached the disk, some sectors have not
                before = self.durable.ljust(len(after), b"\0")
                return b"".join(
                    (after if chance.random() < 0.5 else before)[at : at + SECTOR][: len(after) - at]
                    for at in range(0, len(after), SECTOR)
                )
            case _:  # cut off, never before what was durable and has stayed the same
                same = next(
                    (i for i, (a, b) in enumerate(zip(self.durable, after, strict=False)) if a != b), len(after)
                )
                same = min(same, len(self.durable))
                return after[: chance.randint(same, len(after))]


class Disk:
    """Records the effects of `os` functions on a folder.

    Args:
        folder: Watched; all that happens there happens really.
        patch: Puts the watching functions in the place of those of `os`.
        failing: Which sync of a file fails, counted from 1; none by default.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, failing: int = 0) -> None:
        self.folder = folder
        self.moments = 0
        self.failed_at = 0
        """How many moments there were before the sync that failed."""
        self._real: dict[str, Any] = {}
        self._failing = failing
        self._files: dict[int, _File] = {}
        self._names: dict[str, _File] = {}
        self._durable_names: dict[str, _File] = {}
        self._pending_names: list[tuple[str, _File | None]] = []
        self.on_moment: Callable[[], None] = lambda: None
        for name in ("open", "write", "ftruncate", "fdatasync", "fsync", "replace", "unlink", "link"):
            self._real[name] = getattr(os, name)
            patch.setattr(os, name, self._watched(name))

    def left(self, chance: random.Random) -> dict[str, bytes]:
        """Return files that a power cut may leave now."""
        names = dict(self._durable_names)
        for name, file in self._pending_names:
            if chance.random() < 0.5:
                if file is None:
                    names.pop(name, None)
                else:
                    names[name] = file
        return {name: file.left(chance) for name, file in names.items()}

    def _watched(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if name in ("fdatasync", "fsync") and args[0] in self._files:
                self._failing -= 1
                if self._failing == 0:
                    self._files[args[0]].forgotten = True
                    self.failed_at = self.moments
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
            result = self._real[name](*args, **kwargs)
            getattr(self, f"_{name}")(result, *args, **kwargs)
            self.moments += 1
            self.on_moment()
            return result

        return call

    def _name(self, path: Any) -> str | None:
        return Path(path).name if Path(path).parent == self.folder else None

    def _point(self, name: str, file: _File | None) -> None:
        self._pending_names.append((name, file))
        if file is None:
            self._names.pop(name, None)
        else:
            self._names[name] = file

    def _open(self, descriptor: int, path: Any, flags: int, *_: Any, **_named: Any) -> None:
        name = self._name(path)
        self._files.pop(descriptor, None)
        if name is None or not flags & (os.O_WRONLY | os.O_RDWR):
            return
        if name not in self._names:
            self._point(name, _File())
        file = self._names[name]
        if flags & os.O_TRUNC and file.content:
            file.written(b"")
        self._files[descriptor] = file

    def _write(self, count: int, descriptor: int, data: Any) -> None:
        if file := self._files.get(descriptor):
            end = os.lseek(descriptor, 0, os.SEEK_CUR)
            start = end - count
            old = file.content.ljust(start, b"\0")
            file.written(old[:start] + bytes(data)[:count] + old[end:])

    def _ftruncate(self, _: None, descriptor: int, length: int) -> None:
        if file := self._files.get(descriptor):
            file.written(file.content[:length].ljust(length, b"\0"))

    def _fsync(self, _: None, descriptor: int) -> None:
        if file := self._files.get(descriptor):
            file.sync()
        elif Path(f"/proc/self/fd/{descriptor}").resolve() == self.folder:
            self._durable_names, self._pending_names = dict(self._names), []

    _fdatasync = _fsync

    def _replace(self, _: None, old: Any, new: Any) -> None:
        old_name, new_name = self._name(old), self._name(new)
        if old_name and new_name:
            file = self._names[old_name]
            self._point(new_name, file)
            self._point(old_name, None)

    def _unlink(self, _: None, path: Any, **_named: Any) -> None:
        name = self._name(path)
        if name:
            self._point(name, None)

    def _link(self, _: None, old: Any, new: Any, **_named: Any) -> None:
        old_name, new_name = self._name(old), self._name(new)
        if old_name and new_name:
            self._point(new_name, self._names[old_name])
