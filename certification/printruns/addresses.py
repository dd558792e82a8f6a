"""Where the documents of a certificate go."""

from certification.certificates.models import Certificate
from certification.documents.mailing import Address
from institutions.grammar import Case, Variant
from institutions.models.name_form import Names


class NoAddress(Exception):
    """Street, postcode or town of the institution is missing."""


def address_of(certificate: Certificate) -> Address:
    """The holder as it is called today, and where it has its seat.

    Raises MissingNameForms for a name that nobody confirmed, NoAddress for an incomplete address.
    """
    institution = certificate.institution
    if not (institution.street and institution.postcode and institution.town):
        raise NoAddress
    town = f"{institution.postcode}\u00a0{institution.town}".replace(" ", "\u00a0")
    return Address(Names(institution)(Variant.FULL, Case.NOM), (institution.street, town))
