"""The world's site visits: one that is agreed, with a kit; one that is over, with its protocol."""

from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.documents.models import StoredDocument
from certification.documents.services import store
from certification.visits.models import Protocol, ProtocolRemark
from certification.visits.states import State
from institutions.models import User
from tests.applications.paper_factories import BYTES
from tests.factories import days_from_today
from tests.visits.factories import make_note, make_photo, make_visit, offer_of, span


def args_of_visits(application: Application, people: dict[str, User | None]) -> dict[str, Any]:
    """What the addresses of visits take, by their names."""
    assessor: Any = people["assessor"]
    agreed = make_visit(application, State.AGREED, team=[assessor])
    make_note(agreed, by=assessor, question="Pytanie?")
    photo = make_photo(agreed, by=assessor)
    past = make_visit(application, State.CONFIRMED, team=[assessor], spans=[span(-20)])
    protocol = _presented(past, by=assessor)
    ProtocolRemark.objects.create(protocol=protocol, text="Uwaga.", made_by=people["custodian"])
    things: dict[str, tuple[list[Any], str]] = {
        "application": ([application.pk], "visit_propose"),
        "agreed": (
            [agreed.pk],
            "visit_detail visit_counter visit_propose_again visit_prepare visit_cancel visit_hold "
            "visit_calendar visit_kit kit_note kit_photo",
        ),
        "offer": ([agreed.pk, offer_of(agreed).pk], "visit_agree"),
        "photo": ([photo.pk], "visit_photo visit_photo_remove"),
        "past": (
            [past.pk],
            "protocol_write protocol_preview protocol_present protocol_amend protocol_remark "
            "protocol_confirm protocol_close",
        ),
        "protocol": ([past.pk, protocol.number], "protocol_pdf"),
    }
    return {name: args for args, names in things.values() for name in names.split()}


def _presented(past: Any, *, by: User) -> Protocol:
    document = store(StoredDocument.Kind.PROTOCOL, "Protokół", BYTES, by=by)
    return Protocol.objects.create(
        visit=past,
        attendees="Anna Kowalska",
        course="Obejście.",
        findings="Sala.",
        documents="Statut",
        written_by=by,
        presented_by=by,
        presented_at=clock.now(),
        remarks_until=days_from_today(7),
        document=document,
    )
