"""Evidence cited on the bench and opened from a rating: pages, with and without the script."""

import pytest
from django.urls import reverse

from certification.applications.models import Citation, ConflictDeclaration
from certification.assessments import services
from certification.assessments.models import EvidenceMark
from institutions.reading.passages import Passage
from institutions.states import Role
from institutions.viewing.spots import Region, Spot
from tests.assessments.factories import criterion, make_assessment, make_case, rate_all, submit
from tests.factories import make_evidence, make_institution, make_user
from tests.institutions.documents import docx, paragraph, pdf
from tests.institutions.hostile_files import mp3, picture
from tests.institutions.kept import keep

pytestmark = pytest.mark.django_db

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def assessment(case):
    return make_assessment(case)


@pytest.fixture
def client(assessment, signed_in):
    return signed_in(assessment.assignment.assessor)


def cited(case, kind="pdf", data=None, **evidence):
    data = data if data is not None else pdf("pierwsza", "rada osiedla")
    revision = keep(case.institution, kind, data, **{"title": "Statut", **evidence})
    answer = case.answers.get(criterion__code="A1.1")
    Citation.objects.create(answer=answer, revision=revision, added_by=revision.added_by)
    return revision


def address(assessment, revision, code="A1.1"):
    return reverse("evidence_cite", args=[assessment.pk, code, revision.pk])


def bench(assessment):
    return reverse("assessment_detail", args=[assessment.pk]) + "?kryterium=A1.1"


def made(assessment, revision, spot):
    return services.mark_evidence(
        assessment,
        criterion(assessment.application, "A1.1"),
        revision,
        by=assessment.assignment.assessor,
        spot=spot,
    )


def opened(client, mark):
    response = client.get(mark.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


# --- cited ------------------------------------------------------------


def test_place_is_typed_and_leads_back_to_the_bench(client, assessment, case):
    paper = cited(case)
    page = client.get(address(assessment, paper), {"strona": 2}).content.decode()
    assert 'name="page" value="2"' in page
    response = client.post(
        address(assessment, paper), {"page": 2, "quote": "Rada osiedla"}, follow=True
    )
    assert response.redirect_chain == [(bench(assessment), 302)]
    assert "Napisz [1]" in response.content.decode()
    assert EvidenceMark.objects.get().spot == Spot(2, passage=Passage("Rada osiedla"))


def test_script_gets_the_list_with_the_new_number(client, assessment, case):
    paper = cited(case)
    response = client.post(address(assessment, paper), {"page": 1}, headers=SCRIPT)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.startswith("\n\n<section") or "<section" in html
    assert 'data-new="1"' in html
    assert "Statut, s. 1" in html
    assert "<html" not in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"page": 2, "quote": "rada gminy"}, "Tych słów tam nie ma"),
        ({"page": 3}, "nie ma strony 3"),
        ({"page": "", "quote": "rada"}, "To pole jest wymagane"),
    ],
)
def test_wrong_place_is_told_and_what_was_typed_stays(client, assessment, case, typed, said):
    paper = cited(case)
    response = client.post(address(assessment, paper), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert typed.get("quote", "") in page
    short = client.post(address(assessment, paper), typed, headers=SCRIPT)
    assert short.status_code == 422
    assert short["Content-Type"].startswith("text/plain")
    assert said in short.content.decode()
    assert not EvidenceMark.objects.exists()


def test_words_of_documents_and_notes_are_looked_for(client, assessment, case):
    document = cited(case, "docx", docx(paragraph("Rada osiedla") + paragraph("radzi")))
    note = make_evidence(case.institution)
    answer = case.answers.get(criterion__code="A1.1")
    Citation.objects.create(answer=answer, revision=note, added_by=note.added_by)
    words = note.text.split()[0]
    codes = [
        client.post(address(assessment, revision), {"page": 1, "quote": quote}).status_code
        for revision, quote in (
            (document, "osiedla radzi"),
            (document, "gminy"),
            (note, words),
            (note, words + "xyz"),
        )
    ]
    assert codes == [302, 422, 302, 422]


def test_a_scan_is_believed(client, assessment, case):
    scan = cited(case, data=pdf(""))
    assert (
        client.post(address(assessment, scan), {"page": 1, "quote": "odręcznie"}).status_code == 302
    )


def test_nobody_else_cites(assessment, case, signed_in):
    paper = cited(case)
    for user in (
        make_assessment(case).assignment.assessor,
        make_user(Role.ASSESSOR),
        make_user(Role.OFFICE),
        case.opened_by,
    ):
        client = signed_in(user)
        assert client.get(address(assessment, paper)).status_code == 404
        assert client.post(address(assessment, paper), {"page": 1}).status_code == 404
    assert not EvidenceMark.objects.exists()


def test_foreign_evidence_and_criteria_are_not_there(client, assessment, case):
    foreign = make_evidence(make_institution())
    assert client.get(address(assessment, foreign)).status_code == 404
    assert client.get(address(assessment, cited(case), "Z9.9")).status_code == 404


def test_submitted_card_takes_no_more_places(client, assessment, case):
    paper = cited(case)
    submit(assessment)
    page = client.get(address(assessment, paper)).content.decode()
    assert "data-mark-form" not in page
    assert "data-cite=" not in page
    assert client.post(address(assessment, paper), {"page": 1}).status_code == 409


def test_looking_to_cite_asks_few_questions(
    client, assessment, case, django_assert_max_num_queries
):
    paper = cited(case)
    client.get(address(assessment, paper))
    with django_assert_max_num_queries(14):
        client.get(address(assessment, paper), {"strona": 2}, headers=SCRIPT)


# --- removed ------------------------------------------------------------


def test_place_is_removed_unless_a_text_points_at_it(client, assessment, case):
    mark = made(assessment, cited(case), Spot(page=1))
    remove = reverse("mark_remove", args=[assessment.pk, "A1.1", 1])
    rate_all(assessment, strengths="Widać [1].")
    refused = client.post(remove, headers=SCRIPT)
    assert refused.status_code == 422
    assert "[1]" in refused.content.decode()
    assert "[1]" in client.post(remove, follow=True).content.decode()
    assessment.ratings.update(strengths="Widać.")
    assert client.post(remove, follow=True).redirect_chain == [(bench(assessment), 302)]
    assert not EvidenceMark.objects.filter(pk=mark.pk).exists()
    assert client.post(remove).status_code == 404


# --- opened ------------------------------------------------------------


def test_passage_is_opened_and_marked(client, assessment, case):
    paper = cited(case)
    page = opened(client, made(assessment, paper, Spot(2, passage=Passage("rada"))))
    assert "Strona 2 z 2" in page
    assert page.count('<rect class="paper__spot') == 1
    assert "<mark data-spot>rada</mark> osiedla" in page
    assert f'href="{address(assessment, paper)}?strona=1"' in page


def test_region_of_a_page_and_of_a_picture_is_marked(client, assessment, case):
    paper = cited(case)
    photo = cited(case, "png", picture("PNG"), title="Zdjęcie")
    part = Region(0.1, 0.1, 0.5, 0.2)
    for revision, spot in ((paper, Spot(1, region=part)), (photo, Spot(region=part))):
        page = opened(client, made(assessment, revision, spot))
        assert page.count('<rect class="paper__spot') == 1
    box = 'data-spot x="1000" y="1000" width="5000" height="2000"'
    assert box in page


def test_passages_of_documents_and_notes_are_marked(client, assessment, case):
    document = cited(case, "docx", docx(paragraph("Rada osiedla") + paragraph("radzi")))
    page = opened(client, made(assessment, document, Spot(1, passage=Passage("osiedla radzi"))))
    assert "Rada <mark data-spot>osiedla</mark>" in page
    assert "<mark data-spot>radzi</mark>" in page


def test_recording_opens_at_its_time(client, assessment, case):
    sound = cited(case, "mp3", mp3(10))
    page = opened(client, made(assessment, sound, Spot(second=5, second_to=8)))
    assert "#t=5,8" in page


def test_script_gets_the_evidence_alone(client, assessment, case):
    paper, sound = cited(case), cited(case, "mp3", mp3(10), title="Rozmowa")
    for mark, sign in (
        (made(assessment, paper, Spot(2)), "data-viewer-page"),
        (made(assessment, sound, Spot(second=5)), "<audio"),
    ):
        html = client.get(mark.get_absolute_url(), headers=SCRIPT).content.decode()
        assert sign in html
        assert "<html" not in html


def test_place_opens_for_those_who_read_the_rating(case, assessment, signed_in):
    paper = cited(case)
    other = make_assessment(case)
    mark = made(assessment, paper, Spot(2, passage=Passage("rada")))
    rate_all(assessment)
    rate_all(other)
    services.submit_assessment(assessment, by=assessment.assignment.assessor)
    colleague, office = other.assignment.assessor, make_user(Role.OFFICE)

    def code(user):
        return signed_in(user).get(mark.get_absolute_url()).status_code

    assert [code(user) for user in (colleague, office, case.opened_by)] == [404, 404, 404]
    services.submit_assessment(other, by=colleague)
    assert [code(user) for user in (colleague, office, case.opened_by)] == [200, 200, 404]
    page = signed_in(office).get(mark.get_absolute_url()).content.decode()
    assert reverse("cited_view", args=[case.pk, paper.pk]) + "?strona=1" in page
    ConflictDeclaration.objects.create(
        application=case, user=colleague, ground="other", declared_by=office
    )
    assert code(colleague) == 404
