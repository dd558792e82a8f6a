"""Cases that are stuck, and the limits."""

from collections.abc import Iterator

from playwright.sync_api import Page

from certification import clock
from certification.followup.reminding import remind_of_stuck_cases
from certification.followup.states import Stage
from tests.browser.visit import Visit, at, press
from tests.followup.factories import make_stuck

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    yield Visit(house.office, at("stuck_list"))
    for stage in Stage:
        make_stuck(stage, standard_set=house.standards)
    remind_of_stuck_cases(clock.now())
    yield Visit(house.office, at("panel"))
    yield Visit(house.office, at("stuck_list"))
    yield Visit(house.office, at("limits_edit"))
    yield Visit(house.administrator, at("limits_edit"))
    yield Visit(house.administrator, at("limits_edit"), _no_limit)


def _no_limit(page: Page) -> None:
    page.get_by_label("Zarząd nie podjął uchwały: dni do pierwszego").fill("0")
    press("Zapisz")(page)
