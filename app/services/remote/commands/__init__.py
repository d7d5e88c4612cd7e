"""What the remote on a phone can do: one module for each command, and what they share."""
