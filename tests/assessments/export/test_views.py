"""The files of a card: whose they are, and the way back in."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certification.applications.models import ConflictDeclaration
from certification.assessments.export.workbooks import workbook_of
from certification.assessments.models import Assessment, Rating, RatingsDraft
from certification.assessments.services.importing import discard_old_drafts
from certification.assessments.states import Part, Verb
from certification.audit.models import Event
from certification.chores import registered
from institutions.states import Role
from tests.assessments.factories import make_assessment, make_card, make_ratings_draft, submit
from tests.factories import make_user

from .test_workbooks import changed, rate

pytestmark = pytest.mark.django_db

OWN = ("assessment_files", "assessment_pdf", "assessment_form", "assessment_xlsx")
OF_CARD = ("card_pdf", "card_xlsx")


def sent(content: bytes, name: str = "karta.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def bring_back(client: Any, assessment: Assessment, content: bytes) -> RatingsDraft:
    answer = client.post(reverse("assessment_files", args=[assessment.pk]), sent(content))
    draft = RatingsDraft.objects.latest("sent_at")
    assert answer.url == reverse("ratings_import", args=[assessment.pk, draft.pk])
    return draft


def confirm(client: Any, draft: RatingsDraft, **data: Any) -> Any:
    args = [draft.assessment_id, draft.pk]
    page = client.get(reverse("ratings_import", args=args))
    data.setdefault("seen", page.context["plan"].fingerprint)
    return client.post(reverse("ratings_import_confirm", args=args), data)


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture
def mine(assessment: Assessment, signed_in: Any) -> Any:
    return signed_in(assessment.assignment.assessor)


# --- whose they are ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_own_card_is_a_file(assessment: Assessment, mine: Any, name: str) -> None:
    answer = mine.get(reverse(name, args=[assessment.pk]))
    assert answer.status_code == 200
    assert name == "assessment_files" or answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", OWN)
def test_nobody_else_gets_it(assessment: Assessment, signed_in: Any, name: str) -> None:
    other = make_assessment(assessment.application)
    for user in (other.assignment.assessor, make_user(Role.OFFICE), make_user(Role.ASSESSOR)):
        assert signed_in(user).get(reverse(name, args=[assessment.pk])).status_code == 404


@pytest.mark.parametrize("name", OWN)
def test_conflict_of_interest_closes_it(assessment: Assessment, mine: Any, name: str) -> None:
    person = assessment.assignment.assessor
    ConflictDeclaration.objects.create(
        application=assessment.application, user=person, ground="other", declared_by=person
    )
    assert mine.get(reverse(name, args=[assessment.pk])).status_code == 404


def test_name_of_the_file_has_the_case(assessment: Assessment, mine: Any) -> None:
    answer = mine.get(reverse("assessment_xlsx", args=[assessment.pk]))
    number = assessment.application.number.replace("/", "-")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="karta oceny {number}.xlsx"'
    )


@pytest.mark.parametrize("name", OF_CARD)
def test_consolidated_card_is_for_its_readers(signed_in: Any, name: str) -> None:
    card = make_card()
    address = reverse(name, args=[card.application_id])
    readers = [each.assignment.assessor for each in card.assessments()]
    for user in (*readers, make_user(Role.OFFICE)):
        assert signed_in(user).get(address).status_code == 200
    for user in (make_user(Role.COMMITTEE_CHAIR), make_user(Role.ASSESSOR)):
        assert signed_in(user).get(address).status_code == 404


@pytest.mark.parametrize("name", OF_CARD)
def test_third_assessor_reads_no_card_before_submitting(signed_in: Any, name: str) -> None:
    card = make_card()
    third = make_user(Role.ASSESSOR, Role.OFFICE)
    own = make_assessment(card.application, assessor=third, part=Part.THIRD)
    address = reverse(name, args=[card.application_id])
    assert signed_in(third).get(address).status_code == 404
    submit(own)
    assert signed_in(third).get(address).status_code == 200


# --- the way back -----------------------------------------------------------------------------


def test_nothing_is_written_until_it_is_confirmed(assessment: Assessment, mine: Any) -> None:
    content = changed(workbook_of(assessment), ("A1.1", "strengths", "Z pliku."))
    draft = bring_back(mine, assessment, content)
    text = mine.get(reverse("ratings_import", args=[assessment.pk, draft.pk])).content.decode()
    assert "Z pliku." in text
    assert not Rating.objects.exists()
    assert confirm(mine, draft).status_code == 302
    assert Rating.objects.get().strengths == "Z pliku."
    assert Event.objects.filter(verb=Verb.RATE).count() == 1


def test_private_note_stays(assessment: Assessment, mine: Any) -> None:
    rate(assessment, "A1.1", value=1, private_note="tylko dla mnie")
    content = changed(workbook_of(assessment), ("A1.1", "level", 2))
    confirm(mine, bring_back(mine, assessment, content))
    rating = Rating.objects.get()
    assert (rating.level.value, rating.private_note) == (2, "tylko dla mnie")


@pytest.mark.parametrize(("ticked", "text"), [([], "Ze strony."), (["A1.1"], "Z pliku.")])
def test_stale_row_is_written_only_where_it_is_ticked(
    assessment: Assessment, mine: Any, ticked: list[str], text: str
) -> None:
    rating = rate(assessment, "A1.1", value=2, strengths="Stare.")
    content = changed(workbook_of(assessment), ("A1.1", "strengths", "Z pliku."))
    Rating.objects.filter(pk=rating.pk).update(strengths="Ze strony.", version=2)
    confirm(mine, bring_back(mine, assessment, content), over=ticked)
    rating.refresh_from_db()
    assert rating.strengths == text


def test_rating_saved_after_the_preview_is_not_written_over(
    assessment: Assessment, mine: Any
) -> None:
    content = changed(workbook_of(assessment), ("A1.1", "strengths", "Z pliku."))
    draft = bring_back(mine, assessment, content)
    page = mine.get(reverse("ratings_import", args=[assessment.pk, draft.pk]))
    rate(assessment, "A1.1", value=2, strengths="Ze strony.")
    answer = confirm(mine, draft, seen=page.context["plan"].fingerprint, over=["A1.1"])
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Z pliku" in text
    assert "checked" in text
    assert Rating.objects.get().strengths == "Ze strony."


def test_file_of_another_card_is_refused(assessment: Assessment, mine: Any) -> None:
    other = make_assessment(assessment.application)
    answer = mine.post(reverse("assessment_files", args=[assessment.pk]), sent(workbook_of(other)))
    assert answer.status_code == 422
    assert "powstał z innej karty" in answer.content.decode()
    assert not RatingsDraft.objects.exists()


@pytest.mark.parametrize(
    "data", [{}, sent(b""), sent(b"Kod;Poziom", "karta.csv"), sent(b"PK\x03\x04zepsute")]
)
def test_what_is_no_spreadsheet_is_refused(
    assessment: Assessment, mine: Any, data: dict[str, Any]
) -> None:
    answer = mine.post(reverse("assessment_files", args=[assessment.pk]), data)
    assert answer.status_code == 422


def test_submitted_card_takes_nothing_back(assessment: Assessment, mine: Any) -> None:
    content = changed(workbook_of(assessment), ("A1.1", "strengths", "Z pliku."))
    draft = bring_back(mine, assessment, content)
    submit(assessment)
    assert confirm(mine, draft).status_code == 409
    again = mine.post(reverse("assessment_files", args=[assessment.pk]), sent(content))
    assert again.status_code == 409
    assert not Rating.objects.exists()


def test_draft_is_its_senders_alone(assessment: Assessment, mine: Any, signed_in: Any) -> None:
    draft = bring_back(mine, assessment, workbook_of(assessment))
    other = make_assessment(assessment.application)
    client = signed_in(other.assignment.assessor)
    for pk in (assessment.pk, other.pk):
        args = [pk, draft.pk]
        assert client.get(reverse("ratings_import", args=args)).status_code == 404
        assert client.post(reverse("ratings_import_confirm", args=args)).status_code == 404


def test_what_nobody_confirmed_is_forgotten_after_a_day(assessment: Assessment) -> None:
    draft = make_ratings_draft(assessment)
    assert discard_old_drafts(draft.sent_at + timedelta(hours=23)) == ""
    assert discard_old_drafts(draft.sent_at + timedelta(hours=25)) != ""
    assert not RatingsDraft.objects.exists()
    assert discard_old_drafts in [chore.do for chore in registered()]
