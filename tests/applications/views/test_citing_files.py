"""Files sent in the middle of an answer: added to the library and cited at once."""

import pytest

from certification.applications.models import Answer, Citation
from certification.applications.states import State
from certification.audit.models import Event
from certification.standards.models import EvidenceType
from institutions.models import Evidence, Upload
from institutions.states import MemberRole
from tests.factories import make_application, make_institution, make_member, make_upload
from tests.institutions.documents import pdf

from .sending import page_of, post_of, url

pytestmark = pytest.mark.django_db

IN_PLACE = {"HX-Request": "true"}
PESEL = b"Uczestniczka: 44051401359"


@pytest.fixture
def application():
    return make_application()


def sent(application, *uploads, **more):
    """What the form sends: the answer, and a row for each file."""
    _address, data = post_of("answer_edit", application)
    kind = EvidenceType.objects.get(code="statut")
    data |= {"row": [f"r{number}" for number in range(len(uploads))]}
    for number, upload in enumerate(uploads):
        data |= {
            f"r{number}-upload": upload.pk,
            f"r{number}-title": f"Plik {number}",
            f"r{number}-type": kind.pk,
        }
    return url("cite_files", application, "A1.1"), data | more


def test_files_are_added_and_cited_and_the_text_saved(signed_in, application):
    by = application.opened_by
    uploads = [
        make_upload(application.institution, by, pdf([f"Strona {n}"]), f"plan_{n}.pdf")
        for n in range(2)
    ]
    address, data = sent(application, *uploads)

    response = signed_in(by).post(address, data)

    answer = application.answers.get()
    titles = answer.citations.values_list("revision__evidence__title", flat=True)
    assert response["Location"] == url("answer_edit", application, "A1.1") + "#dowody"
    assert (list(titles), answer.text) == (["Plik 0", "Plik 1"], "Nowy tekst.")
    assert Upload.objects.count() == 0
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs.count("institutions.add_evidence") == verbs.count("applications.cite") == 2


def test_a_file_with_personal_numbers_is_asked_about_in_place(signed_in, application):
    by = application.opened_by
    good = make_upload(application.institution, by, b"Lista zadan", "zadania.txt")
    asked = make_upload(application.institution, by, PESEL, "lista.txt")
    address, data = sent(application, good, asked)
    client = signed_in(by)

    page = page_of(response := client.post(address, data))

    assert response.status_code == 422
    assert "Nowy tekst.</textarea>" in page
    assert 'value="Plik 1"' in page
    assert f'name="agreed" value="{asked.pk}"' in page
    assert list(Evidence.objects.values_list("title", flat=True)) == ["Plik 0"]
    assert '<input type="hidden" name="version" value="1"' in page

    again = {**data, "row": ["r1"], "version": 1, "agreed": asked.pk}
    assert client.post(address, again).status_code == 302
    assert Citation.objects.count() == 2


def test_a_file_that_never_gets_in_says_why(signed_in, application):
    by = application.opened_by
    upload = make_upload(application.institution, by, b"to nie jest PDF", "plan.pdf")
    address, data = sent(application, upload)

    response = signed_in(by).post(address, data)

    assert response.status_code == 422
    assert "plan.pdf – " in page_of(response)
    assert (Citation.objects.count(), Upload.objects.count()) == (0, 0)
    assert application.answers.get().text == "Nowy tekst."


def test_nothing_chosen(signed_in, application):
    address, data = sent(application)

    response = signed_in(application.opened_by).post(address, data)

    assert response.status_code == 422
    assert "Nowy tekst.</textarea>" in page_of(response)


def test_somebody_elses_upload_is_not_taken(signed_in, application):
    editor = make_member(application.institution, MemberRole.EDITOR)
    upload = make_upload(application.institution, editor, b"Notatka", "notatka.txt")
    address, data = sent(application, upload)

    response = signed_in(application.opened_by).post(address, data)

    assert response.status_code == 422
    assert Citation.objects.count() == 0
    assert Upload.objects.get() == upload


def test_a_stale_answer_keeps_the_files(signed_in, application):
    by = application.opened_by
    upload = make_upload(application.institution, by, b"Notatka", "notatka.txt")
    address, data = sent(application, upload)
    Answer.objects.create(
        application=application,
        criterion=application.criteria().get(code="A1.1"),
        text="Nowszy.",
        version=5,
        updated_by=by,
    )

    response = signed_in(by).post(address, data)

    assert response.status_code == 409
    assert 'value="Plik 0"' in page_of(response)
    assert f'value="{upload.pk}"' in page_of(response)
    assert Citation.objects.count() == 0


def test_after_submission_nothing_is_added(signed_in):
    application = make_application(State.SUBMITTED)
    by = application.opened_by
    upload = make_upload(application.institution, by, b"Notatka", "notatka.txt")
    address, data = sent(application, upload)

    response = signed_in(by).post(address, data)

    assert response.status_code == 409
    assert (Evidence.objects.count(), Upload.objects.count()) == (0, 1)


def test_the_place_for_files_comes_with_those_that_wait(signed_in, application):
    by = application.opened_by
    make_upload(application.institution, by, b"Notatka", "notatka_ze_spotkania.txt")
    make_upload(make_institution(), make_member(make_institution()), b"Obca", "obca.txt")
    client = signed_in(by)
    address = url("cite_files", application, "A1.1")

    part = page_of(client.get(address, headers=IN_PLACE))
    whole = client.get(address)

    assert 'value="Notatka ze spotkania"' in part
    assert "obca.txt" not in part
    assert "<html" not in part
    assert whole["Location"] == url("answer_edit", application, "A1.1")


def test_the_usual_kind_is_proposed(signed_in, application):
    kind = EvidenceType.objects.get(code="statut")

    page = page_of(
        signed_in(application.opened_by).get(
            url("cite_files", application, "A1.1"), headers=IN_PLACE
        )
    )

    assert f'<option value="{kind.pk}" selected>' in page
