from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from certification.documents.models import Issuer, StoredDocument
from certification.documents.services import store
from certification.documents.sheets import Letterhead, Signatory
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_load_gives_the_defaults_before_anyone_set_anything() -> None:
    issuer = Issuer.load()
    assert issuer.name == "Centrum Wspierania Aktywności Lokalnej CAL"
    assert (issuer.place, issuer.founded_year) == ("Warszawa", 2000)
    assert not Issuer.objects.exists()


def test_load_gives_the_one_row() -> None:
    Issuer.objects.create(name="Inny Wystawca")
    assert Issuer.load().name == "Inny Wystawca"


def test_a_second_issuer_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Issuer.objects.create(id=2)


def test_years_on_counts_calendar_years() -> None:
    assert Issuer.load().years_on(date(2016, 5, 12)) == 16


def test_letterhead_copies_what_is_printed() -> None:
    issuer = Issuer(street="ul. Polna 1", postcode="00-001", city="Łódź", email="b@example.org")
    assert issuer.letterhead() == Letterhead(
        name=issuer.name, address="ul. Polna 1, 00-001 Łódź", email="b@example.org"
    )


def test_letterhead_carries_the_mark() -> None:
    issuer = Issuer()
    issuer.mark.save("znak.svg", ContentFile(b"<svg/>"))
    assert issuer.letterhead().mark == b"<svg/>"


def test_signatories_come_in_a_pair() -> None:
    issuer = Issuer(first_signatory="Anna Próbna")
    assert issuer.signatories == (
        Signatory("Anna Próbna", "Prezes Zarządu"),
        Signatory("", "Członek Zarządu"),
    )


def test_stored_document_cannot_be_changed() -> None:
    document = store(StoredDocument.Kind.LETTER, "CAL/LG/1/2016", b"%PDF", by=make_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredDocument.objects.filter(pk=document.pk).update(sha256="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save()


def test_stored_document_cannot_be_deleted() -> None:
    document = store(StoredDocument.Kind.LETTER, "CAL/LG/1/2016", b"%PDF", by=make_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        document.delete()
    assert StoredDocument.objects.filter(pk=document.pk).exists()
