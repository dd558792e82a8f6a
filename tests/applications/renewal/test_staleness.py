"""Which evidence of the last cycle needs a look."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from certification.applications.models import Application, Citation
from certification.applications.reading import rows_of
from certification.applications.renewal.staleness import Staleness, stale_citations, staleness_of
from certification.applications.states import State
from institutions.models import Evidence, EvidenceRevision
from tests.applications.factories import add_version, make_file
from tests.applications.renewal.factories import make_certified, open_renewal
from tests.factories import days_from_today

START, OLD = date(2025, 1, 1), date(2021, 1, 1)


def revision(number=1, added=date(2024, 1, 1), begun=None, ended=None):
    evidence = SimpleNamespace(pk=7, occurred_from=begun, occurred_to=ended)
    added_at = datetime(added.year, added.month, added.day, tzinfo=ZoneInfo("Europe/Warsaw"))
    return SimpleNamespace(evidence=evidence, number=number, added_at=added_at)


@pytest.mark.parametrize(
    ("of", "newest", "why"),
    [
        (revision(), 1, None),
        (revision(), 2, Staleness.NEWER),
        (revision(number=2), 2, None),
        (revision(ended=date(2024, 12, 31)), 1, Staleness.EARLIER),
        (revision(ended=date(2025, 1, 1)), 1, None),
        (revision(begun=date(2010, 1, 1)), 1, None),  # since 2010, and not ended
        (revision(added=date(2020, 12, 31)), 1, Staleness.OLD),
        (revision(added=date(2021, 1, 1)), 1, None),
        (revision(added=date(2015, 1, 1), ended=date(2026, 1, 1)), 1, None),
    ],
)
def test_staleness(of, newest, why):
    assert staleness_of(of, {7: newest}, start=START, old=OLD) == why


def reasons(application):
    found = stale_citations(application, rows_of(application))
    return [stale.why for several in found.values() for stale in several]


@pytest.mark.django_db
def test_a_newer_version_in_the_library():
    renewal = open_renewal(make_certified())
    file = make_file(renewal.institution)
    answer = renewal.answers.get(criterion__code="B1.1")
    Citation.objects.create(answer=answer, revision=file, added_by=renewal.opened_by)
    assert reasons(renewal) == []
    add_version(file.evidence, b"%PDF-1.7 newer", by=renewal.opened_by)
    assert reasons(renewal) == [Staleness.NEWER]


@pytest.mark.django_db
def test_evidence_of_the_time_before_the_certificate():
    renewal = open_renewal(make_certified())
    Application.objects.filter(pk=renewal.renews_id).update(state=State.CERTIFIED)
    Evidence.objects.update(occurred_to=days_from_today(-1))
    assert reasons(renewal) == [Staleness.EARLIER]


@pytest.mark.django_db
def test_one_query(django_assert_num_queries):
    renewal = open_renewal(make_certified(cited=("A1.1", "A1.2", "B1.1")))
    renewal = Application.objects.select_related("standard_set", "renews").get(pk=renewal.pk)
    rows = rows_of(renewal)
    assert EvidenceRevision.objects.count() == 3
    with django_assert_num_queries(1):
        stale_citations(renewal, rows)
