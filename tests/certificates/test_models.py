from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certification.certificates.models import (
    Certificate,
    Charges,
    ChargesDropping,
    Withdrawal,
)
from certification.certificates.states import EXPIRING, IN_FORCE, Status
from institutions.states import Role
from tests.factories import make_institution, make_member, make_user

from .factories import charges_row, make_award, withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

BEGINS, ENDS = date(2020, 5, 12), date(2025, 5, 11)
DAYS = [
    BEGINS - timedelta(days=1),
    BEGINS,
    ENDS - EXPIRING - timedelta(days=1),
    ENDS - EXPIRING,
    ENDS,
    ENDS + timedelta(days=1),
]


def on_paper(serial, **fields):
    return write_certificate(serial, valid_from=BEGINS, valid_to=ENDS, issued_on=BEGINS, **fields)


def one_of_each_kind():
    plain, withdrawn, replaced = on_paper(1), on_paper(2), on_paper(3)
    withdraw_row(withdrawn, date(2022, 1, 1))
    on_paper(4, replaces=replaced, correction_reason="Literówka.")
    both = on_paper(5)
    withdraw_row(both, date(2022, 1, 1))
    on_paper(6, replaces=both, correction_reason="Literówka.")
    return plain, withdrawn, replaced, both


@pytest.mark.parametrize("day", DAYS)
def test_status_on_a_day_and_the_list_of_that_status_agree(day):
    one_of_each_kind()

    for status in Status:
        listed = set(Certificate.objects.in_status(status, day))
        computed = {each for each in Certificate.objects.all() if each.status_on(day) == status}
        assert listed == computed
    in_force = set(Certificate.objects.in_force(day))
    assert in_force == {e for e in Certificate.objects.all() if e.status_on(day) in IN_FORCE}


@pytest.mark.parametrize(
    ("day", "status"),
    list(
        zip(
            DAYS,
            [
                Status.UPCOMING,
                Status.VALID,
                Status.VALID,
                Status.EXPIRING,
                Status.EXPIRING,
                Status.EXPIRED,
            ],
            strict=True,
        )
    ),
)
def test_status_follows_the_days(day, status):
    plain, withdrawn, replaced, both = one_of_each_kind()

    fresh = Certificate.objects.with_facts()
    assert fresh.get(pk=plain.pk).status_on(day) == status
    assert fresh.get(pk=withdrawn.pk).status_on(day) == Status.WITHDRAWN
    assert fresh.get(pk=replaced.pk).status_on(day) == Status.SUPERSEDED
    assert fresh.get(pk=both.pk).status_on(day) == Status.WITHDRAWN


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_was_issued_stays(verb):
    certificate = on_paper(1)
    withdraw_row(certificate, date(2022, 1, 1))

    changes = (
        (Withdrawal, {"reason": "x"}),
        (Certificate, {"label": "x"}),
        (Charges, {"text": "x"}),
    )
    for model, change in changes:
        rows = model.objects.all()
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change) if verb == "update" else rows._raw_delete("default")


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_from": ENDS, "valid_to": ENDS},
        {"correction_reason": "bez poprzednika"},
    ],
)
def test_a_row_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError):
        write_certificate(1, **fields)


def test_a_correction_without_reason():
    first = on_paper(1)

    with pytest.raises(IntegrityError):
        on_paper(2, replaces=first)


def test_two_certificates_of_one_number():
    on_paper(1)

    with pytest.raises(IntegrityError):
        on_paper(2, number="CAL/OSL/1/2020")


def test_two_first_certificates_for_one_application():
    first = on_paper(1)

    with pytest.raises(IntegrityError):
        on_paper(2, application=first.application)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"reply_until": date(2021, 11, 30)},
        {"number": "CAL/Z/1/2021"},  # and no paper
    ],
)
def test_charges_that_make_no_sense(fields):
    with pytest.raises(IntegrityError):
        charges_row(on_paper(1), date(2021, 12, 1), **fields)


@pytest.mark.parametrize("model", [Withdrawal, ChargesDropping])
def test_no_outcome_without_a_reason(model):
    charges = charges_row(on_paper(1), date(2021, 12, 1))
    by = make_user()
    facts = (
        {
            "withdrawn_on": date(2022, 1, 1),
            "appeal_until": date(2022, 1, 15),
            "withdrawn_by": by,
        }
        if model is Withdrawal
        else {"dropped_by": by}
    )

    with pytest.raises(IntegrityError):
        model.objects.create(charges=charges, reason="", **facts)


def test_two_earlier_awards_alike():
    award = make_award()

    with pytest.raises(IntegrityError):
        make_award(award.institution)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.OFFICE, 2),
        (Role.COMMITTEE_MEMBER, 2),
        (Role.COMMITTEE_CHAIR, 2),
        (Role.BOARD_MEMBER, 2),
        (Role.RESPONSIBLE_BOARD_MEMBER, 2),
        (Role.ASSESSOR, 0),
        (Role.ADMINISTRATOR, 0),
    ],
)
def test_certificates_visible_to_a_role(role, seen):
    on_paper(1)
    on_paper(2)

    assert Certificate.objects.visible_to(make_user(role)).count() == seen


def test_an_institution_sees_its_own():
    mine = make_institution()
    own, _foreign = on_paper(1, institution=mine), on_paper(2)

    assert list(Certificate.objects.visible_to(make_member(mine))) == [own]
