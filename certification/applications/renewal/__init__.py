"""Renewal: what was said last time beside what is said now, and nothing lost in between.

`carrying` takes old answers over to the criteria that descend from theirs; `earlier` reads the
last cycle; `comparing` puts the two side by side and marks what differs; `offers` says which
certificate an institution may renew, and from when.
"""
