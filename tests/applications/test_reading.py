"""The one loader of answers, and what it finds missing."""

import pytest

from certification.applications import services
from certification.applications.models import Answer, Application
from certification.applications.reading import (
    Progress,
    by_area,
    missing,
    rows_of,
)
from tests.factories import level, make_application, make_evidence

from .factories import make_ready_draft

pytestmark = pytest.mark.django_db


def write(application, code, value=2, text="Tekst."):
    return Answer.objects.create(
        application=application,
        criterion=application.criteria().get(code=code),
        self_rating=level(application.standard_set, value),
        text=text,
        updated_by=application.opened_by,
    )


def test_rows_in_the_order_of_the_catalogue():
    application = make_application()
    answer = write(application, "A2.1")

    areas = by_area(rows_of(application))

    shape = [
        (standard.standard.code, [row.criterion.code for row in standard.rows])
        for view in areas
        for standard in view.standards
    ]
    assert shape == [("A1", ["A1.1", "A1.2"]), ("A2", ["A2.1"]), ("B1", ["B1.1"])]
    assert [view.area.code for view in areas] == ["A", "B"]
    assert [row.answer for row in areas[0].rows] == [None, None, answer]
    assert [(view.done, view.total) for view in areas] == [(1, 3), (0, 1)]


def test_rows_take_four_queries(django_assert_num_queries):
    application = make_ready_draft()
    for criterion in application.criteria():
        revision = make_evidence(application.institution)
        services.cite(application, criterion, revision, by=application.opened_by)
    application = Application.objects.with_names().get(pk=application.pk)

    with django_assert_num_queries(4):
        for row in rows_of(application):
            assert str(row.answer.self_rating) == "2 – spełnione"
            assert str(row.citations[0].revision.evidence.type) == "Statut"


def test_progress_of_a_row():
    application = make_application()
    write(application, "A1.1")
    write(application, "A1.2", text="")
    Answer.objects.create(
        application=application,
        criterion=application.criteria().get(code="A2.1"),
        updated_by=application.opened_by,
    )

    progress = [row.progress for row in rows_of(application)]

    assert progress == [Progress.DONE, Progress.STARTED, Progress.EMPTY, Progress.EMPTY]


def test_missing_names_unanswered_and_unsupported():
    application = make_application()
    for code, value in (("A1.1", 3), ("A1.2", 1), ("A2.1", None)):
        write(application, code, value)

    found = missing(application)

    assert [row.criterion.code for row in found.unanswered] == ["B1.1"]
    assert [row.criterion.code for row in found.unsupported] == ["A1.1"]
    assert bool(found)


def test_missing_nothing():
    application = make_ready_draft()

    assert not missing(application)
