"""What the two papers print: a frozen dossier as its manifest has it, or the answers as they are
read now.

Both go the same way, since a draft is turned into the very answers that a manifest would hold.
The texts of the criteria come from the catalogue, whose published editions never change.
The papers are Polish, whatever language the screens are in.
"""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import override

from certification import clock
from certification.applications import dossiers
from certification.applications.models import Application, Dossier
from certification.applications.states import Declaration
from certification.applications.submitted import rows_for
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
from certification.documents.models import Issuer
from certification.documents.typography import day_in_words
from certification.standards.models import Criterion
from institutions.models import User
from institutions.models.evidence import Form

Answers = list[dict[str, Any]]
NUMBERS = (("NIP", "nip"), ("REGON", "regon"), ("KRS", "krs"))


@override("pl")
def report_of(dossier: Dossier) -> ReportSheet:
    """The report of a frozen dossier, from its manifest alone."""
    contents = dossier.contents
    source = _source_of(dossier)
    return _report(dossier.application, contents["institution"], contents["answers"], source)


@override("pl")
def request_of(dossier: Dossier) -> RequestSheet:
    """The written request that goes with a frozen dossier."""
    contents = dossier.contents
    source = _source_of(dossier)
    return _request(dossier.application, contents["institution"], contents["answers"], source)


@override("pl")
def draft_report(application: Application, *, reader: User, on: date) -> ReportSheet:
    """The report as the person reads the answers on that day; it claims no hash."""
    answers = dossiers.answers_of(rows_for(reader, application))
    return _report(application, _institution(application), answers, _draft(application, on))


@override("pl")
def draft_request(application: Application, *, reader: User, on: date) -> RequestSheet:
    answers = dossiers.answers_of(rows_for(reader, application))
    return _request(application, _institution(application), answers, _draft(application, on))


def _source_of(dossier: Dossier) -> Source:
    application = dossier.application
    return Source(
        standards=_standards(application),
        day=clock.day_of(dossier.frozen_at),
        case=dossier.contents["case"],
        dossier=dossier.number,
        sha256=dossier.sha256,
        issuer=Issuer.load().letterhead(),
    )


def _draft(application: Application, on: date) -> Source:
    issuer = Issuer.load().letterhead()
    return Source(_standards(application), on, case=application.number or "", issuer=issuer)


def _standards(application: Application) -> str:
    return f"{application.standard_set.name_pl}, wydanie {application.standard_set.edition}"


def _institution(application: Application) -> dict[str, Any]:
    institution = application.institution
    numbers = {field: getattr(institution, field) for _label, field in NUMBERS}
    return {"name": institution.name, "town": institution.town, **numbers}


def _applicant(application: Application, institution: dict[str, Any]) -> Applicant:
    numbers = tuple((label, institution.get(field) or "") for label, field in NUMBERS)
    return Applicant(institution["name"], application.kind.name_pl, institution["town"], numbers)


def _request(
    application: Application, institution: dict[str, Any], answers: Answers, source: Source
) -> RequestSheet:
    return RequestSheet(
        applicant=_applicant(application, institution),
        source=source,
        place=institution["town"],
        declarations=tuple(str(declaration.label) for declaration in Declaration),
        criteria=application.criteria().count(),
        evidence=sum(len(answer["evidence"]) for answer in answers),
    )


def _report(
    application: Application, institution: dict[str, Any], answers: Answers, source: Source
) -> ReportSheet:
    given = {answer["criterion"]: answer for answer in answers}
    return ReportSheet(
        applicant=_applicant(application, institution),
        source=source,
        areas=_areas(application, lambda each: _criterion(each, given.get(each.code))),
        ratings=tuple(level.name_pl for level in application.standard_set.levels.all()),
    )


def _areas(
    application: Application, sheet_of: Callable[[Criterion], CriterionSheet]
) -> tuple[AreaSheet, ...]:
    areas = []
    for area, of_area in groupby(application.criteria(), key=lambda each: each.standard.area):
        standards = tuple(
            StandardSheet(standard.code, standard.name_pl, tuple(map(sheet_of, of_standard)))
            for standard, of_standard in groupby(of_area, key=lambda each: each.standard)
        )
        areas.append(AreaSheet(area.code, area.name_pl, standards))
    return tuple(areas)


def _criterion(criterion: Criterion, answer: dict[str, Any] | None) -> CriterionSheet:
    if answer is None:
        return CriterionSheet(criterion.code, criterion.text_pl)
    return CriterionSheet(
        criterion.code,
        criterion.text_pl,
        rating=answer["self_rating_name"],
        answer=answer["text"],
        evidence=tuple(map(_piece, answer["evidence"])),
        confirmed=_confirmed(answer),
    )


def _confirmed(answer: dict[str, Any]) -> str:
    found = dossiers.confirmation_of(answer)
    return f"{found.by}, {day_in_words(clock.day_of(found.at))}" if found else ""


def _piece(piece: dict[str, Any]) -> CitedPiece:
    return CitedPiece(
        key=str(piece["id"]),
        title=piece["title"],
        form=str(Form(piece["form"]).label),
        place=str(dossiers.place_of(piece)),
        name=piece["filename"] or piece["url"],
        revision=piece["revision"],
        size=str(filesizeformat(piece["size"])) if piece["filename"] else "",
        sha256=piece["sha256"],
    )
