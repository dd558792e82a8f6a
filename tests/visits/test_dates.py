"""Both sides find a date: who may do what when, who is told, and what no later click undoes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.services.conflicts import declare_conflict
from certification.applications.states import State as CaseState
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.outbox.models import Email
from certification.visits import services
from certification.visits.models import DateRound, SiteVisit
from certification.visits.services.moving import VISITED_IN
from certification.visits.states import ENDED, TRANSITIONS, Side, State, Verb
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_member, make_user
from tests.visits.factories import make_visit, offer_of, span

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def told() -> set[str]:
    return set(Email.objects.values_list("to", flat=True))


def test_proposing_offers_dates_and_tells_the_institution(office: User) -> None:
    case = make_case()
    assessor = make_assignment(case).assessor
    spans = [span(10), span(12)]
    visit = services.propose(
        case, by=office, spans=spans, place="Rynek 1", word="Dzień dobry", team=[assessor],
        lead=assessor,
    )  # fmt: skip
    assert visit.state == State.PROPOSED
    assert [(one.starts_at, one.ends_at) for one in visit.current_round.offers.all()] == spans
    assert visit.current_round.side == Side.CAL
    assert told() == {case.opened_by.email}
    assert Event.objects.filter(verb=str(Verb.PROPOSE)).count() == 1


@pytest.mark.parametrize("state", [one for one in CaseState if one not in VISITED_IN])
def test_a_visit_begins_only_while_the_case_is_assessed(office: User, state: CaseState) -> None:
    case = make_case(state)
    with pytest.raises(TransitionNotAllowed):
        services.propose(case, by=office, spans=[span()], place="Rynek 1")


def test_a_second_visit_waits_for_the_end_of_the_first(office: User) -> None:
    visit = make_visit()
    with pytest.raises(CannotDo, match="under way|w toku|trwa"):
        services.propose(visit.application, by=office, spans=[span()], place="Rynek 1")
    services.cancel(visit, by=office, reason="Powódź.")
    services.propose(visit.application, by=office, spans=[span()], place="Rynek 1")
    assert SiteVisit.objects.filter(application=visit.application).count() == 2


@pytest.mark.parametrize(
    "spans", [[], [span(-1)], [(span()[1], span()[0])], [span(day) for day in (5, 6, 7, 8)]]
)
def test_impossible_dates_are_refused(office: User, spans: list[Any]) -> None:
    case = make_case()
    with pytest.raises(CannotDo):
        services.propose(case, by=office, spans=spans, place="Rynek 1")
    assert not SiteVisit.objects.exists()


def test_only_assessors_of_the_case_go(office: User) -> None:
    case = make_case()
    undeclared = make_assignment(case, declared=False).assessor
    for stranger in (make_user(Role.ASSESSOR), undeclared):
        with pytest.raises(CannotDo):
            services.propose(case, by=office, spans=[span()], place="x", team=[stranger])


def test_the_institution_accepts_a_date_and_everybody_is_told(office: User) -> None:
    visit = make_visit()
    (assessor,) = visit.team.all()
    agreed = services.agree(
        visit, offer_of(visit), by=visit.application.opened_by, side=Side.INSTITUTION
    )
    assert (agreed.state, agreed.starts_at) == (State.AGREED, offer_of(visit).starts_at)
    assert told() == {visit.application.opened_by.email, office.email, assessor.email}
    assert agreed.sequence == visit.sequence + 1


def test_nobody_accepts_their_own_date(office: User) -> None:
    visit = make_visit()
    with pytest.raises(TransitionNotAllowed):
        services.agree(visit, offer_of(visit), by=office, side=Side.CAL)


def test_a_date_of_an_earlier_round_is_not_accepted_any_more(office: User) -> None:
    visit = make_visit()
    stale = offer_of(visit)
    host = visit.application.opened_by
    services.counter(visit, by=host, spans=[span(20)], word="Mamy festyn.")
    with pytest.raises(TransitionNotAllowed):
        services.agree(visit, stale, by=office, side=Side.CAL)
    visit.refresh_from_db()
    agreed = services.agree(visit, offer_of(visit), by=office, side=Side.CAL)
    assert agreed.starts_at == span(20)[0]


def test_a_date_that_has_passed_is_not_accepted(office: User) -> None:
    visit = make_visit(spans=[span(-2)])
    with pytest.raises(CannotDo):
        services.agree(visit, offer_of(visit), by=office, side=Side.INSTITUTION)


def test_other_dates_end_the_agreed_one_and_tell_who_was_to_go(office: User) -> None:
    visit = make_visit(state=State.AGREED)
    (assessor,) = visit.team.all()
    moved = services.counter(visit, by=visit.application.opened_by, spans=[span(30)])
    assert (moved.state, moved.starts_at, moved.round) == (State.COUNTERED, None, 2)
    assert told() == {office.email, assessor.email}


def test_calling_off_needs_a_reason(office: User) -> None:
    visit = make_visit(state=State.AGREED)
    with pytest.raises(CannotDo):
        services.cancel(visit, by=office, reason=" ")
    cancelled = services.cancel(visit, by=office, reason="Powódź.")
    assert (cancelled.state, cancelled.cancelled_by) == (State.CANCELLED, office)
    assert cancelled.starts_at is not None  # the calendar file still says what is off


def test_it_took_place_only_once_it_has_begun(office: User) -> None:
    with pytest.raises(CannotDo):
        services.hold(make_visit(state=State.AGREED), by=office)
    begun = make_visit(state=State.AGREED, spans=[(clock.now() - timedelta(hours=1), span()[1])])
    assert services.hold(begun, by=office).state == State.HELD


DATES = {
    Verb.PROPOSE_AGAIN: lambda visit, by: services.propose_again(
        visit, by=by, spans=[span()], place="x"
    ),
    Verb.COUNTER: lambda visit, by: services.counter(visit, by=by, spans=[span()]),
    Verb.AGREE: lambda visit, by: services.agree(
        visit, offer_of(visit), by=by, side=Side.INSTITUTION
    ),
    Verb.CANCEL: lambda visit, by: services.cancel(visit, by=by, reason="x"),
    Verb.HOLD: lambda visit, by: services.hold(visit, by=by),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", DATES, ids=str)
def test_a_verb_starts_from_its_states_alone(office: User, verb: Verb, state: State) -> None:
    visit = make_visit(state=state)
    if state in TRANSITIONS[verb].sources:
        SiteVisit.objects.filter(pk=visit.pk, starts_at__isnull=False).update(
            starts_at=clock.now() - timedelta(hours=1)
        )
        assert DATES[verb](visit, office).state == TRANSITIONS[verb].target
        return
    with pytest.raises(TransitionNotAllowed):
        DATES[verb](visit, office)
    visit.refresh_from_db()
    assert visit.state == state


@pytest.mark.parametrize("verb", [Verb.PROPOSE_AGAIN, Verb.COUNTER, Verb.AGREE], ids=str)
def test_no_date_is_agreed_once_the_case_has_moved_on(office: User, verb: Verb) -> None:
    visit = make_visit()
    Application.objects.filter(pk=visit.application_id).update(state=CaseState.COMMITTEE)
    with pytest.raises(TransitionNotAllowed):
        DATES[verb](visit, office)


def test_two_clerks_write_one_programme(office: User) -> None:
    visit = make_visit()
    given = {"agenda": "9:00 Powitanie", "place": "Rynek 2", "team": [], "lead": None}
    services.prepare(visit, by=office, expected_version=1, **given)
    with pytest.raises(Stale) as stale:
        services.prepare(visit, by=office, expected_version=1, **given)
    assert stale.value.current.agenda == "9:00 Powitanie"


def test_a_new_place_of_an_agreed_visit_is_told(office: User) -> None:
    visit = make_visit(state=State.AGREED)
    given = {"agenda": "", "team": list(visit.team.all()), "lead": visit.lead}
    services.prepare(visit, by=office, expected_version=1, place=visit.place, **given)
    assert told() == set()
    services.prepare(visit, by=office, expected_version=2, place="Rynek 9", **given)
    assert visit.application.opened_by.email in told()


def test_a_conflict_takes_the_person_out_of_the_team(office: User) -> None:
    visit = make_visit()
    (assessor,) = visit.team.all()
    ground = ConflictDeclaration.Ground.OTHER
    declare_conflict(visit.application, user=assessor, by=office, ground=ground, note="Znajomi.")
    visit.refresh_from_db()
    assert (list(visit.team.all()), visit.lead) == ([], None)
    assert not SiteVisit.objects.visible_to(assessor).exists()


def test_a_failed_message_leaves_nothing_behind(office: User, monkeypatch: Any) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("certification.visits.services.dates.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.propose(make_case(), by=office, spans=[span()], place="x")
    assert (SiteVisit.objects.count(), Email.objects.count()) == (0, 0)


# --- constraints --------------------------------------------------------------------------------


def test_one_visit_under_way_a_case() -> None:
    visit = make_visit()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_visit(visit.application, team=[])
    assert set(ENDED) == {State.CONFIRMED, State.UNCONFIRMED, State.CANCELLED}


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": None},
        {"ends_at": clock.now() - timedelta(days=1000)},
        {"cancelled_at": clock.now()},
    ],
    ids=["no beginning", "ends before", "ended unsaid"],
)
def test_an_impossible_visit_is_refused_by_the_database(changes: dict[str, Any]) -> None:
    visit = make_visit(state=State.AGREED)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteVisit.objects.filter(pk=visit.pk).update(**changes)


def test_rounds_stay_as_they_were() -> None:
    make_visit()
    with pytest.raises(IntegrityError), transaction.atomic():
        DateRound.objects.update(word="zmienione")


def test_who_sees_the_case_sees_its_visit() -> None:
    visit = make_visit()
    seen = [make_user(Role.OFFICE), visit.application.opened_by, visit.team.get()]
    blind = [make_member(make_case().institution), make_user(Role.ASSESSOR)]
    assert all(SiteVisit.objects.visible_to(one).contains(visit) for one in seen)
    assert not any(SiteVisit.objects.visible_to(one).contains(visit) for one in blind)
