"""One check and its result."""

from __future__ import annotations

from dataclasses import dataclass

from annotate.safe import safe_line


@dataclass(frozen=True)
class Check:
    """The result of one check."""

    name: str
    works: bool
    found: str
    """The facts behind the verdict, in one line."""
    to_do: str = ""
    """The next step; empty if there is none."""
    needed: bool = True
    """False if the app is of use without it."""


def works(name: str, found: str, to_do: str = "", *, needed: bool = True) -> Check:
    """Return the result of a check that was passed."""
    return Check(name, True, found, to_do, needed)  # noqa: FBT003 # here alone


def fails(name: str, found: str, to_do: str, *, needed: bool = True) -> Check:
    """Return the result of a check that was not passed."""
    return Check(name, False, found, to_do, needed)  # noqa: FBT003 # here alone


def table(checks: list[Check]) -> str:
    """Return the checks for people, two lines for one with something to do."""
    width = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        lines.append(
            f"{check.name:<{width}}  {'works' if check.works else 'does not work here'}: {safe_line(check.found)}"
        )
        if check.to_do:
            lines.append(f"{'':<{width}}  to do: {safe_line(check.to_do)}")
    return "\n".join(lines)


def all_needed_work(checks: list[Check]) -> bool:
    """Return True if everything works that the app cannot do without."""
    return all(check.works for check in checks if check.needed)
