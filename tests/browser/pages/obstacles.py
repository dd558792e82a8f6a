"""What is not there, not allowed, or too late."""

from collections.abc import Iterator

from playwright.sync_api import Page

from certification.applications.models import Application
from certification.applications.states import State
from tests.browser.visit import Act, Visit, at, press
from tests.factories import make_application

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    yield Visit(None, "/nie-ma-takiej-strony/")
    yield Visit(house.office, at("case", 999_999))
    yield Visit(house.custodian, at("institution_edit", house.institution.pk))
    yield Visit(house.office, at("application_take_up", house.draft.pk))
    accepted = make_application(State.SUBMITTED, standard_set=house.standards)
    yield Visit(house.office, at("case", accepted.pk), _too_late(accepted))


def _too_late(application: Application) -> Act:
    def act(page: Page) -> None:
        Application.objects.filter(pk=application.pk).update(state=State.FORMAL_CHECK)
        press("Rozpocznij weryfikację formalną")(page)

    return act
