"""The help: keys available on the current screen, and a legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from rich.cells import cell_len
from textual.content import Content

from tui.keys.keymap import Keymap, key_name
from tui.keys.registry import Action, Group
from tui.screens.text_screen import TextScreen
from tui.text.wrap import wrap
from tui.wording.legend import Meanings, legend


class HelpScreen(TextScreen):
    """A list of actions and their keys, in groups, and the legend; closed by any key that does not scroll.

    Args:
        actions: The actions available now.
        keymap: The keys in force.
    """

    def __init__(self, actions: Sequence[Action], keymap: Keymap) -> None:
        meanings = legend((action.scope for action in actions), keymap)
        ends = "end: meaning of signs" if meanings else ""
        super().__init__("Keys that work here", partial(_table, actions, meanings), ends)


def _table(actions: Sequence[Action], legend: Mapping[str, Meanings], room: int) -> Content:
    """Return keys and actions in two columns under the headings of their groups, then the legend."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for group in _ORDER:
        here = [(" ".join(map(key_name, a.keys)), a.description) for a in actions if a.group == group and a.keys]
        if here:
            sections[group] = here
    sections |= {heading: list(meanings.items()) for heading, meanings in legend.items()}
    width = max((cell_len(sign) for pairs in sections.values() for sign, _ in pairs), default=0)
    lines: list[Content] = []
    for heading, pairs in sections.items():
        lines += [Content(""), Content.styled(heading, "bold underline"), *aligned(pairs, width, room)]
    return Content("\n").join(lines[1:])


def aligned(meanings: Iterable[tuple[str, str]], width: int, room: int) -> list[Content]:
    """Return lines for signs, words or keys and their meanings, in two columns.

    Args:
        meanings: Signs and meanings; a line feed in a meaning begins another line.
        width: Cells of the first column, whose signs end at its right.
        room: Cells of a line; longer meanings go on below their beginning.
    """
    beside = max(8, room - width - 2)
    lines = (
        (sign if nth == 0 else "", line)
        for sign, says in meanings
        for nth, line in enumerate(line for part in says.split("\n") for line in wrap(part, beside).texts())
    )
    return [
        Content.assemble((" " * (width - cell_len(sign)) + sign, "bold $text-accent"), "  ", line)
        for sign, line in lines
    ]


_ORDER: tuple[Group, ...] = ("Decide", "Move", "Edit", "Spans", "Select", "Other")
