"""Who could assess a whole batch of cases: the best plan by stated rules, with its reasons.

`problem` and `solving` know numbers alone; `gathering` reads the facts from the database, `words`
says them to the office.
"""
