"""An assessment outside the program: to read, to fill in a spreadsheet or on paper, and back in."""
