"""The content of a save file in memory: articles, history, queries."""
