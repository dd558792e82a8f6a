"""What the print room gets: an assessor's own card, and the consolidated one with the originals.

Private notes are in neither: they leave the bench in no file. The papers are Polish, whatever
language the screens are in.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from django.utils.translation import override

from certification import clock
from certification.applications.models import Application
from certification.assessments.comparison import Comparison, Opinion
from certification.assessments.effective import Counted, counted
from certification.assessments.marks.texts import Marks, listed, marks_of
from certification.assessments.models import Assessment, ConsolidatedCard
from certification.documents.assessment_sheets import (
    AssessmentSheet,
    JudgedArea,
    JudgedCriterion,
    JudgedStandard,
    OpinionSheet,
)
from certification.documents.models import Issuer
from certification.documents.typography import day_in_words
from certification.standards.models import Criterion

Row = TypeVar("Row")


@override("pl")
def sheet_of(assessment: Assessment, *, blank: bool = False) -> AssessmentSheet:
    """The assessor's own card as it stands; `blank` leaves out what was written."""
    application = assessment.application
    ratings = [] if blank else counted(assessment.ratings.select_related("level"))
    given = {each.rating.criterion_id: each for each in ratings}
    marks = marks_of([assessment])

    def judged(criterion: Criterion) -> JudgedCriterion:
        places = marks.get((assessment.pk, criterion.pk), {})
        opinion = _opinion(given.get(criterion.pk), places)
        return JudgedCriterion(criterion.code, criterion.text_pl, (opinion,))

    submitted = assessment.submitted_at
    return AssessmentSheet(
        title="Karta oceny",
        institution=application.institution.name,
        case=application.number or "",
        day=clock.day_of(submitted or clock.now()),
        facts=(
            *_facts(application),
            ("Oceniający", assessment.assignment.assessor.full_name),
            ("Złożono", day_in_words(clock.day_of(submitted)) if submitted else ""),
        ),
        levels=_levels(application),
        descriptors=_descriptors(application),
        areas=_areas(assessment.criteria(), lambda each: each, judged),
        issuer=Issuer.load().letterhead(),
        remarks=(("", "" if blank else assessment.summary),),
        is_draft=submitted is None,
    )


@override("pl")
def sheet_of_card(card: ConsolidatedCard) -> AssessmentSheet:
    """The consolidated card with every assessor's own ratings beside what they agreed."""
    application, comparison = card.application, Comparison(card)
    people = [each.assignment.assessor.full_name for each in comparison.assessments]
    outcomes = {
        standard.outcome.standard.code: str(standard.outcome.level.label)
        for _area, standards in comparison.areas
        for standard in standards
    }
    closed = card.closed_at
    return AssessmentSheet(
        title="Karta zbiorcza",
        institution=application.institution.name,
        case=application.number or "",
        day=clock.day_of(closed or clock.now()),
        facts=(
            *_facts(application),
            ("Oceniający", ", ".join(people)),
            ("Zamknięto", day_in_words(clock.day_of(closed)) if closed else ""),
        ),
        levels=_levels(application),
        areas=_areas(
            comparison.rows,
            lambda row: row.criterion,
            lambda row: JudgedCriterion(
                row.criterion.code,
                row.criterion.text_pl,
                tuple(_named_opinion(opinion) for opinion in row.opinions),
                agreed=str(row.agreed.level or "nieuzgodniony"),
                reason=row.agreed.reason,
            ),
            outcomes,
        ),
        issuer=Issuer.load().letterhead(),
        remarks=tuple(
            (each.assignment.assessor.full_name, each.summary) for each in comparison.assessments
        ),
        is_draft=closed is None,
    )


def _facts(application: Application) -> tuple[tuple[str, str], ...]:
    standards = application.standard_set
    return (
        ("Numer wniosku", application.number or ""),
        ("Miejscowość", application.institution.town),
        ("Standardy", f"{standards.name_pl}, wydanie {standards.edition}"),
    )


def _levels(application: Application) -> tuple[str, ...]:
    return tuple(str(level) for level in application.standard_set.levels.all())


def _descriptors(application: Application) -> tuple[tuple[str, str], ...]:
    levels = application.standard_set.levels.all()
    return tuple((str(level), level.descriptor_pl) for level in levels if level.descriptor_pl)


def _opinion(given: Counted | None, marks: Marks, who: str = "") -> OpinionSheet:
    if given is None:
        return OpinionSheet(who=who)
    rating = given.rating
    level = str(rating.level) if rating.level else ""
    if given.is_corrected:
        level += f" (poprawiono; złożono: {given.original.level})"
    texts = (rating.strengths, rating.weaknesses, rating.question)
    return OpinionSheet(level, *texts, who, listed(marks, *texts))


def _named_opinion(opinion: Opinion) -> OpinionSheet:
    """As the card shows it: without the question, which is the office's to ask."""
    who = opinion.assessment.assignment.assessor.full_name
    sheet = _opinion(opinion.counted, opinion.marks, who)
    places = listed(opinion.marks, sheet.strengths, sheet.weaknesses)
    return replace(sheet, question="", places=places)


def _areas(
    rows: Iterable[Row],
    criterion_of: Callable[[Row], Criterion],
    judged: Callable[[Row], JudgedCriterion],
    outcomes: dict[str, str] | None = None,
) -> tuple[JudgedArea, ...]:
    """Rows in the catalogue's order, gathered by area and standard."""
    found = []
    for area, of_area in groupby(rows, key=lambda row: criterion_of(row).standard.area):
        standards = tuple(
            JudgedStandard(
                standard.code,
                standard.name_pl,
                tuple(judged(row) for row in of_standard),
                (outcomes or {}).get(standard.code, ""),
            )
            for standard, of_standard in groupby(
                of_area, key=lambda row: criterion_of(row).standard
            )
        )
        found.append(JudgedArea(area.code, area.name_pl, standards))
    return tuple(found)
