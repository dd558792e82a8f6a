"""How the head of a municipality is addressed: gender, case and the words of the office.

Of a man the office declines (Wójta Gminy Słupno, Szanowny Panie Wójcie); of a woman it does
not (Pani Wójt Gminy Słupno, Szanowna Pani Wójt), as letters in Polish have it.
"""

from dataclasses import dataclass

from institutions.grammar import Case, Gender, Variant
from institutions.models import Institution
from institutions.models.name_form import TOWN, Names

from .states import Office

_CASES = tuple(Case)


def _forms(*forms: str) -> dict[str, str]:
    return dict(zip((case.value for case in _CASES), forms, strict=True))


YOU = {
    Gender.MASCULINE: _forms("Pan", "Pana", "Panu", "Pana", "Panem", "Panu", "Panie"),
    Gender.FEMININE: _forms("Pani", "Pani", "Pani", "Panią", "Panią", "Pani", "Pani"),
}
OFFICES = {
    Office.WOJT: _forms("wójt", "wójta", "wójtowi", "wójta", "wójtem", "wójcie", "wójcie"),
    Office.BURMISTRZ: _forms(
        *("burmistrz", "burmistrza", "burmistrzowi", "burmistrza"),
        *("burmistrzem", "burmistrzu", "burmistrzu"),
    ),
    Office.PREZYDENT: _forms(
        *("prezydent", "prezydenta", "prezydentowi", "prezydenta"),
        *("prezydentem", "prezydencie", "prezydencie"),
    ),
}
# the seventh digit of TERYT says of what kind a municipality is
RURAL = "2"
FIRST_CITY = 61  # counties from 61 on are towns with a county's rights; a prezydent heads them


@dataclass(frozen=True)
class Addressed:
    """Somebody a letter is written to, by office and form of address."""

    office: str
    full_name: str
    gender: str
    title: str

    def you(self, case: str) -> str:
        """Pan, Pani in that case."""
        return YOU[Gender(self.gender)][case]

    def in_case(self, case: str) -> str:
        """The office as in the address, in that case."""
        noun, _space, place = self.title.partition(" ")
        forms = OFFICES[Office(self.office)]
        if self.gender == Gender.FEMININE or noun.lower() != forms["nom"]:
            return self.title
        declined = forms[case]
        return f"{declined[:1].upper()}{declined[1:]} {place}".strip()

    @property
    def salutation(self) -> str:
        forms = OFFICES[Office(self.office)]
        if self.gender == Gender.FEMININE:
            return f"Szanowna Pani {forms['nom'].capitalize()},"
        return f"Szanowny Panie {forms['voc'].capitalize()},"

    @property
    def lines(self) -> tuple[str, ...]:
        """The head of the address."""
        who = "Szanowna Pani" if self.gender == Gender.FEMININE else "Szanowny Pan"
        return (who, self.full_name, self.title)


def usual_office(teryt: str) -> Office | None:
    """Who heads such a municipality as a rule. There are exceptions (Stalowa Wola has a
    prezydent), so a person confirms it.
    """
    if not teryt:
        return None
    if int(teryt[2:4]) >= FIRST_CITY:
        return Office.PREZYDENT
    return Office.WOJT if teryt[6:] == RURAL else Office.BURMISTRZ


def usual_title(institution: Institution, office: Office) -> str:
    """A first wording of the office, to be confirmed; empty where the town's form is not."""
    genitive = institution.town_genitive
    if office == Office.WOJT:
        return f"Wójt Gminy {institution.town}"
    if not Names(institution).missing([(TOWN, Case.GEN)]) and genitive:
        return (
            f"Burmistrz {genitive}"
            if office == Office.BURMISTRZ
            else f"Prezydent Miasta {genitive}"
        )
    return ""


def address_of(institution: Institution) -> str:
    """The institution alone, in the nominative, and its address as far as it is known."""
    town = f"{institution.postcode} {institution.town}".strip()
    lines = [Names(institution)(Variant.FULL, Case.NOM), institution.street, town]
    return "\n".join(line for line in lines if line)
