"""Letters set without a browser's rules: words shaped once, lines broken, pages filled, tagged.

A letter is paragraphs of one measure below a letterhead. WeasyPrint lays out anything, and takes
four times as long for it. Imported by the press alone, like WeasyPrint, whose pictures and
metadata the letterpress uses.
"""
