"""Who gets which answer from every address, and what the pages hold."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from certification import clock
from certification.applications import services
from certification.applications.models import Answer, Application, Citation, ConflictDeclaration
from certification.applications.states import State
from certification.audit.models import Event
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

from .factories import PDF, add_version, ask, damage, in_state, make_file, make_ready_draft, person

pytestmark = pytest.mark.django_db

CANARY = "Kanarek z obcej instytucji"
PEOPLE = [*MemberRole.values, "stranger", "office", "insider", "barred", "assessor"]
DECLARED = {"true": "on", "authorised": "on", "lawful": "on"}


def url(name, application, *args):
    return reverse(name, args=[application.pk, *args])


def page_of(response):
    return response.content.decode()


def post_of(name, application):
    """What a person sends to one address, when everything is in order."""
    first = application.criteria().get(code="A1.1")
    answer = application.answers.filter(criterion=first).first()
    typed = {
        "text": "Nowy tekst.",
        "self_rating": level(application.standard_set, 2).pk,
        "version": answer.version if answer else 0,
    }
    if name == "answer_edit":
        return url(name, application, "A1.1"), typed
    if name == "cite":
        revision = make_evidence(application.institution)
        return url(name, application, "A1.1"), typed | {"revision": revision.pk, "page": "4"}
    if name == "uncite":
        citation = Citation.objects.create(
            answer=answer,
            revision=make_evidence(application.institution),
            added_by=application.opened_by,
        )
        return url(name, application, "A1.1", citation.pk), typed
    asked = {
        "reason": "Brakuje umowy.",
        "criteria": [first.pk],
        "deadline": (clock.today() + timedelta(days=7)).isoformat(),
    }
    data = {"application_submit": DECLARED, "completion_request": asked}
    return url(name, application), data.get(name, {})


WRITING = {"custodian": 302, "editor": 302, "reader": 403}
CUSTODY = {"custodian": 302, "editor": 403, "reader": 403}
OFFICE = {"custodian": 403, "editor": 403, "reader": 403, "office": 302, "insider": 403}
SEEN = {"insider": 403}  # as a reader of the applicant; and the office sees what was submitted
ADDRESSES = {
    "answer_edit": (State.DRAFT, WRITING | SEEN),
    "cite": (State.DRAFT, WRITING | SEEN),
    "uncite": (State.DRAFT, WRITING | SEEN),
    "application_submit": (State.DRAFT, CUSTODY | SEEN),
    "application_withdraw": (State.SUBMITTED, CUSTODY | SEEN | {"office": 403}),
    "application_complete": (State.COMPLETION, CUSTODY | SEEN | {"office": 403}),
    "application_take_up": (State.SUBMITTED, OFFICE),
    "application_accept": (State.FORMAL_CHECK, OFFICE),
    "completion_request": (State.FORMAL_CHECK, OFFICE),
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", ADDRESSES)
def test_post_by_each_role(name, who, signed_in):
    state, answers = ADDRESSES[name]
    application = in_state(state)
    address, data = post_of(name, application)
    user, before = person(who, application), Event.objects.count()

    response = signed_in(user).post(address, data)

    expected = answers.get(who, 404)
    assert response.status_code == expected
    assert (Event.objects.count() > before) == (expected == 302)


ALLOWED = {
    "answer_edit": {State.DRAFT, State.COMPLETION},
    "cite": {State.DRAFT, State.COMPLETION},
    "uncite": {State.DRAFT, State.COMPLETION},
    "application_submit": {State.DRAFT},
    "application_withdraw": {
        State.DRAFT,
        State.SUBMITTED,
        State.FORMAL_CHECK,
        State.COMPLETION,
        State.ASSESSMENT,
        State.COMMITTEE,
    },
    "application_complete": {State.COMPLETION},
    "application_take_up": {State.SUBMITTED},
    "application_accept": {State.FORMAL_CHECK},
    "completion_request": {State.FORMAL_CHECK, State.ASSESSMENT},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", ALLOWED)
def test_post_in_each_state(name, state, signed_in):
    application = in_state(state)
    address, data = post_of(name, application)
    is_office = ADDRESSES[name][1] is OFFICE
    user = make_user(Role.OFFICE) if is_office else application.opened_by
    before = Event.objects.count()

    response = signed_in(user).post(address, data)

    hidden = is_office and state == State.DRAFT
    expected = 302 if state in ALLOWED[name] else 404 if hidden else 409
    assert response.status_code == expected
    assert (Event.objects.count() > before) == (expected == 302)
    if expected == 409:
        application.refresh_from_db()
        assert application.state == state


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    "name", ["application_answers", "dossier_detail", "dossier_manifest", "cited_file"]
)
def test_reading_a_case_by_each_role(name, who, signed_in):
    application = make_application(State.SUBMITTED)
    revision = make_file(application.institution)
    answer = application.answers.first()
    Citation.objects.create(answer=answer, revision=revision, added_by=application.opened_by)
    args = {"dossier_detail": [1], "dossier_manifest": [1], "cited_file": [revision.pk]}
    user = person(who, application)

    response = signed_in(user).get(url(name, application, *args.get(name, [])))
    response.close()

    closed = {"stranger", "barred", "assessor"}
    assert response.status_code == (404 if who in closed else 200)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("custodian", 302),
        ("editor", 403),
        ("reader", 403),
        ("stranger", 404),
        ("office", 403),
        ("assessor", 404),
    ],
)
def test_opening_by_each_role(who, expected, signed_in):
    draft = make_application()
    Application.objects.update(state=State.WITHDRAWN)
    user = person(who, draft)

    response = signed_in(user).post(reverse("application_open", args=[draft.institution_id]))

    assert response.status_code == expected
    assert Application.objects.under_way().count() == (expected == 302)


def test_opening_renews_what_was_certified(signed_in):
    old = make_application(State.CERTIFIED)

    signed_in(old.opened_by).post(reverse("application_open", args=[old.institution_id]))

    assert Application.objects.under_way().get().renews == old


def test_opening_a_second_says_why_not(signed_in):
    application = make_application()

    response = signed_in(application.opened_by).post(
        reverse("application_open", args=[application.institution_id])
    )

    assert response.status_code == 422
    assert "wniosek w toku" in page_of(response)


# --- the list --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_for_the_office(rows, signed_in, django_assert_num_queries):
    client = signed_in(make_user(Role.OFFICE))
    shown = [make_application(State.SUBMITTED) for _row in range(rows)]
    hidden = make_application(institution=make_institution(name=CANARY))

    with django_assert_num_queries(7):
        page = page_of(client.get(reverse("application_list")))

    assert [application.number in page for application in shown] == [True] * rows
    assert hidden.institution.name not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_for_an_applicant(rows, signed_in, django_assert_num_queries):
    user = make_user()
    for _row in range(rows):
        institution = make_institution()
        make_member(institution, user=user)
        make_application(State.SUBMITTED, institution=institution)
    make_application(State.SUBMITTED, institution=make_institution(name=CANARY))

    client = signed_in(user)
    with django_assert_num_queries(7):
        response = client.get(reverse("application_list"))

    assert len(response.context["page"].object_list) == rows
    assert CANARY not in page_of(response)


def test_list_for_somebody_who_is_both(signed_in):
    mine, other = make_application(State.SUBMITTED), make_application(State.SUBMITTED)
    user = make_member(mine.institution, user=make_user(Role.OFFICE))
    client = signed_in(user)

    cases = client.get(reverse("application_list")).context["page"].object_list
    own = client.get(reverse("application_list"), {"tab": "moje"}).context["page"].object_list

    assert (list(cases), list(own)) == ([other], [mine])


def test_list_filtered(signed_in):
    found = make_application(State.ASSESSMENT, institution=make_institution(name="Śląski Ośrodek"))
    make_application(State.ASSESSMENT)
    make_application(State.SUBMITTED, institution=make_institution(name="Śląski Dom"))
    client = signed_in(make_user(Role.OFFICE))

    response = client.get(reverse("application_list"), {"q": "śląski", "state": "assessment"})
    nothing = client.get(reverse("application_list"), {"q": "nigdzie"})

    assert list(response.context["page"].object_list) == [found]
    assert "Nic nie znaleziono" in page_of(nothing)


def test_list_is_paginated(signed_in):
    for _row in range(26):
        make_application(State.SUBMITTED)

    response = signed_in(make_user(Role.OFFICE)).get(reverse("application_list"), {"page": 2})

    assert len(response.context["page"].object_list) == 1


# --- the overview ----------------------------------------------------------------------------


def test_overview_takes_few_queries(signed_in, django_assert_num_queries):
    application = make_ready_draft()
    for criterion in application.criteria():
        revision = make_evidence(application.institution)
        services.cite(application, criterion, revision, by=application.opened_by)
    client = signed_in(application.opened_by)

    with django_assert_num_queries(11):
        client.get(url("application_answers", application))


def test_reading_takes_few_queries(signed_in, django_assert_num_queries):
    application = make_application(State.SUBMITTED)
    client = signed_in(make_user(Role.OFFICE))

    with django_assert_num_queries(10):
        client.get(url("application_answers", application))


@pytest.mark.parametrize(
    ("who", "step"),
    [("custodian", "Złóż wniosek"), ("editor", "Opiekun Waszej instytucji")],
)
def test_overview_of_a_ready_draft_leads_to_submitting(who, step, signed_in):
    application = make_ready_draft()

    page = page_of(signed_in(person(who, application)).get(url("application_answers", application)))

    assert step in page


def test_overview_leads_to_the_first_criterion_that_is_not_answered(signed_in):
    application = make_ready_draft()
    Answer.objects.filter(criterion__code="A2.1").update(text="")

    response = signed_in(application.opened_by).get(url("application_answers", application))

    assert response.context["next_step"]["url"] == url("answer_edit", application, "A2.1")
    assert (response.context["done"], response.context["total"]) == (3, 4)


def test_overview_in_a_completion_opens_only_what_is_named(signed_in):
    application = in_state(State.COMPLETION)

    page = page_of(signed_in(application.opened_by).get(url("application_answers", application)))

    assert "Proszę dopisać partnerów." in page
    assert url("answer_edit", application, "A1.1") in page
    assert url("answer_edit", application, "A1.2") not in page


def test_a_reader_reads_a_draft(signed_in):
    application = make_ready_draft()

    page = page_of(
        signed_in(person("reader", application)).get(url("application_answers", application))
    )

    assert "Odpowiedź na A1.1." in page
    assert url("answer_edit", application, "A1.1") not in page


# --- one answer ------------------------------------------------------------------------------


def test_answer_edit_shows_what_helps(signed_in):
    application = make_ready_draft()
    make_evidence(make_institution(), title=CANARY)
    make_evidence(application.institution, title="Mapa zasobów")

    page = page_of(signed_in(application.opened_by).get(url("answer_edit", application, "A1.1")))

    for text in ("Treść kryterium A1.1", "Standard A1", "Statut", "Odpowiedź na A1.1.", "Mapa"):
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

    with django_assert_num_queries(16):
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
    text = "\r\n".join(["a" * 99] * 100)  # 9,999 characters, 10,098 as a browser sends them

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


# --- submitting, completing, withdrawing -----------------------------------------------------


def test_submit_gives_the_number(signed_in):
    application = make_ready_draft()

    response = signed_in(application.opened_by).post(
        url("application_submit", application), DECLARED
    )

    application.refresh_from_db()
    assert response["Location"] == application.get_absolute_url()
    assert application.number == f"CAL/W/1/{clock.today().year}"


@pytest.mark.parametrize("left_out", DECLARED)
def test_submit_without_one_declaration(left_out, signed_in):
    application = make_ready_draft()
    made = {name: "on" for name in DECLARED if name != left_out}

    response = signed_in(application.opened_by).post(url("application_submit", application), made)

    assert response.status_code == 422
    application.refresh_from_db()
    assert application.state == State.DRAFT


def test_submit_while_something_is_missing_links_to_it(signed_in):
    application = make_ready_draft()
    Answer.objects.filter(criterion__code="A1.2").update(text="")

    response = signed_in(application.opened_by).post(
        url("application_submit", application), DECLARED
    )

    assert response.status_code == 422
    assert f'href="{url("answer_edit", application, "A1.2")}"' in page_of(response)


def test_submit_twice_says_so(signed_in):
    application = make_ready_draft()
    client, address = signed_in(application.opened_by), url("application_submit", application)

    statuses = [client.post(address, DECLARED).status_code for _click in range(2)]

    assert statuses == [302, 409]
    assert application.dossiers.count() == 1
    assert Event.objects.of_case(application).count() == 1


def test_submit_with_a_damaged_file_names_it(signed_in):
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by)
    damage(revision)

    response = signed_in(application.opened_by).post(
        url("application_submit", application), DECLARED
    )

    assert response.status_code == 422
    assert "Umowa partnerska" in page_of(response)


def test_complete_shows_what_changed_since(signed_in):
    application = in_state(State.COMPLETION)
    ask_again = application.completion_requests.get()
    ask_again.criteria.add(application.criteria().get(code="A1.2"))
    Answer.objects.filter(criterion__code="A1.2").update(
        updated_at=ask_again.asked_at - timedelta(days=1)
    )
    Answer.objects.filter(criterion__code="A1.1").update(
        updated_at=ask_again.asked_at + timedelta(seconds=1)
    )

    response = signed_in(application.opened_by).get(url("application_complete", application))

    changes = {row.criterion.code: changed for row, changed in response.context["rows"]}
    assert changes == {"A1.1": True, "A1.2": False}


def test_complete_while_something_is_missing(signed_in):
    application = in_state(State.COMPLETION)
    Answer.objects.filter(criterion__code="A1.1").update(text="")

    response = signed_in(application.opened_by).post(url("application_complete", application))

    assert response.status_code == 422
    assert "A1.1" in page_of(response)


def test_withdraw_asks_first(signed_in):
    application = make_application(State.SUBMITTED)

    response = signed_in(application.opened_by).get(url("application_withdraw", application))

    assert response.status_code == 200
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


# --- the office ------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"criteria": []}, {"deadline": "today"}])
def test_completion_request_refused_keeps_what_was_typed(wrong, signed_in):
    application = make_application(State.FORMAL_CHECK)
    address, data = post_of("completion_request", application)
    if "deadline" in wrong:
        wrong = {"deadline": clock.today().isoformat()}

    response = signed_in(make_user(Role.OFFICE)).post(address, data | wrong)

    assert response.status_code == 422
    assert application.completion_requests.count() == 0
    if "reason" not in wrong:
        assert "Brakuje umowy.</textarea>" in page_of(response)
    if "criteria" not in wrong:
        assert " checked>" in page_of(response)


def test_completion_request_proposes_a_fortnight(signed_in):
    application = make_application(State.FORMAL_CHECK)

    page = page_of(signed_in(make_user(Role.OFFICE)).get(url("completion_request", application)))

    assert f'value="{(clock.today() + timedelta(days=14)).isoformat()}"' in page


def test_the_office_is_told_that_a_completion_is_being_written(signed_in):
    application = in_state(State.COMPLETION)

    page = page_of(signed_in(make_user(Role.OFFICE)).get(url("application_answers", application)))

    assert "Instytucja uzupełnia odpowiedzi" in page


# --- conflicts -------------------------------------------------------------------------------


def test_conflict_of_ones_own_closes_the_case(signed_in):
    application, clerk = make_application(State.FORMAL_CHECK), make_user(Role.OFFICE)
    client, address = signed_in(clerk), url("conflict_declare", application)

    response = client.post(address, {"user": clerk.pk, "ground": "family"})

    assert response["Location"] == reverse("panel")
    assert client.get(address).status_code == 404
    assert client.get(url("application_answers", application)).status_code == 404


def test_conflict_of_somebody_else_is_recorded_by_the_office(signed_in):
    application = make_application(State.FORMAL_CHECK)
    clerk, assessor = make_user(Role.OFFICE), make_user(Role.ASSESSOR)

    response = signed_in(clerk).post(
        url("conflict_declare", application), {"user": assessor.pk, "ground": "advised"}
    )

    declaration = ConflictDeclaration.objects.get()
    assert response["Location"] == application.get_absolute_url()
    assert (declaration.user, declaration.declared_by) == (assessor, clerk)


def test_conflict_recorded_twice(signed_in):
    application = make_application(State.FORMAL_CHECK)
    clerk, assessor = make_user(Role.OFFICE), make_user(Role.ASSESSOR)
    sent = {"user": assessor.pk, "ground": "advised"}
    client = signed_in(clerk)

    statuses = [
        client.post(url("conflict_declare", application), sent).status_code for _click in range(2)
    ]

    assert statuses == [302, 422]


@pytest.mark.parametrize("missing", ["user", "ground"])
def test_conflict_form_incomplete(missing, signed_in):
    application = make_application(State.FORMAL_CHECK)
    clerk = make_user(Role.OFFICE)
    sent = {"user": clerk.pk, "ground": "family"}
    del sent[missing]

    response = signed_in(clerk).post(url("conflict_declare", application), sent)

    assert response.status_code == 422
    assert ConflictDeclaration.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("custodian", 403),
        ("reader", 403),
        ("insider", 403),
        ("office", 200),
        ("stranger", 404),
        ("barred", 404),
        ("assessor", 404),
    ],
)
def test_conflict_form_by_each_role(who, expected, signed_in):
    application = make_application(State.FORMAL_CHECK)

    response = signed_in(person(who, application)).get(url("conflict_declare", application))

    assert response.status_code == expected


# --- the dossier and its files ---------------------------------------------------------------


@pytest.fixture
def cited():
    """A submitted application of a named institution, with one cited file."""
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by)
    services.submit(application, by=application.opened_by, declared=True)
    return application, revision


def test_dossier_shows_its_hash_and_that_it_agrees(cited, signed_in):
    application, revision = cited

    page = page_of(signed_in(application.opened_by).get(url("dossier_detail", application, 1)))

    assert application.dossiers.get().sha256 in page
    assert revision.sha256[:12] in page
    assert "Zgodne" in page
    assert "Niezgodne" not in page


def test_dossier_says_what_does_not_agree(cited, signed_in):
    application, revision = cited
    damage(revision)

    page = page_of(signed_in(application.opened_by).get(url("dossier_detail", application, 1)))

    assert "Niezgodne" in page
    assert "Umowa partnerska" in page


def test_dossier_reads_large_files_when_asked(cited, signed_in, monkeypatch):
    application, revision = cited
    damage(revision)
    monkeypatch.setattr("certification.applications.views.dossiers.READ_AT_ONCE", 1)
    client, address = signed_in(application.opened_by), url("dossier_detail", application, 1)

    assert "Niezgodne" not in page_of(client.get(address))
    assert "Niezgodne" in page_of(client.get(address, {"sprawdz": "pliki"}))


def test_dossier_that_is_not_there(cited, signed_in):
    application, _revision = cited

    response = signed_in(application.opened_by).get(url("dossier_detail", application, 2))

    assert response.status_code == 404


def test_manifest_is_given_byte_for_byte(cited, signed_in):
    application, _revision = cited

    response = signed_in(application.opened_by).get(url("dossier_manifest", application, 1))

    assert response.content.decode() == application.dossiers.get().manifest
    assert json.loads(response.content)["case"] == application.number
    assert f"akta-cal-w-1-{clock.today().year}-1.json" in response["Content-Disposition"]


@pytest.mark.parametrize(("asked", "kind"), [({}, "attachment"), ({"podglad": "1"}, "inline")])
def test_cited_file(asked, kind, cited, signed_in):
    application, revision = cited
    clerk = make_user(Role.OFFICE)

    response = signed_in(clerk).get(url("cited_file", application, revision.pk), asked)

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith(kind)


def test_cited_file_that_the_case_does_not_cite(cited, signed_in):
    application, revision = cited
    uncited = add_version(revision.evidence, b"%PDF nowa", by=application.opened_by)
    alien = make_file(make_institution())
    client = signed_in(make_user(Role.OFFICE))

    for one in (uncited, alien):
        assert client.get(url("cited_file", application, one.pk)).status_code == 404


def test_cited_file_once_frozen_stays_open_to_the_case(cited, signed_in):
    application, revision = cited
    Application.objects.update(state=State.COMPLETION)
    ask(application)
    services.uncite(Citation.objects.get(), by=application.opened_by)

    response = signed_in(make_user(Role.OFFICE)).get(url("cited_file", application, revision.pk))
    response.close()

    assert response.status_code == 200


def test_nothing_of_another_institution_is_shown(signed_in):
    alien = make_institution(name=CANARY)
    theirs = in_state(State.SUBMITTED, institution=alien)
    Answer.objects.filter(application=theirs).update(text=CANARY)
    make_evidence(alien, title=CANARY)
    mine = make_ready_draft()
    client = signed_in(mine.opened_by)

    addresses = [
        reverse("application_list"),
        reverse("application_list") + "?q=kanarek",
        url("application_answers", mine),
        url("application_answers", mine) + "?widok=calosc",
        url("answer_edit", mine, "A1.1"),
        url("application_submit", mine),
        url("application_withdraw", mine),
    ]
    for address in addresses:
        page = page_of(client.get(address))
        assert CANARY not in page.replace('value="kanarek"', "")
