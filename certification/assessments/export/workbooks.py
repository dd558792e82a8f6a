"""An assessor's own card as a spreadsheet, to be filled in anywhere and brought back."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from certification import clock
from certification.assessments.effective import effective
from certification.assessments.models import Assessment, Rating
from certification.documents.assessment_sheets import AssessmentSheet, JudgedCriterion
from certification.errors import Unavailable
from certification.sandbox import run

from .columns import CARD, COLUMNS, FACTS, HIDDEN, LEVELS, RATINGS

WRITER = Path(__file__).with_name("workbook_writer.py")
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOW = (
    "W arkuszu „Oceny” proszę wybrać poziom z listy i napisać, co za nim przemawia lub czego "
    "brakuje. Plik wczytuje się na stronie oceny: najpierw widać wiersz po wierszu, co się zmieni, "
    "a zapisuje się dopiero po potwierdzeniu. Notatek prywatnych plik nie zawiera. Nie należy go "
    "nikomu pokazywać przed złożeniem kart przez wszystkich oceniających."
)


@override("pl")
def workbook_of(assessment: Assessment) -> bytes:
    """The XLSX file. Private notes are not in it, since files travel."""
    levels = list(assessment.application.standard_set.levels.all())
    position = [column.name for column in COLUMNS].index("level")
    return write_workbook(
        [
            {
                "title": RATINGS,
                "rows": [[column.title for column in COLUMNS], *_ratings(assessment)],
                "widths": [column.width for column in COLUMNS],
                "hidden": HIDDEN,
                "choices": {position: [LEVELS, len(levels)]},
            },
            {
                "title": LEVELS,
                "rows": [
                    ["Poziom", "Co znaczy"],
                    *([str(level), level.descriptor_pl] for level in levels),
                ],
                "widths": [40, 90],
            },
            {"title": FACTS, "rows": _facts(assessment), "widths": [24, 90]},
        ]
    )


WRITTEN_ON_CARD = ("poziom", "mocne strony", "braki", "przywołane miejsca")


def workbook_of_card(sheet: AssessmentSheet) -> bytes:
    """The consolidated card, with what every assessor wrote beside what they agreed."""
    people = [opinion.who for opinion in next(sheet.criteria()).opinions]
    heads = [f"{who}: {what}" for who in people for what in WRITTEN_ON_CARD]
    titles = ["Kod", "Treść kryterium", "Poziom uzgodniony", "Powód", *heads]
    rows = [
        [each.code, each.text, each.agreed, each.reason, *_opinions(each)]
        for each in sheet.criteria()
    ]
    widths = [8, 50, 22, 50] + [22, 50, 50, 40] * len(people)
    outcomes = [[each.code, each.name, each.outcome] for each in sheet.standards()]
    facts = [["Karta zbiorcza", sheet.institution], *map(list, sheet.facts)]
    facts += [[f"Uwagi ogólne: {who}", text] for who, text in sheet.remarks if text]
    return write_workbook(
        [
            {
                "title": RATINGS,
                "rows": [titles, *rows],
                "widths": widths,
            },
            {
                "title": "Standardy",
                "rows": [["Kod", "Standard", "Wynik"], *outcomes],
                "widths": [8, 60, 24],
            },
            {"title": FACTS, "rows": facts, "widths": [32, 90]},
        ]
    )


def _opinions(criterion: JudgedCriterion) -> list[str]:
    return [
        text
        for opinion in criterion.opinions
        for text in (opinion.level, opinion.strengths, opinion.weaknesses, opinion.places)
    ]


def write_workbook(sheets: list[dict[str, Any]]) -> bytes:
    """What workbook_writer.py makes of the description. Raises Unavailable where it fails."""
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(sheets, file)
        file.flush()
        printed = run(WRITER, file.name)
    if printed is None:
        raise Unavailable(_("The workbook could not be made now. Try again in a minute."))
    return printed


def _ratings(assessment: Assessment) -> list[list[Any]]:
    ratings = effective(assessment.ratings.select_related("level"))
    given = {each.criterion_id: each for each in ratings}
    return [
        [criterion.code, criterion.text, *_cells(given.get(criterion.pk))]
        for criterion in assessment.criteria()
    ]


def _cells(rating: Rating | None) -> list[Any]:
    if rating is None:
        return ["", "", "", "", 0]
    level = str(rating.level) if rating.level else ""
    return [level, rating.strengths, rating.weaknesses, rating.question, rating.version]


def _facts(assessment: Assessment) -> list[list[str]]:
    application = assessment.application
    return [
        ["Karta oceny", HOW],
        ["Wniosek", application.number or ""],
        ["Instytucja", application.institution.name],
        ["Standardy", f"{application.standard_set.name_pl}, {application.standard_set.edition}"],
        ["Oceniający", assessment.assignment.assessor.full_name],
        ["Stan na", f"{localtime(clock.now()):%d.%m.%Y %H:%M}"],
        [CARD, str(assessment.pk)],
    ]
