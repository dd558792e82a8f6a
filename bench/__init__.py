"""How fast the pages and the printing are; see docs/performance.md. Not part of the program."""
