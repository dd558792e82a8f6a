"""Signing in: by whom, on which devices, in which language, and what is mailed about it."""
