"""A card of ratings as PDF, to read; and the same as a form, to fill by hand.

A sheet in, bytes out. Texts of assessors are plain: they change nothing but their own place.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .assessment_sheets import AssessmentSheet, JudgedArea, JudgedCriterion, OpinionSheet
from .printing import print_html
from .report import legible
from .typography import day_in_words, typeset_lines

# Characters of all texts of one card: of two assessors some 6,000 a criterion. It bounds the time.
MAX_TEXT = 700_000


def render_assessment(sheet: AssessmentSheet) -> bytes:
    """Print the card: A4 standing, first the facts and the remarks, then area after area.

    Raises CannotDo for texts longer than MAX_TEXT together.
    """
    return _print("assessment", sheet)


def render_assessment_form(sheet: AssessmentSheet) -> bytes:
    """Print a form with a box for each level and lines to write on; what the sheet holds is
    filled in. Raises CannotDo as above.
    """
    return _print("assessment_form", replace(sheet, title="Formularz oceny"))


def _print(kind: str, sheet: AssessmentSheet) -> bytes:
    if sheet.length() > MAX_TEXT:
        raise CannotDo(_("The text is too long to print. Shorten it."))
    context = {
        "title": legible(sheet.title),
        "institution": legible(sheet.institution),
        "case": legible(sheet.case),
        "issuer": legible(sheet.issuer.name),
        "facts": [(label, legible(value)) for label, value in sheet.facts if value],
        "levels": [legible(level) for level in sheet.levels],
        "descriptors": [(legible(level), legible(text)) for level, text in sheet.descriptors],
        "areas": [_area(area, sheet.levels) for area in sheet.areas],
        "remarks": [(legible(who), _lines(text)) for who, text in sheet.remarks if text],
        "is_draft": sheet.is_draft,
        "day": day_in_words(sheet.day),
        "dated": sheet.day.isoformat(),
    }
    return print_html(kind, context, day=sheet.day, images={})


def _area(area: JudgedArea, levels: tuple[str, ...]) -> dict[str, Any]:
    standards = [
        {
            "code": legible(standard.code),
            "name": legible(standard.name),
            "outcome": legible(standard.outcome),
            "criteria": [_criterion(criterion, levels) for criterion in standard.criteria],
        }
        for standard in area.standards
    ]
    return {"code": legible(area.code), "name": legible(area.name), "standards": standards}


def _criterion(criterion: JudgedCriterion, levels: tuple[str, ...]) -> dict[str, Any]:
    return {
        "code": legible(criterion.code),
        "text": legible(criterion.text),
        "agreed": legible(criterion.agreed),
        "reason": _lines(criterion.reason),
        "opinions": [_opinion(opinion) for opinion in criterion.opinions],
        "boxes": [
            (legible(level), any(level == opinion.level for opinion in criterion.opinions))
            for level in levels
        ],
    }


def _opinion(opinion: OpinionSheet) -> dict[str, Any]:
    return {
        "who": legible(opinion.who),
        "level": legible(opinion.level),
        "strengths": _lines(opinion.strengths),
        "weaknesses": _lines(opinion.weaknesses),
        "question": _lines(opinion.question),
        "places": _lines(opinion.places),
    }


def _lines(text: str) -> list[str]:
    """The text by its lines, each a paragraph of its own; empty lines left out."""
    return [line for line in legible(text, typeset_lines).split("\n") if line.strip()]
