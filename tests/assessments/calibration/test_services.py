from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications.models import Citation, ConflictDeclaration
from certification.applications.states import State
from certification.assessments.calibration import services
from certification.assessments.calibration.reminders import remind
from certification.assessments.calibration.states import Stage, Verb
from certification.assessments.models import CalibrationCard, CalibrationRating, CalibrationRound
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from tests.factories import (
    days_from_today,
    level,
    make_application,
    make_evidence,
    make_institution,
    make_kind,
    make_member,
    make_standard_set,
    make_user,
)

from .factories import close_row, make_round, make_sample_card, open_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


@pytest.fixture
def assessor():
    return make_user(Role.ASSESSOR)


def certified(**fields):
    return make_application(State.CERTIFIED, **fields)


# --- preparing ------------------------------------------------------------------------------


def test_a_copied_case_is_anonymous(office):
    institution = make_institution(name="Ośrodek Pomocy w Mławie", town="Mława")
    case = certified(institution=institution)
    answer = case.answers.get(criterion__code="A1.1")
    answer.text = "W Mławie działa Ośrodek Pomocy w Mławie, tel. 600 100 200."
    answer.save()
    revision = make_evidence(institution, title="Statut: Ośrodek Pomocy w Mławie")
    Citation.objects.create(answer=answer, revision=revision, page=4, added_by=case.opened_by)

    calibration = services.copy_case(case, by=office, title=" Przed sezonem ")

    sample = calibration.sample.get(criterion__code="A1.1")
    assert sample.text == "W [miejscowość] działa [instytucja], tel. [telefon]."
    assert sample.evidence == "Statut: [instytucja] (Statut), s. 4"
    assert sample.self_rating == level(case.standard_set, 2)
    assert (calibration.title, calibration.source) == ("Przed sezonem", case)
    assert calibration.rated().count() == case.criteria().count()


@pytest.mark.parametrize("state", [State.DRAFT, State.ASSESSMENT, State.BOARD])
def test_only_an_ended_case_is_copied(state, office):
    with pytest.raises(CannotDo):
        services.copy_case(make_application(state), by=office, title="x")


def test_a_written_round_begins_empty(office):
    standards = make_standard_set()
    calibration = services.create_round(
        by=office, title="x", standard_set=standards, kind=make_kind()
    )
    assert (calibration.sample.count(), calibration.rated().count()) == (4, 0)


def edit(answer, by, **changes):
    kept = {"text": "Nowe.", "evidence": "", "self_rating": None, "is_rated": True}
    return services.edit_sample(answer, by=by, **{"expected_version": 1, **kept, **changes})


def test_a_sample_is_edited_once_a_version(office):
    answer = make_round().sample.all()[0]
    assert edit(answer, office).version == 2
    with pytest.raises(Stale):
        edit(answer, office)


def test_a_level_of_another_edition_is_refused(office):
    answer = make_round().sample.all()[0]
    other = level(make_standard_set(), 2)
    with pytest.raises(CannotDo):
        edit(answer, office, self_rating=other)


def test_words_are_replaced_everywhere(office):
    calibration = make_round(about="Klub Promyk.")
    answer = calibration.sample.all()[0]
    edit(answer, office, text="Promyk i Promyka", evidence="Regulamin Promyka")
    assert services.replace(calibration, by=office, old="Promyk", new="Klub") == 4
    answer.refresh_from_db()
    calibration.refresh_from_db()
    assert (answer.text, calibration.about) == ("Klub i Kluba", "Klub Klub.")
    assert services.replace(calibration, by=office, old="Promyk", new="x") == 0


def test_an_older_description_is_refused(office):
    calibration = make_round()
    services.edit_round(calibration, by=office, title="Nowy", about="", expected_version=1)
    with pytest.raises(Stale):
        services.edit_round(calibration, by=office, title="Inny", about="", expected_version=1)


# --- running --------------------------------------------------------------------------------


def open_it(calibration, by, *people, **changes):
    given = {"assessors": people, "due_on": days_from_today(7), "is_read": True, **changes}
    return services.open_round(calibration, by=by, **given)


def test_opening_freezes_the_sample_and_tells_those_invited(office, assessor):
    calibration = open_it(make_round(), office, assessor)
    assert calibration.stage == Stage.OPEN
    assert Email.objects.get().to == assessor.email
    answer = calibration.sample.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(answer).objects.filter(pk=answer.pk).update(text="inny")
    with pytest.raises(TransitionNotAllowed):
        edit(answer, office)


@pytest.mark.parametrize(
    "changes",
    [{"assessors": []}, {"is_read": False}, {"due_on": days_from_today(-1)}],
)
def test_what_is_missing_keeps_it_closed(changes, office, assessor):
    with pytest.raises(CannotDo):
        open_it(make_round(), office, assessor, **changes)
    assert not Email.objects.exists()


def test_an_empty_sample_is_not_opened(office, assessor):
    calibration = make_round()
    calibration.sample.update(is_rated=False)
    with pytest.raises(CannotDo):
        open_it(calibration, office, assessor)


def test_a_name_that_still_stands_keeps_it_closed(office, assessor):
    case = certified(institution=make_institution(town="Brzeszcze"))
    calibration = make_round(case)
    calibration.sample.filter(criterion__code="A1.2").update(text="Klub z Brzeszcz.")
    with pytest.raises(CannotDo, match="Brzeszcz"):
        open_it(calibration, office, assessor)
    calibration.sample.filter(criterion__code="A1.2").update(is_rated=False)
    assert open_it(calibration, office, assessor)


def test_who_may_not_take_part(office, assessor):
    case = certified()
    stranger = make_user()
    member = make_member(case.institution, user=make_user(Role.ASSESSOR))
    for person in (stranger, member):
        with pytest.raises(CannotDo, match=person.full_name):
            open_it(make_round(case), office, person)
    calibration = open_it(make_round(case), office, assessor)
    with pytest.raises(CannotDo, match=assessor.full_name):
        services.invite(calibration, by=office, assessors=[assessor], due_on=calibration.due_on)


def test_inviting_more_and_moving_the_day(office, assessor):
    calibration = open_row()
    later = days_from_today(30)
    services.invite(calibration, by=office, assessors=[assessor], due_on=later)
    calibration.refresh_from_db()
    assert (calibration.due_on, calibration.cards.count()) == (later, 1)
    with pytest.raises(CannotDo):
        services.invite(calibration, by=office, assessors=[], due_on=days_from_today(-1))


def test_an_invitation_is_taken_back_before_it_is_answered(office):
    calibration = open_row()
    card = make_sample_card(calibration, value=2)
    services.uninvite(card, by=office)
    assert not CalibrationRating.objects.exists()
    with pytest.raises(TransitionNotAllowed):
        services.uninvite(make_sample_card(calibration, submitted=True), by=office)


def test_closing_tells_those_who_submitted(office):
    calibration = open_row()
    done = make_sample_card(calibration, value=2, submitted=True)
    make_sample_card(calibration, value=1)
    services.close_round(calibration, by=office)
    assert list(Email.objects.values_list("to", flat=True)) == [done.assessor.email]
    with pytest.raises(IntegrityError), transaction.atomic():
        CalibrationRound.objects.filter(pk=calibration.pk).update(title="x")


VERBS = {
    "edit_round": (
        lambda round_, by: services.edit_round(
            round_, by=by, title="x", about="", expected_version=1
        ),
        {Stage.PREPARED},
    ),
    "replace": (
        lambda round_, by: services.replace(round_, by=by, old="ab", new=""),
        {Stage.PREPARED},
    ),
    "discard": (lambda round_, by: services.discard_round(round_, by=by), {Stage.PREPARED}),
    "open": (lambda round_, by: open_it(round_, by, make_user(Role.ASSESSOR)), {Stage.PREPARED}),
    "invite": (
        lambda round_, by: services.invite(round_, by=by, assessors=[], due_on=days_from_today(3)),
        {Stage.OPEN},
    ),
    "close": (lambda round_, by: services.close_round(round_, by=by), {Stage.OPEN}),
}


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("name", VERBS)
def test_each_verb_at_its_stage(name, stage, office):
    calibration = make_round()
    if stage != Stage.PREPARED:
        open_row(calibration)
    if stage == Stage.CLOSED:
        close_row(calibration)
    verb, allowed = VERBS[name]
    if stage in allowed:
        verb(calibration, office)
        assert name == "replace" or Event.objects.filter(verb__startswith="calibration.").exists()
    else:
        with pytest.raises(TransitionNotAllowed):
            verb(calibration, office)


# --- rating ---------------------------------------------------------------------------------


@pytest.fixture
def card():
    return make_sample_card(open_row())


def rate(card, code="A1.1", value=2, **changes):
    given = {"strengths": "Jest.", "weaknesses": "", "expected_version": 0, **changes}
    criterion = card.round.sample.get(criterion__code=code).criterion
    standard_set = card.round.standard_set
    return services.save_calibration_rating(
        card, criterion, by=card.assessor, level=level(standard_set, value), **given
    )


def test_a_rating_is_saved_and_saved_again(card):
    rate(card)
    assert rate(card, value=1, expected_version=1).version == 2
    assert rate(card, value=1, expected_version=2).version == 2  # nothing changed
    assert Event.objects.filter(verb=Verb.RATE).count() == 2


def test_an_older_rating_is_refused(card):
    rate(card)
    with pytest.raises(Stale) as stale:
        rate(card, value=0)
    assert stale.value.current.level.value == 2


def test_a_criterion_left_out_is_not_rated(office):
    calibration = make_round()
    calibration.sample.filter(criterion__code="A1.1").update(is_rated=False)
    with pytest.raises(CannotDo):
        rate(make_sample_card(open_row(calibration)))


def test_nothing_is_rated_after_submitting_or_closing(card):
    other = make_sample_card(card.round, value=2, submitted=True)
    with pytest.raises(TransitionNotAllowed):
        rate(other, expected_version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.ratings.update(strengths="inne")
    close_row(card.round)
    with pytest.raises(TransitionNotAllowed):
        rate(card)


def test_nothing_is_rated_after_the_invitation_was_taken_back(card, office):
    services.uninvite(CalibrationCard.objects.get(), by=office)
    with pytest.raises(TransitionNotAllowed):
        rate(card)


def test_submitting_names_what_is_missing(card):
    rate(card)
    with pytest.raises(CannotDo, match=r"A1\.2, A2\.1, B1\.1"):
        services.submit_card(card, by=card.assessor)


def test_the_office_is_told_when_the_last_one_is_in(office):
    calibration = open_row(make_round(created_by=office))
    first, last = (make_sample_card(calibration, value=2) for _one in range(2))
    services.submit_card(first, by=first.assessor)
    assert not Email.objects.exists()
    services.submit_card(last, by=last.assessor)
    assert list(Email.objects.values_list("to", flat=True)) == [office.email]


def test_an_office_barred_from_the_case_is_not_told(office):
    case = certified()
    ConflictDeclaration.objects.create(
        application=case, user=office, ground="other", declared_by=office
    )
    other = make_user(Role.OFFICE)
    card = make_sample_card(open_row(make_round(case, created_by=other)), value=2)
    services.submit_card(card, by=card.assessor)
    assert list(Email.objects.values_list("to", flat=True)) == [other.email]


# --- reminders ------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "told"), [(4, 0), (3, 1), (0, 1), (-1, 1)])
def test_a_reminder_goes_once_to_who_has_not_submitted(days, told):
    calibration = open_row(due_on=days_from_today(days))
    waiting = make_sample_card(calibration)
    make_sample_card(calibration, submitted=True)
    for _time in range(2):
        remind(clock.now())
    found = list(Email.objects.values_list("to", flat=True))
    assert found == [waiting.assessor.email] * told


def test_another_reminder_goes_when_the_day_has_passed():
    calibration = open_row(due_on=days_from_today(1))
    make_sample_card(calibration)
    remind(clock.now())
    remind(clock.now() + timedelta(days=2))
    assert Email.objects.count() == 2


def test_a_closed_round_reminds_nobody():
    calibration = open_row(due_on=days_from_today(1))
    make_sample_card(calibration)
    close_row(calibration)
    assert remind(clock.now()) == ""


def test_an_assessor_is_invited_once(card):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalibrationCard.objects.create(
            round=card.round, assessor=card.assessor, invited_by=card.invited_by
        )
