"""Several people at the same moment; only a database with row locks can show it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from certification.applications import services
from certification.applications.models import Application
from certification.errors import Stale, TransitionNotAllowed
from tests.applications.factories import make_ready_draft
from tests.factories import make_application

from .doing import criterion, verbs_of

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="shows row locks"),
]


def at_once(act):
    """What eight people get who do the same at the same moment."""

    def one(turn):
        try:
            return act(turn)
        except (Stale, TransitionNotAllowed) as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(8)))


def test_submitting_at_once_submits_once():
    application = make_ready_draft()

    def submit(_turn):
        mine = Application.objects.get(pk=application.pk)
        return services.submit(mine, by=application.opened_by, declared=True).number

    results = at_once(submit)

    application.refresh_from_db()
    assert results.count(TransitionNotAllowed) == 7
    assert application.number in results
    assert (application.dossiers.count(), len(verbs_of(application))) == (1, 1)


def test_answering_at_once_keeps_the_first_and_tells_the_others():
    application = make_application()
    first = criterion(application)

    def save(turn):
        return services.save_answer(
            application,
            first,
            by=application.opened_by,
            self_rating=None,
            text=f"Tekst {turn}.",
            expected_version=0,
        ).text

    results = at_once(save)

    assert results.count(Stale) == 7
    assert application.answers.get().text in results
