"""What the form of a new certificate suggests. A person may change all of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from certification.applications.models import Application
from certification.documents.models import Issuer
from certification.documents.sheets import Signatory
from institutions.models import User
from institutions.states import Role

from .label import label_for
from .models import Certificate, CertificateTemplate


@dataclass(frozen=True)
class Defaults:
    """Names as in `services.Wording`, so that `vars()` of it fills a form."""

    adopted_on: date
    reason: str
    valid_from: date
    valid_to: date
    label: str
    place: str
    issued_on: date
    first_signatory: str
    first_function: str
    second_signatory: str
    second_function: str
    design: str
    orientation: str


def issue_defaults(application: Application, day: date) -> Defaults:
    """Suggest a certificate that begins on `day`, or when the one it renews ends."""
    begins = _first_day(application, day)
    ends = years_later(begins, application.standard_set.validity_years) - timedelta(days=1)
    issuer, template = Issuer.load(), CertificateTemplate.of(application.standard_set)
    first, second = signatories_of(template, issuer)
    return Defaults(
        adopted_on=day,
        reason=template.reason,
        valid_from=begins,
        valid_to=ends,
        label=label_for(template.label, begins, ends),
        place=template.place or issuer.place,
        issued_on=day,
        first_signatory=first.name,
        first_function=first.function,
        second_signatory=second.name,
        second_function=second.function,
        design=template.design,
        orientation=template.orientation,
    )


def _first_day(application: Application, day: date) -> date:
    """The day after the renewed certificate ends, while that one still stands."""
    renewed = Certificate.objects.in_force(day).filter(application=application.renews_id)
    last = renewed.first() if application.renews_id else None
    return last.valid_to + timedelta(days=1) if last else day


def years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)


def signatories_of(template: CertificateTemplate, issuer: Issuer) -> tuple[Signatory, Signatory]:
    """Those the template names, each function that it leaves empty taken from below it."""
    named = (
        (template.first_signatory, template.first_function),
        (template.second_signatory, template.second_function),
    )
    suggested = board_signatories(issuer)
    if any(name or function for name, function in named):
        first, second = (
            Signatory(name, function or usual.function)
            for (name, function), usual in zip(named, suggested, strict=True)
        )
        return first, second
    return suggested


def board_signatories(issuer: Issuer) -> tuple[Signatory, Signatory]:
    """Those the issuer names; else today's Board, its president first; else a line to sign on."""
    if any(signatory.name for signatory in issuer.signatories):
        return issuer.signatories
    board = list(User.objects.acting_as(Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER))
    board.sort(key=lambda person: not person.function.startswith("Prezes"))
    named = [Signatory(person.full_name, person.function) for person in board[:2]]
    first, second = [*named, *issuer.signatories[len(named) :]]
    return (
        Signatory(first.name, first.function or issuer.first_function),
        Signatory(second.name, second.function or issuer.second_function),
    )
