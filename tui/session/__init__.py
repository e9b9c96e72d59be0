"""One sitting without a screen: articles, engine process, saving, resume points."""
