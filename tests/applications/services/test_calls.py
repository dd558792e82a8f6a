"""Calls for applications: their days, and what happens on the last of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certification import clock
from certification.applications import services
from certification.applications.models import Call, CallState
from certification.applications.states import State
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from institutions.states import Role
from tests.applications.factories import make_call, make_ready_draft
from tests.factories import (
    days_from_today,
    make_institution,
    make_kind,
    make_member,
    make_standard_set,
    make_user,
)

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 18)
MIDNIGHT = datetime(2026, 12, 18, 23, tzinfo=UTC)  # in Poland
IN_TIME, TOO_LATE = MIDNIGHT - timedelta(seconds=1), MIDNIGHT


def december(**fields):
    return make_call(opens_on=date(2026, 12, 1), closes_on=LAST, **fields)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), CallState.UPCOMING),
        (datetime(2026, 11, 30, 23, tzinfo=UTC), CallState.OPEN),
        (IN_TIME, CallState.OPEN),
        (TOO_LATE, CallState.CLOSED),
    ],
)
def test_state_of_a_call(moment, state):
    call = december()

    assert call.state_at(moment) == state
    assert call.takes(make_institution(), moment) == (state == CallState.OPEN)


def test_submission_is_on_time_by_its_arrival_however_slow_the_files():
    draft = make_ready_draft(call=december())

    with clock.set_to(TOO_LATE + timedelta(minutes=1)):  # when the files were read at last
        services.submit(draft, by=draft.opened_by, declared=True, arrived_at=IN_TIME)

    assert (draft.state, draft.submitted_at) == (State.SUBMITTED, IN_TIME)


def test_submission_after_the_closing_keeps_what_was_written():
    draft = make_ready_draft(call=december())

    with clock.set_to(TOO_LATE), pytest.raises(CannotDo, match="do 18 grudnia 2026, 23:59"):
        services.submit(draft, by=draft.opened_by, declared=True)

    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.answers.count()) == (State.DRAFT, None, 4)


def test_an_extension_is_for_one_institution_alone():
    call = december()
    mine, other = make_ready_draft(call=call), make_ready_draft(call=call)
    with clock.set_to(TOO_LATE):
        services.extend_call(
            call,
            by=make_user(Role.OFFICE),
            institution=mine.institution,
            until=date(2026, 12, 22),
            reason="Awaria prądu.",
        )

    with clock.set_to(datetime(2026, 12, 22, 22, 59, tzinfo=UTC)):
        services.submit(mine, by=mine.opened_by, declared=True)
        with pytest.raises(CannotDo):
            services.submit(other, by=other.opened_by, declared=True)

    assert mine.state == State.SUBMITTED


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"until": LAST}])
def test_extension_refused(wrong):
    call, given = december(), {"until": date(2026, 12, 22), "reason": "Awaria."} | wrong

    with clock.set_to(IN_TIME), pytest.raises(CannotDo):
        services.extend_call(
            call, by=make_user(Role.OFFICE), institution=make_institution(), **given
        )

    assert call.extensions.count() == 0


def test_closing_early_is_at_once_but_what_has_arrived_counts():
    draft = make_ready_draft(call=make_call())
    arrived = clock.now()

    services.close_call(draft.call, by=make_user(Role.OFFICE), reason="Wyczerpane środki.")
    draft.refresh_from_db()

    with pytest.raises(CannotDo, match="Nabór"):
        services.submit(draft, by=draft.opened_by, declared=True)
    services.submit(draft, by=draft.opened_by, declared=True, arrived_at=arrived)
    assert draft.state == State.SUBMITTED


def test_a_draft_of_a_call_is_written_by_its_standards():
    older = make_standard_set()
    make_standard_set()
    custodian = make_member(institution := make_institution())

    draft = services.open_application(institution, by=custodian, call=make_call(standard_set=older))

    assert draft.standard_set == older


@pytest.mark.parametrize("why", ["another kind", "not yet", "over"])
def test_a_draft_is_not_begun_where_the_call_is_not_open(why):
    custodian = make_member(institution := make_institution())
    call = {
        "another kind": lambda: make_call(kinds=[make_kind("library")]),
        "not yet": lambda: make_call(opens_on=days_from_today(1)),
        "over": lambda: make_call(closes_on=days_from_today(-1)),
    }[why]()

    with pytest.raises(CannotDo):
        services.open_application(institution, by=custodian, call=call)

    assert institution.applications.count() == 0


def test_calls_only(settings):
    settings.CALLS_ONLY = True
    custodian = make_member(institution := make_institution())
    call = make_call()

    with pytest.raises(CannotDo, match="w naborach"):
        services.open_application(institution, by=custodian)

    assert services.open_application(institution, by=custodian, call=call).call == call


def changed(call, **fields):
    given = {
        "name": call.name,
        "opens_on": call.opens_on,
        "closes_on": call.closes_on,
        "standard_set": call.standard_set,
    }
    return given | fields


def test_edit_call_in_two_tabs():
    call, office = make_call(), make_user(Role.OFFICE)
    services.edit_call(call, by=office, expected_version=1, **changed(call, name="Nowa nazwa"))

    with pytest.raises(Stale) as stale:
        services.edit_call(call, by=office, expected_version=1, **changed(call, name="Inna"))

    assert stale.value.current.name == "Nowa nazwa"
    assert Call.objects.get().name == "Nowa nazwa"


@pytest.mark.parametrize("harm", ["sooner", "other standards"])
def test_whoever_has_begun_loses_nothing_by_an_edit(harm):
    call = make_call()
    make_ready_draft(call=call)
    fields = {
        "sooner": {"closes_on": call.closes_on - timedelta(days=1)},
        "other standards": {"standard_set": make_standard_set()},
    }[harm]

    with pytest.raises(CannotDo):
        services.edit_call(
            call, by=make_user(Role.OFFICE), expected_version=1, **changed(call, **fields)
        )


def test_a_call_that_is_over_is_changed_no_more():
    call, office = make_call(closes_on=days_from_today(0)), make_user(Role.OFFICE)

    with clock.set_to(clock.now() + timedelta(days=2)):
        with pytest.raises(TransitionNotAllowed):
            services.close_call(call, by=office, reason="Pomyłka.")
        with pytest.raises(TransitionNotAllowed):
            services.edit_call(call, by=office, expected_version=1, **changed(call))


def test_a_draft_goes_on_outside_a_call_that_closed_on_it():
    draft = make_ready_draft(call=december())

    with clock.set_to(TOO_LATE):
        left = services.leave_call(draft, by=draft.opened_by)
        services.submit(left, by=draft.opened_by, declared=True)

    assert (left.call, left.state) == (None, State.SUBMITTED)


@pytest.mark.parametrize("why", ["open", "extended", "calls only"])
def test_a_call_is_left_only_when_it_is_over(why, settings):
    draft = make_ready_draft(call=december())
    settings.CALLS_ONLY = why == "calls only"
    if why == "extended":
        with clock.set_to(IN_TIME):
            services.extend_call(
                draft.call,
                by=make_user(Role.OFFICE),
                institution=draft.institution,
                until=LAST + timedelta(days=3),
                reason="Powódź.",
            )

    with clock.set_to(IN_TIME if why == "open" else TOO_LATE), pytest.raises(CannotDo):
        services.leave_call(draft, by=draft.opened_by)

    draft.refresh_from_db()
    assert draft.call is not None
