"""Colours that can be read: those of a theme, with enough contrast to every background the app draws them on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

LEAST = 4.5
"""Minimum contrast of text to its background (WCAG 2.1, level AA)."""
_TEXT = ("foreground", "text-primary", "text-secondary", "text-success", "text-warning", "text-error", "text-accent")
_GROUNDS = ("background", "surface", "panel", "primary-muted")
_STEPS = 20
_DIM = 0.6
"""Share of the colour that is left of dim text."""
_VIOLET = 0.78
"""Hue of dates: many themes use one colour for warnings and accents, those of cues and titles."""
_PALE = 0.16
"""Share of the primary colour behind the current claim, in a light theme."""


def palette(variables: Mapping[str, str]) -> dict[str, str]:
    """Return a theme's variables with legible text colours, and `$date`, the colour of dates.

    Args:
        variables: The theme's variables, from `App.get_css_variables`.
    """
    surface = Color.parse(variables["surface"])
    if surface.a < 1:  # the terminal's own colours, unknown here
        return {**variables, "date": "ansi_magenta"}
    changed = {"text-disabled": "auto 60%", "date": Color.from_hsl(_VIOLET, 0.4, 0.5).hex}
    if surface.brightness > 0.5:  # a light theme
        changed["primary-muted"] = surface.blend(Color.parse(variables["primary"]), _PALE).hex
    result = {**variables, **changed}
    grounds = tuple(Color.parse(result[name]) for name in _GROUNDS)
    return result | {name: legible(Color.parse(result[name]), grounds).hex for name in (*_TEXT, "date")}


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(256)
def legible(color: Color, grounds: tuple[Color, ...]) -> Color:
    """Return a colour, blended with white or black until it has enough contrast to all of some backgrounds."""
    ends = [(min(contrast(end, ground) for ground in grounds), end) for end in (WHITE, BLACK)]
    end = max(ends, key=lambda one: one[0])[1]
    for step in range(_STEPS):
        blended = color.blend(end, step / _STEPS)
        if all(contrast(blended, ground) >= LEAST for ground in grounds):
            return blended
    return end


def _luminance(color: Color) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Dim(LineFilter):
    """Draws dim text in a colour between text and background that can still be read; Textual's may be too faint."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line, with colours in place of dimness."""
        if not any(style is not None and style.dim for _, style, _ in segments):
            return segments
        return [
            Segment(text, _undimmed(style, background)) if style is not None and style.dim else Segment(text, style)
            for text, style, _ in segments
        ]


@lru_cache(256)
def _undimmed(style: Style, background: Color) -> Style:
    if style.color is None or style.color.triplet is None:
        return style  # the terminal's own colour: it knows how to dim it
    ground = style.bgcolor
    behind = background if ground is None or ground.triplet is None else Color.from_rich_color(ground)
    color = Color.from_rich_color(style.color)
    return style + Style(color=legible(behind.blend(color, _DIM), (behind,)).rich_color, dim=False)
