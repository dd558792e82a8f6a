"""Sheets of cards that tests print."""

from datetime import date
from typing import Any

from certification.documents.assessment_sheets import (
    AssessmentSheet,
    JudgedArea,
    JudgedCriterion,
    JudgedStandard,
    OpinionSheet,
)
from certification.documents.sheets import Letterhead

LEVELS = ("0 – niespełnione", "1 – częściowo", "2 – spełnione", "3 – wzorcowo", "nie dotyczy")
MIXED = "Ірина i Ωμέγα 😀\nDruga linia <b>nic</b> √2 ≤ 3"


def assessment_sheet(**changes: Any) -> AssessmentSheet:
    """A consolidated card of one standard, with two opinions of a criterion."""
    opinions = (
        OpinionSheet(LEVELS[2], "Plan na trzy lata.", "", "Kto koordynuje?", who="Anna Nowak"),
        OpinionSheet(LEVELS[1], "", MIXED, who="Jan Kowalski"),
    )
    criteria = (
        JudgedCriterion(
            "A1.1", "Treść kryterium.", opinions, agreed=LEVELS[2], reason="Plan jest."
        ),
        JudgedCriterion("A1.2", "Treść drugiego.", (OpinionSheet(), OpinionSheet())),
    )
    standard = JudgedStandard("A1", "Misja", criteria, outcome="spełniony")
    fields: dict[str, Any] = {
        "title": "Karta zbiorcza",
        "institution": "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
        "case": "CAL/W/12/2026",
        "day": date(2026, 3, 4),
        "facts": (("Numer wniosku", "CAL/W/12/2026"), ("Oceniający", "Anna Nowak, Jan Kowalski")),
        "levels": LEVELS,
        "areas": (JudgedArea("A", "Umocowanie", (standard,)),),
        "issuer": Letterhead("Centrum Wspierania Aktywności Lokalnej CAL"),
        "remarks": (("Anna Nowak", "Uwagi ogólne.\nDruga linia."),),
    }
    return AssessmentSheet(**{**fields, **changes})
