"""An application's papers to print: two areas, three standards, a report of any length."""

from datetime import date
from typing import Any

from certification.documents.application_sheets import (
    Applicant,
    AreaSheet,
    CitedPiece,
    CriterionSheet,
    ReportSheet,
    RequestSheet,
    Source,
    StandardSheet,
)

from .sheets import ISSUER, PARAGRAPH

SHA256 = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2
RATINGS = ("niespełnione", "częściowo spełnione", "spełnione")
APPLICANT = Applicant(
    "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
    "pomoc społeczna",
    "Stalowa Wola",
    (("NIP", "865-10-20-304"), ("REGON", "")),
)
ANSWER = f"{PARAGRAPH}\n\n- diagnoza,\n- **plan na trzy lata**,\n- *ewaluacja*.\n\n{PARAGRAPH}"


def source(**fields: Any) -> Source:
    given = {"case": "CAL/W/12/2026", "dossier": 1, "sha256": SHA256, "issuer": ISSUER}
    return Source("Standardy CAL, wydanie 2025", date(2026, 11, 2), **given | fields)


DRAFT = source(case="", dossier=0, sha256="")


def piece(number: int = 1, **fields: Any) -> CitedPiece:
    given = {
        "key": str(number),
        "title": f"Statut nr {number}",
        "form": "plik",
        "place": "s. 4",
        "name": f"statut-{number}.pdf",
        "revision": 2,
        "size": "12,3 KB",
        "sha256": f"{number:064x}",
    }
    return CitedPiece(**given | fields)


def criterion(code: str, **fields: Any) -> CriterionSheet:
    given = {
        "text": f"Treść kryterium {code}.",
        "rating": "spełnione",
        "answer": f"{code}: {ANSWER}",
        "evidence": (piece(1),),
    }
    return CriterionSheet(code, **given | fields)


def report_sheet(*criteria: CriterionSheet, **fields: Any) -> ReportSheet:
    """By default of four criteria; those given all stand in one standard."""
    areas = (
        AreaSheet(
            "A",
            "Misja i umocowanie",
            (
                StandardSheet("A1", "Misja", (criterion("A1.1"), criterion("A1.2"))),
                StandardSheet("A2", "Zapisy", (criterion("A2.1", evidence=(piece(2),)),)),
            ),
        ),
        AreaSheet("B", "Diagnoza", (StandardSheet("B1", "Potrzeby", (criterion("B1.1"),)),)),
    )
    if criteria:
        areas = (AreaSheet("A", "Misja", (StandardSheet("A1", "Misja", criteria),)),)
    given = {"applicant": APPLICANT, "source": source(), "areas": areas, "ratings": RATINGS}
    return ReportSheet(**given | fields)


def request_sheet(**fields: Any) -> RequestSheet:
    given = {
        "applicant": APPLICANT,
        "source": source(),
        "place": "Stalowa Wola",
        "declarations": ("To, co napisaliśmy, jest zgodne ze stanem faktycznym.",),
        "criteria": 54,
        "evidence": 102,
    }
    return RequestSheet(**given | fields)
