"""Certificates issued by the real verb, and rows written straight where many are needed."""

import hashlib
from datetime import date, timedelta
from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.certificates.models import (
    Appeal,
    Certificate,
    Charges,
    EarlierAward,
    Withdrawal,
)
from certification.certificates.services import issue_certificate
from certification.decisions.models import Decision, Resolution
from certification.documents.models import StoredDocument
from certification.finding import search_text
from institutions.models import Institution, User
from institutions.states import Role
from tests.decisions.factories import make_case, make_decision
from tests.factories import confirm_names, make_application, make_institution, make_user


def board_case(**fields: Any) -> Application:
    """A granted case before the Board, of an institution whose name is confirmed."""
    application = make_case(State.BOARD, **fields)
    confirm_names(application.institution)
    return application


def wording(**changed: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "valid_from": today,
        "valid_to": today + timedelta(days=5 * 365),
        "label": "na lata 2020–2025",
        "place": "Warszawa",
        "issued_on": today,
        "first_signatory": "Anna Przykładowa",
        "first_function": "Prezes Zarządu",
        "second_signatory": "Jan Przykładowy",
        "second_function": "Członek Zarządu",
        "design": "classic",
        "orientation": "landscape",
        **changed,
    }


def issue(
    application: Application | None = None, by: User | None = None, **changed: Any
) -> Certificate:
    """Issue one by the verb; `number` of the resolution follows the application."""
    application = application or board_case()
    return issue_certificate(
        application,
        by=by or make_user(Role.BOARD_MEMBER),
        resolution_number=changed.pop("resolution_number", f"{application.pk}/2020"),
        adopted_on=changed.pop("adopted_on", clock.today()),
        **wording(**changed),
    )


def write_certificate(
    serial: int, institution: Institution | None = None, **fields: Any
) -> Certificate:
    """A row as it would be after issuing, without printing anything."""
    institution = institution or make_institution()
    by = make_user()
    application = fields.pop("application", None) or make_application(
        State.CERTIFIED, institution=institution, by=by
    )
    decision = Decision.objects.filter(application=application).first() or make_decision(
        application, decided_by=by
    )
    resolution, _created = Resolution.objects.get_or_create(
        decision=decision,
        defaults={"number": f"{serial}/test", "adopted_on": clock.today(), "recorded_by": by},
    )
    document = StoredDocument.objects.create(
        kind=StoredDocument.Kind.CERTIFICATE,
        title=f"Certyfikat {serial}",
        file=f"documents/{serial}.pdf",
        size=1,
        sha256=hashlib.sha256(str(serial).encode()).hexdigest(),
        created_by=by,
    )
    fields = {**wording(), "reason": "za wdrażanie", **fields}
    full_number = fields.pop("number", f"CAL/OSL/{serial}/{fields['issued_on'].year}")
    return Certificate.objects.create(
        application=application,
        institution=institution,
        resolution=resolution,
        number=full_number,
        holder_name=institution.name,
        document=document,
        issued_by=by,
        issuer_name="CAL",
        verification_url="https://example.org/weryfikacja/x/",
        search_text=search_text(institution.name, institution.town, full_number),
        **fields,
    )


def charges_row(certificate: Certificate, on: date, **fields: Any) -> Charges:
    """Charges stated on that day, without printing anything."""
    return Charges.objects.create(
        **{
            "certificate": certificate,
            "text": "Zarzuty na piśmie.",
            "stated_on": on,
            "reply_until": on + timedelta(days=14),
            "stated_by": make_user(Role.COMMITTEE_CHAIR),
            **fields,
        }
    )


def withdraw_row(certificate: Certificate, on: date) -> Withdrawal:
    return Withdrawal.objects.create(
        charges=charges_row(certificate, on - timedelta(days=30)),
        withdrawn_on=on,
        appeal_until=on + timedelta(days=14),
        reason="Instytucja przestała działać.",
        withdrawn_by=make_user(Role.COMMITTEE_CHAIR),
    )


def appeal_row(withdrawal: Withdrawal, **fields: Any) -> Appeal:
    return Appeal.objects.create(
        **{
            "withdrawal": withdrawal,
            "text": "Odwołujemy się.",
            "appealed_on": withdrawal.withdrawn_on,
            "made_by": make_user(),
            **fields,
        }
    )


def make_award(institution: Institution | None = None, **fields: Any) -> EarlierAward:
    institution = institution or make_institution()
    fields.setdefault("presented", "2012-02-23")
    fields.setdefault("source", "https://example.org/zrodlo")
    fields.setdefault("search_text", search_text(institution.name, institution.town))
    return EarlierAward.objects.create(institution=institution, **fields)
