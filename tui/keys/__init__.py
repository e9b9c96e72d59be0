"""Keys and actions: the registry, what a key press means, the queue of keys."""
