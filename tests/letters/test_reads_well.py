"""Letters read as if a person had written them: every holder × every paragraph of every bank.

Nothing here needs the database or a PDF: banks are read from their files, names are the suggested
forms, which holders.yaml confirms.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from certification.letters.address import Addressed
from certification.letters.bank import OWN_BANKS, BankFile, Paragraph, read
from certification.letters.slots import FACTS, Words, fill, slots_in
from certification.letters.states import Kind, Level, Office
from certification.letters.style import stumbles
from institutions.declension import suggest_all
from institutions.grammar import Case, Gender, Variant
from institutions.models.name_form import TOWN

ROOT = Path(__file__).resolve().parents[2]
HOLDERS = yaml.safe_load((ROOT / "institutions/initial/holders.yaml").read_text("utf-8"))["holders"]
BANKS = {bank.letter: bank for bank in map(read, OWN_BANKS)}
KINDS = {"Bibliotek": "library", "Dom Kultury": "culture_centre", "Pomocy": "social_assistance"}
WOMAN = Addressed(Office.WOJT, "Anna Próbna", Gender.FEMININE, "Wójt Gminy Próbna")
MAN = Addressed(Office.PREZYDENT, "Jan Próbny", Gender.MASCULINE, "Prezydent Miasta Próbnego")
FACT_WORDS = {
    **dict.fromkeys(FACTS, "fakt"),
    "cal_years": "26",
    "label": "na lata 2026–2031",
    "case_number": "CAL/W/7/2026",
    "session_on": "12 maja 2026 r.",
    "appeal_on": "1 czerwca 2026 r.",
    "board_on": "20 czerwca 2026 r.",
    "justification": "Diagnoza nie objęła jeszcze wszystkich osiedli.",
    "criterion": "B1.1",
    "criterion_text": "Zbadano potrzeby i główne problemy społeczności",
    "reason": "Badanie jest dopiero planowane.",
    "board_reasons": "Nowe dowody dotyczą innego okresu.",
}


class Holder:
    """An institution with the forms that a person would confirm."""

    def __init__(self, name: str, town: dict[str, str]) -> None:
        self.name = name
        self.forms: dict[tuple[str, str], str] = {
            (TOWN, Case.GEN): town["gen"],
            (TOWN, Case.LOC): f"{town['prep']} {town['loc']}",
        }
        suggested = suggest_all(name, town_loc=town["loc"], prep=town["prep"])
        self.gender = str(suggested[Variant.FULL].gender)
        for variant, suggestion in suggested.items():
            for case, text in suggestion.forms.items():
                self.forms[variant, case] = text
        for case in Case:  # what nobody can guess a person types in; here it is the full name
            for variant in (Variant.SHORT, Variant.ACRONYM):
                self.forms.setdefault((variant, case), self.forms[Variant.FULL, case])

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        return next((kind for part, kind in KINDS.items() if part in self.name), "ngo")

    def words(self, official: Addressed = WOMAN) -> Words:
        return Words(lambda *form: self.forms[form], self.gender, FACT_WORDS, official)


def holders() -> list[Holder]:
    return [Holder(each["name"], each["town"]) for each in HOLDERS]


NOWHERE = {"gen": "Lipowa", "loc": "Lipowie", "prep": "w"}
OTHERS = [
    Holder("Warsztaty Terapii Zajęciowej w Lipowie", NOWHERE),
    Holder("Gminne Centrum Kultury w Lipowie", NOWHERE),
    Holder("Stowarzyszenie „Sąsiedzi”", NOWHERE),
    Holder("Fundacja „Wspólne Podwórko”", NOWHERE),
]
EVERYBODY = [*holders(), *OTHERS]


def paragraphs_for(holder: Holder, bank: BankFile, level: Level | None = None) -> list[Paragraph]:
    """Those that a letter has when every standard came out so; all there are without a level."""
    fitting = {Level.MET, level}
    return [
        paragraph
        for paragraph in bank.paragraphs
        if (not paragraph.kinds or holder.kind in paragraph.kinds)
        and (level is None or fitting.issuperset(paragraph.findings.values()))
    ]


def test_every_kind_of_letter_has_a_bank() -> None:
    assert set(BANKS) == set(Kind.values)


def test_there_is_a_holder_for_each_known_one() -> None:
    assert len(HOLDERS) == 27


@pytest.mark.parametrize("level", [Level.JUST_MET, Level.EXEMPLARY])
def test_every_standard_has_its_paragraph(level: Level) -> None:
    standards = (
        f"{area}{n}"
        for area, most in zip("ABCDE", (5, 4, 5, 4, 5), strict=True)
        for n in range(1, most + 1)
    )
    alone = {
        code
        for paragraph in BANKS["commendation"].paragraphs
        for code, found in paragraph.findings.items()
        if len(paragraph.findings) == 1 and found in {level, Level.MET}
    }
    assert [code for code in standards if code not in alone] == []


def test_the_forms_are_those_that_are_confirmed() -> None:
    for data, holder in zip(HOLDERS, holders(), strict=True):
        if "–" in data["name"]:
            continue  # of a unit the file has the forms of the institution it belongs to
        known = data["name_forms"].items()
        assert {case: holder.forms[Variant.FULL, case] for case, _text in known} == dict(known)


@pytest.mark.parametrize("holder", EVERYBODY, ids=str)
def test_every_paragraph_is_a_finished_sentence(holder: Holder) -> None:
    for bank in BANKS.values():
        for paragraph in paragraphs_for(holder, bank):
            for official in (WOMAN, MAN):
                text = fill(paragraph.text, holder.words(official))
                assert text[0].isupper(), text
                assert text[-1] in ".”", text
                assert not re.search(r"[{}|<>]|  | [,.;:]|\.\.", text), text


@pytest.mark.parametrize("holder", EVERYBODY, ids=str)
def test_no_letter_repeats_itself(holder: Holder) -> None:
    names = list(holder.forms.values())
    for bank in BANKS.values():
        for level in (Level.JUST_MET, Level.EXEMPLARY):
            chosen = paragraphs_for(holder, bank, level)
            texts = [fill(paragraph.text, holder.words()) for paragraph in chosen]
            assert stumbles(texts, names=names) == []


# the case that the word before a slot asks for; a slot that begins a sentence is its subject
GOVERNED = {
    Case.NOM: """że która który jaką jakim które której bo a złożył złożyła złożyło złożyły
        {złożył|złożyła|złożyło|złożyły} czym certyfikatem""",
    Case.GEN: """dla wokół działań działania zespołu zespół pracy pracę dokumenty dokumentach
        codziennością projektów oferta partnerem partnerzy doświadczeń mieszkańcy {you:dat} na""",
    Case.DAT: "gratulujemy udzielają dziękujemy",
    Case.ACC: "przez",
    Case.LOC: "przy",
}
CASE_AFTER: dict[str, set[str]] = {}
for _case, _words in GOVERNED.items():
    for _word in _words.split():
        CASE_AFTER.setdefault(_word, set()).add(_case)


@pytest.mark.parametrize(
    "paragraph",
    [paragraph for bank in BANKS.values() for paragraph in bank.paragraphs],
    ids=lambda paragraph: paragraph.text[:50],
)
def test_every_slot_stands_in_the_case_that_its_sentence_asks_for(paragraph: Paragraph) -> None:
    """Who adds a paragraph says here which case the word before a slot governs."""
    for match in re.finditer(r"\{[^{}|]+\}", paragraph.text):
        (slot,) = slots_in(match[0])
        case = slot.case or (slot.name_form[1] if slot.name_form else "")
        if not case or slot.name == "acronym" or slot.name_form == (TOWN, Case.LOC):
            continue
        before = paragraph.text[: match.start()].rpartition("\n")[2].split()[-1:]
        if not before or before[0][-1] in ".:!?":
            assert case == Case.NOM, match[0]
        else:
            assert case in CASE_AFTER.get(before[0].lower(), set()), (before, match[0])


def test_no_preposition_that_depends_on_the_name() -> None:
    """„w” or „we”, „z” or „ze”: which, only the name says."""
    texts = [paragraph.text for bank in BANKS.values() for paragraph in bank.paragraphs]
    name = r"\b(?:w|we|z|ze)\s\{(?:full_name|short_name|generic|acronym|office)"
    assert [text for text in texts if re.search(name, text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("holder", "gender", "verb", "filed", "relative"),
    [
        (OTHERS[0], Gender.PLURAL, "otrzymują", "złożyły", "które tak dobrze służą"),
        (OTHERS[1], Gender.NEUTER, "otrzymuje", "złożyło", "które tak dobrze służy"),
        (OTHERS[3], Gender.FEMININE, "otrzymuje", "złożyła", "która tak dobrze służy"),
        (holders()[0], Gender.MASCULINE, "otrzymuje", "złożył", "który tak dobrze służy"),
    ],
    ids=["plural", "neuter", "feminine", "masculine"],
)
def test_verbs_agree(holder: Holder, gender: str, verb: str, filed: str, relative: str) -> None:
    assert holder.gender == gender
    told = {
        kind: " ".join(fill(each.text, holder.words()) for each in BANKS[kind].paragraphs)
        for kind in ("congratulations", "refusal")
    }
    name = holder.forms[Variant.FULL, Case.NOM]
    assert f"{name} {verb} Certyfikat" in told["congratulations"]
    assert relative in told["congratulations"]
    assert f"który {filed} {name}" in told["refusal"]


def test_the_official_is_addressed_by_gender() -> None:
    bank: Any = BANKS["congratulations"]
    said = " ".join(fill(each.text, holders()[0].words(MAN)) for each in bank.paragraphs)
    assert "Gratulujemy Panu ośrodka, który" in said
    assert "polegać na Pana zrozumieniu" in said
