"""Where a parcel goes: to an institution, or to whom else a letter is written."""

import re

from certification.documents.mailing import Address
from certification.letters.models import CommendationLetter
from institutions.grammar import Case, Variant
from institutions.models import Institution
from institutions.models.name_form import Names

from .models import PrintItem

POSTCODE = re.compile(r"\b\d{2}-\d{3}\b")


class NoAddress(Exception):
    """Street, postcode or town is missing."""


class NoAddressInLetter(NoAddress):
    """The letter, which is frozen, names no postcode."""


def address_of(item: PrintItem) -> Address:
    """Where the item goes.

    Raises MissingNameForms for a name that nobody confirmed, NoAddress for an incomplete address.
    """
    if item.addressee:
        return _of_institution(item.addressee)
    return _of_letter(item.letter)  # type: ignore[arg-type]  # what else goes has a letter


def _of_institution(institution: Institution) -> Address:
    """As it is called today, and where it has its seat."""
    if not (institution.street and institution.postcode and institution.town):
        raise NoAddress
    town = _unbroken(f"{institution.postcode} {institution.town}")
    return Address(Names(institution)(Variant.FULL, Case.NOM), (institution.street, town))


def _of_letter(letter: CommendationLetter) -> Address:
    """As the letter says it: who, then the street and the line with the postcode."""
    lines = [line.strip() for line in letter.addressee.splitlines() if line.strip()]
    at = next((n for n, line in enumerate(lines) if POSTCODE.search(line)), 0)
    if at < 2:
        raise NoAddressInLetter
    street, town = lines[at - 1 : at + 1]
    return Address("\n".join(lines[: at - 1]), (street, _unbroken(town)))


def _unbroken(line: str) -> str:
    return line.replace(" ", "\u00a0")
