"""Nothing of one assessor's judgement reaches another before their own is in, and a private
note never reaches anybody. Canary strings are looked for on every page a person can open.
"""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification.applications.models import Citation, ConflictDeclaration
from certification.applications.services import declare_conflict
from certification.assessments import services
from certification.assessments.models import Assessment, Rating
from institutions.models import EvidenceRevision
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case, rate_all, sign_all, submit
from tests.factories import make_evidence, make_member, make_user
from tests.institutions.documents import pdf

pytestmark = pytest.mark.django_db

COMMENT, NOTE, SUMMARY = "KANAREK-KOMENTARZ", "KANAREK-NOTATKA", "KANAREK-PODSUMOWANIE"
MISSING, QUESTION, QUOTE = "KANAREK-BRAK", "KANAREK-PYTANIE", "KANAREK-MIEJSCE"
SECONDS, TIME = 987_600, "274 godz."  # spent at the bench: for nobody else, ever
CANARIES = (COMMENT, NOTE, SUMMARY, MISSING, QUESTION, QUOTE, TIME)
VALUE = re.compile(r"'[^']*'|\b\d+\b")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def mine(case):
    return make_assignment(case).assessment


@pytest.fixture
def other(case):
    return make_assignment(case).assessment


def judge(assessment):
    """Rate everything with canaries, and wish for completion, without submitting."""
    texts = {"weaknesses": MISSING, "question": QUESTION, "private_note": NOTE}
    rate_all(assessment, 3, strengths=COMMENT, texts=texts)
    criterion = assessment.application.criteria()[0]
    assessment.proposals.create(criterion=criterion, reason="KANAREK-ŻYCZENIE")
    note = make_evidence(assessment.application.institution)
    assessment.marks.create(criterion=criterion, number=1, revision=note, quote=QUOTE)
    Assessment.objects.filter(pk=assessment.pk).update(summary=SUMMARY, seconds_spent=SECONDS)


def hand_in(assessment):
    services.submit_assessment(
        assessment, by=assessment.assignment.assessor, summary=assessment.summary or SUMMARY
    )


def addresses(case, *assessments):
    yield reverse("assessment_list")
    yield reverse("assessment_list") + "?widok=zakonczone"
    yield reverse("assessment_list") + "?widok=biuro"
    yield reverse("assignment_create", args=[case.pk])
    yield reverse("card_detail", args=[case.pk])
    yield reverse("card_sign", args=[case.pk])
    yield reverse("card_what_if", args=[case.pk])
    yield reverse("card_criterion", args=[case.pk, "A1.1"])
    yield reverse("panel")
    yield reverse("case", args=[case.pk])
    yield reverse("application_list")
    yield reverse("application_answers", args=[case.pk])
    yield reverse("formal_check", args=[case.pk])
    yield reverse("application_papers", args=[case.pk])
    yield reverse("completion_request", args=[case.pk])
    yield reverse("thread_list")
    yield reverse("decision_list")
    yield reverse("decision_create", args=[case.pk])
    for assessment in assessments:
        yield reverse("assignment_declare", args=[assessment.assignment_id])
        yield reverse("assignment_end", args=[assessment.assignment_id])
        yield reverse("assessment_submit", args=[assessment.pk])
        yield reverse("completion_propose", args=[assessment.pk, "A1.1"])
        yield reverse("mark_view", args=[assessment.pk, "A1.1", 1])
        for code in ("A1.1", "B1.1"):
            yield reverse("assessment_detail", args=[assessment.pk]) + f"?kryterium={code}"
            yield reverse("rating_autosave", args=[assessment.pk, code])


def pages(client, case, *assessments):
    """What every address answers, form tokens left out."""
    for address in addresses(case, *assessments):
        response = client.get(address)
        yield address, response.status_code, TOKEN.sub(b"", response.content)


def work(client, case, *assessments):
    """What every address asks of the database, without the values."""
    for address in addresses(case, *assessments):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        yield address, [VALUE.sub("?", query["sql"]) for query in asked]


def status(client, address):
    response = client.get(address)
    if response.streaming:
        list(response.streaming_content)  # a file that is sent stays open until then
    return response.status_code


def found(client, case, *assessments):
    """The canaries that appear anywhere."""
    everything = b"".join(body for _url, _code, body in pages(client, case, *assessments))
    return {canary for canary in CANARIES if canary.encode() in everything}


def test_no_page_changes_by_what_the_other_does_before_one_has_submitted(
    case, mine, other, signed_in
):
    client = signed_in(mine.assignment.assessor)
    rate_all(mine)
    before = list(pages(client, case, mine, other))
    judge(other)
    assert list(pages(client, case, mine, other)) == before
    hand_in(other)
    assert list(pages(client, case, mine, other)) == before


def test_no_page_takes_another_time_by_what_the_other_does(case, mine, other, signed_in):
    """The same is asked of the database in the same order: how long it takes tells nothing."""
    client = signed_in(mine.assignment.assessor)
    rate_all(mine)
    list(work(client, case, mine, other))  # what a process reads once
    before = list(work(client, case, mine, other))
    judge(other)
    assert list(work(client, case, mine, other)) == before
    hand_in(other)
    assert list(work(client, case, mine, other)) == before


def test_the_same_for_somebody_of_the_office_who_assesses(case, mine, other, signed_in):
    office = make_user(Role.OFFICE, Role.ASSESSOR)
    mine.assignment.assessor = office
    mine.assignment.save()
    client = signed_in(office)
    rate_all(mine)
    before = list(pages(client, case, mine, other))
    judge(other)
    hand_in(other)
    assert list(pages(client, case, mine, other)) == before


def test_another_assessors_bench_does_not_exist(case, mine, other, signed_in):
    client = signed_in(mine.assignment.assessor)
    for name, *args in (
        ("assessment_detail", other.pk),
        ("assessment_submit", other.pk),
        ("assignment_declare", other.assignment_id),
        ("assignment_end", other.assignment_id),
        ("card_detail", case.pk),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
    saved = client.post(reverse("rating_save", args=[other.pk, "A1.1"]), {"version": 0})
    assert saved.status_code == 404
    assert not Rating.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_no_role_sees_judgements_before_all_are_in(role, case, mine, other, signed_in):
    judge(mine)
    judge(other)
    hand_in(other)
    assert found(signed_in(make_user(role)), case, mine, other) == set()


def test_the_applicant_never_sees_judgements(case, mine, other, signed_in):
    judge(mine)
    judge(other)
    hand_in(mine)
    hand_in(other)
    sign_all(case.card)
    client = signed_in(make_member(case.institution))
    assert found(client, case, mine, other) == set()


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_private_note_never_reaches_anybody_else(is_closed, case, mine, other, signed_in):
    judge(other)
    rate_all(mine, 1)
    hand_in(other)
    hand_in(mine)
    if is_closed:
        for criterion in case.criteria():
            services.settle(
                case.card,
                criterion,
                by=mine.assignment.assessor,
                level=case.standard_set.levels.get(value=1),
                reason="Zgoda.",
            )
        sign_all(case.card)
    people = [mine.assignment.assessor, *(make_user(role) for role in Role)]
    for user in people:
        assert not {NOTE, TIME} & found(signed_in(user), case, mine, other)
    read = {COMMENT, MISSING, QUESTION, SUMMARY}
    assert found(signed_in(mine.assignment.assessor), case, mine) == read
    assert NOTE in found(signed_in(other.assignment.assessor), case, other)


def test_private_notes_are_not_read_from_the_database_for_the_card(case, mine, other, signed_in):
    for assessment in (mine, other):
        rate_all(assessment, strengths=COMMENT)
        submit(assessment)
    services.open_card(case, by=mine.assignment.assessor)
    with CaptureQueriesContext(connection) as queries:
        signed_in(mine.assignment.assessor).get(reverse("card_detail", args=[case.pk]))
    assert [query["sql"] for query in queries if "private_note" in query["sql"]] == []


def test_a_conflict_closes_lists_pages_and_files_at_once(case, mine, signed_in):
    user = mine.assignment.assessor
    revision = make_evidence(case.institution)
    file = EvidenceRevision(
        evidence=revision.evidence, number=2, sha256="0" * 64, added_by=revision.added_by
    )
    file.filename, file.content_type = "notatka.pdf", "application/pdf"
    file.file.save("notatka.pdf", ContentFile(pdf("notatka")), save=False)
    file.save(force_insert=True)
    Citation.objects.create(answer=case.answers.first(), revision=file, added_by=user)
    client = signed_in(user)
    open_to_me = [
        reverse("assessment_detail", args=[mine.pk]),
        reverse("case", args=[case.pk]),
        reverse("application_answers", args=[case.pk]),
        reverse("cited_file", args=[case.pk, file.pk]),
        reverse("cited_view", args=[case.pk, file.pk]),
        reverse("cited_page", args=[case.pk, file.pk, 1]),
    ]
    assert [status(client, address) for address in open_to_me] == [200] * 6
    assert case.institution.name in client.get(reverse("assessment_list")).content.decode()
    declare_conflict(case, user=user, by=user, ground=ConflictDeclaration.Ground.WORKS)
    assert [status(client, address) for address in open_to_me] == [404] * 6
    for listed in ("assessment_list", "panel", "application_list"):
        assert case.institution.name not in client.get(reverse(listed)).content.decode()
