"""Two versions of one article made into one: labelled again, or edited in two places."""
