"""All that a person reads of claims, speakers, articles and dates, as plain strings."""
