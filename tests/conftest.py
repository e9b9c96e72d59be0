"""Isolation for every test: no person's configuration, state, name or save file is read or written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("ONRECORD_DB", "SSH_CONNECTION", "SSH_TTY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONRECORD_USER", "ana")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data and scorers that some tests compare with; skips where it is not there."""
    folder = Path(os.environ.get("ONRECORD_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}: set ONRECORD_SHARED to run this test")
    return folder
