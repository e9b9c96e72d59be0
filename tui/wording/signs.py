"""Signs in the claim list and beside the article: in every font, and never the same as a key."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.model import Status

MARKS: Mapping[Status, str] = {"suggested": "·", "accepted": "✓", "rejected": "✗"}
"""The state of a claim."""
DOUBTFUL = "~"
"""Replaces the mark of a suggestion that is likely to be wrong."""
MARKED = "»"
"""Follows the mark of a claim that is marked for the next action."""
BAR = "▌ "
"""Marks the lines of the current claim in the article, right of the claim's number."""
MORE = "+ "
"""Replaces the bar on a line where more than one claim begins."""
