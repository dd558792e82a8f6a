"""Polish identifiers of institutions: what is well formed, and how it is written."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotValid
from stdnum.pl import nip, regon


class Voivodeship(models.TextChoices):
    """The sixteen, by their TERYT prefix."""

    DOLNOSLASKIE = "02", "dolnośląskie"
    KUJAWSKO_POMORSKIE = "04", "kujawsko-pomorskie"
    LUBELSKIE = "06", "lubelskie"
    LUBUSKIE = "08", "lubuskie"
    LODZKIE = "10", "łódzkie"
    MALOPOLSKIE = "12", "małopolskie"
    MAZOWIECKIE = "14", "mazowieckie"
    OPOLSKIE = "16", "opolskie"
    PODKARPACKIE = "18", "podkarpackie"
    PODLASKIE = "20", "podlaskie"
    POMORSKIE = "22", "pomorskie"
    SLASKIE = "24", "śląskie"
    SWIETOKRZYSKIE = "26", "świętokrzyskie"
    WARMINSKO_MAZURSKIE = "28", "warmińsko-mazurskie"
    WIELKOPOLSKIE = "30", "wielkopolskie"
    ZACHODNIOPOMORSKIE = "32", "zachodniopomorskie"


def digits(typed: str) -> str:
    """A number as stored: without spaces and hyphens."""
    return re.sub(r"[\s-]", "", typed)


def validate_nip(value: str) -> None:
    """Ten digits, the last a check digit (weights 6 5 7 2 3 4 5 6 7, mod 11)."""
    try:
        nip.validate(value)
    except NotValid as error:
        raise ValidationError(
            _("This is not a valid NIP. It has 10 digits; check them against a document."),
            code="nip",
        ) from error


def validate_regon(value: str) -> None:
    """Nine or fourteen digits with check digits."""
    try:
        regon.validate(value)
    except NotValid as error:
        raise ValidationError(
            _("This is not a valid REGON. It has 9 or 14 digits; check them against a document."),
            code="regon",
        ) from error


def validate_krs(value: str) -> None:
    """Ten digits; there is no check digit."""
    if not re.fullmatch(r"\d{10}", value):
        raise ValidationError(_("A KRS number has 10 digits, zeros in front included."), code="krs")


def validate_teryt(value: str) -> None:
    """TERC: voivodeship, county, municipality, type of municipality (1-5): seven digits."""
    if not re.fullmatch(r"\d{6}[1-5]", value) or value[:2] not in Voivodeship.values:
        raise ValidationError(
            _(
                "This is not a TERYT code of a municipality. It has 7 digits, the first two are "
                "the voivodeship, e.g. 1818011 for Stalowa Wola."
            ),
            code="teryt",
        )


def validate_edelivery(value: str) -> None:
    """An address of the form AE:PL-12345-67890-ABCDE-12."""
    if not re.fullmatch(r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}", value):
        raise ValidationError(
            _("An e-Delivery address looks like AE:PL-12345-67890-ABCDE-12."), code="edelivery"
        )
