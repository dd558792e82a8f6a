"""Head nouns of names, and what is peculiar to some of them."""

from dataclasses import dataclass

from institutions.declension.noun_tables import FEMININE, MASCULINE, NEUTER, PLURAL, UNCHANGING
from institutions.grammar import Case, Gender

# Units that keep declining after the name of the body they belong to, with a dash or without.
UNITS = {
    *("chorągiew", "delegatura", "filia", "hufiec", "komenda", "koło", "oddział", "okręg"),
    *("sekcja", "zarząd"),
}

# After these, a noun in the nominative is the proper name and stays as it is:
# „Stowarzyszenia Partnerstwo Społeczne CISTOR”, „Fundacji Nasz Dom”, „Gminy Słupno”.
NAMING = {"fundacja", "przedszkole", "stowarzyszenie", "żłobek"}

# The noun alone would say too little, so these go on: „dom kultury”, „straż pożarna”.
LONGER_GENERICS = {
    "bank": ("żywności",),
    "dom": (
        *("dziecka", "dziennego pobytu", "kultury", "ludowy"),
        *("pomocy społecznej", "samopomocy", "seniora", "sąsiedzki"),
    ),
    "klub": ("seniora", "sportowy"),
    "koło": ("gospodyń wiejskich", "łowieckie"),
    "ogród": ("działkowy",),
    "orkiestra": ("dęta",),
    "park": ("krajobrazowy", "narodowy"),
    "rada": ("dzielnicy", "osiedla", "seniorów"),
    "spółdzielnia": ("mieszkaniowa", "socjalna"),
    "stacja": ("sanitarno-epidemiologiczna",),
    "straż": ("graniczna", "miejska", "pożarna"),
    "szkoła": ("muzyczna", "podstawowa"),
    "uniwersytet": ("ludowy", "trzeciego wieku"),
    "urząd": ("gminy", "miasta", "marszałkowski", "miejski", "pracy"),
    "warsztat": ("terapii zajęciowej",),
    "warsztaty": ("terapii zajęciowej",),
    "zakład": ("aktywności zawodowej",),
    "zespół": ("szkół", "szkolno-przedszkolny"),
}


@dataclass(frozen=True)
class Noun:
    lemma: str
    gender: Gender
    forms: dict[Case, str]

    @property
    def changes(self) -> bool:
        return len(set(self.forms.values())) > 1

    @property
    def is_proper_name(self) -> bool:
        return self.lemma == "caritas"


def _read(table: str, gender: Gender) -> dict[str, Noun]:
    rows = (line.split() for line in table.strip().splitlines())
    return {row[0]: Noun(row[0], gender, dict(zip(Case, row, strict=True))) for row in rows}


NOUNS = {
    **_read(MASCULINE, Gender.MASCULINE),
    **_read(FEMININE, Gender.FEMININE),
    **_read(NEUTER, Gender.NEUTER),
    **_read(PLURAL, Gender.PLURAL),
    **{word: Noun(word, Gender.NEUTER, dict.fromkeys(Case, word)) for word in UNCHANGING.split()},
}

# „Chorągiew Kielecka Związku …”: what can only be the genitive of a head.
GENITIVES = {
    noun.forms[Case.GEN] for noun in NOUNS.values() if noun.forms[Case.GEN] != noun.lemma
} - set(NOUNS)
