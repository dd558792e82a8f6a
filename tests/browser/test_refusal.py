"""A refusal, from the chair's first attempt to the institution reading why."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from certification import clock
from certification.applications.states import State
from certification.decisions.models import Decision
from institutions.states import Role
from tests.decisions.factories import make_case
from tests.factories import make_user

from .hands import lead_on

JUSTIFICATION = "Komisja docenia pracę zespołu, lecz diagnoza nie objęła jeszcze mieszkańców."
WHY = "Potrzeby opisano bez rozmów z mieszkańcami."


def test_refusal_needs_reasons_which_the_institution_reads(person: Callable[..., Page]) -> None:
    application = make_case(State.COMMITTEE, unmet={"A1_2": 0})
    chair = person(make_user(Role.COMMITTEE_CHAIR))
    chair.goto(f"/wnioski/{application.pk}/rozstrzygniecie/")
    refuse(chair, justification=JUSTIFICATION, reason="")
    summary = chair.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link", name="Uzasadnienie do A1.2")).to_be_visible()
    expect(chair.get_by_label("Uzasadnienie", exact=True)).to_have_value(JUSTIFICATION)
    assert not Decision.objects.exists()

    refuse(chair, justification=JUSTIFICATION, reason=WHY)
    expect(chair.get_by_role("heading", name="Rozstrzygnięcie Komisji")).to_be_visible()
    application.refresh_from_db()
    assert application.state == State.REFUSED

    custodian = person(application.opened_by)
    custodian.goto(f"/wnioski/{application.pk}/")
    custodian.get_by_role("link", name="Rozstrzygnięcie Komisji Certyfikacyjnej").click()
    expect(custodian.get_by_text(WHY)).to_be_visible()
    expect(custodian.get_by_text(JUSTIFICATION)).to_be_visible()


def refuse(page: Page, *, justification: str, reason: str) -> None:
    page.get_by_role("radio", name="Odmówiono przyznania certyfikatu").check()
    page.get_by_label("Data posiedzenia").fill(clock.today().isoformat())
    page.get_by_label("Uzasadnienie", exact=True).fill(justification)
    page.get_by_label("Uzasadnienie do A1.2").fill(reason)
    page.get_by_role("checkbox", name="Potwierdzam").check()
    lead_on(page.get_by_role("button", name="Zapisz rozstrzygnięcie"))
