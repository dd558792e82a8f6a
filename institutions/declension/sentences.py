"""Sentences that show whether a form of a name is right. They are Polish in every language."""

import re
from dataclasses import dataclass

from institutions.grammar import Case

QUESTIONS = {
    Case.NOM: "kto? co?",
    Case.GEN: "kogo? czego?",
    Case.DAT: "komu? czemu?",
    Case.ACC: "kogo? co?",
    Case.INST: "z kim? z czym?",
    Case.LOC: "o kim? o czym?",
    Case.VOC: "o!",
}
_AROUND = {
    Case.NOM: ("Certyfikat otrzymuje ", "."),
    Case.GEN: ("To ważny dzień dla ", "."),
    Case.DAT: ("Z radością gratulujemy ", "."),
    Case.ACC: ("Komisja wyróżnia ", "."),
    Case.INST: ("Projekt powstał we współpracy {with} ", "."),
    Case.LOC: ("Mieszkańcy dobrze mówią o ", "."),
    Case.VOC: ("Dziękujemy Ci, ", "!"),
}
TOWN_QUESTIONS = {Case.GEN: "kogo? czego?", Case.LOC: "gdzie?"}
_AROUND_TOWN = {
    Case.GEN: ("Dyplomy odbiorą mieszkańcy ", "."),
    Case.LOC: ("Uroczystość odbędzie się ", "."),
}
# „ze” before s, z, ś, ź, ż with another consonant behind: ze Stowarzyszeniem, z Samorządowym
_HARD_START = re.compile(r"[sśzźż][^aąeęioóuy\W]", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    before: str
    form: str
    after: str


def sentence(case: Case, form: str) -> Sentence:
    """A sentence around `form`; the form is empty where it is not known yet."""
    before, after = _AROUND[case]
    preposition = "ze" if _HARD_START.match(form) else "z"
    return Sentence(before.replace("{with}", preposition), form, after)


def town_sentence(case: Case, form: str) -> Sentence:
    """A sentence around a form of a town's name; the locative comes with its preposition."""
    before, after = _AROUND_TOWN[case]
    return Sentence(before, form, after)
