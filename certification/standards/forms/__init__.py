"""The forms of the catalogue: reading it, and keeping it."""
