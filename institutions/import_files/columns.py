"""The columns a list of institutions may have, and the headings Polish offices give them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from certification.finding import fold
from institutions.grammar import Case

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Column:
    """`title` heads it in the file to fill in, `explained` says what to write there.

    `headings` are other ways to head it, folded; a column without a title is understood, but
    not offered.
    """

    field: str
    headings: str
    title: str = ""
    explained: "StrOrPromise" = ""
    example: str = ""


COLUMNS = (
    Column(
        "name",
        "nazwa instytucji|pelna nazwa|pelna nazwa instytucji|nazwa pelna|nazwa jednostki|"
        "pelna nazwa jednostki|nazwa podmiotu|nazwa organizacji|instytucja|jednostka|podmiot",
        "Nazwa",
        _("The full name, as in the statute. Required."),
        "Gminny Ośrodek Pomocy Społecznej w Przykładowie",
    ),
    Column(
        "kind",
        "typ|rodzaj instytucji|typ instytucji|rodzaj jednostki|typ jednostki|rodzaj podmiotu|"
        "typ podmiotu|kategoria",
        "Rodzaj",
        _("E.g. GOPS, CUS, library, house of culture, association, school."),
        "GOPS",
    ),
    Column(
        "nip",
        "numer nip|nr nip|nip instytucji|nip jednostki",
        "NIP",
        _("With or without hyphens."),
        "123-456-32-18",
    ),
    Column(
        "regon",
        "numer regon|nr regon|regon instytucji|regon jednostki",
        "REGON",
        _("9 digits, that of a local unit 14."),
        "123456785",
    ),
    Column("krs", "numer krs|nr krs", "KRS", _("For associations, foundations and the like.")),
    Column(
        "town",
        "miasto|siedziba|miejscowosc siedziby|miasto miejscowosc|miejscowosc miasto",
        "Miejscowość",
        _("In the nominative. Required."),
        "Przykładowo",
    ),
    Column(
        "voivodeship",
        "woj|wojewodztwo siedziby",
        "Województwo",
        _("May be left out where TERYT is given."),
        "mazowieckie",
    ),
    Column("county", "powiat siedziby", "Powiat", _("Without the word “county”."), "przykładowski"),
    Column(
        "teryt",
        "terc|kod teryt|kod terc|nr teryt|numer teryt|teryt gminy|kod teryt gminy|kod gminy|"
        "identyfikator teryt",
        "TERYT",
        _("Seven digits of the municipality (TERC)."),
    ),
    Column(
        "street",
        "ulica i numer|ulica i nr|ulica nr|ulica numer|ulica nr domu|ulica i nr domu",
        "Ulica",
        _("With the number. One column “Adres” may hold the street, postcode and town."),
        "ul. Szkolna 4",
    ),
    Column("postcode", "kod", "Kod pocztowy", _("Five digits."), "05-123"),
    Column(
        "email",
        "email|mail|adres e mail|adres email|adres mail|poczta elektroniczna|"
        "adres poczty elektronicznej|e mail kontaktowy|e mail do kontaktu|email kontaktowy",
        "E-mail",
        _("One address."),
        "sekretariat@gops.example.pl",
    ),
    Column(
        "edelivery",
        "edoreczenia|ae|ade|adres do e doreczen|adres e doreczen|adres edoreczen|"
        "adres do doreczen elektronicznych|skrzynka e doreczen",
        "e-Doręczenia",
        _("The address that begins with AE:PL."),
    ),
    Column(
        "parent",
        "instytucja nadrzedna|nadrzedna|jednostka macierzysta|instytucja macierzysta|"
        "nip jednostki nadrzednej|nazwa jednostki nadrzednej|nip instytucji nadrzednej|"
        "nazwa instytucji nadrzednej|jednostka nadrzedna nazwa|jednostka nadrzedna nip|"
        "instytucja nadrzedna nazwa|instytucja nadrzedna nip",
        "Jednostka nadrzędna",
        _("Only for a unit: the NIP or the name of the institution it belongs to."),
    ),
    Column(
        "address", "adres|adres siedziby|adres pocztowy|adres korespondencyjny|adres instytucji"
    ),
    Column("house", "nr domu|numer domu|nr budynku|numer budynku|dom"),
    Column("flat", "nr lokalu|numer lokalu|lokal"),
    Column("town_genitive", "miejscowosc w dopelniaczu|dopelniacz miejscowosci"),
    Column("town_locative", "miejscowosc w miejscowniku|miejscownik miejscowosci"),
    Column(Case.GEN, "dopelniacz|nazwa w dopelniaczu"),
    Column(Case.DAT, "celownik|nazwa w celowniku"),
    Column(Case.ACC, "biernik|nazwa w bierniku"),
    Column(Case.INST, "narzednik|nazwa w narzedniku"),
    Column(Case.LOC, "miejscownik|nazwa w miejscowniku"),
    Column(Case.VOC, "wolacz|nazwa w wolaczu"),
)
TITLES = {column.field: column.title for column in COLUMNS if column.title} | {"address": "Adres"}
EXAMPLE_NAME = COLUMNS[0].example
NUMBERING = {"lp", "l p", "nr", "numer", "poz"}  # a column nobody misses


def heading_of(cell: str) -> str:
    """A heading as it is compared: „1. Kod\npocztowy *” is „kod pocztowy”."""
    bare = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", fold(cell))
    words = re.sub(r"[^a-z0-9]+", " ", bare).strip()
    return re.sub(r"^\d+ ", "", words)


def field_of(cell: str, group: str = "") -> str:
    """The field a heading means, or an empty text. `group` is the title that stands above it."""
    known, heading = _by_heading(), heading_of(cell)
    if not heading:
        return ""
    return known.get(f"{heading_of(group)} {heading}".strip(), "") or known.get(heading, "")


def fields_of(cells: Iterable[str], groups: Iterable[str]) -> dict[int, str]:
    """Fields by position. Of two columns that mean the same, the first counts."""
    found: dict[int, str] = {}
    for position, (cell, group) in enumerate(zip(cells, groups, strict=True)):
        name = field_of(cell, group)
        if name and name not in found.values():
            found[position] = name
    return found


@cache
def _by_heading() -> dict[str, str]:
    return {
        heading: str(column.field)
        for column in COLUMNS
        for heading in (heading_of(column.title), *column.headings.split("|"))
        if heading
    }
