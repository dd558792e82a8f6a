"""Half-written edits are the institution's own: everybody else reads what was last submitted."""

import io
from typing import Any

import pytest
from django.urls import reverse

from certification import clock
from certification.applications import services
from certification.applications.models import Answer, Application, Carried, Citation
from certification.applications.places import Place
from certification.applications.renewal.comparing import compare
from certification.applications.services import freeze
from certification.applications.states import State
from certification.applications.submitted import cited_in, holds_revision, rows_for
from certification.assessments.calibration.services.preparing import copy_case
from institutions import reading
from institutions.states import MemberRole, Role
from tests.applications.factories import add_version, ask, make_file, make_ready_draft
from tests.assessments.factories import make_assignment
from tests.factories import level, make_member, make_user

from .renewal.factories import make_certified, open_renewal

pytestmark = pytest.mark.django_db

HALF = "Pół zdania, którego nikt nie"
LAST = "Odpowiedź na A1.1."


class Completing:
    """A case asked to complete A1.1, where text, rating and evidence are changed and not sent."""

    def __init__(self, case: Application) -> None:
        self.case = case
        self.answer = case.answers.get(criterion__code="A1.1")
        self.old = make_file(case.institution, title="Dawny statut")
        self.cite(self.old, page=3)
        self.other = make_file(case.institution, title="Porozumienie")
        self.cite(self.other, code="A2.1")
        freeze(case, by=case.opened_by)
        Application.objects.filter(pk=case.pk).update(state=State.COMPLETION)
        ask(case, asked_in=State.ASSESSMENT)
        case.refresh_from_db()
        self.new = make_file(case.institution, title="Świeży plik")
        self.write()

    def cite(self, revision: Any, *, code: str = "A1.1", **place: Any) -> None:
        answer = self.case.answers.get(criterion__code=code)
        Citation.objects.create(
            answer=answer, revision=revision, added_by=self.case.opened_by, **place
        )

    def write(self) -> None:
        self.answer.citations.all().delete()
        self.cite(self.new)
        Answer.objects.filter(pk=self.answer.pk).update(
            text=HALF, self_rating=level(self.case.standard_set, 0), version=self.answer.version + 1
        )

    def end_as(self, state: State) -> None:
        Application.objects.filter(pk=self.case.pk).update(state=state)
        self.case.refresh_from_db()


@pytest.fixture
def completing() -> Completing:
    return Completing(make_ready_draft_in_assessment())


def make_ready_draft_in_assessment() -> Application:
    application = make_ready_draft()
    Application.objects.filter(pk=application.pk).update(
        state=State.ASSESSMENT,
        number="CAL/W/77/2026",
        submitted_by=application.opened_by,
        submitted_at=clock.now(),
    )
    application.refresh_from_db()
    return application


def first_of(completing: Completing, user: Any) -> Any:
    return rows_for(user, completing.case)[0]


UNSENT = [State.COMPLETION, State.WITHDRAWN, State.LAPSED]


@pytest.mark.parametrize("state", UNSENT)
def test_others_read_what_was_submitted(completing: Completing, state: State) -> None:
    completing.end_as(state)
    for role in (Role.OFFICE, Role.ASSESSOR, Role.COMMITTEE_CHAIR):
        reader = make_user(role)
        row = first_of(completing, reader)
        assert (row.answer.text, row.answer.self_rating.value) == (LAST, 2)
        cited = [(each.revision, each.place) for each in row.citations]
        assert cited == [(completing.old, Place(page=3))]
        assert cited_in(reader, completing.case) == {"A1.1", "A2.1"}


@pytest.mark.parametrize("state", UNSENT)
def test_its_own_people_read_what_they_write(completing: Completing, state: State) -> None:
    completing.end_as(state)
    for role in MemberRole:
        row = first_of(completing, make_member(completing.case.institution, role))
        assert (row.answer.text, row.answer.self_rating.value) == (HALF, 0)
        assert [each.revision for each in row.citations] == [completing.new]


def test_all_read_what_was_handed_in(completing: Completing) -> None:
    services.complete(completing.case, by=completing.case.opened_by)
    row = first_of(completing, make_user(Role.OFFICE))
    assert (row.answer.text, [each.revision for each in row.citations]) == (HALF, [completing.new])


def test_an_answer_that_was_never_submitted_is_none() -> None:
    draft = make_ready_draft()
    assert {row.answer for row in rows_for(make_user(Role.OFFICE), draft)} == {None}


def test_other_answers_stand_beside_it(completing: Completing) -> None:
    office = make_user(Role.OFFICE)
    rows = rows_for(office, completing.case)
    assert [row.answer.text for row in rows if row.answer] == [
        f"Odpowiedź na {code}." for code in ("A1.1", "A1.2", "A2.1", "B1.1")
    ]
    only = list(completing.case.criteria().filter(code="A2.1"))
    (row,) = rows_for(office, completing.case, only)
    assert [each.revision for each in row.citations] == [completing.other]


def status(client: Any, address: str) -> int:
    response = client.get(address)
    text_of(response)  # read to its end, a file is closed
    return int(response.status_code)


def test_evidence_newly_cited_is_not_yet_theirs_to_open(
    completing: Completing, signed_in: Any
) -> None:
    case, office = completing.case, make_user(Role.OFFICE)
    newer = add_version(completing.old.evidence, b"%PDF-1.7 x", by=case.opened_by)
    completing.cite(newer)
    for revision, of_office, of_own in (
        (completing.old, True, True),
        (completing.new, False, True),
        (newer, False, True),
    ):
        assert holds_revision(office, case, revision) is of_office
        assert holds_revision(case.opened_by, case, revision) is of_own
        for name in ("cited_file", "cited_view"):
            address = reverse(name, args=[case.pk, revision.pk])
            assert status(signed_in(office), address) == (200 if of_office else 404)
            assert status(signed_in(case.opened_by), address) == (200 if of_own else 404)

    services.complete(case, by=case.opened_by)

    assert holds_revision(office, case, newer)


def pages_of(case: Application, assessment: Any) -> list[str]:
    bench = reverse("assessment_detail", args=[assessment.pk])
    return [
        reverse("case", args=[case.pk]),
        reverse("application_answers", args=[case.pk]) + "?widok=calosc",
        reverse("draft_paper", args=[case.pk, "raport"]),
        reverse("formal_check", args=[case.pk]),
        reverse("application_papers", args=[case.pk]),
        reverse("dossier_detail", args=[case.pk, 1]),
        f"{bench}?kryterium=A1.1",
        reverse("assessment_files", args=[assessment.pk]),
        reverse("assessment_pdf", args=[assessment.pk]),
        reverse("assessment_xlsx", args=[assessment.pk]),
    ]


def text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/pdf":
        return " ".join(reading.text_of(io.BytesIO(body), reading.PDF).split())
    return str(body.decode(errors="replace"))


@pytest.mark.parametrize("who", ["office", "assessor"])
def test_no_page_shows_half_a_sentence(completing: Completing, signed_in: Any, who: str) -> None:
    assignment = make_assignment(completing.case)
    user = assignment.assessor if who == "assessor" else make_user(Role.OFFICE)
    client, read = signed_in(user), 0
    for address in pages_of(completing.case, assignment.assessment):
        text = text_of(client.get(address))
        assert HALF not in text, address
        assert "Świeży plik" not in text, address
        read += LAST in text
    assert read >= {"office": 2, "assessor": 3}[who]


def test_the_whole_text_says_which_it_is(completing: Completing, signed_in: Any) -> None:
    address = reverse("application_answers", args=[completing.case.pk]) + "?widok=calosc"
    said = "to, co instytucja złożyła ostatnio"
    assert said in text_of(signed_in(make_user(Role.OFFICE)).get(address))
    own = text_of(signed_in(completing.case.opened_by).get(address))
    assert HALF in own
    assert said not in own


def test_the_whole_text_takes_few_queries(
    completing: Completing, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(make_user(Role.OFFICE))
    address = reverse("application_answers", args=[completing.case.pk]) + "?widok=calosc"
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)


def test_the_bench_takes_few_queries(
    completing: Completing, signed_in: Any, django_assert_num_queries: Any
) -> None:
    assignment = make_assignment(completing.case)
    client = signed_in(assignment.assessor)
    address = reverse("assessment_detail", args=[assignment.assessment.pk])
    client.get(address)
    with django_assert_num_queries(11):
        page = client.get(address)
    assert LAST in page.content.decode()


def test_a_renewal_is_compared_with_what_was_submitted() -> None:
    renewal = open_renewal(make_certified())
    for carried in Carried.objects.filter(answer__application=renewal):
        carried.confirmed_by, carried.confirmed_at = renewal.opened_by, clock.now()
        carried.save()
    Application.objects.filter(pk=renewal.pk).update(
        state=State.ASSESSMENT,
        number="CAL/W/78/2026",
        submitted_by=renewal.opened_by,
        submitted_at=clock.now(),
    )
    renewal.refresh_from_db()
    freeze(renewal, by=renewal.opened_by)
    Application.objects.filter(pk=renewal.pk).update(state=State.COMPLETION)
    ask(renewal, asked_in=State.ASSESSMENT)
    renewal.refresh_from_db()
    answer = renewal.answers.get(criterion__code="A1.1")
    Answer.objects.filter(pk=answer.pk).update(text=HALF, version=answer.version + 1)

    seen = [compare(renewal, reader=each) for each in (make_user(Role.OFFICE), renewal.opened_by)]

    first, own = [each.criteria[0] for each in seen if each]
    assert (first.is_changed, own.is_changed) == (False, True)
    assert first.confirmation is not None
    assert first.confirmation.confirmed_by == renewal.opened_by
    assert own.confirmation is None
    assert [each.citation.revision for each in first.cited] == [
        each.citation.revision for each in own.cited
    ]


def test_a_sample_for_calibration_is_of_what_was_submitted(completing: Completing) -> None:
    completing.end_as(State.LAPSED)
    sample = copy_case(completing.case, by=make_user(Role.OFFICE), title="Próba").sample
    first = sample.get(criterion__code="A1.1")
    assert (first.text, "Dawny statut" in first.evidence) == (LAST, True)
