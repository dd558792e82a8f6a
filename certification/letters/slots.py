"""Slots in a paragraph: a closed list with a plain syntax, and no template language.

    {full_name:gen}   the institution's full name in the genitive
    {short_name:nom}  MOPS w Stalowej Woli
    {acronym}         MOPS
    {generic:gen}     ośrodka, biblioteki, centrum, stowarzyszenia
    {town:gen}        Stalowej Woli (mieszkańcy …)
    {town:loc}        w Stalowej Woli, we Wrocławiu: with its preposition
    {cal_years}       for how many years the association has been active

A slot written with a capital ({Generic:nom}) begins with one (Ośrodek). Whatever else stands
in braces is refused when the bank is imported, so a text can never run anything.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from institutions.grammar import Case, Variant
from institutions.models.name_form import TOWN

NAMES = {
    "full_name": Variant.FULL,
    "short_name": Variant.SHORT,
    "generic": Variant.GENERIC,
}
TOWN_CASES = (Case.GEN, Case.LOC)
PATTERN = re.compile(r"\{([^{}]*)\}")


class UnknownSlot(ValueError):
    """A text holds something in braces that is not on the list; `str(error)` says what."""


@dataclass(frozen=True)
class Slot:
    """One slot of a text; `name_form` is what it needs of the institution's names, if anything."""

    written: str
    name: str
    name_form: tuple[str, str] | None
    capital: bool


def parse(written: str) -> Slot:
    """Read what stands between two braces. Raises UnknownSlot."""
    name, _colon, case = written.partition(":")
    capital = name[:1].isupper()
    plain = name[:1].lower() + name[1:]
    if plain == "cal_years" and not case:
        return Slot(written, plain, None, capital)
    if plain == "acronym" and not case:
        return Slot(written, plain, (Variant.ACRONYM, Case.NOM), capital)
    if plain in NAMES and case in Case.values:
        return Slot(written, plain, (NAMES[plain], case), capital)
    if plain == TOWN and case in TOWN_CASES:
        return Slot(written, plain, (TOWN, case), capital)
    raise UnknownSlot(
        _(
            "{%(slot)s} is not a slot. There are {full_name:CASE}, {short_name:CASE}, "
            "{generic:CASE}, {acronym}, {town:gen}, {town:loc} and {cal_years}; CASE is one of "
            "%(cases)s."
        )
        % {"slot": written, "cases": ", ".join(Case.values)}
    )


def slots_in(text: str) -> Iterator[Slot]:
    """Every slot of a text, in order. Raises UnknownSlot, for a stray brace as well."""
    if re.search(r"[{}]", PATTERN.sub("", text)):
        raise UnknownSlot(_("A brace stands alone; a slot is written like {acronym}."))
    for match in PATTERN.finditer(text):
        yield parse(match[1])


def fill(text: str, *, names: Callable[[str, str], str], cal_years: int) -> str:
    """The text with its slots filled. `names` raises when a form is not confirmed."""

    def value(match: re.Match[str]) -> str:
        slot = parse(match[1])
        filled = names(*slot.name_form) if slot.name_form else str(cal_years)
        return filled[:1].upper() + filled[1:] if slot.capital else filled

    return PATTERN.sub(value, text)
