"""The review screen: an article beside its claims."""
