"""The list of a library: what is shown, found, narrowed and sorted, and to whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from certification import clock
from certification.applications.models import Answer, Citation
from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution
from institutions.services.evidence import revise_evidence
from institutions.states import MemberRole, Role
from tests.factories import (
    answer_all,
    make_application,
    make_evidence,
    make_institution,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db

CANARY = "KANAREK"


@pytest.fixture
def editor(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution, MemberRole.EDITOR))


def titles(client: Client, **asked: Any) -> list[str]:
    response = client.get("/dowody/", asked)
    assert response.status_code == 200
    return [row.evidence.title for row in response.context["rows"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_shows_only_ones_own_in_as_many_queries(
    editor: Client, institution: Institution, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        revision = make_evidence(institution, tags=["rada", f"etykieta {number}"])
        revise_evidence(revision.evidence, by=revision.added_by, text=f"Nowsza {number}")
    make_evidence(make_institution(), title=CANARY)
    editor.get("/dowody/")  # the session is written once
    with django_assert_num_queries(14):
        response = editor.get("/dowody/")
    assert len(response.context["rows"]) == rows
    assert CANARY not in response.content.decode()


def test_row_says_what_there_is_to_know(editor: Client, institution: Institution) -> None:
    revision = make_evidence(
        institution, title="Piknik", tags=["rada osiedla"], occurred_from=date(2015, 5, 1)
    )
    EvidenceRevision.objects.create(
        evidence=revision.evidence,
        number=2,
        text="PESEL",
        sha256="0" * 64,
        personal_numbers=2,
        added_by=revision.added_by,
    )
    page = editor.get("/dowody/").content.decode()
    for word in ("Piknik", "rada osiedla", "od 1.05.2015", "wersja 2", "możliwe dane osobowe"):
        assert word in page
    assert "w użyciu" not in page


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2015, 1, 1), date(2015, 12, 31), "2015"),
        (date(2015, 1, 1), date(2016, 12, 31), "1.01.2015 – 31.12.2016"),
        (date(2015, 5, 3), date(2015, 5, 3), "3.05.2015"),
        (None, date(2015, 5, 3), "do 3.05.2015"),
    ],
)
def test_time_is_said_shortly(
    editor: Client, institution: Institution, first: date | None, last: date, said: str
) -> None:
    make_evidence(institution, occurred_from=first, occurred_to=last)
    page = editor.get("/dowody/").content.decode()
    cell = page.partition('data-label="Dotyczy">')[2].partition("</td>")[0]
    assert " ".join(strip_tags(cell).split()) == said


def test_used_evidence_is_marked_and_told_apart(editor: Client, institution: Institution) -> None:
    used = make_evidence(institution, title="Przywołany")
    make_evidence(institution, title="Nieużywany")
    cite(institution, used)
    assert "w użyciu" in editor.get("/dowody/").content.decode()
    assert titles(editor, uzycie="tak") == ["Przywołany"]
    assert titles(editor, uzycie="nie") == ["Nieużywany"]


def cite(institution: Institution, revision: EvidenceRevision) -> Citation:
    application = make_application(institution=institution)
    answer_all(application, by=application.opened_by)
    answer = Answer.objects.filter(application=application).order_by("pk")[0]
    return Citation.objects.create(answer=answer, revision=revision, added_by=application.opened_by)


@pytest.mark.parametrize("typed", ["łódź", "lodz", "ŁÓDŹ", "Łódź zarząd", "zarzad LÓDZ"])
def test_search_folds_polish_letters(editor: Client, institution: Institution, typed: str) -> None:
    make_evidence(institution, title="Uchwała", description="Zarząd Łodzi, czyli Łódź")
    make_evidence(institution, title="Łódka")
    assert titles(editor, q=typed) == ["Uchwała"]


def test_search_reads_tags_addresses_and_names_of_all_versions(
    editor: Client, institution: Institution
) -> None:
    evidence = make_evidence(institution, title="Strona", tags=["Święto ulicy"]).evidence
    for number, url in ((2, "https://dawny.example/a"), (3, "https://nowy.example/b")):
        EvidenceRevision.objects.create(
            evidence=evidence, number=number, url=url, sha256="0", added_by=evidence.added_by
        )
    revise_evidence(evidence, by=evidence.added_by, text="Inna treść")
    for typed in ("swieto", "DAWNY.example", "nowy"):
        assert titles(editor, q=typed) == ["Strona"]
    assert titles(editor, q="inna") == []  # what a note says is not searched


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"od": 2015, "do": 2015}, {"rok 2015", "od 2014", "do 2016"}),
        ({"od": 2016}, {"od 2014", "do 2016"}),
        ({"do": 2013}, {"do 2016"}),
        ({"od": 2030, "do": 2031}, {"od 2014"}),
    ],
)
def test_years_find_every_time_they_touch(
    editor: Client, institution: Institution, asked: dict[str, int], found: set[str]
) -> None:
    for title, first, last in (
        ("rok 2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("od 2014", date(2014, 6, 1), None),
        ("do 2016", None, date(2016, 2, 1)),
        ("kiedyś", None, None),
    ):
        make_evidence(institution, title=title, occurred_from=first, occurred_to=last)
    assert set(titles(editor, **asked)) == found


def test_filters_narrow(editor: Client, institution: Institution) -> None:
    mine = make_evidence(institution, title="Mój", by=editor_of(editor), tags=["Ławki"])
    plan = EvidenceType.objects.create(code="plan", name_pl="Plan")
    Evidence.objects.filter(pk=mine.evidence_id).update(type=plan, form="link")
    make_evidence(institution, title="Cudzy")
    asked = {"rodzaj": "plan", "forma": "link", "etykieta": "Ławki", "moje": "on"}
    for name, value in asked.items():
        assert titles(editor, **{name: value}) == ["Mój"]
    assert titles(editor, **asked) == ["Mój"]


def editor_of(client: Client) -> Any:
    return client.get("/dowody/").wsgi_request.user


@pytest.mark.parametrize(
    ("order", "expected"),
    [("", ["Zebra", "Łódka", "Lampa"]), ("tytul", ["Lampa", "Łódka", "Zebra"])],
)
def test_order_knows_polish_letters(
    editor: Client, institution: Institution, order: str, expected: list[str]
) -> None:
    for title in ("Lampa", "Łódka", "Zebra"):
        make_evidence(institution, title=title)
    assert titles(editor, kolejnosc=order) == expected


def test_order_by_time_puts_what_names_none_last(editor: Client, institution: Institution) -> None:
    make_evidence(institution, title="dawny", occurred_to=date(2001, 1, 1))
    make_evidence(institution, title="świeży", occurred_from=date(2016, 1, 1))
    make_evidence(institution, title="bez czasu")
    assert titles(editor, kolejnosc="czas") == ["świeży", "dawny", "bez czasu"]


@pytest.mark.parametrize(
    "asked",
    [
        {"rodzaj": "nieznany"},
        {"forma": "x"},
        {"od": "rok"},
        {"od": 2016, "do": 2015},
        {"etykieta": "obca"},
        {"kolejnosc": "x"},
        {"page": "x"},
        {"q": "\x00"},
    ],
)
def test_senseless_question_is_answered_calmly(
    editor: Client, institution: Institution, asked: dict[str, Any]
) -> None:
    make_evidence(institution, tags=["rada"])
    assert editor.get("/dowody/", asked).status_code == 200


def test_list_is_cut_into_pages_and_counted_once(
    editor: Client, institution: Institution, django_assert_max_num_queries: Any
) -> None:
    for _number in range(26):
        make_evidence(institution)
    editor.get("/dowody/")
    with django_assert_max_num_queries(18) as captured:
        response = editor.get("/dowody/", {"page": 2})
    counts = [query for query in captured.captured_queries if "COUNT(" in query["sql"]]
    assert (len(response.context["rows"]), len(counts)) == (1, 1)


def test_room_stands_at_the_start_and_not_beside_what_was_looked_for(
    editor: Client, institution: Institution
) -> None:
    for number in range(26):
        make_evidence(institution, title=f"Plan {number}")
    assert editor.get("/dowody/").context["room"].used > 0
    for asked in ({"q": "plan"}, {"page": 2}, {"uzycie": "nie"}):
        assert editor.get("/dowody/", asked).context["room"] is None


def test_row_shows_the_newest_of_many_versions(editor: Client, institution: Institution) -> None:
    evidence = make_evidence(institution).evidence
    for number in range(2, 5):
        revise_evidence(evidence, by=evidence.added_by, text=f"Treść {number}")
    (row,) = editor.get("/dowody/").context["rows"]
    assert (row.newest.number, row.newest.text) == (4, "Treść 4")


# --- whose it is ----------------------------------------------------------------------------


def test_person_of_several_institutions_reads_whose_each_is(
    institution: Institution, signed_in: Any
) -> None:
    other = make_institution()
    user = make_member(institution)
    make_member(other, user=user)
    make_evidence(institution, title="Pierwszy")
    make_evidence(other, title="Drugi")
    client = signed_in(user)
    page = client.get("/dowody/").content.decode()
    assert str(institution) in page
    assert str(other) in page
    assert titles(client, instytucja=institution.pk) == ["Pierwszy"]


def test_person_of_one_institution_is_not_asked_which(editor: Client) -> None:
    assert "instytucja" not in editor.get("/dowody/").context["filter"].fields


def test_nothing_of_another_institution_leaks(editor: Client, institution: Institution) -> None:
    """Neither in the list, a search, a count, a filter, nor among the tags."""
    theirs = make_institution(name=CANARY)
    kind = EvidenceType.objects.create(code="obcy", name_pl="Rodzaj obcych")
    alien = make_evidence(theirs, title=CANARY, tags=[CANARY], description=CANARY).evidence
    Evidence.objects.filter(pk=alien.pk).update(type=kind)
    mine = make_evidence(institution, title="Mój", tags=["rada"]).evidence
    for asked in (
        {},
        {"q": "kanarek"},
        {"etykieta": CANARY},
        {"rodzaj": "obcy"},
        {"instytucja": theirs.pk},
        {"uzycie": "nie"},
    ):
        response = editor.get("/dowody/", asked)
        echoed = f"?etykieta={CANARY}"  # the address itself, which the language switch keeps
        page = response.content.decode().replace(echoed, "")
        assert CANARY not in page
        assert "Rodzaj obcych" not in page  # a filter names the kinds of one's own alone
        assert response.context["page"].paginator.count in {0, 1}
        assert alien not in [row.evidence for row in response.context["rows"]]
    assert CANARY not in editor.get(f"/dowody/{mine.pk}/opis/").content.decode()


def test_ended_membership_closes_the_library_at_once(
    institution: Institution, signed_in: Any
) -> None:
    user = make_member(institution)
    evidence = make_evidence(institution, title=CANARY, tags=[CANARY]).evidence
    client = signed_in(user)
    assert titles(client) == [CANARY]
    user.memberships.update(until=clock.today() - timedelta(days=1))
    assert CANARY not in client.get("/dowody/").content.decode()
    assert client.get(f"/dowody/{evidence.pk}/").status_code == 404


def test_switched_off_account_sees_nothing(institution: Institution, signed_in: Any) -> None:
    user = make_member(institution)
    make_evidence(institution, title=CANARY)
    client = signed_in(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert CANARY not in client.get("/dowody/").content.decode()


def test_office_has_an_empty_list(institution: Institution, signed_in: Any) -> None:
    make_evidence(institution, title=CANARY)
    assert titles(signed_in(make_user(Role.OFFICE))) == []


def test_empty_list_leads_to_the_first(editor: Client, institution: Institution) -> None:
    page = editor.get("/dowody/").content.decode()
    assert f'href="/dowody/dodaj/{institution.pk}/"' in page


def test_reader_is_not_led_to_adding(institution: Institution, signed_in: Any) -> None:
    reader = signed_in(make_member(institution, MemberRole.READER))
    assert "/dowody/dodaj/" not in reader.get("/dowody/").content.decode()


def test_nothing_found_leads_back_to_everything(editor: Client, institution: Institution) -> None:
    make_evidence(institution)
    page = editor.get("/dowody/", {"q": "niemaniczego"}).content.decode()
    assert "Pokaż wszystko" in page


def test_list_needs_a_sign_in(client: Client) -> None:
    assert client.get("/dowody/").status_code == 302
