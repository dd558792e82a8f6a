"""Site visits of the demonstration: one proposed, one to come, one with its protocol confirmed."""

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime
from PIL import Image, ImageDraw

from certification import clock
from certification.applications.models import Application
from certification.visits.models import SiteVisit
from certification.visits.programme import suggested
from certification.visits.services import (
    add_photo,
    agree,
    confirm,
    hold,
    prepare,
    present,
    propose,
    remark,
    save_note,
    write_protocol,
)
from certification.visits.services.dates import Span
from certification.visits.services.kit import Written
from certification.visits.states import People, Side
from institutions.models import User

from .people import Cast
from .timing import on

if TYPE_CHECKING:
    from .story import Telling

PROPOSED, TO_COME = "Lipowcu Zdrojnym", "Wierzbnie Rzecznym"


@transaction.atomic
def tell_visits(cast: Cast, today: date) -> str:
    """Each visit in a case that stands where a visit of that kind would be."""
    if SiteVisit.objects.filter(application=_case_in(PROPOSED)).exists():
        return "there already"
    with on(today - timedelta(days=1)):
        _propose(_case_in(PROPOSED), cast, [today + timedelta(days=12), today + timedelta(days=14)])
    with on(today - timedelta(days=6)):
        visit = _agreed(_case_in(TO_COME), cast, today + timedelta(days=3))
        _prepare(visit, cast)
    return "one proposed, one to come"


def _case_in(town: str) -> Application:
    cases = Application.objects.filter(institution__town_locative=town)
    return cases.select_related("institution").latest("pk")


def _span(day: date) -> Span:
    start = localtime(clock.now()).replace(year=day.year, month=day.month, day=day.day)
    start = start.replace(hour=10, minute=0)
    return start, start + timedelta(hours=5)


def _team(case: Application) -> list[User]:
    held = case.assignments.active().declared().select_related("assessor")
    return [each.assessor for each in held]


def _propose(case: Application, cast: Cast, days: list[date]) -> SiteVisit:
    team = _team(case)
    return propose(
        case,
        by=cast["biuro"],
        spans=[_span(day) for day in days],
        place=f"{case.institution.town}, ul. Szkolna 3, wejście główne",
        team=team,
        lead=team[0] if team else None,
    )


def _agreed(case: Application, cast: Cast, day: date) -> SiteVisit:
    visit = _propose(case, cast, [day, day + timedelta(days=2)])
    (offer, _later) = visit.current_round.offers.all()
    return agree(visit, offer, by=case.opened_by, side=Side.INSTITUTION)


def _prepare(visit: SiteVisit, cast: Cast) -> None:
    prepare(
        visit,
        by=cast["biuro"],
        agenda=suggested(visit),
        place=visit.place,
        team=list(visit.team.all()),
        lead=visit.lead,
        expected_version=visit.version,
    )


def visit(telling: "Telling") -> None:
    """A visit from its dates to the protocol, with a remark of the institution's in it."""
    if not telling.is_visited:
        return
    case, day = telling.application, telling.day
    with on(day(42)):
        held = _agreed(case, telling.cast, day(55))
        _prepare(held, telling.cast)
        lead = held.team.earliest("pk")
    with on(day(55), hour=14):
        _write_down(held, lead)
    with on(day(55), hour=18):
        hold(held, by=lead)
    with on(day(57)):
        protocol = present(
            write_protocol(held, by=lead, expected_version=0, **PROTOCOL), by=telling.cast["biuro"]
        )
    with on(day(59)):
        remark(protocol, by=telling.custodian, text=REMARK)
    with on(day(60)):
        confirm(protocol, by=telling.custodian)


def _write_down(held: SiteVisit, lead: User) -> None:
    for question, text in ASKED:
        written = Written(uuid4(), text, for_protocol=True, question=question)
        save_note(held, written, by=lead)
    file = ContentFile(_hall(), name="sala.jpg")
    caption = "Sala klubu sąsiedzkiego po zajęciach"
    add_photo(held, by=lead, key=uuid4(), file=file, caption=caption, people=People.NOBODY)


def _hall() -> bytes:
    """An empty room, as a drawing: a photo of one would be somebody's."""
    picture = Image.new("RGB", (960, 640), "#e9e2d3")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, 960, 640), fill="#b99a6b")
    for left in (90, 390, 690):
        draw.rectangle((left, 110, left + 180, 330), fill="#cfe3ec", outline="#5b5346", width=8)
        draw.rectangle((left, 470, left + 180, 500), fill="#5b5346")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


PROTOCOL = {
    "attendees": "Tomasz Szkolny, dyrektor\nHalina Świetlicka, wychowawczyni świetlicy",
    "course": "Obejrzano salę klubu sąsiedzkiego i szkolną świetlicę. Rozmawiano z zespołem, "
    "z radą rodziców i z trojgiem mieszkańców, którzy prowadzą zajęcia.",
    "findings": "Klub działa trzy popołudnia w tygodniu. Zapisy prowadzą mieszkańcy; listy "
    "obecności z ostatniego roku są kompletne. Plan na kolejny rok wisi przy wejściu i ma "
    "dopiski mieszkańców.",
    "documents": "Listy obecności z 12 miesięcy\nPlan klubu na kolejny rok",
}
ASKED = (
    (
        "Kto ustala, co dzieje się w klubie?",
        "Spotkanie mieszkańców raz na kwartał; notatki okazano.",
    ),
    (
        "Jak dowiadują się o klubie nowi mieszkańcy?",
        "Od sąsiadów i z tablicy; szkoła rozdaje ulotki.",
    ),
)
REMARK = "Od września klub będzie otwarty także w soboty; plan przesłaliśmy do biura."
