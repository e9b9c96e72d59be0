"""Layers at run time: the library without textual, the app without spaCy, quick commands without either."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIBRARY = (
    "annotate.engine annotate.store annotate.read annotate.formats annotate.agreement annotate.bulk annotate.cli "
    "annotate.worker"
)
HEAVY = ("spacy", "textual", "trafilatura", "charset_normalizer", "rich", "thinc", "numpy")


def loaded_after(program: str) -> set[str]:
    """Return the top-level modules that a program has imported at its end."""
    tail = "\nimport sys; print('\\n' + ' '.join({m.partition('.')[0] for m in sys.modules}))"
    out = subprocess.run([sys.executable, "-c", program + tail], capture_output=True, text=True, check=True).stdout
    return set(out.splitlines()[-1].split())


def test_the_library_never_imports_textual() -> None:
    analyse = "from annotate import analyse\nassert analyse('“We won,” said Ana Li.').claims"
    loaded = loaded_after("\n".join(f"import {name}" for name in LIBRARY.split()) + "\n" + analyse)
    assert "spacy" in loaded
    assert not loaded & {"textual", "tui"}


def test_the_app_never_imports_spacy() -> None:
    loaded = loaded_after("import tui.app, tui.session.session, tui.session.engine_process, tui.main")
    assert "textual" in loaded
    assert not loaded & {"spacy", "thinc", "numpy", "trafilatura"}


@pytest.mark.parametrize(
    "program",
    [
        "import annotate",
        "from annotate import Record, Store",
        "import annotate.read, annotate.dates, annotate.segment, annotate.edit, annotate.formats, annotate.config",
        "from tui.main import main\nmain(['--version'])",
        "from tui.main import main\nmain(['keys'])",
        "from tui.main import main\nmain(['formats'])",
    ],
)
def test_what_must_be_quick_imports_nothing_heavy(program: str) -> None:
    assert not loaded_after(program) & set(HEAVY)
