"""The pages of site visits, in each of their states."""

from collections.abc import Iterator
from datetime import timedelta

from playwright.sync_api import Page, expect

from certification import clock
from certification.applications.states import State
from certification.visits import services
from certification.visits.models import SiteVisit
from certification.visits.states import Side
from certification.visits.states import State as VisitState
from institutions.models import User
from tests.assessments.factories import make_assignment, make_case
from tests.browser.visit import Visit, as_another_tab_did, at, press
from tests.visits.factories import make_note, make_photo, make_protocol, make_visit, span

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    """From the first proposal to what came of it."""
    office, assessor = house.office, house.assessor
    case = make_case(State.ASSESSMENT)
    make_assignment(case, assessor)
    yield Visit(office, at("visit_list"))
    yield Visit(office, at("visit_propose", case.pk))
    yield Visit(office, at("visit_propose", case.pk), press("Wyślij terminy do instytucji"))
    proposed = make_visit(case, spans=[span(8), span(9)], team=[assessor])
    host = case.opened_by
    yield Visit(host, proposed.get_absolute_url())
    yield Visit(office, proposed.get_absolute_url())
    yield Visit(host, at("visit_counter", proposed.pk))
    yield Visit(host, at("visit_counter", proposed.pk), press("Wyślij terminy"))
    yield Visit(office, at("visit_propose_again", proposed.pk))
    stale = as_another_tab_did("Program", "9:00 Powitanie", "Zapisz program")
    yield Visit(office, at("visit_prepare", proposed.pk), stale)
    yield Visit(office, at("case", case.pk))
    countered = make_visit(state=VisitState.COUNTERED, side=Side.INSTITUTION)
    yield Visit(office, countered.get_absolute_url())
    begun = (clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=3))
    agreed = make_visit(state=VisitState.AGREED, spans=[begun])
    for person in (office, agreed.team.get(), agreed.application.opened_by):
        yield Visit(person, agreed.get_absolute_url())
        yield Visit(person, at("visit_list"))
    yield Visit(office, at("visit_cancel", agreed.pk), press("Odwołaj wizytację"))
    yield from _kit(office, agreed)
    yield from _protocol(office)
    off = make_visit(state=VisitState.CANCELLED, cancel_reason="Powódź.")
    yield Visit(off.application.opened_by, off.get_absolute_url())
    yield Visit(office, at("visit_list", query="?widok=zakonczone"))


def _kit(office: User, visit: SiteVisit) -> Iterator[Visit]:
    """With a question, a note, a photo; with and without a connection; refused."""
    (me,) = visit.team.all()
    make_note(visit, by=me, question="Ile osób działa?", text="Dwanaście.", for_protocol=True)
    make_note(visit, by=me, text="Tablica w holu.")
    photo = make_photo(visit, by=me, people="consented", consent="Anna K., ustnie")
    address = at("visit_kit", visit.pk)
    yield Visit(me, address)
    yield Visit(me, address, _writes_offline)
    yield Visit(me, visit.get_absolute_url())
    yield Visit(me, at("visit_photo_remove", photo.pk), press("Usuń zdjęcie"))
    yield Visit(office, visit.get_absolute_url())


def _writes_offline(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Odpowiedź").first.fill("Bez zasięgu.")
    expect(page.locator("[data-kit-state=offline]")).to_be_visible()


def _protocol(office: User) -> Iterator[Visit]:
    """Written, overtaken, presented, remarked on, confirmed; and one whose time has passed."""
    visit = make_visit(state=VisitState.HELD, spans=[span(-1)])
    make_note(visit, by=visit.lead, question="Ile osób?", text="Dwanaście.", for_protocol=True)
    lead, host, address = visit.lead, visit.application.opened_by, at("protocol_write", visit.pk)
    yield Visit(lead, address)
    yield Visit(lead, address, as_another_tab_did("Ustalenia", "Sala", "Zapisz protokół"))
    visit.protocols.all().delete()
    draft = make_protocol(visit)
    yield Visit(lead, address)
    yield Visit(lead, at("protocol_present", visit.pk))
    protocol = services.present(draft, by=lead)
    yield Visit(host, visit.get_absolute_url())
    yield Visit(host, at("protocol_remark", visit.pk), press("Wyślij uwagę"))
    yield Visit(host, at("protocol_confirm", visit.pk))
    services.remark(protocol, by=host, text="Działa piętnaście osób.")
    yield Visit(lead, visit.get_absolute_url())
    yield Visit(lead, at("visit_kit", visit.pk))
    yield Visit(office, at("protocol_close", visit.pk), press("Zamknij protokół"))
    services.confirm(protocol, by=host)
    yield Visit(host, visit.get_absolute_url())
