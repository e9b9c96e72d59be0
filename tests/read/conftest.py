from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.errors import ReadError
from annotate.read import Article, read_all

ReadPaths = Callable[..., tuple[list[Article], list[ReadError]]]


@pytest.fixture
def read_paths() -> ReadPaths:
    """Read everything; the articles and the errors apart."""

    def run(*paths: Path | str) -> tuple[list[Article], list[ReadError]]:
        items = list(read_all([str(path) for path in paths]))
        return (
            [item for item in items if isinstance(item, Article)],
            [item for item in items if isinstance(item, ReadError)],
        )

    return run
