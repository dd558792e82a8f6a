"""Every page of the journey, in each of its states, and who looks at it: an area a file.

A new page is a visit in the file of its area; a new area is a file with `visits`, named below.
"""

from collections.abc import Iterator

from tests.browser.visit import Visit

from . import (
    accounts,
    applications,
    assessing,
    assigning,
    calibration,
    certificates,
    correspondence,
    decisions,
    editions,
    evidence,
    followup,
    institutions,
    obstacles,
    office,
    papers,
    people,
    printing,
    public,
    registry,
    renewals,
    visits,
)
from .ground import Ground

# one after another: what an area leaves behind, those after it find
AREAS = (
    public,
    accounts,
    institutions,
    evidence,
    applications,
    papers,
    renewals,
    office,
    assigning,
    correspondence,
    assessing,
    visits,
    calibration,
    decisions,
    certificates,
    printing,
    registry,
    people,
    followup,
    editions,
    obstacles,
)


def every_page() -> Iterator[Visit]:
    house = Ground()
    for area in AREAS:
        yield from area.visits(house)
