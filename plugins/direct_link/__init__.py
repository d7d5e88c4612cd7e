"""Takes what was typed when it is itself the address of something to watch."""
