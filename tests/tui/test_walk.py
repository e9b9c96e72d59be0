"""A short random walk in the real app, killed on the way; `python bench/walk.py` is the long one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
WALK = Path(__file__).parent.parent.parent / "bench" / "walk.py"


@pytest.mark.slow
def test_after_every_kill_the_save_file_holds_what_the_keys_did(tmp_path: Path) -> None:
    command = [sys.executable, str(WALK), "--actions", "150", "--kills", "2", "--seed", "3"]
    walk = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200)
    assert "mismatches: 0" in walk.stdout, walk.stdout + walk.stderr
    assert walk.returncode == 0
