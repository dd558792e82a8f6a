"""The catalogue: for everybody to read, for the administrator to keep."""
