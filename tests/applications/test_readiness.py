"""What an application lacks, what weakens it, and how long it takes to read."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import prefetch_related_objects
from django.utils import translation

from certification import clock
from certification.applications import services
from certification.applications.models import Application
from certification.applications.places import NOWHERE, Place
from certification.applications.readiness import (
    EVERYWHERE,
    SHORT,
    find,
    period_start,
    reading_time,
)
from certification.applications.readiness.evidence import by_evidence
from certification.applications.reading import rows_of
from certification.standards.models import EvidenceType
from institutions.models import Evidence
from tests.factories import level, make_application, make_evidence

from .factories import add_version, make_file, make_ready_draft

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)
LONG = "słowo " * SHORT


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def application():
    """Everything answered at length and supported by recent, dated evidence of the usual kind."""
    application = make_ready_draft()
    for answer in application.answers.select_related("criterion"):
        answer.text = LONG
        answer.save()
        cite(application, answer.criterion.code, occurred_from=date(2025, 1, 1))
    return application


def cite(application, code="A1.1", *, place=NOWHERE, revision=None, **fields):
    fields.setdefault("title", f"Dowód {code}")
    revision = revision or make_file(application.institution, **fields)
    criterion = application.criteria().get(code=code)
    return services.cite(application, criterion, revision, by=application.opened_by, place=place)


def found(application, **given):
    rows = rows_of(application)
    prefetch_related_objects([row.criterion for row in rows], "evidence_types")
    return find(
        application,
        rows,
        comments=given.get("comments", {}),
        today=TODAY,
        where=lambda row, part: f"/{row.criterion.code}/{part}",
    )


def groups(findings):
    """Title → what is named in it, of all groups."""
    each = [*findings.lacking, *findings.weak, *findings.worth_a_look]
    return {str(group.title): [finding.about for finding in group.findings] for group in each}


def test_ready(application):
    assert groups(found(application)) == {}


def test_what_is_lacking_comes_first(application):
    application.answers.filter(criterion__code="A1.1").update(text="")
    application.answers.filter(criterion__code="B1.1").update(self_rating=None)

    findings = found(application)

    assert groups(findings) == {"Not answered yet": ["A1.1", "B1.1"]}
    assert [finding.text for finding in findings.lacking[0].findings] == [
        "a text is missing",
        "a self-rating is missing",
    ]
    assert findings.count_lacking == 2


def test_rated_as_met_without_evidence(application):
    application.answers.get(criterion__code="A1.1").citations.all().delete()

    findings = found(application)

    assert groups(findings) == {"Rated as met, without evidence": ["A1.1"]}
    assert findings.weak[0].findings[0].url == "/A1.1/dowody"
    assert findings.lacking == []


def test_rated_as_not_met_needs_no_evidence(application):
    answer = application.answers.get(criterion__code="A1.1")
    answer.citations.all().delete()
    answer.self_rating = level(application.standard_set, 0)
    answer.text = "Nie robimy tego."
    answer.save()

    assert groups(found(application)) == {}


def test_a_document_of_the_asked_kind(application):
    answer = application.answers.get(criterion__code="A2.1")  # of social assistance alone
    answer.citations.all().delete()
    assert groups(found(application)) == {"Required documents that are not cited": ["A2.1"]}

    revision = make_evidence(application.institution, occurred_from=date(2025, 1, 1))
    other, _created = EvidenceType.objects.get_or_create(code="zdjecie")
    Evidence.objects.filter(pk=revision.evidence_id).update(type=other)
    cite(application, "A2.1", revision=revision)
    assert groups(found(application)) == {"Required documents that are not cited": ["A2.1"]}

    cite(application, "A2.1", occurred_from=date(2025, 1, 1))
    assert groups(found(application)) == {}


@pytest.mark.parametrize(
    ("first", "last", "is_old"),
    [
        (date(2019, 1, 1), date(2021, 11, 28), True),
        (date(2019, 1, 1), date(2021, 11, 29), False),
        (date(2010, 1, 1), None, False),  # a statute that still holds
        (None, date(2020, 1, 1), True),
    ],
)
def test_evidence_older_than_the_period(first, last, is_old, application):
    cited = application.answers.get(criterion__code="A1.1").citations.get()
    Evidence.objects.filter(pk=cited.revision.evidence_id).update(
        occurred_from=first, occurred_to=last
    )

    expected = {"Evidence older than the time that is assessed": ["A1.1"]} if is_old else {}
    assert groups(found(application)) == expected


def test_one_newer_piece_is_enough(application):
    cite(application, occurred_from=date(2010, 1, 1), occurred_to=date(2010, 12, 31))

    assert groups(found(application)) == {}


def test_period_is_that_of_validity_or_since_the_last_certificate(application):
    assert period_start(application, TODAY) == date(2021, 11, 29)
    assert period_start(application, date(2028, 2, 29)) == date(2023, 2, 28)

    application.renews = Application(state_since=clock.now() - timedelta(days=1800))

    assert period_start(application, TODAY) == clock.today() - timedelta(days=1800)


def test_few_words_on_a_high_rating(application):
    application.answers.filter(criterion__code="A1.1").update(text="Robimy to.")

    findings = found(application)

    assert groups(findings) == {"Rated as met in very few words": ["A1.1"]}
    assert findings.weak[0].findings[0].text == "2 words"


def test_longer_than_the_limit(application):
    rows = rows_of(application)
    prefetch_related_objects([row.criterion for row in rows], "evidence_types")
    rows[0].criterion.word_limit = SHORT - 1

    findings = find(application, rows, comments={}, today=TODAY, where=lambda row, part: "")

    assert groups(findings) == {"Longer than the limit": ["A1.1"]}


def test_open_comments(application):
    criterion = application.criteria().get(code="A1.2")

    findings = found(application, comments={criterion.pk: 2})

    assert groups(findings) == {"Comments that are not settled": ["A1.2"]}
    assert findings.worth_a_look[0].findings[0].url == "/A1.2/komentarze"


def test_a_newer_version(application):
    cited = application.answers.get(criterion__code="A1.1").citations.get()
    add_version(cited.revision.evidence, b"%PDF nowa", by=application.opened_by)

    assert groups(found(application)) == {"A newer version is in the library": ["A1.1"]}


def test_evidence_without_a_time_is_named_once(application):
    cited = application.answers.get(criterion__code="A1.1").citations.get()
    Evidence.objects.filter(pk=cited.revision.evidence_id).update(occurred_from=None)
    cite(application, "A1.2", revision=cited.revision)

    assert groups(found(application)) == {"Evidence that names no time": ["Dowód A1.1"]}


def test_nothing_but_links(application):
    cited = application.answers.get(criterion__code="A1.1").citations.get()
    Evidence.objects.filter(pk=cited.revision.evidence_id).update(form="link")

    assert groups(found(application)) == {"Nothing but links": ["A1.1"]}


def test_the_same_piece_everywhere(application):
    piece = application.answers.get(criterion__code="A1.1").citations.get().revision.evidence
    row = SimpleNamespace(
        criterion=SimpleNamespace(pk=1),
        citations=[SimpleNamespace(revision=SimpleNamespace(evidence=piece))],
    )
    rows = [
        SimpleNamespace(criterion=SimpleNamespace(pk=number), citations=row.citations)
        for number in range(EVERYWHERE + 1)
    ]

    assert len(by_evidence([*rows, rows[0]])[piece]) == EVERYWHERE + 1


def test_reading_time(application):
    revision = make_file(application.institution, title="Raport")
    for place in (Place(page=4, page_to=6), Place(page=6, page_to=7)):
        cite(application, "A1.1", revision=revision, place=place)
    cite(application, "A1.2", place=Place(second=60, second_to=150))
    cite(application, "A1.2", place=Place(second=60), title="Inny film")

    reading = reading_time(rows_of(application))

    assert (reading.words, reading.pages) == (4 * SHORT, 4)
    assert reading.minutes_of_recordings == 5  # 90 s and three minutes, rounded up
    assert (reading.pieces, reading.whole) == (7, 4)
    assert reading.minutes == 1 + 8 + 5


def test_reading_time_of_nothing():
    reading = reading_time(rows_of(make_application()))

    assert (reading.minutes, reading.hours, reading.rest) == (0, 0, 0)
