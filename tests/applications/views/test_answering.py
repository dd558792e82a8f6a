"""Writing one answer: nothing typed is ever lost."""

import pytest

from certification.applications import services
from certification.applications.models import Answer, Citation
from certification.applications.states import State
from certification.audit.models import Event
from institutions.states import MemberRole
from tests.applications.factories import add_version, in_state, make_file, make_ready_draft
from tests.factories import (
    level,
    make_application,
    make_evidence,
    make_institution,
    make_member,
    make_standard_set,
)

from .sending import CANARY, page_of, post_of, url

pytestmark = pytest.mark.django_db


def test_answer_edit_shows_what_helps(signed_in):
    application = make_ready_draft()
    make_evidence(make_institution(), title=CANARY)

    page = page_of(signed_in(application.opened_by).get(url("answer_edit", application, "A1.1")))

    for text in ("Treść kryterium A1.1", "Standard A1", "Statut", "Odpowiedź na A1.1."):
        assert text in page
    assert CANARY not in page


def test_answer_edit_takes_few_queries(signed_in, django_assert_num_queries):
    application = make_ready_draft()
    first = application.criteria().get(code="A1.1")
    for _row in range(3):
        revision = make_evidence(application.institution)
        services.cite(application, first, revision, by=application.opened_by)
        make_evidence(application.institution)
    client = signed_in(application.opened_by)

    client.get(url("answer_edit", application, "A1.1"))  # reads the edition, once a process

    with django_assert_num_queries(9):
        client.get(url("answer_edit", application, "A1.1"))


@pytest.mark.parametrize(
    ("wish", "target"),
    [
        ("next", "/odpowiedzi/A1.2/"),
        ("stay", "/odpowiedzi/A1.1/"),
        ("", "/odpowiedzi/A1.1/"),
        ("evidence", "?next=%2Fwnioski%2F"),
    ],
)
def test_answer_edit_saves_and_goes_on(wish, target, signed_in):
    application = make_application()
    address, data = post_of("answer_edit", application)

    response = signed_in(application.opened_by).post(address, data | {"then": wish})

    assert target in response["Location"]
    assert application.answers.get().text == "Nowy tekst."


def test_answer_edit_of_the_last_goes_back_to_the_overview(signed_in):
    application = make_application()

    response = signed_in(application.opened_by).post(
        url("answer_edit", application, "B1.1"), {"text": "x", "version": 0, "then": "next"}
    )

    assert response["Location"] == url("application_answers", application)


def test_answer_edit_needs_a_reason_where_it_does_not_apply(signed_in):
    application = make_application()
    not_applicable = level(application.standard_set, None)

    response = signed_in(application.opened_by).post(
        url("answer_edit", application, "A1.1"),
        {"self_rating": not_applicable.pk, "text": "", "version": 0},
    )

    assert response.status_code == 422
    assert "Wyjaśnij, dlaczego" in page_of(response)
    assert application.answers.count() == 0


def test_answer_edit_counts_a_line_end_once(signed_in):
    application = make_application()
    text = "\r\n".join(["a" * 99] * 500)  # 49,999 characters, 50,498 as a browser sends them

    response = signed_in(application.opened_by).post(
        url("answer_edit", application, "A1.1"), {"text": text, "version": 0}
    )
    too_long = signed_in(application.opened_by).post(
        url("answer_edit", application, "A1.2"), {"text": text + "bb", "version": 0}
    )

    assert (response.status_code, too_long.status_code) == (302, 422)
    assert application.answers.get().text == text.replace("\r\n", "\n")
    assert "a" * 99 in page_of(too_long)


def test_answer_edit_with_a_level_of_another_set(signed_in):
    application = make_application()
    alien = level(make_standard_set(), 3)

    response = signed_in(application.opened_by).post(
        url("answer_edit", application, "A1.1"),
        {"text": "x", "self_rating": alien.pk, "version": 0},
    )

    assert response.status_code == 422


def test_answer_edit_ignores_fields_nobody_asked_for(signed_in):
    application, other = make_ready_draft(), make_ready_draft()
    address, data = post_of("answer_edit", application)

    signed_in(application.opened_by).post(
        address,
        data | {"application": other.pk, "updated_by": other.opened_by_id, "state": "board"},
    )

    answer = application.answers.get(criterion__code="A1.1")
    application.refresh_from_db()
    assert (answer.updated_by, application.state) == (application.opened_by, State.DRAFT)
    assert other.answers.filter(text="Nowy tekst.").count() == 0


def test_answer_edit_stale_shows_both_and_saving_again_wins(signed_in):
    application = make_ready_draft()
    editor = make_member(application.institution, MemberRole.EDITOR, full_name="Ewa Redaktorka")
    address, data = post_of("answer_edit", application)
    client = signed_in(application.opened_by)
    signed_in(editor).post(address, data | {"text": "Tekst Ewy."})

    refused = client.post(address, data | {"text": "Mój tekst."})
    page = page_of(refused)

    assert refused.status_code == 409
    assert "Tekst Ewy." in page
    assert "Mój tekst.</textarea>" in page
    assert "Ewa Redaktorka" in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert application.answers.get(criterion__code="A1.1").text == "Tekst Ewy."

    client.post(address, data | {"text": "Mój tekst.", "version": 2})
    assert application.answers.get(criterion__code="A1.1").text == "Mój tekst."


def test_answer_edit_twice_the_same_is_one_save(signed_in):
    application = make_ready_draft()
    address, data = post_of("answer_edit", application)
    client = signed_in(application.opened_by)

    assert [client.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert Event.objects.of_case(application).count() == 1


def test_answer_edit_of_a_locked_criterion(signed_in):
    application = in_state(State.COMPLETION)
    client = signed_in(application.opened_by)

    read = client.get(url("answer_edit", application, "A1.2"))
    written = client.post(
        url("answer_edit", application, "A1.2"), {"text": "Inaczej.", "version": 1}
    )

    assert read["Location"] == url("application_answers", application) + "?widok=calosc#A1.2"
    assert written.status_code == 422
    assert application.answers.get(criterion__code="A1.2").text == "Odpowiedź na A1.2."


def test_answer_edit_of_a_criterion_that_is_not_there(signed_in):
    application = make_application()

    response = signed_in(application.opened_by).get(url("answer_edit", application, "Z9.9"))

    assert response.status_code == 404


def test_cite_saves_the_typed_text_too(signed_in):
    application = make_application()
    address, data = post_of("cite", application)

    signed_in(application.opened_by).post(address, data)

    answer = application.answers.get()
    assert (answer.text, answer.citations.get().page) == ("Nowy tekst.", 4)


def test_cite_without_choosing_keeps_the_text(signed_in):
    application = make_application()
    address, data = post_of("cite", application)

    response = signed_in(application.opened_by).post(address, data | {"revision": ""})

    assert response.status_code == 422
    assert "Nowy tekst.</textarea>" in page_of(response)
    assert application.answers.count() == 0


def test_cite_evidence_of_another_institution(signed_in):
    application = make_application()
    address, data = post_of("cite", application)
    alien = make_evidence(make_institution(), title=CANARY)

    response = signed_in(application.opened_by).post(address, data | {"revision": alien.pk})

    assert response.status_code == 422
    assert CANARY not in page_of(response)
    assert Citation.objects.count() == 0


def test_cite_with_a_stale_text_cites_nothing(signed_in):
    application = make_ready_draft()
    address, data = post_of("cite", application)
    Answer.objects.filter(criterion__code="A1.1").update(version=5, text="Nowszy.")

    response = signed_in(application.opened_by).post(address, data)

    assert response.status_code == 409
    assert "Nowszy." in page_of(response)
    assert Citation.objects.count() == 0


def test_uncite_what_belongs_to_another_answer(signed_in):
    application, other = make_ready_draft(), make_ready_draft()
    alien, _data = post_of("uncite", other)
    citation = Citation.objects.get()
    _address, data = post_of("answer_edit", application)

    signed_in(application.opened_by).post(url("uncite", application, "A1.1", citation.pk), data)

    assert Citation.objects.filter(pk=citation.pk).exists()


def test_answer_edit_tells_of_a_newer_version(signed_in):
    application = make_ready_draft()
    revision = make_file(application.institution)
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by)
    client = signed_in(application.opened_by)
    address = url("answer_edit", application, "A1.1")
    assert "nowsza wersja" not in page_of(client.get(address))

    add_version(revision.evidence, b"%PDF nowa", by=application.opened_by)

    assert "nowsza wersja" in page_of(client.get(address))
