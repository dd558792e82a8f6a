"""Somebody of the certification body who accepts an institution's invitation is shut out of it.

At once, in a browser already open: lists, search, pages, files; also through a parent or a unit.
"""

import pytest
from django.urls import reverse

from certification.applications.models import Answer, Application, Citation
from certification.applications.states import State
from institutions.models import User
from institutions.services.invitations import accept_invitation
from institutions.states import MemberRole, Role
from tests.applications.factories import make_file
from tests.assessments.factories import make_assignment
from tests.factories import make_application, make_institution, make_invitation, make_user

pytestmark = pytest.mark.django_db
CANARY = "Kanarkowy Dom Kultury"
READER = MemberRole.READER


@pytest.fixture
def institution():
    return make_institution(name=CANARY)


def near(institution, relation):
    """The institution that invites: the applicant itself, one above it, or one below."""
    if relation == "itself":
        return institution
    if relation == "its unit":
        return make_institution(parent=institution)
    institution.parent = make_institution()
    institution.save(update_fields=["parent"])
    return institution.parent


def case_of(institution, state):
    application = make_application(state, institution=institution)
    revision = make_file(institution, by=application.opened_by)
    answer = Answer.objects.filter(application=application).order_by("pk")[0]
    Citation.objects.create(answer=answer, revision=revision, added_by=application.opened_by)
    return application, revision


def statuses(client, pages):
    answers = [client.get(page) for page in pages]
    for answer in answers:
        answer.getvalue()  # a file that is streamed stays open until it is read
    return [answer.status_code for answer in answers]


def accept(inviting, person):
    accept_invitation(make_invitation(inviting, email=person.email, role=READER), by=person)


@pytest.mark.parametrize("relation", ["its unit", "its parent"])
def test_clerk_loses_the_case_at_once(relation, institution, signed_in):
    application, revision = case_of(institution, State.SUBMITTED)
    clerk = make_user(Role.OFFICE)
    client = signed_in(clerk)
    pages = [
        reverse("case", args=[application.pk]),
        reverse("application_answers", args=[application.pk]),
        reverse("cited_file", args=[application.pk, revision.pk]),
        reverse("dossier_manifest", args=[application.pk, 1]),
    ]
    lists = [reverse("application_list"), reverse("application_list") + "?q=Kanarkowy"]
    lists.append(reverse("panel"))
    assert statuses(client, pages[:3]) == [200] * 3
    assert all(CANARY in client.get(page).content.decode() for page in lists)

    accept(near(institution, relation), clerk)

    assert statuses(client, pages) == [404] * 4
    assert client.post(reverse("application_take_up", args=[application.pk])).status_code == 404
    assert not any(CANARY in client.get(page).content.decode() for page in lists)
    clerk = User.objects.get(pk=clerk.pk)
    assert not Application.objects.visible_to(clerk).filter(pk=application.pk).exists()


def test_clerk_who_joined_the_applicant_reads_as_a_member_and_handles_nothing(
    institution, signed_in
):
    application, _revision = case_of(institution, State.SUBMITTED)
    clerk = make_user(Role.OFFICE)
    client = signed_in(clerk)
    accept(institution, clerk)
    case = client.get(reverse("case", args=[application.pk]))
    assert (case.status_code, case.context["handles"]) == (200, False)
    assert client.post(reverse("application_take_up", args=[application.pk])).status_code == 403
    assert CANARY not in client.get(reverse("panel")).content.decode()


@pytest.mark.parametrize("relation", ["itself", "its unit", "its parent"])
def test_assessor_loses_the_case_at_once(relation, institution, signed_in):
    application, revision = case_of(institution, State.ASSESSMENT)
    assessor = make_user(Role.ASSESSOR)
    bench = make_assignment(application, assessor).assessment
    client = signed_in(assessor)
    page = reverse("assessment_detail", args=[bench.pk])
    file = reverse("cited_file", args=[application.pk, revision.pk])
    lists = [reverse("assessment_list"), reverse("panel")]
    assert statuses(client, [page, file]) == [200, 200]
    assert all(CANARY in client.get(one).content.decode() for one in lists)

    accept(near(institution, relation), assessor)

    assert client.get(page).status_code == 404
    assert client.post(reverse("assessment_submit", args=[bench.pk])).status_code == 404
    assert client.post(reverse("rating_save", args=[bench.pk, "A1.1"])).status_code == 404
    assert not any(CANARY in client.get(one).content.decode() for one in lists)
    if relation != "itself":  # a member of the applicant itself reads its own evidence
        assert statuses(client, [file]) == [404]
