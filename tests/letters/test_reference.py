"""Proof of the letters: the reference bank gives the reference letter, and reads well elsewhere."""

import re
from datetime import date
from pathlib import Path

import pytest

from certification.documents.models import Issuer
from certification.letters.bank import OWN_BANK, read
from certification.letters.composing import compose
from certification.letters.services import import_paragraphs
from institutions.declension import suggest_all
from institutions.models import Institution
from tests.factories import confirm_names, make_institution, make_kind
from tests.letters.factories import make_certificate

DOMAIN = Path(__file__).resolve().parents[3] / "shared" / "domain"
PARAGRAPHS = DOMAIN / "reference-paragraphs.yaml"
LETTER = DOMAIN / "reference-letter.txt"
needs_reference = pytest.mark.skipif(
    not PARAGRAPHS.exists(), reason="the reference letter is not beside this checkout"
)
PRAISED = {"A4": 2, "C1": 2, "C2": 3, "C3": 2, "C4": 2, "C5": 3, "D1": 2, "E1": 2}

pytestmark = pytest.mark.django_db


def institution_called(name: str, *, town: str, town_loc: str, kind: str) -> Institution:
    """An institution whose suggested forms somebody confirmed."""
    institution = make_institution(
        name=name, town=town, town_locative=town_loc, kind=make_kind(kind)
    )
    suggested = suggest_all(name, town_loc=town_loc, prep="w")
    forms = {
        str(variant): {str(case): text for case, text in suggestion.forms.items()}
        for variant, suggestion in suggested.items()
    }
    # an acronym nobody can guess is typed in by a person
    for variant in ("short", "acronym"):
        forms.setdefault(variant, dict.fromkeys(forms["full"], name))
    confirm_names(institution, **forms)
    return institution


def letter_for(institution: Institution, bank_file: Path, **levels: int) -> str:
    for kind in ("social_assistance", "cus", "library", "culture_centre", "ngo", "school", "other"):
        make_kind(kind)
    certificate = make_certificate({**PRAISED, **levels}, institution=institution)
    bank = import_paragraphs(read(bank_file))
    paragraphs = compose(bank, certificate.application, on=date(2016, 5, 12))
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def words(text: str) -> list[str]:
    return text.split()


MOPS = {
    "name": "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
    "town": "Stalowa Wola",
    "town_loc": "Stalowej Woli",
    "kind": "social_assistance",
}


@needs_reference
def test_reference_bank_gives_the_reference_letter_word_for_word() -> None:
    letter = letter_for(institution_called(**MOPS), PARAGRAPHS)
    assert words(letter) == words(LETTER.read_text(encoding="utf-8"))


@needs_reference
def test_reference_bank_leaves_out_what_was_not_found() -> None:
    letter = letter_for(institution_called(**MOPS), PARAGRAPHS, E1=1)
    assert "doskonali swoje umiejętności" not in letter
    assert "wysokiej jakości projektów" in letter


OTHERS = {
    "library": (
        {
            "name": "Miejska Biblioteka Publiczna w Dębicy Dolnej",
            "town": "Dębica Dolna",
            "town_loc": "Dębicy Dolnej",
            "kind": "library",
        },
        [
            "Miejska Biblioteka Publiczna w Dębicy Dolnej zajmuje szczególną pozycję",
            "MBP w Dębicy Dolnej profesjonalnie wykorzystuje",
            "standardem w działaniach biblioteki.",
            "kadrę zarządzającą Miejskiej Biblioteki Publicznej w Dębicy Dolnej są bardzo",
            "Zespół pracowników MBP stale doskonali",
        ],
    ),
    "centre": (
        {
            "name": "Gminne Centrum Kultury w Zalesiu",
            "town": "Zalesie",
            "town_loc": "Zalesiu",
            "kind": "culture_centre",
        },
        [
            "Gminne Centrum Kultury w Zalesiu dąży do stosowania",
            "GCK w Zalesiu profesjonalnie wykorzystuje",
            "standardem w działaniach centrum",
            "kadrę zarządzającą Gminnego Centrum Kultury w Zalesiu są bardzo różnorodne",
        ],
    ),
    "association": (
        {
            "name": "Stowarzyszenie „Sąsiedzi”",
            "town": "Nowa Wieś",
            "town_loc": "Nowej Wsi",
            "kind": "ngo",
        },
        [
            "Stowarzyszenie „Sąsiedzi” zajmuje szczególną pozycję",
            "standardem w działaniach stowarzyszenia.",
            "kadrę zarządzającą Stowarzyszenia „Sąsiedzi” są bardzo różnorodne",
        ],
    ),
}


@needs_reference
@pytest.mark.parametrize("who", OTHERS)
def test_reference_bank_reads_correctly_with_other_names(who: str) -> None:
    fields, sentences = OTHERS[who]
    letter = letter_for(institution_called(**fields), PARAGRAPHS)
    assert [sentence for sentence in sentences if sentence not in letter] == []


@pytest.mark.parametrize(
    ("who", "of_whom"),
    [("library", "biblioteki"), ("centre", "centrum"), ("association", "stowarzyszenia")],
)
def test_own_bank_suits_the_kind_of_institution(who: str, of_whom: str) -> None:
    """Social work is mentioned only where there are social workers."""
    letter = letter_for(institution_called(**OTHERS[who][0]), OWN_BANK, A1=2, D2=2)
    assert f"Zespół {of_whom}" in letter
    assert "pracownik socjalny" not in letter


def test_own_bank_praises_only_what_was_found() -> None:
    institution = institution_called(**MOPS)
    assert "Za wzór stawiamy" not in letter_for(institution, OWN_BANK, C5=2)


def test_own_bank_praises_the_exemplary() -> None:
    institution = institution_called(**MOPS)
    assert "Za wzór stawiamy" in letter_for(institution, OWN_BANK, C5=3)


def test_own_bank_gives_a_correct_dative_and_number_of_years() -> None:
    letter = letter_for(institution_called(**MOPS), OWN_BANK)
    assert "gratulujemy Miejskiemu Ośrodkowi Pomocy Społecznej w Stalowej Woli" in letter
    assert f"od {2016 - Issuer.load().founded_year} lat" in letter
    assert not re.search(r"[{}]", letter)
