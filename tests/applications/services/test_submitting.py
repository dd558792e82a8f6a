"""Submitting: the number, the dossier, and what stands in the way."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications import services
from certification.applications.models import Application
from certification.applications.states import State
from certification.audit.models import ChainHead, Event
from certification.errors import CannotDo, TransitionNotAllowed
from tests.applications.factories import damage, make_file, make_ready_draft
from tests.factories import (
    level,
)

from .doing import criterion, verbs_of

pytestmark = pytest.mark.django_db


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
