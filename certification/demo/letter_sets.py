"""The letters of a decision in the demonstration. The officials and partners are invented."""

from certification.letters.services import (
    approve_letter,
    confirm_official,
    draft_letter,
    return_letter,
)
from certification.letters.services.drafting import Partner
from certification.letters.states import Kind, Office

from .cases import Stage
from .story import Telling
from .timing import on

NOTE = "Proszę dopisać zdanie o dniu sąsiada, na którym Pani Burmistrz otwierała ogród społeczny."


def write_the_set(telling: Telling) -> None:
    """What else was written after the decision."""
    if telling.stage == Stage.LETTER_DRAFT:
        _write_to_others(telling)
    if telling.stage == Stage.REFUSED:
        _write_the_refusal(telling)


def _write_to_others(telling: Telling) -> None:
    """Beside the commendation: to the burmistrz, sent back to be mended, and to a partner."""
    case, office = telling.application, telling.cast["biuro"]
    with on(telling.issued_on, hour=14):
        confirm_official(
            case.institution,
            by=office,
            office=Office.BURMISTRZ,
            full_name="Danuta Dębska",
            gender="f",
            title=f"Burmistrz {case.institution.town_genitive}",
            address=f"Rynek 1\n00-000 {case.institution.town}",
        )
        congratulations = draft_letter(case, Kind.CONGRATULATIONS, by=office)
        partner = Partner("Stowarzyszenie „Dębowa Ławka”", f"00-000 {case.institution.town}")
        draft_letter(case, Kind.PARTNER, by=office, partner=partner)
    with on(telling.issued_on, hour=15):
        return_letter(congratulations, by=telling.cast["biuro2"], note=NOTE)


def _write_the_refusal(telling: Telling) -> None:
    """The reasons in writing, and how to appeal."""
    with on(telling.issued_on, hour=12):
        letter = draft_letter(telling.application, Kind.REFUSAL, by=telling.cast["biuro"])
    with on(telling.issued_on, hour=13):
        approve_letter(letter, by=telling.cast["biuro2"])
