"""Texts for claims, speakers, articles and dates, as plain strings."""
