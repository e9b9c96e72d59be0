"""A few made-up articles to learn."""

from __future__ import annotations

from typing import Any

NAMES = ("Ana Li", "Bo Ra", "Cy Dee")


def article(name: str) -> dict[str, Any]:
    text = f"{name} said it will rain. It did not."
    start = len(name) + 6
    labels = {"content": [[start, start + 12]], "cue": [[start - 5, start - 1]], "source": [[0, len(name)]]}
    return {"id": name, "text": text, "attributions": [labels]}
