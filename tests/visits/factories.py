"""What tests of site visits stand on. Rows are written straight, as in tests/factories.py."""

import io
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from certification import clock
from certification.applications.models import Application
from certification.visits import services
from certification.visits.models import (
    DateOffer,
    DateRound,
    Protocol,
    SiteVisit,
    VisitNote,
    VisitPhoto,
)
from certification.visits.states import IN_TALKS, People, Side, State
from institutions.models import User
from tests.assessments.factories import make_assignment, make_case

Span = tuple[datetime, datetime]


def span(days: int = 10, hours: float = 5) -> Span:
    """A date that many days ahead, lasting so many hours."""
    start = (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return start, start + timedelta(hours=hours)


def make_visit(
    application: Application | None = None,
    state: State = State.PROPOSED,
    *,
    spans: list[Span] | None = None,
    team: list[User] | None = None,
    side: Side = Side.CAL,
    **fields: Any,
) -> SiteVisit:
    """A visit in that state; without a team, one new assessor of the case leads it."""
    application = application or make_case()
    if team is None:
        team = [make_assignment(application).assessor]
    spans = spans or [span()]
    if state not in IN_TALKS and state != State.CANCELLED:
        fields.setdefault("starts_at", spans[0][0])
        fields.setdefault("ends_at", spans[0][1])
    if state == State.CANCELLED:
        fields |= {"cancelled_by": application.opened_by, "cancelled_at": clock.now()}
    fields.setdefault("proposed_by", application.opened_by)
    fields.setdefault("place", "ul. Rynek 1, 00-001 Miasteczko")
    fields.setdefault("lead", team[0] if team else None)
    visit = SiteVisit.objects.create(application=application, state=state, **fields)
    visit.team.set(team)
    round_ = DateRound.objects.create(visit=visit, number=1, side=side, made_by=visit.proposed_by)
    DateOffer.objects.bulk_create(
        DateOffer(round=round_, starts_at=start, ends_at=end) for start, end in spans
    )
    return visit


def offer_of(visit: SiteVisit) -> DateOffer:
    return DateOffer.objects.filter(round__visit=visit, round__number=visit.round)[0]


def picture(name: str = "zdjecie.jpg", **how: Any) -> ContentFile:
    """A small JPEG, as a phone would send it."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG", **how)
    return ContentFile(content.getvalue(), name=name)


def make_photo(visit: SiteVisit, *, by: User, **fields: Any) -> VisitPhoto:
    """A photo of a hall, by the verb: a file comes with its row."""
    fields.setdefault("key", uuid.uuid4())
    fields.setdefault("file", picture())
    fields.setdefault("caption", "Sala spotkań")
    fields.setdefault("people", People.NOBODY)
    return services.add_photo(visit, by=by, **fields)


def make_note(visit: SiteVisit, *, by: User, text: str = "Zapisek.", **fields: Any) -> VisitNote:
    fields.setdefault("uuid", uuid.uuid4())
    return VisitNote.objects.create(visit=visit, author=by, text=text, **fields)


def make_protocol(visit: SiteVisit, *, presented: bool = False, **fields: Any) -> Protocol:
    """A protocol of a visit that took place; a presented one is printed, by the verb."""
    by = fields.pop("by", None) or visit.lead or visit.proposed_by
    fields.setdefault("attendees", "Anna Kowalska, dyrektorka")
    fields.setdefault("course", "Obejrzano salę i rozmawiano z zespołem.")
    fields.setdefault("findings", "Sala mieści 40 osób.")
    number = visit.protocols.count() + 1
    protocol = Protocol.objects.create(visit=visit, number=number, written_by=by, **fields)
    return services.present(protocol, by=by) if presented else protocol
