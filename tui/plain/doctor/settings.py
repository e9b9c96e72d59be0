"""Check of the config file."""

from __future__ import annotations

from annotate import config
from annotate.errors import ConfigError
from tui.plain.doctor.check import Check, fails, works
from tui.session.settings import checked


def config_file() -> Check:
    """Check that the config file can be read, and that all names and keys in it are known."""
    from textual.theme import BUILTIN_THEMES

    path = config.config_path()
    try:
        settings = config.load(path)
    except ConfigError as error:
        return fails("config", error.message, error.hint)
    problems = checked(settings, BUILTIN_THEMES).problems
    if problems:
        return fails("config", f"{path}: {'; '.join(problems)}", "correct these names in the file", needed=False)
    if path is None or not path.exists():
        return works("config", f"no file, all settings have their defaults ({path or 'there is no home folder'})")
    return works("config", str(path))
