"""Expand the paths given on the command line into a list of files, quickly, without opening any."""

# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH118, PTH120, PTH206, PTH207 - a path stays the string that a person gave

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from annotate.errors import ReadError
from annotate.safe import safe_line
from annotate.safe_files import leads_out

ROW_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
"""Suffixes of files with one article per line."""
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
MARKDOWN_SUFFIXES = (".md", ".markdown")
ARTICLE_SUFFIXES = (".txt", *MARKDOWN_SUFFIXES, *HTML_SUFFIXES, *ROW_SUFFIXES)
"""Suffixes of the files read when a folder is named; other files have to be named themselves."""

STANDARD_INPUT = "-"
_DIGITS = re.compile(r"(\d+)")


class Source(NamedTuple):
    """One input, not read yet."""

    path: str | None
    """As given; null for standard input."""

    @property
    def name(self) -> str:
        """Its name in messages: the path, harmless for a terminal."""
        return "standard input" if self.path is None else safe_line(self.path)

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix: the id of an article that has no other."""
        base = PurePath(self.path or "stdin").name
        for suffix in sorted(ARTICLE_SUFFIXES, key=len, reverse=True):
            if base.lower().endswith(suffix) and len(base) > len(suffix):
                return base[: -len(suffix)]
        return PurePath(base).stem

    def has_suffix(self, *suffixes: str) -> bool:
        """Tell if the file's name ends in one of the suffixes, in any case."""
        return (self.path or "").lower().endswith(suffixes)


def expand(paths: Sequence[str], *, follow_links: bool = False) -> list[Source | ReadError]:
    """List the inputs that files, folders, globs and `-` stand for, each once, in the order given.

    A folder stands for the articles in it and below it, in natural order, without hidden files and links to
    other folders. A pattern stands for what a shell would make of it (`**` too), unless a file has that very
    name. A path that cannot be found is listed as an error, in its place.

    Args:
        paths: As a person gave them.
        follow_links: Whether links may lead out of the folder in which they were found, and linked folders are read.
    """
    found: list[Source | ReadError] = []
    seen: set[str | None] = set()
    for path in paths:
        for item in _expand_one(path, follow_links=follow_links):
            if isinstance(item, Source):
                identity = None if item.path is None else os.path.realpath(item.path)
                if identity in seen:
                    continue
                seen.add(identity)
            found.append(item)
    return found


def _expand_one(path: str, *, follow_links: bool) -> Iterator[Source | ReadError]:
    if path == STANDARD_INPUT:
        yield Source(None)
    elif os.path.isdir(path):
        yield from _folder(path, follow_links=follow_links)
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield _file(path)
    else:
        hits = sorted(glob.glob(path, recursive=True), key=natural_key)
        if not hits:
            yield ReadError(f"{safe_line(path)} matches no file", "check the pattern")
        for hit in hits:
            if not follow_links and leads_out(hit, _folder_of(path)):
                yield elsewhere(hit)
            else:
                yield from _expand_one(hit, follow_links=follow_links)


def _folder_of(pattern: str) -> str:
    """Return the folder that a pattern searches: its path up to the first wildcard."""
    head = pattern
    while glob.has_magic(head):
        head = os.path.dirname(head)
    return head or os.curdir


def elsewhere(path: str) -> ReadError:
    """Return the error for a link that is not followed."""
    return ReadError(
        f"{safe_line(path)} is a link that leads out of the folder", "name the file itself, or add --follow-links"
    )


def _file(path: str) -> Source | ReadError:
    name = safe_line(path)
    try:
        os.stat(path)  # noqa: PTH116 - the same
    except (FileNotFoundError, NotADirectoryError):
        if os.path.lexists(path):
            return ReadError(
                f"{name} is a link to a file that does not exist", "correct the link or name the file itself"
            )
        return ReadError(f"{name} does not exist", "check the name")
    except OSError as error:
        return ReadError(f"{name} cannot be read ({error.strerror})")
    return Source(path)


def _folder(folder: str, *, follow_links: bool) -> Iterator[Source | ReadError]:
    problems: list[ReadError] = []

    def report(error: OSError) -> None:
        problems.append(ReadError(f"{safe_line(str(error.filename))} cannot be listed ({error.strerror})"))

    files: list[str] = []
    seen: set[str] = set()
    for parent, folders, names in os.walk(folder, onerror=report, followlinks=follow_links):
        if (real := os.path.realpath(parent)) in seen:  # links may go in a circle
            folders.clear()
            continue
        seen.add(real)
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            os.path.join(parent, name)
            for name in names
            if not name.startswith(".") and name.lower().endswith(ARTICLE_SUFFIXES)
        ]
    if not files and not problems:
        hint = "name the files, or add some that end in " + ", ".join(ARTICLE_SUFFIXES)
        problems.append(ReadError(f"the folder {safe_line(folder)} holds no articles", hint))
    # Pipes and devices have to be named: one that nobody writes into would be waited for without end.
    for file in sorted(files, key=natural_key):
        if not follow_links and os.path.islink(file) and leads_out(file, folder):
            yield elsewhere(file)
        elif not _is_special(file):
            yield _file(file)
    yield from problems


def _is_special(path: str) -> bool:
    return os.path.exists(path) and not os.path.isfile(path)


def natural_key(path: str) -> list[list[str | int]]:
    """Sort key that puts `page 9` before `page 10`, folder by folder."""
    return [
        [int(part) if part.isdecimal() else part.casefold() for part in _DIGITS.split(name)]
        for name in path.split(os.sep)
    ]
