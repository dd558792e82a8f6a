"""What of a library is offered to an answer."""

from datetime import timedelta

import pytest

from certification import clock
from certification.applications import services
from certification.applications.picking import JUST_NOW, PER_PAGE, SUGGESTED, offer
from certification.standards.models import EvidenceType
from institutions.models import Evidence
from tests.applications.factories import add_version, make_file
from tests.factories import make_application, make_evidence, make_institution, make_member

pytestmark = pytest.mark.django_db


def offered(application, words="", *, to=None, page=1):
    criterion = application.criteria().prefetch_related("evidence_types").get(code="A1.1")
    answer = application.answers.filter(criterion=criterion).first()
    citations = list(answer.citations.select_related("revision__evidence")) if answer else []
    to = to or application.opened_by
    return offer(application, criterion, citations, to=to, words=words, page=page)


def titles(found):
    return [piece.evidence.title for piece in found.pieces]


def add(application, title, *, days_ago=0, kind="statut", **fields):
    type_, _created = EvidenceType.objects.get_or_create(code=kind)
    revision = make_evidence(application.institution, title=title, **fields)
    added_at = clock.now() - timedelta(days=days_ago, minutes=90 if days_ago else 0)
    Evidence.objects.filter(pk=revision.evidence_id).update(type=type_, added_at=added_at)
    return revision


def test_suggestions_begin_with_what_i_just_added_then_usual_kinds():
    application = make_application()
    add(application, "Statut", days_ago=9)
    add(application, "Zdjęcie", days_ago=1, kind="zdjecie")
    add(application, "Moje nowe", kind="zdjecie", by=application.opened_by)
    add(application, "Cudze nowe", kind="zdjecie")

    found = offered(application)

    assert titles(found) == ["Moje nowe", "Statut", "Cudze nowe", "Zdjęcie"]
    assert [piece.is_just_added for piece in found.pieces] == [True, False, False, False]
    assert timedelta(minutes=90) > JUST_NOW


def test_suggestions_leave_out_what_is_cited_here_and_what_is_foreign():
    application = make_application()
    cited = add(application, "Przywołane")
    criterion = application.criteria().get(code="A1.1")
    services.cite(application, criterion, cited, by=application.opened_by)
    make_evidence(make_institution(), title="Obce")

    assert titles(offered(application)) == []


def test_suggestions_are_few():
    application = make_application()
    for number in range(SUGGESTED + 2):
        add(application, f"Dowód {number}")

    assert len(offered(application).pieces) == SUGGESTED


@pytest.mark.parametrize("words", ["swietojanska", "ŚWIĘTOJAŃSKA", "piknik ulicy", "Świętojańska"])
def test_search_folds_letters_and_looks_into_tags(words):
    application = make_application()
    add(application, "Zdjęcia z ulicy Świętojańska", tags=["piknik"])
    add(application, "Statut")

    assert titles(offered(application, words)) == ["Zdjęcia z ulicy Świętojańska"]


def test_search_turns_pages():
    application = make_application()
    for number in range(PER_PAGE + 1):
        add(application, f"Dowód {number}")

    first, second = offered(application, "dowod"), offered(application, "dowod", page=2)

    assert (len(first.pieces), first.next_page) == (PER_PAGE, 2)
    assert (len(second.pieces), second.next_page) == (1, 0)


def test_search_shows_what_is_cited_and_where_and_the_newest_version():
    application = make_application()
    old = make_file(application.institution, title="Raport roczny")
    criterion = application.criteria().get(code="A1.1")
    services.cite(application, criterion, old, by=application.opened_by)
    Evidence.objects.update(search_text="raport roczny")
    piece = offered(application, "raport").pieces[0]
    assert (piece.is_cited, piece.revision) == (True, old)

    newest = add_version(old.evidence, b"%PDF nowa", by=application.opened_by)

    piece = offered(application, "raport").pieces[0]
    assert (piece.is_cited, piece.revision) == (False, newest)


def test_offer_takes_the_same_queries_whatever_the_library(django_assert_num_queries):
    application = make_application()
    member = make_member(application.institution)
    for number in range(3):
        add(application, f"Dowód {number}")
    criterion = application.criteria().prefetch_related("evidence_types").get(code="A1.1")

    with django_assert_num_queries(4):
        titles(offer(application, criterion, [], to=member))
    with django_assert_num_queries(3):
        titles(offer(application, criterion, [], to=member, words="dowod"))
