"""User settings: the config file, the environment, and the reviewer's name for signing decisions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate.errors import ConfigError
from annotate.safe_files import read_bytes

_SETTINGS = ("reviewer", "theme", "keys", "guidelines")


@dataclass(frozen=True)
class Config:
    """The settings of `config.toml`; all may be absent."""

    reviewer: str | None = None
    """Name that decisions are signed with."""
    theme: str | None = None
    """Name of the app's colour theme."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of an action → the keys that replace its default keys."""
    guidelines: Path | None = None
    """Markdown file of guidelines to show instead of Onrecord's own; relative to the config file's folder."""


def config_path() -> Path | None:
    """Return the path of the config file, in the platform's standard place; None for a user without a home."""
    from platformdirs import user_config_path

    try:
        return user_config_path("onrecord", appauthor=False) / "config.toml"
    except RuntimeError:  # a container's user often has none
        return None


def load(path: Path | None = None) -> Config:
    """Read the config file; without one, or a folder for it, every setting has its default.

    Args:
        path: Another file than the platform's own.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or holds a setting that is unknown or of the wrong
            kind; the message names the file and, for TOML, the line.
    """
    path = path or config_path()
    if path is None:
        return Config()
    try:
        written = read_bytes(path, most=1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, FileNotFoundError) or not os.access(path.parent, os.X_OK):
            return Config()
        why = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"{path} cannot be read: {why}", "make it readable text, or remove it") from None
    import tomllib

    try:
        settings = tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}", "correct that line, or remove the file") from None
    for name in settings:
        if name not in _SETTINGS:
            raise ConfigError(f"{path}: unknown setting {name!r}", f"choose from {', '.join(_SETTINGS)}")
    guidelines = _text(settings, "guidelines", path)
    return Config(
        _text(settings, "reviewer", path),
        _text(settings, "theme", path),
        _keys(settings, path),
        path.parent / Path(guidelines).expanduser() if guidelines else None,
    )


def reviewer(option: str | None = None) -> str:
    """Return the name that decisions are signed with.

    The first that is set of: `--as`, the environment's ONRECORD_USER, the config file, the login name.

    Args:
        option: The value of `--as`.
    """
    return (
        _one_line(option) or _one_line(os.environ.get("ONRECORD_USER")) or _one_line(load().reviewer) or _login_name()
    )


def default_db() -> Path:
    """Return the save file used without `--db`: the environment's ONRECORD_DB, else `annotations.json` here."""
    return Path(os.environ.get("ONRECORD_DB") or "annotations.json")


def _one_line(name: str | None) -> str:
    return " ".join((name or "").split())


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user often has a number and no name
        return "anonymous"


def _text(settings: Mapping[str, Any], name: str, path: Path) -> str | None:
    value = settings.get(name)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise ConfigError(f"{path}: {name} must be text, not {value!r}", f'write it as {name} = "…"')


def _keys(settings: Mapping[str, Any], path: Path) -> dict[str, tuple[str, ...]]:
    table = settings.get("keys", {})
    if not isinstance(table, dict):
        raise ConfigError(
            f"{path}: keys must be a table, not {table!r}", "write [keys], then one line for each action: accept = …"
        )
    return {action: _key_list(keys, action, path) for action, keys in table.items()}


def _key_list(value: Any, action: str, path: Path) -> tuple[str, ...]:
    keys = [value] if isinstance(value, str) else value
    if isinstance(keys, list) and keys and all(isinstance(key, str) and key for key in keys):
        return tuple(keys)
    raise ConfigError(
        f"{path}: the keys of {action} must be text or a list of texts, not {value!r}",
        f'write {action} = "k" or {action} = ["k", "down"]',
    )
