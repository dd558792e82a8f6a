"""From the custodian's invitation to the library: another person, in a browser of their own."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.core import mail
from playwright.sync_api import Page, expect

from certification import clock
from institutions.models import Invitation, User
from institutions.states import MemberRole
from tests.factories import make_evidence, make_institution, make_member

from .hands import lead_on

ADDRESS = "ewa.redaktorska@example.org"


def press(page: Page, button: str) -> None:
    lead_on(page.get_by_role("main").get_by_role("button", name=button))


def invite(page: Page, address: str) -> str:
    """Send an invitation from the institution's page; the link in the letter."""
    lead_on(page.get_by_role("link", name="Zaproś osobę"))
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Imię i nazwisko").fill("Ewa Redaktorska")
    page.get_by_role("radio", name=re.compile("^Redaktor")).check()
    press(page, "Wyślij zaproszenie")
    expect(page.get_by_role("status").filter(has_text=address)).to_be_visible()
    message = next(one for one in reversed(mail.outbox) if one.to == [address])
    [link] = re.findall(r"\S+/zaproszenie/\S+", message.body)
    return link


def test_invited_person_sets_a_password_and_sees_the_library(
    person: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    institution = make_institution(name="Dom Kultury „Zorza”")
    make_evidence(institution, title="Kronika sąsiedzka")
    custodian = person(make_member(institution, full_name="Stanisława Opiekuńska"))
    custodian.goto(institution.get_absolute_url())
    link = invite(custodian, ADDRESS)
    expect(custodian.get_by_role("listitem").filter(has_text=ADDRESS)).to_be_visible()

    invited = new_page(viewport={"width": 360, "height": 740})
    invited.goto(link)
    expect(invited.get_by_role("heading", level=1)).to_have_text(institution.name)
    expect(invited.get_by_text("Stanisława Opiekuńska zaprasza")).to_be_visible()
    expect(invited.get_by_label("Imię i nazwisko")).to_have_value("Ewa Redaktorska")
    invited.get_by_label("Hasło").fill("krótkie")
    press(invited, "Załóż konto")
    expect(invited.get_by_role("alert")).to_be_focused()
    invited.get_by_label("Hasło").fill("cztery-zielone-parasole")
    press(invited, "Załóż konto")
    expect(invited.get_by_role("heading", level=1)).to_have_text(institution.name)
    invited.goto("/dowody/")
    expect(invited.get_by_role("link", name="Kronika sąsiedzka")).to_be_visible()
    assert User.objects.get(email=ADDRESS).institution_ids == {institution.pk}

    again = new_page()
    again.goto(link)
    expect(again.get_by_role("heading", level=1)).to_have_text(
        "To zaproszenie zostało już wykorzystane"
    )


def test_link_that_is_too_old_says_whom_to_ask_and_a_new_one_works(
    person: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    institution = make_institution()
    custodian = person(make_member(institution, full_name="Stanisława Opiekuńska"))
    custodian.goto(institution.get_absolute_url())
    old = invite(custodian, ADDRESS)
    Invitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    invited = new_page()
    invited.goto(old)
    expect(invited.get_by_role("main")).to_contain_text("Stanisława Opiekuńska")
    custodian.reload()
    lead_on(custodian.get_by_role("button", name=re.compile("^Wyślij ponownie")))
    expect(custodian.get_by_text(re.compile("^ważne do"))).to_be_visible()
    [new] = re.findall(r"\S+/zaproszenie/\S+", mail.outbox[-1].body)
    invited.goto(new)
    expect(invited.get_by_label("Hasło")).to_be_visible()
    invited.goto(old)
    expect(invited.get_by_role("heading", level=1)).to_have_text("Ten odnośnik nie działa")
    assert institution.memberships.get().role == MemberRole.CUSTODIAN
