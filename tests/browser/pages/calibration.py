"""The pages of a calibration, in each of its states."""

from collections.abc import Iterator

from certification import clock
from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard
from institutions.models import User
from institutions.states import Role
from tests.assessments.calibration.factories import (
    close_row,
    make_round,
    make_sample_card,
    open_row,
)
from tests.assessments.factories import make_card
from tests.browser.visit import Visit, at, press
from tests.factories import make_application, make_institution, make_user

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    """From an empty list to the results, and the agreement on real cases."""
    office, assessor = house.office, house.assessor
    yield Visit(office, at("agreement_report"))
    yield Visit(make_user(Role.OFFICE), at("calibration_list"))
    yield Visit(make_user(Role.ASSESSOR), at("calibration_list"))
    yield from _preparing(office)
    calibration = open_row()
    card = make_sample_card(calibration, assessor)
    make_sample_card(calibration, value=2, submitted=True)
    yield from _rating(calibration.pk, assessor)
    for name in ("calibration_detail", "calibration_invite", "calibration_close"):
        yield Visit(office, at(name, calibration.pk))
    yield Visit(office, at("calibration_uninvite", calibration.pk, card.pk))
    yield Visit(office, at("calibration_list"))
    yield from _closed(office, assessor)
    _close_a_card()
    yield Visit(office, at("agreement_report"))


def _preparing(office: User) -> Iterator[Visit]:
    yield Visit(office, at("calibration_create"))
    yield Visit(office, at("calibration_create"), press("Załóż sprawę przykładową"))
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    calibration = make_round(case)
    calibration.sample.filter(criterion__code="A1.1").update(
        text="Klub Złota Jesień w Brzeszczach.", evidence="Regulamin klubu"
    )
    calibration.sample.filter(criterion__code="B1.1").update(text="", is_rated=False)
    yield Visit(office, at("calibration_detail", calibration.pk))
    yield Visit(office, at("calibration_detail", calibration.pk), press("Zastąp"))
    for name in ("calibration_edit", "calibration_discard", "calibration_open"):
        yield Visit(office, at(name, calibration.pk))
    yield Visit(office, at("calibration_open", calibration.pk), press("Otwórz rundę"))
    yield Visit(office, at("sample_edit", calibration.pk, "A1.1"))


def _rating(pk: int, assessor: User) -> Iterator[Visit]:
    yield Visit(assessor, at("calibration_list"))
    yield Visit(assessor, at("calibration_bench", pk))
    yield Visit(assessor, at("calibration_submit", pk))


def _closed(office: User, assessor: User) -> Iterator[Visit]:
    calibration = open_row()
    make_sample_card(calibration, assessor, 2, submitted=True, A1_1=0, A1_2=None)
    two = open_row()
    make_sample_card(two, assessor, 2, submitted=True)
    for _person in range(2):
        make_sample_card(calibration, value=3, weaknesses="Brak planu.", submitted=True)
    for each in (calibration, two):
        close_row(each)
        yield Visit(assessor, at("calibration_standing", each.pk))
        yield Visit(office, at("calibration_detail", each.pk))
    yield Visit(assessor, at("calibration_bench", calibration.pk))
    yield Visit(office, at("calibration_detail", close_row(open_row()).pk))


def _close_a_card() -> None:
    card = make_card(second={"A1.2": 0})
    ConsolidatedCard.objects.filter(pk=card.pk).update(
        closed_by=card.application.opened_by, closed_at=clock.now()
    )
