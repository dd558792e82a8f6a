"""Request and report of a frozen dossier: printed once, from the manifest, and kept."""

import pytest
from django.utils.translation import override

from certification import clock
from certification.applications.models import Answer, Application, Paper
from certification.applications.papers.sheets import draft_report, draft_request, report_of
from certification.applications.services.printing import print_missing, print_papers
from certification.applications.states import State, Verb
from certification.audit.models import Event
from certification.documents.services import open_verified
from tests.applications.paper_factories import freeze
from tests.documents.sheets import text_of
from tests.factories import answer_all, make_application

pytestmark = pytest.mark.django_db


def submitted() -> Application:
    """A case whose only dossier is a true one."""
    application = make_application(State.DRAFT)
    answer_all(application, by=application.opened_by)
    application.number, application.submitted_at = "CAL/W/7/2026", clock.now()
    application.submitted_by, application.state = application.opened_by, "submitted"
    application.save()
    freeze(application)
    return application


def test_first_dossier_prints_request_and_report() -> None:
    application = submitted()
    dossier = application.dossiers.get()
    printed = {each.paper: each for each in print_papers(dossier, by=application.opened_by)}
    assert set(printed) == {Paper.REQUEST, Paper.REPORT}
    for each in printed.values():
        text = text_of(open_verified(each.document))
        assert f"SHA-256 akt: {dossier.sha256}" in text
        assert "CAL/W/7/2026" in text
    assert "Odpowiedź na A1.1." in text_of(open_verified(printed[Paper.REPORT].document))
    assert Event.objects.of_case(application).get().verb == Verb.PRINT_PAPERS


def test_later_dossier_prints_its_report_alone() -> None:
    application = submitted()
    later = freeze(application)
    assert [each.paper for each in print_papers(later, by=application.opened_by)] == [Paper.REPORT]


def test_printing_twice_prints_nothing_twice() -> None:
    dossier = submitted().dossiers.get()
    first, second = (print_papers(dossier, by=dossier.frozen_by) for _time in range(2))
    assert [each.document_id for each in first] == [each.document_id for each in second]
    assert Event.objects.count() == 1


def test_chore_prints_what_was_left_out() -> None:
    dossier = submitted().dossiers.get()
    assert print_missing(clock.now()) == "1 dossiers"
    assert dossier.prints.count() == 2
    assert print_missing(clock.now()) == ""


def test_report_tells_what_was_frozen_and_the_draft_what_stands() -> None:
    application = submitted()
    Answer.objects.filter(application=application).update(text="Zmienione później.")
    frozen = report_of(application.dossiers.get())
    draft = draft_report(application, reader=application.opened_by, on=clock.today())
    assert next(frozen.criteria()).answer == "Odpowiedź na A1.1."
    assert {each.answer for each in draft.criteria()} == {"Zmienione później."}
    assert (frozen.source.is_draft, draft.source.is_draft) == (False, True)


def test_papers_are_polish_whatever_the_screen_is() -> None:
    application = submitted()
    with override("en"):
        sheet = draft_request(application, reader=application.opened_by, on=clock.today())
        report = report_of(application.dossiers.get())
    assert sheet.declarations[0].startswith("To, co napisaliśmy we wniosku")
    assert next(report.criteria()).text == "Treść kryterium A1.1"


def test_unanswered_criteria_are_in_the_draft() -> None:
    application = make_application(State.DRAFT)
    report = draft_report(application, reader=application.opened_by, on=clock.today())
    assert {each.answer for each in report.criteria()} == {""}
    assert len(list(report.criteria())) == application.criteria().count()
