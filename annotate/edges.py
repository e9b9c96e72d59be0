"""Moving the edges of spans by words."""

from __future__ import annotations

from typing import Literal

from annotate.spans import (
    Span,
    tidied,
    token_end_after,
    token_end_before,
    token_start_after,
    token_start_before,
)

Side = Literal["start", "end"]
Step = Literal[-1, 1]


def moved(text: str, span: Span, side: Side, step: Step, times: int) -> Span | None:
    """Return a span with one end moved by some words; None where it cannot move by one."""
    here = span
    for _ in range(times):
        moved = _moved_by_one(text, here, side, step)
        if moved is None:
            break
        here = moved
    return here if here != span else None


def _moved_by_one(text: str, span: Span, side: Side, step: Step) -> Span | None:
    """Return a span with one end moved by a word; punctuation that belongs to no word is passed over."""
    grows = (side == "end") == (step == 1)
    moved = _one_token(text, span, side, step)
    while moved is not None and (tidy := tidied(text, moved)) != moved:
        if tidy is None:
            return None
        if not grows:
            return tidy if tidy != span else None
        moved = _one_token(text, moved, side, step)
    return moved


def _one_token(text: str, span: Span, side: Side, step: Step) -> Span | None:
    start, end = span
    if side == "end":
        end = token_end_after(text, end) if step == 1 else token_end_before(text, end)
    else:
        start = token_start_after(text, start) if step == 1 else token_start_before(text, start)
    return Span(start, end) if start < end and (start, end) != span else None
