"""Keys and actions: the registry, the keymap, their tables, and the queue of key presses."""
