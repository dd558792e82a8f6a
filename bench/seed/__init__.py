"""Data to measure with: straight rows, the same ones every time (days count back from today).

Of every hundred applications 34 are certified, 26 refused, 20 withdrawn and 20 under way. The
first ANSWERED are answered in full and, from their assessment on, rated in full by two
assessors; the rest have three answers each. Forty institutions in a hundred have applications, and
that of the second one has a library of half as many pieces of evidence as there are applications.
"""

import random

from .answers import answer, freeze
from .applications import open_applications, renew
from .decisions import decide
from .journal import write_journal
from .judging import assign, rate
from .library import fill_library
from .places import Places

ANSWERED = 450  # of which 306 are rated


def seed(size: int) -> None:
    """Fill an empty, migrated database with `size` applications and all that belongs to them."""
    chance = random.Random(size)  # noqa: S311  # reproducible on purpose
    places = Places(institutions=size, chance=chance)
    stories = open_applications(size, places, answered=ANSWERED)
    answer(stories, places)
    fill_library(stories[1], pieces=size // 2, places=places)
    freeze(stories)
    renew(stories)
    assign(stories, places)
    rate(stories, places)
    decide(stories, places)
    write_journal(stories, places)
