import pytest

from certification.certificates.sections import certificates_of
from institutions.states import Role
from tests.factories import make_institution, make_member, make_user

from .factories import make_award, write_certificate

pytestmark = pytest.mark.django_db


def test_the_page_of_an_institution_shows_its_certificates(signed_in):
    institution = make_institution()
    one, other = write_certificate(1, institution), write_certificate(2)
    make_award(institution)

    page = signed_in(make_user(Role.OFFICE)).get(institution.get_absolute_url()).content.decode()

    assert one.get_absolute_url() in page
    assert other.get_absolute_url() not in page
    assert "wpis historyczny" in page


def test_an_institution_without_certificates_shows_nothing():
    institution = make_institution()

    assert certificates_of(make_member(institution), institution) is None
