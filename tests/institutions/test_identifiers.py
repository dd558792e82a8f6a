import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from institutions import identifiers
from institutions.identifiers import Voivodeship

GOOD = {
    "nip": ["5261040828", "7451232302"],
    "regon": ["192598184", "004456837", "12345678512347"],
    "krs": ["0000123456"],
    "teryt": ["1818011", "0264011", "3206043", "1019014", "1213025"],
    "edelivery": ["AE:PL-12345-67890-ABCDE-12"],
}
BAD = {
    "nip": [
        *("5261040829", "526104082", "52610408280", "526-104-08-28", "0000000000", ""),
        "٥٢٦١٠٤٠٨٢٨",  # digits, but not ours
    ],
    "regon": ["192598183", "12345678512348", "12345678612342", "1234567851", "000000000", "x" * 9],
    "krs": ["123456", "00001234567", "000012345a", "0000000000", "٠٠٠٠١٢٣٤٥٦"],
    "teryt": [
        *("1818016", "1818010", "0118011", "3418011", "1800011", "1818001", "181801", "18180111"),
    ],
    "edelivery": [
        "AE:PL-12345-67890-ABCD-12",
        "AE:PL-12345-67890-abcde-12",
        "AE:DE-12345-67890-ABCDE-12",
        "AE:PL-12345-67890-ABCDE-12\n",
        "gops@example.pl",
    ],
}


def cases(table):
    return [(kind, value) for kind, values in table.items() for value in values]


@pytest.mark.parametrize(("kind", "value"), cases(GOOD))
def test_well_formed_identifier_passes(kind, value):
    getattr(identifiers, f"validate_{kind}")(value)


@pytest.mark.parametrize(("kind", "value"), cases(BAD))
def test_malformed_identifier_is_refused(kind, value):
    with pytest.raises(ValidationError) as refusal:
        getattr(identifiers, f"validate_{kind}")(value)

    assert refusal.value.code == kind


def test_wrong_length_and_wrong_check_digit_are_told_apart():
    with translation.override("en"):
        with pytest.raises(ValidationError, match="10 digits"):
            identifiers.validate_nip("526104082")
        with pytest.raises(ValidationError, match="check digit of this NIP"):
            identifiers.validate_nip("5261040829")


@pytest.mark.parametrize(("position", "digit"), [(p, d) for p in range(10) for d in "0123456789"])
def test_nip_with_one_mistyped_digit_is_refused(position, digit):
    good = "5261040828"
    mistyped = good[:position] + digit + good[position + 1 :]
    if mistyped != good:
        with pytest.raises(ValidationError):
            identifiers.validate_nip(mistyped)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("nip", "526-104-08-28", "5261040828"),
        ("nip", " PL 526 104\u00a008 28 ", "5261040828"),
        ("nip", "pl5261040828", "5261040828"),
        ("nip", "526–104–08–28", "5261040828"),
        ("regon", "192 598 184", "192598184"),
        ("krs", "123456", "0000123456"),
        ("krs", "KRS 0000123456", "0000123456"),
        ("krs", " ", ""),
        ("teryt", "18 18 01 1", "1818011"),
        ("edelivery", " ae:pl-12345-67890-abcde-12", "AE:PL-12345-67890-ABCDE-12"),
        ("edelivery", "PL–12345–67890–ABCDE–12", "AE:PL-12345-67890-ABCDE-12"),
        ("edelivery", "", ""),
    ],
)
def test_normalising_keeps_what_is_stored(kind, typed, stored):
    normalise = getattr(identifiers, f"normalise_{kind}")

    assert normalise(typed) == stored
    assert normalise(stored) == stored


def test_voivodeship_comes_from_the_first_two_digits():
    assert identifiers.voivodeship_of("1818011") == Voivodeship.PODKARPACKIE
    assert identifiers.voivodeship_of("0264011").label == "dolnośląskie"
    with pytest.raises(ValueError, match="03"):
        identifiers.voivodeship_of("0318011")


def test_voivodeships_are_the_sixteen_of_teryt():
    assert Voivodeship.values == [f"{number:02}" for number in range(2, 33, 2)]
