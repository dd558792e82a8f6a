"""A renamed institution: what was issued keeps the name it was issued with."""

import json
from datetime import date

import pytest
from django.urls import reverse

from certification.certificates.models import Certificate
from certification.certificates.printing import sheet_of
from certification.documents.render import render_certificate
from certification.documents.services import open_verified
from institutions.services.renaming import rename_institution
from institutions.states import Role
from tests.factories import make_institution, make_user

from .factories import issue, make_award

pytestmark = pytest.mark.django_db

NEW = "Centrum Usług Społecznych"


def holders(client):
    pieces = client.get(reverse("register_json")).streaming_content
    return [entry["holder"] for entry in json.loads(b"".join(pieces))["entries"]]


def test_certificate_and_its_register_entry_keep_the_name(client):
    certificate = issue()
    former, before = certificate.holder_name, open_verified(certificate.document)
    printed = render_certificate(sheet_of(certificate))

    rename_institution(
        certificate.institution,
        name=NEW,
        since=date(2026, 1, 1),
        by=make_user(Role.OFFICE),
    )

    kept = Certificate.objects.get(pk=certificate.pk)
    assert kept.institution.name == NEW
    assert open_verified(kept.document) == before
    assert render_certificate(sheet_of(kept)) == printed
    assert holders(client) == [former]
    verified = client.get(reverse("verification_code", args=[certificate.code]))
    assert former in verified.content.decode()
    assert NEW not in verified.content.decode()


@pytest.mark.parametrize(
    ("presented", "shown"),
    [("2012-02-23", "Dawny"), ("2012", "Dawny"), ("2026-02", NEW), ("", NEW)],
)
def test_award_from_before_the_register_is_shown_under_the_name_of_its_day(
    presented, shown, client
):
    institution = make_institution(name="Dawny")
    make_award(institution, presented=presented)
    rename_institution(institution, name=NEW, since=date(2026, 1, 1), by=make_user(Role.OFFICE))

    assert holders(client) == [shown]
