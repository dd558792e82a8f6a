"""The formal check: its points, what the program knows of each, and how a round of it reads."""
