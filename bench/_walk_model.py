"""Model of the random walk: the expected articles, and the effect of each action on them.

It shares no code with the app.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

CLAIMS = 9
"""Number of claims in each article."""
TYPES = ("direct", "indirect", "mixed")
ESCAPE = "\x1b[27u"
"""Escape as sent by terminals that distinguish it from the start of other keys."""


class Claim(NamedTuple):
    """The fields of a claim that the walk changes."""

    status: str = "suggested"
    type: str = "direct"
    note: str = ""
    deleted: bool = False


class ExpectedArticle(NamedTuple):
    """An article as the save file should have it."""

    state: str
    claims: tuple[Claim, ...]

    @property
    def listed(self) -> list[int]:
        """Claims that are not removed."""
        return [nth for nth, claim in enumerate(self.claims) if not claim.deleted]

    @property
    def undecided(self) -> list[int]:
        """Listed claims that nobody has decided."""
        return [nth for nth in self.listed if self.claims[nth].status == "suggested"]

    @property
    def first(self) -> int | None:
        """Index of the first undecided claim, else of the first listed one."""
        return next(iter(self.undecided or self.listed), None)


class Step(NamedTuple):
    """One action, for undo."""

    at: int
    claim: int | None
    before: ExpectedArticle
    after: ExpectedArticle


Steps = tuple[()] | tuple[Step, Any]
"""The newest step and those before it."""


class World(NamedTuple):
    """The expected state: the claims and the current position."""

    articles: tuple[ExpectedArticle, ...]
    at: int = 0
    claim: int | None = 0
    undo: Steps = ()
    redo: Steps = ()
    changes: int = 0
    """Number of actions in the history, undo and redo included."""

    @property
    def here(self) -> ExpectedArticle:
        """The open article."""
        return self.articles[self.at]

    def put(self, at: int, new: ExpectedArticle) -> World:
        """Change an article."""
        articles = (*self.articles[:at], new, *self.articles[at + 1 :])
        return self._replace(articles=articles, changes=self.changes + 1)

    def do(self, new: ExpectedArticle, claim: int | None) -> World:
        """Change the open article in a way that can be undone."""
        step = Step(self.at, claim, self.here, new)
        return self.put(self.at, new)._replace(undo=(step, self.undo), redo=())

    def open(self, at: int) -> World:
        """Open an article."""
        return self._replace(at=at, claim=self.articles[at].first) if 0 <= at < len(self.articles) else self

    def change(self, **fields: Any) -> World:
        """Change fields of the current claim."""
        if self.claim is None:
            return self
        here = self.here
        new = here.claims[self.claim]._replace(**fields)
        if new == here.claims[self.claim]:
            return self
        after = ExpectedArticle("", (*here.claims[: self.claim], new, *here.claims[self.claim + 1 :]))
        return self.do(after._replace(state="in_progress" if after.undecided else "done"), self.claim)

    def go(self, by: int) -> World:
        """Move by some positions in the list, if there is a claim."""
        listed = self.here.listed
        row = listed.index(self.claim) + by if self.claim in listed else -1
        return self._replace(claim=listed[row]) if 0 <= row < len(listed) else self


Act = Callable[[World, random.Random], tuple[str, World]]


def decide(key: str, status: str) -> Act:
    """Return the action that decides a claim and moves to the next."""
    return lambda world, _: (key, world.change(status=status).go(1))


def undecide(world: World, _: random.Random) -> tuple[str, World]:
    """Make the current claim undecided again."""
    return "z", world.change(status="suggested")


def next_type(world: World, _: random.Random) -> tuple[str, World]:
    """Change the type to the next one."""
    if world.claim is None:
        return "", world
    return "t", world.change(type=TYPES[(TYPES.index(world.here.claims[world.claim].type) + 1) % len(TYPES)])


def note(world: World, chance: random.Random) -> tuple[str, World]:
    """Replace the claim's note, or type one and restore the old one."""
    if world.claim is None:
        return "", world
    words = f"q{chance.randrange(1000)}"
    if chance.random() < 0.2:
        return f"o{words}{ESCAPE}", world
    return f"o\x15{words}\r", world.change(note=words)


def remove(world: World, _: random.Random) -> tuple[str, World]:
    """Remove a claim if there are many."""
    listed = world.here.listed
    if world.claim is None or len(listed) <= CLAIMS // 2:
        return "", world
    row = listed.index(world.claim)
    after = world.change(deleted=True)
    left = after.here.listed
    return "\x1b[3~", after._replace(claim=left[min(row, len(left) - 1)])


def done(world: World, _: random.Random) -> tuple[str, World]:
    """Mark the article done, or not done again."""
    here = world.here
    return "D", world.do(here._replace(state="in_progress" if here.state == "done" else "done"), None)


def undo(world: World, _: random.Random) -> tuple[str, World]:
    """Undo the last action, wherever it was."""
    if not world.undo:
        return "u", world
    step, rest = world.undo
    new = world.put(step.at, step.before)._replace(undo=rest, redo=(step, world.redo))
    return "u", shown(new, step.at, step.claim)


def redo(world: World, _: random.Random) -> tuple[str, World]:
    """Redo the last undone action."""
    if not world.redo:
        return "U", world
    step, rest = world.redo
    new = world.put(step.at, step.after)._replace(redo=rest, undo=(step, world.undo))
    return "U", shown(new, step.at, step.claim)


def shown(world: World, at: int, claim: int | None) -> World:
    """Move to the claim undone or redone, unless it was removed."""
    listed = world.articles[at].listed
    if at != world.at:
        world = world.open(at)
    elif world.claim not in listed:
        world = world._replace(claim=listed[0])
    return world._replace(claim=claim) if claim in listed else world


def step_to(key: str, by: int) -> Act:
    """Return the action that goes to the next or previous claim."""
    return lambda world, _: (key, world.go(by))


def first(world: World, _: random.Random) -> tuple[str, World]:
    """Go to the first claim."""
    return "g", world._replace(claim=world.here.listed[0])


def last(world: World, _: random.Random) -> tuple[str, World]:
    """Go to the last claim."""
    return "G", world._replace(claim=world.here.listed[-1])


def next_undecided(world: World, _: random.Random) -> tuple[str, World]:
    """Go to the next undecided claim, from the top again after the last."""
    undecided = world.here.undecided
    later = [nth for nth in undecided if world.claim is not None and nth > world.claim]
    return " ", world._replace(claim=next(iter(later or undecided), world.claim))


def article_beside(key: str, by: int) -> Act:
    """Return the action that opens the next or previous article."""
    return lambda world, _: (key, world.open(world.at + by))


def look_about(world: World, chance: random.Random) -> tuple[str, World]:
    """Open something and leave it, or change the pane and back; neither changes anything."""
    keys = ("?" + ESCAPE, "L" + ESCAPE, "W" + ESCAPE, "h" + ESCAPE, ":" + ESCAPE, "Y" + ESCAPE, "s" + ESCAPE, "\t\t")
    return chance.choice((*keys, "R")), world


ACTIONS: dict[Act, int] = {
    decide("a", "accepted"): 20,
    decide("x", "rejected"): 14,
    undecide: 8,
    next_type: 6,
    note: 5,
    remove: 2,
    done: 2,
    undo: 16,
    redo: 8,
    step_to("j", 1): 8,
    step_to("k", -1): 8,
    first: 2,
    last: 2,
    next_undecided: 6,
    article_beside(">", 1): 3,
    article_beside("<", -1): 3,
    look_about: 3,
}
"""Actions of the walk, with their weights."""
