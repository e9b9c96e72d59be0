"""The top line and the key bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from annotate.safe import safe_line
from tui.keys.keymap import key_name
from tui.keys.registry import Action
from tui.text.shorten import shortened
from tui.widgets.cached_lines import CachedLines
from tui.wording.status_line import Fact

_REVERSE = Style(reverse=True)
"""Reverse video, set here as Textual drops it from component classes."""


class TopBar(CachedLines, Widget):
    """The top line: the open article, progress, and the state of saving."""

    COMPONENT_CLASSES = {"top-bar--name", "top-bar--alarm"}
    DEFAULT_CSS = """
    TopBar { height: 1; text-wrap: nowrap; background: $panel; color: $foreground; }
    TopBar > .top-bar--name { text-style: bold; color: $text-accent; }
    TopBar > .top-bar--alarm { text-style: bold; color: $text-error; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[Fact, ...], tuple[str, ...]] = ("", (), ())

    def show(self, title: str, facts: Iterable[Fact], alarms: Iterable[str] = ()) -> None:
        """Show a title, facts and alarms.

        Args:
            title: The article's name; cut to the room there is.
            facts: In the order they are shown.
            alarms: Shown in reverse, always, in at most two thirds of the line together.
        """
        new = (safe_line(title), tuple(Fact(safe_line(f.text), f.weight) for f in facts), tuple(map(safe_line, alarms)))
        if new != self._shown:
            self._shown = new
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        title, facts, alarms = self._shown
        alarms = tuple(shortened(alarm, self.size.width * 2 // 3 // len(alarms)) for alarm in alarms)
        room = self.size.width - len(_NAME) - sum(cell_len(a) + 3 for a in alarms)
        kept = list(facts)
        while kept and sum(map(_cells, kept)) + min(cell_len(title), _SHORTEST) > room:
            kept.remove(min(kept, key=lambda fact: fact.weight))
        title = shortened(title, room - sum(map(_cells, kept)))
        alarm = self.get_visual_style("top-bar--alarm") + _REVERSE
        parts: list[Content | str] = [Content.styled(_NAME, self.get_visual_style("top-bar--name")), title]
        parts += [_BETWEEN + fact.text for fact in kept]
        for text in alarms:
            parts += [" ", Content.styled(f" {text} ", alarm)]
        return Content.assemble(*parts)


_BETWEEN = " │ "
_NAME = f" Onrecord{_BETWEEN}"
_SHORTEST = 16
"""Minimum width of the title in cells; facts are left out to keep it."""


def _cells(fact: Fact) -> int:
    return cell_len(fact.text) + len(_BETWEEN)


_SIGNS = {"information": "▌", "warning": "!", "error": "✗"}
"""Signs before a notice, by severity."""


class Notice(NamedTuple):
    """A short message to the person."""

    text: str
    severity: str

    @property
    def line(self) -> str:
        """The message as a line of the key bar."""
        return f" {_SIGNS[self.severity]} {safe_line(self.text)}"


class KeyBar(CachedLines, Widget):
    """The key bar: the most useful keys now; a click does the same as the key."""

    COMPONENT_CLASSES = {"key-bar--key", "key-bar--mode", *(f"key-bar--{severity}" for severity in _SIGNS)}
    DEFAULT_CSS = """
    KeyBar {
        height: 1; background: $panel; color: $foreground;
        link-color: $foreground; link-style: none; link-background-hover: $primary-muted; link-style-hover: none;
    }
    KeyBar > .key-bar--key { text-style: bold; color: $text-accent; }
    KeyBar > .key-bar--mode { text-style: bold; }
    KeyBar > .key-bar--information { text-style: bold; }
    KeyBar > .key-bar--warning { text-style: bold; color: $text-warning; }
    KeyBar > .key-bar--error { text-style: bold; color: $text-error; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[Action, ...]] = ("", ())
        self._notice: Notice | None = None

    def take(self, notices: Sequence[Notice]) -> bool:
        """Show a notice in place of the keys if there is one and it fits; return False if there is more to show."""
        fits = len(notices) == 1 and cell_len(notices[0].line) <= self.size.width
        new = notices[0] if fits else None
        if new != self._notice:
            self._notice = new
            self.refresh()
        return fits or not notices

    def show(self, mode: str, actions: Sequence[Action]) -> None:
        """Show the actions with a label for the bar, as many as fit.

        Args:
            mode: Name of the current mode, such as `selecting`; empty without one.
            actions: The most needed first; the last one shown is kept in any case.
        """
        new = (safe_line(mode), tuple(a for a in actions if a.footer and a.keys))
        if new != self._shown:
            self._shown = new
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        if self._notice is not None:
            return Content.styled(self._notice.line, self.get_visual_style(f"key-bar--{self._notice.severity}"))
        mode, actions = self._shown
        key_style = self.get_visual_style("key-bar--key")
        line = Content.styled(f" {mode} ", self.get_visual_style("key-bar--mode") + _REVERSE) if mode else Content("")
        items = [_item(action, key_style) for action in actions]
        kept = items[-1:]
        room = self.size.width - line.cell_length - sum(i.cell_length for i in kept)
        for item in items[:-1]:
            room -= item.cell_length
            if room < 0:
                break
            kept.insert(-1, item)
        return Content("").join([line, *kept])


def _item(action: Action, key_style: Style) -> Content:
    click = Style.from_meta({"@click": f"screen.act('{action.name}')"})
    return Content.assemble(
        (" ", click), (key_name(action.keys[0]), key_style + click), (f" {action.footer} ", click)
    )  # fmt: skip
