"""The app's own widgets."""

from __future__ import annotations

from tui.widgets.article_view import ArticleView
from tui.widgets.claim_list import ClaimList

__all__ = ["ArticleView", "ClaimList"]
