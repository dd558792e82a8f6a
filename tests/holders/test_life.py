"""The hand-over of a certificate, the right to name and mark, and what is told at its end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.documents.models import Issuer
from certification.errors import CannotDo, TransitionNotAllowed
from certification.holders.ended import tell_of_ends
from certification.holders.handing_over import (
    call_off_hand_over,
    last_hand_over,
    plan_hand_over,
    record_hand_over,
)
from certification.holders.licence import licence_of
from certification.holders.models import HandOver
from certification.outbox.models import Email
from institutions.states import Role
from tests.certificates.factories import withdraw_row, write_certificate
from tests.factories import make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

WHERE = {"place": "Sala sesyjna, Mława", "occasion": "Sesja Rady Miejskiej"}
FACTS = {**WHERE, "presenter": "Jan Przykładowy, wiceprezes"}


@pytest.fixture
def certificate():
    return write_certificate(1)


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


def tomorrow():
    return clock.today() + timedelta(days=1)


def yesterday():
    return clock.today() - timedelta(days=1)


# --- the hand-over -----------------------------------------------------------------------------


def test_planned_then_held_then_corrected_keeps_every_entry(certificate, office):
    plan_hand_over(certificate, by=office, on=tomorrow(), **WHERE)
    record_hand_over(certificate, by=office, on=clock.today(), **FACTS)
    record_hand_over(certificate, by=office, on=clock.today(), **{**FACTS, "place": "Ratusz"})

    assert last_hand_over(certificate).place == "Ratusz"
    states = HandOver.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["planned", "held", "held"]
    verbs = Event.objects.about(certificate).values_list("verb", flat=True)
    assert list(verbs) == [
        "holders.plan_hand_over",
        "holders.record_hand_over",
        "holders.record_hand_over",
    ]


def test_a_plan_is_told_to_the_institution_and_so_is_its_end(certificate, office):
    custodian = make_member(certificate.institution)
    plan_hand_over(certificate, by=office, on=tomorrow(), **WHERE)
    call_off_hand_over(certificate, by=office)

    told = Email.objects.filter(person=custodian).order_by("pk").values_list("subject", flat=True)
    assert list(told) == [
        f"Wręczenie certyfikatu {certificate.number}",
        f"Odwołane wręczenie certyfikatu {certificate.number}",
    ]


def test_days_that_cannot_be_right(certificate, office):
    with pytest.raises(CannotDo):
        plan_hand_over(certificate, by=office, on=yesterday(), **WHERE)
    with pytest.raises(CannotDo):
        record_hand_over(certificate, by=office, on=tomorrow(), **FACTS)
    with pytest.raises(CannotDo):
        record_hand_over(certificate, by=office, on=yesterday(), **FACTS)  # before the resolution
    with pytest.raises(CannotDo):
        record_hand_over(certificate, by=office, on=clock.today(), **WHERE, presenter=" ")
    assert HandOver.objects.count() == 0


def test_what_was_held_is_neither_planned_nor_called_off(certificate, office):
    record_hand_over(certificate, by=office, on=clock.today(), **FACTS)

    with pytest.raises(TransitionNotAllowed):
        plan_hand_over(certificate, by=office, on=tomorrow(), **WHERE)
    with pytest.raises(TransitionNotAllowed):
        call_off_hand_over(certificate, by=office)


def test_a_withdrawn_certificate_is_not_handed_over(certificate, office):
    withdraw_row(certificate, clock.today())

    with pytest.raises(TransitionNotAllowed):
        plan_hand_over(certificate, by=office, on=tomorrow(), **WHERE)


def test_entries_never_change(certificate, office):
    record_hand_over(certificate, by=office, on=clock.today(), **FACTS)

    with pytest.raises(DatabaseError), transaction.atomic():
        HandOver.objects.update(place="Gdzie indziej")
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(
            certificate=certificate,
            state="held",
            held_on=clock.today(),
            recorded_by=office,
            **WHERE,
        )


def test_public_page_tells_day_and_place_once_it_was_held(client, certificate, office):
    url = reverse("holder", args=[certificate.institution_id, "x"])
    plan_hand_over(certificate, by=office, on=tomorrow(), **FACTS)
    assert "Mława" not in client.get(url, follow=True).content.decode()

    record_hand_over(certificate, by=office, on=clock.today(), **FACTS)
    page = client.get(url, follow=True).content.decode()

    assert "Sala sesyjna, Mława, Sesja Rady Miejskiej" in page
    assert "Jan Przykładowy" not in page


def test_office_plans_and_records_on_a_page(signed_in, certificate, office):
    client, url = signed_in(office), reverse("hand_over", args=[certificate.pk])

    assert client.post(url, {}).status_code == 422
    lacking = client.post(url, {**WHERE, "on": clock.today(), "held": "on"})
    assert lacking.context["form"].errors.keys() == {"presenter"}
    assert client.post(url, {**WHERE, "on": tomorrow()}).status_code == 302
    told = client.get(certificate.get_absolute_url()).content.decode()
    assert "Zaplanowane na" in told
    assert f'<dt>Miejsce</dt><dd lang="pl">{WHERE["place"]}</dd>' in told
    assert client.post(url, {**FACTS, "on": clock.today(), "held": "on"}).status_code == 302
    assert client.post(url, {**WHERE, "on": tomorrow()}).status_code == 409


# --- the right to name and mark ----------------------------------------------------------------

DAY = date(2026, 5, 4)


def of_days(since, until, institution=None, serial=1, **fields):
    return write_certificate(
        serial, institution, valid_from=since, valid_to=until, issued_on=since, **fields
    )


@pytest.mark.parametrize(
    ("since", "until", "stands", "later"),
    [
        (DAY, date(2030, 1, 1), True, False),
        (date(2020, 1, 1), DAY, True, False),
        (date(2020, 1, 1), DAY - timedelta(days=1), False, False),
        (DAY + timedelta(days=1), date(2030, 1, 1), False, True),
    ],
)
def test_licence_follows_the_days(since, until, stands, later):
    found = licence_of(of_days(since, until), DAY)

    assert (found.stands, found.begins_later) == (stands, later)


def test_licence_ends_with_a_withdrawal():
    one = of_days(date(2020, 1, 1), date(2030, 1, 1))
    withdraw_row(one, date(2026, 1, 1))

    assert not licence_of(one, DAY).stands


def test_licence_goes_on_by_the_certificate_that_took_its_place():
    institution = make_institution()
    old = of_days(date(2020, 1, 1), date(2025, 1, 1), institution)
    new = of_days(date(2025, 1, 2), date(2030, 1, 1), institution, serial=2)

    found = licence_of(old, DAY)

    assert (found.stands, found.certificate, found.by_another) == (True, new, True)


def keep_a_mark():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    issuer = Issuer.load()
    issuer.mark.save("znak.svg", ContentFile(svg))


def test_mark_is_handed_out_while_the_licence_stands(signed_in):
    keep_a_mark()
    one = write_certificate(1)
    custodian = signed_in(make_member(one.institution))
    url = reverse("licensed_mark", args=[one.pk])

    given = custodian.get(url)
    assert given.headers["Content-Disposition"] == 'attachment; filename="znak.svg"'
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    withdraw_row(one, clock.today())
    assert custodian.get(url).status_code == 403
    page = custodian.get(one.get_absolute_url()).content.decode()
    assert "Posiadacz nie może już używać nazwy i znaku." in page
    assert url not in page


# --- the end -----------------------------------------------------------------------------------


def run(day):
    now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    with clock.set_to(now):
        return tell_of_ends(now)


def test_the_end_is_told_once_to_custodians(client):
    one = of_days(date(2020, 1, 1), date(2026, 5, 3))
    custodian = make_member(one.institution)

    assert run(date(2026, 5, 3)) == ""
    assert run(DAY) == "powiadomiono 1 posiadacza, że certyfikat wygasł"
    assert run(DAY + timedelta(days=1)) == ""
    told = Email.objects.get(person=custodian)
    assert told.subject == "Certyfikat CAL/OSL/1/2020 wygasł"
    assert "ustało prawo do używania nazwy i znaku" in told.body


def test_nobody_is_told_who_holds_another_or_whose_ended_long_ago():
    institution = make_institution()
    of_days(date(2020, 1, 1), date(2026, 5, 3), institution)
    of_days(date(2026, 5, 4), date(2031, 5, 3), institution, serial=2)
    make_member(institution)
    old = of_days(date(2015, 1, 1), date(2020, 1, 1), serial=3)
    make_member(old.institution)

    assert run(DAY) == ""
    assert Email.objects.count() == 0
