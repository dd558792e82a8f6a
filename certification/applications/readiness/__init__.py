"""“Are we ready?”: what an application lacks, what weakens it, and how long it takes to read.

Only `lacking` keeps it from being submitted; all else is advice, each piece with the way to where
it is mended.
"""

from .evidence import EVERYWHERE, period_start
from .findings import SHORT, Findings, Group, find
from .reading_time import ReadingTime, reading_time

__all__ = [
    "EVERYWHERE",
    "SHORT",
    "Findings",
    "Group",
    "ReadingTime",
    "find",
    "period_start",
    "reading_time",
]
