"""Files are opened in one place: a new module opens them through `annotate.safe_files`, or is listed here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
OPENING = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "fdopen", "mkstemp", "copyfile", "copy2",
    "copytree", "from_file", "load_file", "memmap",
}  # fmt: skip
OTHERS = {"Store.open", "form.open", "_PACKAGE.joinpath(table).read_text"}
"""Calls of these names that open nothing, or data of the package."""
ELSEWHERE = {
    "annotate/cli/output.py": "a pipe or device to write to; a new file of a random name",
    "annotate/cli/terminal.py": "the null device",
    "annotate/store/disk/atomic.py": "a folder, to sync it",
    "annotate/store/disk/lock.py": "what the system tells of a process; a file that must be new",
    "annotate/tagger/model.py": "what a library opens by its name, looked at before",
    "annotate/train/network.py": "the pretrained encoder, looked at before",
    "annotate/train/run.py": "the tokenizer of the pretrained encoder or of a model, looked at before",
    "annotate/worker.py": "standard output",
    "tui/main.py": "the terminal",
}
"""Modules that open other things, and which."""


def opened(module: Path) -> Iterator[str]:
    """Yield the calls in a module that open files by their names."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        call = ast.unparse(node.func)
        owner, _, name = call.rpartition(".")
        if call == "open" or (owner and name in OPENING and not owner.startswith("files(") and call not in OTHERS):
            yield f"{call} in line {node.lineno}"


def test_files_are_opened_through_one_door() -> None:
    found = {
        name: calls
        for package in ("annotate", "tui")
        for module in sorted((ROOT / package).rglob("*.py"))
        if (name := module.relative_to(ROOT).as_posix()) != "annotate/safe_files.py" and (calls := list(opened(module)))
    }
    assert {name: calls for name, calls in found.items() if name not in ELSEWHERE} == {}
    assert set(found) == set(ELSEWHERE), "what is opened elsewhere no more need not be named"
