"""The verbs: what each needs, what it leaves behind, and from where it is refused."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications import access, services
from certification.applications.models import Answer, Application, ConflictDeclaration
from certification.applications.states import TRANSITIONS, State, Verb
from certification.audit.models import ChainHead, Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from institutions.states import MemberRole, Role
from tests.factories import (
    level,
    make_application,
    make_evidence,
    make_institution,
    make_member,
    make_standard_set,
    make_user,
)

from .factories import add_version, damage, in_state, make_file, make_ready_draft

pytestmark = pytest.mark.django_db

GROUND = ConflictDeclaration.Ground.ADVISED


def criterion(application, code="A1.1"):
    return application.criteria().get(code=code)


def verbs_of(application):
    return list(Event.objects.of_case(application).values_list("verb", flat=True))


def do(verb, application):
    by = application.opened_by
    return {
        Verb.SUBMIT: lambda: services.submit(application, by=by, declared=True),
        Verb.TAKE_UP: lambda: services.take_up(application, by=by),
        Verb.ACCEPT: lambda: services.accept(application, by=by),
        Verb.REQUEST_COMPLETION: lambda: services.request_completion(
            application,
            by=by,
            reason="Brakuje umowy.",
            criteria=[criterion(application)],
            deadline=clock.today() + timedelta(days=7),
        ),
        Verb.COMPLETE: lambda: services.complete(application, by=by),
        Verb.WITHDRAW: lambda: services.withdraw(application, by=by),
    }[verb]()


OURS = [
    Verb.SUBMIT,
    Verb.TAKE_UP,
    Verb.ACCEPT,
    Verb.REQUEST_COMPLETION,
    Verb.COMPLETE,
    Verb.WITHDRAW,
]


# --- every verb in every state ---------------------------------------------------------------


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", OURS)
def test_verb_in_state(verb, state):
    application = in_state(state)
    before = Event.objects.count()

    if state in TRANSITIONS[verb].sources:
        do(verb, application)
        application.refresh_from_db()
        assert application.state in TRANSITIONS[verb].targets
        assert [event.verb for event in Event.objects.all()[before:]] == [str(verb)]
    else:
        with pytest.raises(TransitionNotAllowed):
            do(verb, application)
        application.refresh_from_db()
        assert application.state == state
        assert Event.objects.count() == before


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_move_in_state(verb, state):
    application = in_state(state)
    if state == State.DRAFT:  # what submit() writes before it moves
        by, now = application.opened_by, clock.now()
        Application.objects.update(number="CAL/W/1/2000", submitted_by=by, submitted_at=now)
    target = next(iter(TRANSITIONS[verb].targets))

    if state in TRANSITIONS[verb].sources:
        moved = services.move(application, verb, by=application.opened_by, to=target)
        assert moved.state == target
        assert verbs_of(application) == [str(verb)]
    else:
        with pytest.raises(TransitionNotAllowed):
            services.move(application, verb, by=application.opened_by, to=target)
        assert verbs_of(application) == []


def test_move_to_a_target_the_verb_does_not_have():
    application = in_state(State.SUBMITTED)

    with pytest.raises(TransitionNotAllowed):
        services.move(application, Verb.TAKE_UP, by=application.opened_by, to=State.CERTIFIED)


@pytest.mark.parametrize("state", State)
def test_writing_in_state(state):
    application = in_state(state)
    first = criterion(application)
    answer = application.answers.get(criterion=first)
    write = {
        "by": application.opened_by,
        "self_rating": answer.self_rating,
        "text": "Nowy tekst.",
        "expected_version": 1,
    }

    if state in {State.DRAFT, State.COMPLETION}:
        assert services.save_answer(application, first, **write).text == "Nowy tekst."
    else:
        with pytest.raises(TransitionNotAllowed):
            services.save_answer(application, first, **write)
        revision = make_evidence(application.institution)
        with pytest.raises(TransitionNotAllowed):
            services.cite(application, first, revision, by=application.opened_by)
        answer.refresh_from_db()
        assert answer.text == "Odpowiedź na A1.1."


# --- opening ---------------------------------------------------------------------------------


def test_open_application():
    institution, standard_set = make_institution(), make_standard_set()
    by = make_member(institution)

    application = services.open_application(institution, by=by)

    assert (application.state, application.standard_set) == (State.DRAFT, standard_set)
    assert (application.opened_by, application.number) == (by, None)
    assert verbs_of(application) == ["applications.open"]


def test_open_application_while_one_is_under_way():
    application = make_application(State.ASSESSMENT)

    with pytest.raises(CannotDo, match="CAL/W"):
        services.open_application(application.institution, by=application.opened_by)

    assert Application.objects.count() == 1


def test_open_application_without_standards():
    institution = make_institution()
    make_standard_set(published=False)

    with pytest.raises(CannotDo, match="standard"):
        services.open_application(institution, by=make_member(institution))


def test_open_application_to_renew():
    old = make_application(State.CERTIFIED)

    new = services.open_application(old.institution, by=old.opened_by, renews=old)

    assert new.renews == old


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
def test_open_application_to_renew_what_was_not_certified(state):
    old = make_application(state)

    with pytest.raises(CannotDo):
        services.open_application(old.institution, by=old.opened_by, renews=old)


def test_open_application_to_renew_anothers():
    institution, old = make_institution(), make_application(State.CERTIFIED)

    with pytest.raises(CannotDo):
        services.open_application(institution, by=make_member(institution), renews=old)


# --- answers and citations -------------------------------------------------------------------


def test_save_answer_counts_versions():
    application = make_application()
    write = {"by": application.opened_by, "self_rating": None}
    first = criterion(application)

    services.save_answer(application, first, text="raz", expected_version=0, **write)
    answer = services.save_answer(application, first, text="dwa", expected_version=1, **write)

    assert (answer.version, answer.text) == (2, "dwa")
    assert verbs_of(application) == ["applications.save_answer"] * 2


def test_save_answer_from_an_older_version_is_refused():
    application = make_application()
    first, by = criterion(application), application.opened_by
    editor = make_member(application.institution, MemberRole.EDITOR)
    services.save_answer(
        application, first, by=editor, self_rating=None, text="jej", expected_version=0
    )

    with pytest.raises(Stale) as caught:
        services.save_answer(
            application, first, by=by, self_rating=None, text="mój", expected_version=0
        )

    assert (caught.value.current.text, caught.value.current.updated_by) == ("jej", editor)
    assert Answer.objects.get().text == "jej"
    assert len(verbs_of(application)) == 1


def test_save_answer_twice_the_same_changes_nothing():
    application = make_application()
    write = {"by": application.opened_by, "self_rating": None, "text": "raz"}

    for _click in range(2):
        answer = services.save_answer(
            application, criterion(application), expected_version=0, **write
        )

    assert answer.version == 1
    assert verbs_of(application) == ["applications.save_answer"]


def test_save_answer_to_a_criterion_of_another_kind():
    application = make_application()
    alien = make_standard_set().areas.first().standards.first().criteria.first()

    with pytest.raises(CannotDo):
        services.save_answer(
            application,
            alien,
            by=application.opened_by,
            self_rating=None,
            text="x",
            expected_version=0,
        )


def test_completion_unlocks_only_the_named_criteria():
    application = in_state(State.COMPLETION)
    write = {"by": application.opened_by, "self_rating": None, "text": "x", "expected_version": 1}

    services.save_answer(application, criterion(application, "A1.1"), **write)
    with pytest.raises(CannotDo, match="A1.2"):
        services.save_answer(application, criterion(application, "A1.2"), **write)
    with pytest.raises(CannotDo, match="A1.2"):
        services.cite(
            application,
            criterion(application, "A1.2"),
            make_evidence(application.institution),
            by=application.opened_by,
        )

    assert verbs_of(application) == ["applications.save_answer"]


def test_cite_and_uncite():
    application = make_application()
    revision = make_evidence(application.institution)

    citation = services.cite(
        application, criterion(application), revision, by=application.opened_by, page=3
    )
    assert (citation.answer.version, citation.page) == (0, 3)
    services.uncite(citation, by=application.opened_by)

    assert application.answers.get().citations.count() == 0
    assert verbs_of(application) == ["applications.cite", "applications.uncite"]


def test_uncite_twice_changes_nothing():
    application = make_application()
    revision = make_evidence(application.institution)
    by = application.opened_by
    citation = services.cite(application, criterion(application), revision, by=by)
    again = type(citation).objects.get(pk=citation.pk)

    services.uncite(citation, by=by)
    services.uncite(again, by=by)

    assert verbs_of(application) == ["applications.cite", "applications.uncite"]


def test_cite_evidence_of_another_institution():
    application = make_application()

    with pytest.raises(CannotDo):
        services.cite(
            application,
            criterion(application),
            make_evidence(make_institution()),
            by=application.opened_by,
        )

    assert Answer.objects.count() == 0


def test_cite_the_same_twice():
    application = make_application()
    revision, by = make_evidence(application.institution), application.opened_by
    services.cite(application, criterion(application), revision, by=by)

    with pytest.raises(CannotDo):
        services.cite(application, criterion(application), revision, by=by)


def test_cite_two_versions_of_one_evidence():
    application = make_application()
    first, by = make_file(application.institution), application.opened_by
    second = add_version(first.evidence, b"%PDF-1.7 nowe", by=by)

    for revision in (first, second):
        services.cite(application, criterion(application), revision, by=by)

    assert application.answers.get().citations.count() == 2


# --- submitting ------------------------------------------------------------------------------


def test_submit_gives_number_dossier_and_one_event():
    application = make_ready_draft()
    by, year = application.opened_by, clock.today().year

    services.submit(application, by=by, declared=True)

    assert (application.state, application.number) == (State.SUBMITTED, f"CAL/W/1/{year}")
    assert (application.submitted_by, application.submitted_at is None) == (by, False)
    dossier = application.dossiers.get()
    event = Event.objects.of_case(application).get()
    assert event.facts == {"number": application.number, "sha256": dossier.sha256}
    assert mail.outbox == []


def test_submit_without_declaring():
    application = make_ready_draft()

    with pytest.raises(CannotDo, match="oświadczenia"):
        services.submit(application, by=application.opened_by, declared=False)

    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, None)


@pytest.mark.parametrize("change", [{"text": "  "}, {"self_rating": None}])
def test_submit_while_something_is_missing(change):
    application = make_ready_draft()
    application.answers.filter(criterion__code="A1.2").update(**change)

    with pytest.raises(CannotDo, match="A1.2"):
        services.submit(application, by=application.opened_by, declared=True)

    assert application.dossiers.count() == 0


def test_submit_with_not_applicable_explained():
    application = make_ready_draft()
    not_applicable = level(application.standard_set, None)
    application.answers.filter(criterion__code="A1.2").update(self_rating=not_applicable)

    services.submit(application, by=application.opened_by, declared=True)

    assert application.state == State.SUBMITTED


def test_submit_with_a_damaged_file_names_it():
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    services.cite(application, criterion(application), revision, by=application.opened_by)
    damage(revision)

    with pytest.raises(CannotDo, match="Umowa partnerska"):
        services.submit(application, by=application.opened_by, declared=True)

    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, None)


def test_submit_with_a_lost_file_names_it():
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    services.cite(application, criterion(application), revision, by=application.opened_by)
    revision.file.storage.delete(revision.file.name)

    with pytest.raises(CannotDo, match="Umowa partnerska"):
        services.submit(application, by=application.opened_by, declared=True)


def test_numbers_have_no_gap_after_a_roll_back():
    first, second = make_ready_draft(), make_ready_draft()
    year = clock.today().year

    def submit_and_fail():
        with transaction.atomic():
            services.submit(first, by=first.opened_by, declared=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        submit_and_fail()
    second = services.submit(second, by=second.opened_by, declared=True)
    first = services.submit(Application.objects.get(pk=first.pk), by=first.opened_by, declared=True)

    assert (second.number, first.number) == (f"CAL/W/1/{year}", f"CAL/W/2/{year}")


def test_submit_twice_changes_nothing_the_second_time():
    application = make_ready_draft()
    stale = Application.objects.get(pk=application.pk)
    services.submit(application, by=application.opened_by, declared=True)

    with pytest.raises(TransitionNotAllowed):
        services.submit(stale, by=application.opened_by, declared=True)

    assert (application.dossiers.count(), len(verbs_of(application))) == (1, 1)


def test_submit_that_cannot_be_journalled_is_undone():
    application = make_ready_draft()
    head, _created = ChainHead.objects.get_or_create(id=1)
    Event.objects.create(  # takes the next place in the chain
        seq=head.seq + 1, at=clock.now(), verb="x", subject="x:1", previous="0" * 64, hash="f" * 64
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        services.submit(application, by=application.opened_by, declared=True)

    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, None)
    assert application.dossiers.count() == 0


# --- completing ------------------------------------------------------------------------------


@pytest.mark.parametrize("asked_in", [State.FORMAL_CHECK, State.ASSESSMENT])
def test_completion_goes_back_to_where_it_was_asked(asked_in):
    application = in_state(asked_in)
    request = do(Verb.REQUEST_COMPLETION, application)
    services.save_answer(
        application,
        criterion(application),
        by=application.opened_by,
        self_rating=level(application.standard_set, 2),
        text="Dopisane.",
        expected_version=1,
    )

    services.complete(application, by=application.opened_by)

    request.refresh_from_db()
    assert application.state == asked_in
    assert (request.answered_by, request.answered_at is None) == (application.opened_by, False)
    newest = application.dossiers.last()
    assert newest.number == 2
    assert newest.contents["answers"][0]["text"] == "Dopisane."
    assert verbs_of(application) == [
        "applications.request_completion",
        "applications.save_answer",
        "applications.complete",
    ]


def test_completion_can_be_asked_for_again():
    application = in_state(State.FORMAL_CHECK)

    for number in (2, 3):
        do(Verb.REQUEST_COMPLETION, application)
        services.complete(application, by=application.opened_by)
        assert application.dossiers.last().number == number


def test_complete_while_something_is_missing():
    application = in_state(State.COMPLETION)
    application.answers.filter(criterion__code="A1.1").update(text="")

    with pytest.raises(CannotDo, match="A1.1"):
        services.complete(application, by=application.opened_by)


@pytest.mark.parametrize(
    "wrong",
    [{"reason": "  "}, {"criteria": []}, {"deadline": 0}, {"deadline": -1}],
    ids=["no reason", "no criterion", "today", "yesterday"],
)
def test_request_completion_refused(wrong):
    application = in_state(State.FORMAL_CHECK)
    days = wrong.pop("deadline", 14)
    given = {
        "reason": "Brakuje umowy.",
        "criteria": [criterion(application)],
        "deadline": clock.today() + timedelta(days=days),
    } | wrong

    with pytest.raises(CannotDo):
        services.request_completion(application, by=make_user(Role.OFFICE), **given)

    application.refresh_from_db()
    assert application.state == State.FORMAL_CHECK
    assert application.completion_requests.count() == 0


def test_request_completion_of_a_foreign_criterion():
    application = in_state(State.FORMAL_CHECK)
    alien = make_standard_set().areas.first().standards.first().criteria.first()

    with pytest.raises(CannotDo):
        services.request_completion(
            application,
            by=make_user(Role.OFFICE),
            reason="x",
            criteria=[alien],
            deadline=clock.today() + timedelta(days=1),
        )


# --- conflicts -------------------------------------------------------------------------------


def test_declare_conflict_closes_the_case_at_once():
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    assert list(Application.objects.visible_to(clerk)) == [application]

    services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND, note="Szkolenie.")

    assert list(Application.objects.visible_to(clerk)) == []
    event = Event.objects.of_case(application).get()
    assert (event.verb, event.facts) == (
        "applications.declare_conflict",
        {"user": clerk.pk, "ground": "advised"},
    )


def test_declare_conflict_twice():
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND)

    with pytest.raises(CannotDo):
        services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND)


def test_declare_conflict_tells_the_layers_above(monkeypatch):
    monkeypatch.setattr(access, "_on_conflict", [])
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    told = []

    @access.on_conflict
    def end(application, *, user, by):
        told.append((application, user, by, transaction.get_connection().in_atomic_block))

    services.declare_conflict(application, user=clerk, by=application.opened_by, ground=GROUND)

    assert told == [(application, clerk, application.opened_by, True)]


def test_declare_conflict_is_undone_when_a_layer_above_fails(monkeypatch):
    monkeypatch.setattr(access, "_on_conflict", [])
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)

    @access.on_conflict
    def fail(application, *, user, by):
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND)

    assert ConflictDeclaration.objects.count() == 0
    assert Event.objects.count() == 0
