"""First paragraphs of docstrings are noun phrases or imperatives, not questions and hardly ever riddles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("annotate", "tui", "bench")
_QUESTION_WORDS = {"what", "who", "which", "where", "how", "when", "whether", "why"}
_RIDDLES = {"what", "who", "whom", "whose"}
_MOST_RIDDLES = 60


class Opening(NamedTuple):
    line: str
    words: list[str]


@pytest.fixture(scope="module")
def openings() -> list[Opening]:
    files = (path for package in _PACKAGES for path in sorted((_ROOT / package).rglob("*.py")))
    return [opening for path in files for opening in _openings(path)]


def _openings(path: Path) -> Iterator[Opening]:
    """Yield the first paragraph of every string that stands alone: docstrings, and strings under attributes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text)), lineno=number):
                first, *_ = text.strip().split("\n\n")
                yield Opening(f"{path.relative_to(_ROOT)}:{number}: {first}", re.findall(r"[a-z']+", first.lower()))


def _listed(openings: list[Opening]) -> str:
    return "\n".join(opening.line for opening in openings)


def test_no_docstring_begins_with_a_question_word(openings: list[Opening]) -> None:
    questions = [opening for opening in openings if _QUESTION_WORDS.intersection(opening.words[:1])]
    assert not questions, f"{len(questions)} begin with a question word:\n{_listed(questions)}"


def test_hardly_any_docstring_contains_what_or_who(openings: list[Opening]) -> None:
    riddles = [opening for opening in openings if _RIDDLES.intersection(opening.words)]
    assert len(riddles) <= _MOST_RIDDLES, f"{len(riddles)} say what, who, whom or whose:\n{_listed(riddles)}"
