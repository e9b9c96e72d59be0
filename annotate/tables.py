"""Read the tables of words and rules that lie beside the modules: tab-separated, `#` begins a comment line."""

from __future__ import annotations

from importlib import resources


def rows(package: str, name: str) -> list[list[str]]:
    """Return the lines of a table of a package, each as its fields."""
    lines = resources.files(package).joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
