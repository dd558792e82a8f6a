"""Whatever both sides do in whatever order, a visit keeps its promises; whatever a connection does,
a device loses no word and doubles none. What is refused must change nothing.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from certification.visits import services
from certification.visits.models import (
    DateRound,
    Protocol,
    ProtocolClosing,
    ProtocolRemark,
    SiteVisit,
    VisitNote,
)
from certification.visits.services.kit import Written
from certification.visits.states import ENDED, TRANSITIONS, Side, State, Verb
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_user
from tests.visits.factories import make_visit, offer_of, span

pytestmark = pytest.mark.django_db
CALM = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXTS = {"attendees": "Anna K.", "course": "Obejście.", "findings": "Sala.", "documents": ""}
ROWS = (SiteVisit, DateRound, VisitNote, Protocol, ProtocolRemark, ProtocolClosing)


class Walk:
    """One case, its institution, a clerk and an assessor who leads; time only goes forward."""

    def __init__(self) -> None:
        self.case = make_case()
        self.host, self.office = self.case.opened_by, make_user(Role.OFFICE)
        self.lead = make_assignment(self.case).assessor
        self.now = clock.now()

    @property
    def visit(self) -> Any:
        return SiteVisit.objects.filter(application=self.case).order_by("pk").last()

    @property
    def protocol(self) -> Any:
        return Protocol.objects.filter(visit=self.visit).select_related("visit").last()

    def propose(self) -> Any:
        people = {"team": [self.lead], "lead": self.lead}
        return services.propose(self.case, by=self.office, spans=[span()], place="x", **people)

    def talk(self, verb: Verb) -> Any:
        if verb == Verb.COUNTER:
            return services.counter(self.visit, by=self.host, spans=[span()])
        return services.propose_again(self.visit, by=self.office, spans=[span()], place="y")

    def agree(self) -> Any:
        side = self.visit.current_round.side
        other = Side.CAL if side == Side.INSTITUTION else Side.INSTITUTION
        return services.agree(self.visit, offer_of(self.visit), by=self.host, side=other)

    def note(self) -> Any:
        note = Written(uuid.uuid4(), text="Zapisek.", for_protocol=True)
        return services.save_note(self.visit, note, by=self.lead)

    def write(self) -> Any:
        draft = Protocol.objects.drafts().filter(visit=self.visit).first()
        version = draft.version if draft else 0
        course = f"Obejście {version}."
        given_ = TEXTS | {"course": course}
        return services.write_protocol(self.visit, by=self.lead, expected_version=version, **given_)


DEEDS: dict[str, Callable[[Walk], Any]] = {
    "propose": Walk.propose,
    "propose again": lambda walk: walk.talk(Verb.PROPOSE_AGAIN),
    "counter": lambda walk: walk.talk(Verb.COUNTER),
    "agree": Walk.agree,
    "cancel": lambda walk: services.cancel(walk.visit, by=walk.office, reason="Powódź."),
    "hold": lambda walk: services.hold(walk.visit, by=walk.lead),
    "note": Walk.note,
    "write": Walk.write,
    "present": lambda walk: services.present(walk.protocol, by=walk.lead),
    "amend": lambda walk: services.amend(walk.protocol, by=walk.lead),
    "remark": lambda walk: services.remark(walk.protocol, by=walk.host, text=str(uuid.uuid4())),
    "confirm": lambda walk: services.confirm(walk.protocol, by=walk.host),
    "close": lambda walk: services.close(walk.protocol, by=walk.office),
}
SENSIBLE = ["propose", "agree", "days", "hold", "write", "present"]
ORDERS = st.tuples(
    st.integers(0, len(SENSIBLE)), st.lists(st.sampled_from([*DEEDS, "days"]), max_size=12)
)


@CALM
@given(order=ORDERS)
def test_whatever_is_done_in_whatever_order(order: tuple[int, list[str]]) -> None:
    far, further = order
    with transaction.atomic():
        walk = Walk()
        for deed in [*SENSIBLE[:far], *further]:
            if deed == "days":
                walk.now += timedelta(days=11)
            else:
                with clock.set_to(walk.now):
                    attempt(walk, deed)
            holds(walk)
        transaction.set_rollback(True)


def attempt(walk: Walk, deed: str) -> None:
    """Do it: one event, and a state from the table; or be refused, and change nothing."""
    if deed != "propose" and (walk.visit is None or (deed in NEEDS_PROTOCOL and not walk.protocol)):
        return
    before, state = written(), walk.visit.state if walk.visit else None
    try:
        with transaction.atomic():
            DEEDS[deed](walk)
    except CannotDo:
        assert written() == before
        return
    (event,) = Event.objects.order_by("seq")[len(before[-1]) :]
    verb = Verb(event.verb)
    if verb in TRANSITIONS:
        assert state in TRANSITIONS[verb].sources
        assert walk.visit.state == TRANSITIONS[verb].target


NEEDS_PROTOCOL = {"present", "amend", "remark", "confirm", "close"}


def written() -> list[list[Any]]:
    rows = [list(model.objects.order_by("pk").values()) for model in ROWS]  # type: ignore[attr-defined]
    return [*rows, list(Event.objects.values_list("seq"))]


def holds(walk: Walk) -> None:
    visits = SiteVisit.objects.filter(application=walk.case)
    assert visits.exclude(state__in=ENDED).count() <= 1
    for visit in visits:
        closed = ProtocolClosing.objects.filter(protocol__visit=visit).count()
        assert closed == (visit.state in {State.CONFIRMED, State.UNCONFIRMED})
        drafts = visit.protocols.drafts().count()
        assert drafts <= (visit.state == State.HELD)
        if visit.state == State.PRESENTED:
            assert visit.protocols.presented().exists()


# --- a device and its connection ----------------------------------------------------------------


class Device:
    """What static/js/visit-note.js does, in Python: each state has a mark, the unheard are kept."""

    def __init__(self, visit: SiteVisit, key: uuid.UUID) -> None:
        self.visit, self.key, self.me = visit, key, visit.team.get()
        self.text, self.version, self.is_dirty = "", 0, False
        self.change: uuid.UUID | None = None
        self.earlier: list[uuid.UUID] = []

    def type(self, text: str) -> None:
        self.text, self.change, self.is_dirty = text, uuid.uuid4(), True

    def send(self, fate: str) -> None:
        if not self.is_dirty or self.change is None:
            return
        self.earlier.append(self.change)
        if fate == "request lost":
            return
        sent = Written(
            self.key,
            self.text,
            change=self.change,
            earlier=frozenset(self.earlier),
            version=self.version,
        )
        saved = services.save_note(self.visit, sent, by=self.me)
        if fate == "answer lost":
            return
        self.version, self.earlier, self.is_dirty = saved.version, [], False


STEPS = st.one_of(
    st.sampled_from(["arrives", "request lost", "answer lost"]),
    st.sampled_from("ąbc").map(lambda letter: f"+{letter}"),
    st.just("-"),
)


@CALM
@given(steps=st.lists(STEPS, max_size=20))
def test_a_bad_connection_loses_no_word_and_doubles_none(steps: list[str]) -> None:
    with transaction.atomic():
        visit = make_visit(state=State.AGREED)
        device = Device(visit, uuid.uuid4())
        for step in steps:
            if step[0] == "+":
                device.type(device.text + step[1:])
            elif step == "-":
                device.type(device.text[:-1])
            else:
                device.send(step)
        device.type(device.text + "!")
        device.send("arrives")
        assert VisitNote.objects.get().text == device.text
        transaction.set_rollback(True)
