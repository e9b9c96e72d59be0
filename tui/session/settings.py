"""The settings in force: those of the config file that can be used, and a message for each of the others."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from annotate.config import Config
from tui.keys.keymap import rebound
from tui.keys.registry import Action

DEFAULT_THEME = "textual-dark"


class Settings(NamedTuple):
    """The theme and keys in force."""

    theme: str
    actions: tuple[Action, ...]
    """All actions, with the person's own keys."""
    problems: tuple[str, ...]
    """A message for each unknown name or key in the config file."""


def checked(config: Config, themes: Collection[str]) -> Settings:
    """Return the settings in force; defaults replace those that cannot be used.

    Args:
        config: The content of the config file.
        themes: Names of all themes.
    """
    actions, problems = rebound(config.keys)
    if config.theme and config.theme not in themes:
        unknown = f"unknown theme {config.theme!r}; choose from {', '.join(sorted(themes))}"
        return Settings(DEFAULT_THEME, actions, (*problems, unknown))
    return Settings(config.theme or DEFAULT_THEME, actions, problems)
