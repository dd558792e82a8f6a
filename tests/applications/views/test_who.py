"""Which answer each role gets from each address, in each state."""

import pytest
from django.urls import reverse

from certification.applications.models import Answer, Citation
from certification.applications.states import State
from certification.audit.models import Event
from institutions.states import MemberRole, Role
from tests.applications.factories import in_state, make_file, make_ready_draft, person
from tests.factories import (
    make_application,
    make_evidence,
    make_institution,
    make_user,
)
from tests.institutions.documents import pdf

from .sending import CANARY, page_of, post_of, url

pytestmark = pytest.mark.django_db

PEOPLE = [*MemberRole.values, "stranger", "office", "insider", "barred", "assessor"]


WRITING = {"custodian": 302, "editor": 302, "reader": 403}
CUSTODY = {"custodian": 302, "editor": 403, "reader": 403}
OFFICE = {"custodian": 403, "editor": 403, "reader": 403, "office": 302, "insider": 403}
SEEN = {"insider": 403}  # as a reader of the applicant; and the office sees what was submitted
ADDRESSES = {
    "answer_edit": (State.DRAFT, WRITING | SEEN),
    "cite": (State.DRAFT, WRITING | SEEN),
    "uncite": (State.DRAFT, WRITING | SEEN),
    "citation_place": (State.DRAFT, WRITING | SEEN),
    "cite_newest": (State.DRAFT, WRITING | SEEN),
    "evidence_search": (State.DRAFT, WRITING | SEEN),
    "application_submit": (State.DRAFT, CUSTODY | SEEN),
    "application_withdraw": (State.SUBMITTED, CUSTODY | SEEN | {"office": 403}),
    "application_complete": (State.COMPLETION, CUSTODY | SEEN | {"office": 403}),
    "application_take_up": (State.SUBMITTED, OFFICE),
    "application_accept": (State.FORMAL_CHECK, OFFICE),
    "completion_request": (State.FORMAL_CHECK, OFFICE),
    "formal_check_save": (State.FORMAL_CHECK, OFFICE),
    "extension_ask": (State.COMPLETION, WRITING | SEEN | {"office": 403}),
    "extension_decide": (State.COMPLETION, OFFICE),
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
    "citation_place": {State.DRAFT, State.COMPLETION},
    "cite_newest": {State.DRAFT, State.COMPLETION},
    "evidence_search": {State.DRAFT, State.COMPLETION},
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
    "formal_check_save": {State.FORMAL_CHECK},
    "extension_ask": {State.COMPLETION},
    "extension_decide": {State.COMPLETION},
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
    "name",
    [
        *("application_answers", "dossier_detail", "dossier_manifest", "formal_check"),
        *("cited_file", "cited_view", "cited_page"),
    ],
)
def test_reading_a_case_by_each_role(name, who, signed_in):
    application = make_application(State.SUBMITTED)
    revision = make_file(application.institution, pdf("strona"))
    answer = application.answers.first()
    Citation.objects.create(answer=answer, revision=revision, added_by=application.opened_by)
    args = {
        "dossier_detail": [1],
        "dossier_manifest": [1],
        "cited_file": [revision.pk],
        "cited_view": [revision.pk],
        "cited_page": [revision.pk, 1],
    }
    user = person(who, application)

    response = signed_in(user).get(url(name, application, *args.get(name, [])))
    response.close()

    closed = {"stranger", "barred", "assessor"}
    assert response.status_code == (404 if who in closed else 200)


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
