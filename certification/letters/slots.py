"""Slots in a paragraph: a closed list with a plain syntax, and no template language.

    {full_name:gen}      the institution's full name in the genitive
    {short_name:nom}     MOPS w Stalowej Woli
    {acronym}            MOPS
    {generic:gen}        ośrodka, biblioteki, centrum, stowarzyszenia
    {town:gen}           Stalowej Woli (mieszkańcy …)
    {town:loc}           w Stalowej Woli, we Wrocławiu: with its preposition
    {działa|działają}    what agrees with the name's number; four words for m, f, n and plural
    {you:dat}            Panu, Pani: the head of the municipality that the letter is written to
    {office:gen}         Wójta Gminy Słupno; of a woman the office does not decline
    {cal_years}          a fact: one of FACTS

A slot written with a capital ({Generic:nom}) begins with one (Ośrodek). Whatever else stands
in braces is refused when the bank is imported, so a text can never run anything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions.grammar import Case, Gender, Variant
from institutions.models.name_form import TOWN

from .address import Addressed

NAMES = {
    "full_name": Variant.FULL,
    "short_name": Variant.SHORT,
    "generic": Variant.GENERIC,
}
TOWN_CASES = (Case.GEN, Case.LOC)
ADDRESSED = ("you", "office")
FACTS = frozenset(
    {
        "cal_years",  # for how many years the association has been active
        "label",  # of the certificate: na lata 2016–2021
        "case_number",
        "session_on",  # when the Committee decided
        "justification",  # of a refusal
        "criterion",  # of one reason of the refusal: the paragraph is repeated for each
        "criterion_text",
        "reason",
        "appeal_on",  # when the institution appealed
        "board_on",  # when the Board examined the appeal
        "board_reasons",
    }
)
OF_A_REASON = frozenset({"criterion", "criterion_text", "reason"})
PATTERN = re.compile(r"\{([^{}]*)\}")
_GENDERS = (Gender.MASCULINE, Gender.FEMININE, Gender.NEUTER, Gender.PLURAL)


class UnknownSlot(ValueError):
    """A text holds something in braces that is not on the list; `str(error)` says what."""


@dataclass(frozen=True)
class Slot:
    """One slot of a text; `name_form` is what it needs of the institution's names, if anything."""

    written: str
    name: str
    name_form: tuple[str, str] | None = None
    case: str = ""
    capital: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """What slots are filled with. `names` raises when a form is not confirmed."""

    names: Callable[[str, str], str]
    gender: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    official: Addressed | None = None


def parse(written: str) -> Slot:
    """Read what stands between two braces. Raises UnknownSlot."""
    if "|" in written:
        return _agreeing(written)
    name, _colon, case = written.partition(":")
    capital = name[:1].isupper()
    plain = name[:1].lower() + name[1:]
    if plain in FACTS and not case:
        return Slot(written, plain, capital=capital)
    if plain == "acronym" and not case:
        return Slot(written, plain, (Variant.ACRONYM, Case.NOM), capital=capital)
    if plain in NAMES and case in Case.values:
        return Slot(written, plain, (NAMES[plain], case), capital=capital)
    if plain == TOWN and case in TOWN_CASES:
        return Slot(written, plain, (TOWN, case), capital=capital)
    if plain in ADDRESSED and case in Case.values:
        return Slot(written, plain, case=case, capital=capital)
    raise UnknownSlot(
        _(
            "{%(slot)s} is not a slot. There are {full_name:CASE}, {short_name:CASE}, "
            "{generic:CASE}, {acronym}, {town:gen}, {town:loc}, {you:CASE}, {office:CASE}, "
            "{singular|plural}, {masculine|feminine|neuter|plural} and %(facts)s; CASE is one of "
            "%(cases)s."
        )
        % {
            "slot": written,
            "facts": ", ".join(f"{{{fact}}}" for fact in sorted(FACTS)),
            "cases": ", ".join(Case.values),
        }
    )


def _agreeing(written: str) -> Slot:
    words = tuple(written.split("|"))
    if len(words) not in {2, 4} or not all(word.replace(" ", "").isalpha() for word in words):
        raise UnknownSlot(
            _("{%(slot)s} needs two words, singular and plural, or four, one for each gender.")
            % {"slot": written}
        )
    return Slot(written, "agreement", words=words)


def slots_in(text: str) -> Iterator[Slot]:
    """Every slot of a text, in order. Raises UnknownSlot, for a stray brace as well."""
    if re.search(r"[{}]", PATTERN.sub("", text)):
        raise UnknownSlot(_("A brace stands alone; a slot is written like {acronym}."))
    for match in PATTERN.finditer(text):
        yield parse(match[1])


def fill(text: str, words: Words) -> str:
    """The text with its slots filled. Raises CannotDo that says what is not known."""

    def value(match: re.Match[str]) -> str:
        slot = parse(match[1])
        filled = _value(slot, words)
        return filled[:1].upper() + filled[1:] if slot.capital else filled

    return PATTERN.sub(value, text)


def _value(slot: Slot, words: Words) -> str:
    if slot.name_form:
        return words.names(*slot.name_form)
    if slot.words:
        return _agreed(slot.words, words.gender)
    if slot.case:
        if words.official is None:
            raise CannotDo(_("The letter does not say to whom at the municipality it is written."))
        return (
            words.official.you(slot.case)
            if slot.name == "you"
            else words.official.in_case(slot.case)
        )
    if slot.name not in words.facts:
        raise CannotDo(
            _("{%(slot)s} has no meaning in a letter of this kind. Correct the bank of paragraphs.")
            % {"slot": slot.written}
        )
    return words.facts[slot.name]


def _agreed(words: tuple[str, ...], gender: str) -> str:
    """Two words stand for singular and plural, four for the genders."""
    if not gender:
        raise CannotDo(
            _("Choose the grammatical gender of the institution's name: verbs agree with it.")
        )
    if len(words) == 2:  # noqa: PLR2004 - singular and plural
        return words[gender == Gender.PLURAL]
    return words[_GENDERS.index(Gender(gender))]
