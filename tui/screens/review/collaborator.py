"""The base of the review's parts."""

from __future__ import annotations

from tui.keys.registry import Scope
from tui.screens.review.base import ReviewBase


class Collaborator:
    """A part of the review: its methods `action_…` are the actions of keys.

    Args:
        review: The screen that it is a part of.
    """

    def __init__(self, review: ReviewBase) -> None:
        self.review = review
        self.state = review.state

    def key_of(self, action: str, scope: Scope = "review") -> str:
        """Return the display name of an action's first key."""
        return self.review.keymap.key_of(action, scope)
