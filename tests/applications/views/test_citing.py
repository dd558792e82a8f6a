"""Evidence cited on the page of an answer: with the page, and in place."""

import pytest

from certification.applications import services
from certification.applications.models import Citation
from certification.applications.places import Place
from certification.applications.states import State, Verb
from certification.audit.models import Event
from tests.applications.factories import add_version, make_file, make_ready_draft
from tests.factories import make_application, make_evidence, make_institution

from .sending import CANARY, page_of, post_of, url

pytestmark = pytest.mark.django_db

IN_PLACE = {"HX-Request": "true"}


def cited(application, place=None, **fields):
    revision = make_file(application.institution, **fields)
    first = application.criteria().get(code="A1.1")
    given = {"place": place} if place else {}
    return services.cite(application, first, revision, by=application.opened_by, **given)


def test_search_without_script_saves_and_comes_back(signed_in):
    application = make_application()
    make_evidence(application.institution, title="Piknik na Świętojańskiej")
    client = signed_in(application.opened_by)
    address, data = post_of("evidence_search", application)

    response = client.post(address, data | {"szukaj": "swietojanskiej"}, follow=True)

    assert response.redirect_chain[0][0].endswith("/A1.1/?szukaj=swietojanskiej#dowody")
    assert "Piknik na Świętojańskiej" in page_of(response)
    assert application.answers.get().text == "Nowy tekst."


def test_search_in_place_gives_a_part(signed_in):
    application = make_application()
    make_evidence(application.institution, title="Piknik")
    make_evidence(make_institution(), title=CANARY)
    client = signed_in(application.opened_by)
    address = url("evidence_search", application, "A1.1")

    found = page_of(client.get(address, {"szukaj": "piknik"}, headers=IN_PLACE))
    none = page_of(client.get(address, {"szukaj": "kanarek"}, headers=IN_PLACE))

    assert "Piknik" in found
    assert "<html" not in found
    assert CANARY not in none
    assert "Niczego takiego nie ma w bibliotece" in none


@pytest.mark.parametrize("query", [{"strona": "x"}, {"strona": "-1"}, {"szukaj": "\0"}])
def test_search_of_nonsense(query, signed_in):
    application = make_application()
    address = url("evidence_search", application, "A1.1")

    response = signed_in(application.opened_by).get(address, query, headers=IN_PLACE)

    assert response.status_code == 200


def test_cite_in_place_leaves_the_text_alone(signed_in):
    application = make_ready_draft()
    revision = make_evidence(application.institution, title="Statut")
    address = url("cite", application, "A1.1")

    response = signed_in(application.opened_by).post(
        address, {"revision": revision.pk, f"place-of-{revision.pk}": ""}, headers=IN_PLACE
    )

    page = page_of(response)
    assert "Statut" in page
    assert 'hx-swap-oob="innerHTML:#wyniki"' in page
    assert "Przywołano: „Statut”." in page
    assert application.answers.get(criterion__code="A1.1").version == 1
    assert Event.objects.of_case(application).count() == 1


def test_cite_in_place_refused_says_why(signed_in):
    application = make_ready_draft()
    citation = cited(application)
    address = url("cite", application, "A1.1")

    response = signed_in(application.opened_by).post(
        address, {"revision": citation.revision_id}, headers=IN_PLACE
    )

    assert response.status_code == 200
    assert "już tu przywołany" in page_of(response)
    assert Citation.objects.count() == 1


def test_cite_in_place_after_submission(signed_in):
    application = make_application(State.SUBMITTED)
    revision = make_evidence(application.institution)

    response = signed_in(application.opened_by).post(
        url("cite", application, "A1.1"), {"revision": revision.pk}, headers=IN_PLACE
    )

    assert 'role="alert"' in page_of(response)
    assert Citation.objects.count() == 0


def test_cite_with_an_unreadable_place(signed_in):
    application = make_application()
    address, data = post_of("cite", application)
    place = next(name for name in data if name.startswith("place-of"))

    response = signed_in(application.opened_by).post(address, data | {place: "12:30:99"})

    assert response.status_code == 422
    assert "Nowy tekst.</textarea>" in page_of(response)


def test_citation_place_saves_the_text_too(signed_in):
    application = make_ready_draft()
    address, data = post_of("citation_place", application)

    signed_in(application.opened_by).post(address, data)

    answer = application.answers.get(criterion__code="A1.1")
    assert (answer.text, answer.citations.get().place) == ("Nowy tekst.", Place(page=7))


def test_citation_place_in_place_says_what_it_understood(signed_in):
    application = make_ready_draft()
    citation = cited(application)
    client = signed_in(application.opened_by)
    address = url("citation_place", application, "A1.1", citation.pk)

    good = page_of(client.post(address, {f"c{citation.pk}-place": "str. 9"}, headers=IN_PLACE))
    bad = page_of(client.post(address, {f"c{citation.pk}-place": "12:30"}, headers=IN_PLACE))

    assert "otwiera się na stronie 9" in good
    assert 'value="s. 9"' in good
    assert "Dokument ma strony, a nie czas" in bad
    assert 'value="12:30"' in bad
    assert application.answers.get(criterion__code="A1.1").citations.get().page == 9


def test_citation_place_of_another_answer(signed_in):
    application, other = make_ready_draft(), make_ready_draft()
    citation = cited(other)

    response = signed_in(application.opened_by).post(
        url("citation_place", application, "A1.1", citation.pk), {}, headers=IN_PLACE
    )

    assert response.status_code == 404


def typed_over(citation, typed, saw=""):
    """What the page of an answer sends of one place: what is typed, and what stood there before."""
    return {f"c{citation.pk}-place": typed, f"initial-c{citation.pk}-place": saw}


def test_save_takes_the_typed_places(signed_in):
    application = make_ready_draft()
    citation, other = cited(application), cited(application, Place(page=2), title="Inny")
    address, data = post_of("answer_edit", application)
    places = typed_over(citation, "str. 9") | typed_over(other, "s. 2", saw="s. 2")

    signed_in(application.opened_by).post(address, data | places)

    citation.refresh_from_db()
    assert citation.place == Place(page=9)
    assert Event.objects.of_case(application).filter(verb=Verb.CHANGE_PLACE).count() == 1


def test_save_with_an_unreadable_place_saves_nothing_and_keeps_all(signed_in):
    application = make_ready_draft()
    citation = cited(application)
    address, data = post_of("answer_edit", application)

    response = signed_in(application.opened_by).post(address, data | typed_over(citation, "12:99"))

    page = page_of(response)
    assert response.status_code == 422
    assert 'value="12:99"' in page
    assert f'href="#id_c{citation.pk}-place"' in page
    assert "Nowy tekst.</textarea>" in page
    assert application.answers.get(criterion__code="A1.1").version == 1


def test_refused_text_keeps_the_typed_place(signed_in):
    application = make_ready_draft()
    citation = cited(application)
    address, data = post_of("answer_edit", application)
    wrong = {"self_rating": "0"} | typed_over(citation, "tabela 3")

    response = signed_in(application.opened_by).post(address, data | wrong)

    assert response.status_code == 422
    assert 'value="tabela 3"' in page_of(response)


def test_place_typed_twice_is_refused_beside_it(signed_in):
    application = make_ready_draft()
    first = cited(application, Place(page=4))
    criterion = application.criteria().get(code="A1.1")
    second = services.cite(application, criterion, first.revision, by=application.opened_by)
    address, data = post_of("answer_edit", application)

    response = signed_in(application.opened_by).post(address, data | typed_over(second, "s. 4"))

    assert response.status_code == 422
    assert "w tym samym miejscu" in page_of(response)
    assert application.answers.get(criterion=criterion).version == 1


def test_place_of_a_colleague_is_not_taken_back(signed_in):
    application = make_ready_draft()
    citation = cited(application, Place(page=4))
    address, data = post_of("answer_edit", application)
    services.change_place(citation, by=application.opened_by, place=Place(page=5))

    seen = typed_over(citation, "s. 4", saw="s. 4")
    signed_in(application.opened_by).post(address, data | seen)

    citation.refresh_from_db()
    assert citation.place == Place(page=5)


def test_unreadable_place_of_what_is_removed(signed_in):
    application = make_ready_draft()
    citation = cited(application)
    address, data = post_of("uncite", application)
    address = url("uncite", application, "A1.1", citation.pk)

    signed_in(application.opened_by).post(address, data | typed_over(citation, "12:99"))

    assert not Citation.objects.filter(pk=citation.pk).exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"url": "gmina.pl/statut", "text": "Art. 4"}, ("link", "https://gmina.pl/statut", "")),
        ({"text": "Ustalono dyżury."}, ("note", "", "Ustalono dyżury.")),
    ],
)
@pytest.mark.parametrize("button", ["stay", "citation"])
def test_link_or_note_is_added_and_cited(typed, kept, button, signed_in):
    application = make_ready_draft()
    address, data = post_of("answer_edit", application)
    client = signed_in(application.opened_by)
    kind = client.get(address, {"dodaj": "tekst"}).context["evidence"]["new"]["type"].value()
    typed = {f"nowy-{name}": value for name, value in typed.items()}

    client.post(address, data | typed | {"then": button, "nowy-title": "Statut", "nowy-type": kind})

    revision = application.answers.get(criterion__code="A1.1").citations.get().revision
    assert (revision.evidence.form, revision.url, revision.text) == kept
    assert revision.evidence.institution == application.institution


def test_half_a_note_is_refused_and_kept(signed_in):
    application = make_application()
    address, data = post_of("answer_edit", application)

    response = signed_in(application.opened_by).post(address, data | {"nowy-title": "Narada"})

    page = page_of(response)
    assert response.status_code == 422
    assert "Napisz notatkę albo podaj adres strony." in page
    assert 'value="Narada"' in page
    assert "Nowy tekst.</textarea>" in page
    assert not application.answers.exists()


def test_all_that_is_refused_is_said_in_one_place(signed_in):
    application = make_ready_draft()
    citation = cited(application)
    address, data = post_of("answer_edit", application)
    wrong = typed_over(citation, "12:99") | {"nowy-title": "Strona", "nowy-url": "to nie adres"}

    page = page_of(signed_in(application.opened_by).post(address, data | wrong))

    assert page.count('id="error-summary-title"') == 1
    summary = page.partition('id="error-summary-title"')[2].partition("</ul>")[0]
    assert summary.count("Wpisz pełny adres strony") == 1
    assert f'href="#id_c{citation.pk}-place"' in summary


def test_form_of_a_new_note_without_script(signed_in):
    application = make_application()
    address, data = post_of("answer_edit", application)
    client = signed_in(application.opened_by)

    response = client.post(address, data | {"then": "new"}, follow=True)

    assert response.redirect_chain[0][0].endswith("?dodaj=tekst#nowy-dowod")
    assert 'name="nowy-title"' in page_of(response)
    assert 'name="nowy-title"' not in page_of(client.get(address))


def test_cite_newest_is_one_button(signed_in):
    application = make_ready_draft()
    citation = cited(application, Place(page=4))
    client = signed_in(application.opened_by)
    newest = add_version(citation.revision.evidence, b"%PDF nowa", by=application.opened_by)
    address = url("cite_newest", application, "A1.1", citation.pk)
    page = page_of(client.get(url("answer_edit", application, "A1.1")))
    assert "Przywołaj wersję 2" in page

    response = client.post(address, headers=IN_PLACE)

    assert "Przywołaj wersję 2" not in page_of(response)
    citation.refresh_from_db()
    assert (citation.revision, citation.page) == (newest, 4)


def test_place_stands_wherever_the_citation_does(signed_in):
    application = make_ready_draft()
    citation = cited(application, Place(page=4, page_to=6), title="Raport")
    client = signed_in(application.opened_by)
    services.submit(application, by=application.opened_by, declared=True)

    read = page_of(client.get(url("application_answers", application)))
    dossier = page_of(client.get(url("dossier_detail", application, 1)))
    piece = page_of(client.get(citation.revision.evidence.get_absolute_url()))

    assert [("s. 4–6" in page) for page in (read, dossier, piece)] == [True, True, True]
    assert "podglad/?strona=4" in read
    assert "podglad/?strona=4" in dossier


def test_time_opens_the_recording_there(signed_in):
    application = make_ready_draft()
    citation = cited(application, title="Film")
    rows = type(citation.revision).objects
    film = rows.create(
        evidence=citation.revision.evidence,
        number=2,
        file="evidence/film.mp4",
        filename="film.mp4",
        content_type="video/mp4",
        size=3,
        sha256="0" * 64,
        added_by=application.opened_by,
    )
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, film, by=application.opened_by, place=Place(second=750))
    client = signed_in(application.opened_by)

    read = page_of(client.get(url("application_answers", application) + "?widok=calosc"))
    viewed = page_of(client.get(url("cited_view", application, film.pk) + "?czas=750"))

    assert f"/dowody/{film.pk}/podglad/?czas=750" in read
    assert "12:30" in read
    assert "?podglad=1#t=750" in viewed
