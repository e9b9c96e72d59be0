"""Errors shown to people: a message that names the problem and the file, and a hint on the next step."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command."""

    OK = 0
    FAILED = 1
    """Something failed; the rest was done, and the failures are reported."""
    USAGE = 2
    INTERRUPTED = 130
    """Stopped with Ctrl-C (the shells' code for it); finished work is kept."""


class OnrecordError(Exception):
    """Base of all errors meant for a person.

    Args:
        message: What happened, naming the file or record.
        hint: What to do next; empty where there is nothing to do.
    """

    code = "error"
    """Stable name of the kind of error, for programs and tests."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


class ModelError(OnrecordError):
    """A record violates the contract."""

    code = "model"


class ReadError(OnrecordError):
    """An input cannot be read as an article."""

    code = "read"


class EngineError(OnrecordError):
    """The language model cannot be loaded or failed on a text."""

    code = "engine"


class FormatError(OnrecordError):
    """A file is not in the stated format."""

    code = "format"


class UsageError(OnrecordError):
    """The command was called with invalid arguments."""

    code = "usage"


class ConfigError(OnrecordError):
    """The config file cannot be used."""

    code = "config"


class OutputError(OnrecordError):
    """A result cannot be written to its destination."""

    code = "output"


class StoreError(OnrecordError):
    """The save file cannot be used as asked."""

    code = "store"


class StoreDamagedError(StoreError):
    """The save file is cut off or no longer JSON."""

    code = "store-damaged"


class StoreMismatchError(StoreDamagedError):
    """The log beside the save file continues another state of the file."""

    code = "store-mismatch"


class StoreForeignError(StoreError):
    """The file is not a save file of this program."""

    code = "store-foreign"


class StoreNewerError(StoreError):
    """The file was written by a newer version of this program."""

    code = "store-newer"


class StoreLockedError(StoreError):
    """Another program has the file open for writing."""

    code = "store-locked"


class StoreReadOnlyError(StoreError):
    """A store opened for reading, or a read-only file, was asked to change."""

    code = "store-read-only"


class SaveError(StoreError):
    """A change is in memory but could not be made durable (disk full, for example)."""

    code = "save"
