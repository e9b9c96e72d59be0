"""Signs drawn beside the article's text."""

BAR = "▌ "
"""Marks the lines of the current claim, right of the claim's number."""
MORE = "+ "
"""Takes the bar's place on a line where more than one claim begins."""
