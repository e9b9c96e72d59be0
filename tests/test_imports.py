"""Imports: no circles, and at run time the library without textual, the app without spaCy, quick commands lean."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

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


def modules_of(package: str) -> Mapping[str, Path]:
    """Return the files of a package by the names of their modules."""
    files = sorted((ROOT / package).rglob("*.py"))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported_by(file: Path) -> Iterator[str]:
    """Yield all names that a file imports, deferred and type-checking imports included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def circle_in(imports: Mapping[str, set[str]]) -> list[str]:
    """Return the modules of an import circle; an empty list where there is none.

    Args:
        imports: The names that each module imports: of modules, or of what is in them.
    """

    def module_of(name: str) -> str:
        return name if name in imports else name.rpartition(".")[0]

    graph = {module: {module_of(name) for name in names} & imports.keys() for module, names in imports.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_a_circle_of_deferred_imports_is_found(tmp_path: Path) -> None:
    sources = {
        "a": "from __future__ import annotations\nimport b",
        "b": "def later() -> None:\n    from c import name",
        "c": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import Name",
    }
    imports = {}
    for name, source in sources.items():
        file = tmp_path / f"{name}.py"
        file.write_text(source, encoding="utf-8")
        imports[name] = set(imported_by(file))
    assert set(circle_in(imports)) == {"a", "b", "c"}
    assert circle_in(imports | {"c": set()}) == []


@pytest.mark.parametrize("package", ["annotate", "tui"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    imports = {name: set(imported_by(file)) for name, file in modules_of(package).items()}
    assert circle_in(imports) == []
