"""Polish identifiers of institutions: what is well formed, and how it is stored.

Forms call `normalise_…` on what people type, then `validate_…` on the result.
"""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.pl import nip, regon

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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


def normalise_nip(typed: str) -> str:
    """„PL 526-104-08-28” is stored as 5261040828."""
    return _digits(typed).upper().removeprefix("PL")


def normalise_regon(typed: str) -> str:
    return _digits(typed)


def normalise_krs(typed: str) -> str:
    """People leave out the zeros in front, so they are put back."""
    bare = _digits(typed).upper().removeprefix("KRS")
    return bare.zfill(10) if bare else ""


def normalise_teryt(typed: str) -> str:
    return _digits(typed)


def normalise_edelivery(typed: str) -> str:
    """Upper case, no spaces, „AE:” in front, plain hyphens."""
    bare = re.sub(r"\s", "", typed).replace("–", "-").upper()
    return f"AE:{bare}" if bare.startswith("PL-") else bare


def normalise_postcode(typed: str) -> str:
    digits = "".join(character for character in typed if character.isdigit())
    return f"{digits[:2]}-{digits[2:]}" if len(digits) == 5 else typed.strip()


def voivodeship_of(terc: str) -> Voivodeship:
    """The voivodeship a valid TERC code lies in; ValueError for a prefix that is none."""
    return Voivodeship(terc[:2])


def validate_nip(value: str) -> None:
    """Ten digits, the last a check digit (weights 6 5 7 2 3 4 5 6 7, mod 11)."""
    _require(
        r"[0-9]{10}", value, "nip", _("A NIP has 10 digits. Count them, and leave out the rest.")
    )
    _require_check_digit(nip.is_valid(value), value, "NIP")


def validate_regon(value: str) -> None:
    """Nine or fourteen digits; fourteen begin with a valid nine."""
    message = _("A REGON has 9 digits, that of a local unit 14. Count them.")
    _require(r"[0-9]{9}|[0-9]{14}", value, "regon", message)
    _require_check_digit(regon.is_valid(value), value, "REGON")


def validate_krs(value: str) -> None:
    """Ten digits; there is no check digit."""
    message = _(
        "A KRS number has 10 digits, zeros in front included, e.g. 0000123456. Copy it from "
        "the register; leave the field empty if the institution is not in it."
    )
    _require(r"(?!0{10})[0-9]{10}", value, "krs", message)


def validate_teryt(value: str) -> None:
    """TERC: voivodeship, county, municipality, type of municipality (1-5): seven digits."""
    message = _(
        "This is not the TERYT code of a municipality. It has 7 digits: two of the voivodeship, "
        "two of the county, two of the municipality and its type (1–5), e.g. 1818011 for "
        "Stalowa Wola."
    )
    prefixes = "|".join(Voivodeship.values)
    _require(rf"({prefixes})(?!00)[0-9]{{2}}(?!00)[0-9]{{2}}[1-5]", value, "teryt", message)


def validate_postcode(value: str) -> None:
    if len(value) != 6 or not value.replace("-", "").isdigit():
        raise ValidationError(_("A postcode has five digits, e.g. 37-450."), code="postcode")


def validate_edelivery(value: str) -> None:
    """The form AE:PL-12345-67890-ABCDE-12. The last two digits are a checksum, but how it is
    counted is not published, so it is not checked: a real address must never be refused."""
    message = _(
        "An e-Delivery address looks like AE:PL-12345-67890-ABCDE-12. Copy the whole of it."
    )
    _require(r"AE:PL-[0-9]{5}-[0-9]{5}-[A-Z]{5}-[0-9]{2}", value, "edelivery", message)


def _digits(typed: str) -> str:
    """Without the spaces, hyphens and dashes that people put between the groups."""
    return re.sub(r"[\s\u2010-\u2015.-]", "", typed)


def _require(pattern: str, value: str, code: str, message: "StrOrPromise") -> None:
    if not re.fullmatch(pattern, value):
        raise ValidationError(message, code=code)


def _require_check_digit(holds: bool, value: str, name: str) -> None:
    if not holds or not value.strip("0"):
        message = _(
            "The check digit of this %(name)s does not match, so one of the digits is mistyped. "
            "Compare them with a document."
        )
        raise ValidationError(message, code=name.lower(), params={"name": name})
