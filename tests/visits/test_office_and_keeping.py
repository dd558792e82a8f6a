"""The office may go along, and the photos of a visit go after their time."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import ENDED
from certification.applications.states import State as CaseState
from certification.audit.models import Event
from certification.chores import registered
from certification.errors import CannotDo
from certification.panel.duties import waiting_for
from certification.visits import services
from certification.visits.models import VisitPhoto
from certification.visits.rules import is_visitor, leads
from certification.visits.sheets import sheet_of
from certification.visits.states import State, Verb
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_user
from tests.visits.factories import make_photo, make_protocol, make_visit, span

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def put_in_conflict(user: User, case: Application) -> None:
    ConflictDeclaration.objects.create(
        application=case, user=user, ground="other", declared_by=user
    )


def test_somebody_of_the_office_goes_and_leads(office: User, signed_in: Any) -> None:
    case = make_case()
    assessor = make_assignment(case).assessor
    client = signed_in(office)
    page = client.get(reverse("visit_propose", args=[case.pk]))
    assert f"{office} (biuro CAL)" in page.content.decode()
    visit = services.propose(
        case, by=office, spans=[span()], place="Rynek 1", team=[assessor, office], lead=office
    )
    assert leads(office, visit)
    assert not is_visitor(make_user(Role.OFFICE), visit)


def test_somebody_of_the_office_uses_the_kit(office: User, signed_in: Any) -> None:
    visit = make_visit(state=State.AGREED, team=[office])
    assert signed_in(office).get(reverse("visit_kit", args=[visit.pk])).status_code == 200
    assert make_photo(visit, by=office).author == office
    heaps = {heap.title: heap for heap in waiting_for(office)}
    assert [duty.url for duty in heaps["Nadchodzące wizytacje"].duties] == [
        visit.get_absolute_url()
    ]


def test_the_page_says_who_of_the_team_is_of_the_office(office: User, signed_in: Any) -> None:
    case = make_case()
    lead, other = (make_assignment(case).assessor for _each in range(2))
    visit = make_visit(case, State.AGREED, team=[lead, other, office])
    page = signed_in(case.opened_by).get(visit.get_absolute_url())
    assert sorted(page.context["team"]) == sorted(
        [
            (lead.full_name, "prowadzi wizytację"),
            (other.full_name, "osoba oceniająca"),
            (office.full_name, "Biuro CAL"),
        ]
    )


def test_whoever_may_not_handle_the_case_does_not_go(office: User) -> None:
    case = make_case()
    put_in_conflict(office, case)
    undeclared = make_user(Role.OFFICE, Role.ASSESSOR)
    make_assignment(case, undeclared, declared=False)
    for person in (office, undeclared, make_user(Role.BOARD_MEMBER)):
        with pytest.raises(CannotDo):
            services.propose(
                case, by=case.opened_by, spans=[span()], place="Rynek 1", team=[person]
            )


def test_a_conflict_ends_the_visit_of_the_office(office: User, signed_in: Any) -> None:
    visit = make_visit(state=State.AGREED, team=[office])
    put_in_conflict(office, visit.application)
    assert not is_visitor(office, visit)
    assert signed_in(office).get(reverse("visit_kit", args=[visit.pk])).status_code == 404


# --- how long photos are kept ------------------------------------------------------------------


def ended(photo: VisitPhoto, state: CaseState, days: int) -> None:
    case = Application.objects.filter(pk=photo.visit.application_id)
    case.update(state=state, state_since=clock.now() - timedelta(days=days))


@pytest.fixture
def photo() -> VisitPhoto:
    visit = make_visit(state=State.AGREED)
    return make_photo(visit, by=visit.lead)


def test_the_worker_does_it() -> None:
    assert services.remove_old_photos in [chore.do for chore in registered()]


@pytest.mark.parametrize("state", CaseState)
def test_photos_go_once_their_case_has_ended_for_so_long(
    photo: VisitPhoto, state: CaseState, settings: Any
) -> None:
    settings.VISIT_PHOTOS_DAYS = 30
    ended(photo, state, 29)
    assert services.remove_old_photos(clock.now()) == ""
    ended(photo, state, 31)
    assert bool(services.remove_old_photos(clock.now())) == (state in ENDED)
    assert services.remove_old_photos(clock.now()) == ""


def test_an_old_photo_leaves_its_row_its_event_and_no_file(
    photo: VisitPhoto, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    storage, name = photo.file.storage, photo.file.name
    ended(photo, CaseState.CERTIFIED, settings.VISIT_PHOTOS_DAYS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_old_photos(clock.now())
    photo.refresh_from_db()
    assert (photo.file.name, photo.removed_by) == ("", None)
    assert photo.remove_reason == "minął czas przechowywania zdjęć"
    assert not storage.exists(name)
    event = Event.objects.get(verb=Verb.REMOVE_PHOTO)
    assert (event.by, event.facts) == (None, {"sha256": photo.sha256})


def test_the_protocol_keeps_what_it_was_made_of(settings: Any) -> None:
    visit = make_visit(state=State.AGREED, spans=[span(-1)])
    photo = make_photo(visit, by=visit.lead)
    services.hold(visit, by=visit.lead)
    visit.refresh_from_db()
    protocol = make_protocol(visit, presented=True)
    before = protocol.document.sha256
    ended(photo, CaseState.REFUSED, settings.VISIT_PHOTOS_DAYS + 1)
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        services.remove_old_photos(clock.now())
    protocol.refresh_from_db()
    (named,) = sheet_of(protocol).photos
    assert (protocol.document.sha256, named.sha256) == (before, photo.sha256)
    assert "minął czas przechowywania zdjęć" in named.gone


def test_the_privacy_page_says_how_long(client: Any, settings: Any) -> None:
    settings.VISIT_PHOTOS_DAYS = 91
    assert "91 dni po zakończeniu sprawy" in client.get("/prywatnosc/").content.decode()
