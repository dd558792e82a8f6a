"""Pages of institutions: who sees what, what a form answers, what a list costs."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from certification.audit.models import Event
from certification.sections import Section
from institutions.models import Institution
from institutions.sections import on_institution
from institutions.services.institution import data_version
from institutions.states import MemberRole, Role, Verb
from tests.factories import (
    confirm_names,
    make_institution,
    make_kind,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db

NIP, OTHER_NIP, REGON = "5261040828", "8670003563", "123456785"


def data(**changed):
    typed = {
        "name": "Ośrodek Pomocy Społecznej w Próbie",
        "kind": make_kind().pk,
        "town": "Próba",
        "voivodeship": "18",
        "county": "",
        "teryt": "",
        "nip": "",
        "regon": "",
        "krs": "",
        "street": "",
        "postcode": "",
        "email": "",
        "edelivery": "",
        "seen": "",
    }
    return typed | changed


@pytest.fixture
def office(signed_in):
    return signed_in(make_user(Role.OFFICE))


# --- the list -------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(rows, office, django_assert_num_queries):
    for _n in range(rows):
        make_institution()
    with django_assert_num_queries(7):
        response = office.get(reverse("institution_list"))
    assert len(response.context["page"].object_list) == rows


def test_list_shows_members_their_own_only(signed_in):
    own, foreign = make_institution(), make_institution(name="Kanarek w Klatce")
    response = signed_in(make_member(own)).get(reverse("institution_list"))
    assert [one.pk for one in response.context["page"].object_list] == [own.pk]
    assert foreign.name not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        *("śląskich", "slaskich", "PIEKARY", "MBP Piekary", "biblioteka śląskie"),
        *("526-104-08-28", "526 104 08 28", "5261040828", "61040", "biblioteką", "PL5261040828"),
    ],
)
def test_search_finds_by_name_town_acronym_and_number(query, office):
    found = make_institution(
        name="Miejska Biblioteka Publiczna w Piekarach Śląskich", town="Piekary Śląskie", nip=NIP
    )
    confirm_names(found, acronym={"nom": "MBP"}, generic={"inst": "biblioteką"})
    make_institution()
    response = office.get(reverse("institution_list"), {"q": query})
    assert [one.pk for one in response.context["page"].object_list] == [found.pk]


def test_filters_narrow_by_voivodeship_and_kind(office):
    found = make_institution(voivodeship="24", kind=make_kind("library"))
    make_institution(voivodeship="24")
    make_institution(voivodeship="18", kind=make_kind("library"))
    response = office.get(reverse("institution_list"), {"voivodeship": "24", "kind": "library"})
    assert [one.pk for one in response.context["page"].object_list] == [found.pk]


def test_nonsense_in_the_filters_narrows_nothing(office):
    make_institution()
    response = office.get(
        reverse("institution_list"), {"voivodeship": "99", "kind": "x", "page": "x"}
    )
    assert len(response.context["page"].object_list) == 1


def test_list_says_whether_the_full_name_is_confirmed(office):
    ready, waiting = make_institution(), make_institution()
    confirm_names(ready)
    confirm_names(waiting, full={"nom": waiting.name})
    rows = office.get(reverse("institution_list")).context["page"].object_list
    assert {one.pk: one.confirmed_cases for one in rows} == {ready.pk: 7, waiting.pk: 1}


def test_pages_of_the_list_hold_25(office):
    for _n in range(26):
        make_institution()
    assert len(office.get(reverse("institution_list")).context["page"].object_list) == 25
    second = office.get(reverse("institution_list"), {"page": 2})
    assert len(second.context["page"].object_list) == 1


# --- one institution ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", [Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER, Role.ADMINISTRATOR]
)
def test_detail_opens_for_staff(role, signed_in):
    institution = make_institution()
    response = signed_in(make_user(role)).get(institution.get_absolute_url())
    assert response.status_code == 200


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR])
def test_detail_does_not_exist_for_outsiders(role, signed_in):
    institution = make_institution()
    assert signed_in(make_user(role)).get(institution.get_absolute_url()).status_code == 404
    foreigner = signed_in(make_member(make_institution()))
    assert foreigner.get(institution.get_absolute_url()).status_code == 404


def test_detail_costs_the_same_however_many_people_and_units(
    office, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(on_institution, "makers", [])  # this page's own cost
    institution = make_institution()
    confirm_names(institution)
    for _n in range(3):
        make_member(institution)
        make_institution(parent=institution)
    with django_assert_num_queries(16):
        response = office.get(institution.get_absolute_url())
    assert response.status_code == 200


def test_detail_offers_a_reader_nothing_to_change(signed_in):
    institution = make_institution()
    reader = signed_in(make_member(institution, MemberRole.READER))
    response = reader.get(institution.get_absolute_url())
    assert not any(response.context["may"].values())
    for name in ("institution_edit", "institution_contact", "name_forms", "member_invite"):
        assert reverse(name, args=[institution.pk]) not in response.content.decode()


def test_detail_shows_what_other_layers_registered(office, monkeypatch):
    monkeypatch.setattr(on_institution, "makers", [])
    institution = make_institution()

    on_institution.register(
        lambda user, shown: Section("components/script_texts.html", {"text": f"Nr {shown.pk}"})
    )
    on_institution.register(lambda user, shown: None)
    response = office.get(institution.get_absolute_url())
    assert response.context["sections"] == [
        Section("components/script_texts.html", {"text": f"Nr {institution.pk}"})
    ]


# --- adding ---------------------------------------------------------------------------------


def test_office_adds_an_institution_with_suggested_forms(office):
    response = office.post(
        reverse("institution_create"),
        data(nip="526-104 08 28", postcode="37450", edelivery="pl-12345-67890-abcde-12"),
    )
    institution = Institution.objects.get()
    assert response.url == reverse("name_forms", args=[institution.pk])
    assert institution.nip == NIP
    assert institution.postcode == "37-450"
    assert institution.edelivery == "AE:PL-12345-67890-ABCDE-12"
    assert institution.gender == "m"
    assert institution.name_forms.get(variant="full", case="dat").text == (
        "Ośrodkowi Pomocy Społecznej w Próbie"
    )
    assert not institution.name_forms.confirmed().exists()
    event = Event.objects.get(verb=Verb.CREATE_INSTITUTION)
    assert event.by == institution.created_by


def test_unit_gets_its_institution_and_may_share_its_nip(office):
    parent = make_institution(nip=NIP)
    address = reverse("institution_create") + f"?jednostka={parent.pk}"
    assert office.get(address).context["form"]["town"].value() == parent.town
    response = office.post(address, data(name="Zespół nr 1", nip=NIP))
    assert response.status_code == 302
    assert Institution.objects.get(name="Zespół nr 1").parent == parent


def test_unit_of_a_unit_is_not_possible(office):
    unit = make_institution(parent=make_institution())
    address = reverse("institution_create") + f"?jednostka={unit.pk}"
    assert office.get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nip", "5261040829"),
        ("regon", "123"),
        ("krs", "abc"),
        ("teryt", "1818019"),
        ("teryt", "1413011"),  # lies in another voivodeship
        ("postcode", "3745"),
        ("edelivery", "AE:PL-1"),
        ("email", "nikt"),
        ("name", ""),
    ],
)
def test_bad_data_come_back_with_what_was_typed(field, value, office):
    response = office.post(
        reverse("institution_create"), data(**{"street": "Wolności 1", field: value})
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert len(response.context["form"].errors[field]) == 1
    assert response.context["form"]["street"].value() == "Wolności 1"
    assert not Institution.objects.exists()


@pytest.mark.parametrize(("field", "number"), [("nip", NIP), ("regon", REGON)])
def test_duplicate_number_names_the_institution_that_has_it(field, number, office):
    there = make_institution(**{field: number})
    response = office.post(reverse("institution_create"), data(**{field: number}))
    assert response.status_code == 422
    assert there.name in response.context["form"].errors[field][0]


def test_same_name_in_the_same_town_is_refused(office):
    there = make_institution()
    response = office.post(
        reverse("institution_create"), data(name=f" {there.name}  ", town=there.town)
    )
    assert response.status_code == 422
    assert Institution.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER, Role.ASSESSOR])
def test_only_the_office_adds(role, signed_in):
    client = signed_in(make_user(role))
    assert client.get(reverse("institution_create")).status_code == 403
    assert client.post(reverse("institution_create"), data()).status_code == 403


# --- changing -------------------------------------------------------------------------------


def test_new_town_needs_its_forms_and_the_short_name_seen_again(office):
    institution = make_institution(name="Ośrodek Pomocy Społecznej")
    confirm_names(institution, short={"nom": "OPS w Miasteczku"}, full={"gen": "Ośrodka"})
    office.post(
        reverse("institution_edit", args=[institution.pk]), data(town="Wrocław", voivodeship="02")
    )
    institution.refresh_from_db()
    assert (institution.town_genitive, institution.in_town) == ("Wrocławia", "we Wrocławiu")
    assert institution.town_confirmed_at is None
    confirmed = institution.name_forms.confirmed()
    assert [(form.variant, form.case) for form in confirmed] == [("full", "gen")]
    event = Event.objects.get(verb=Verb.CHANGE_INSTITUTION)
    assert event.facts == {"fields": "town, voivodeship"}


def test_name_is_not_changed_with_the_data(office):
    institution = make_institution(town="Próba")
    office.post(reverse("institution_edit", args=[institution.pk]), data(name="Podstawiona"))
    assert Institution.objects.get(pk=institution.pk).name == institution.name


def test_room_for_evidence_is_typed_in_gigabytes(office):
    institution = make_institution(town="Próba")
    page = reverse("institution_edit", args=[institution.pk])
    office.post(page, data(evidence_quota="2,5"))
    institution.refresh_from_db()
    assert institution.evidence_quota == 5 * 1024**3 // 2
    assert str(office.get(page).context["form"]["evidence_quota"].value()) == "2.50"
    office.post(page, data(evidence_quota=""))
    institution.refresh_from_db()
    assert institution.evidence_quota is None


@pytest.mark.parametrize("room", ["0", "-1", "1001", "dużo"])
def test_room_that_cannot_be_comes_back(room, office):
    institution = make_institution(town="Próba")
    page = reverse("institution_edit", args=[institution.pk])
    response = office.post(page, data(evidence_quota=room))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["evidence_quota"]


def test_town_where_the_name_is_listed_already_is_refused(office):
    there = make_institution(town="Próba")
    institution = make_institution(name=there.name, town="Inna")
    page = reverse("institution_edit", args=[institution.pk])
    response = office.post(page, data(town="Próba"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["town"]


def test_other_data_leave_the_confirmed_forms_alone(office):
    institution = make_institution()
    confirm_names(institution)
    typed = data(name=institution.name, town=institution.town, street="Wolności 1")
    response = office.post(reverse("institution_edit", args=[institution.pk]), typed)
    assert response.url == institution.get_absolute_url()
    institution.refresh_from_db()
    assert institution.street == "Wolności 1"
    assert institution.name_forms.confirmed().count() == 28


def test_saving_the_same_data_leaves_no_event(office):
    institution = make_institution()
    office.post(
        reverse("institution_edit", args=[institution.pk]),
        data(name=institution.name, town=institution.town),
    )
    assert not Event.objects.filter(verb=Verb.CHANGE_INSTITUTION).exists()


def test_stale_tab_answers_409_and_can_then_replace(office):
    institution = make_institution()
    seen = data_version(institution)
    Institution.objects.filter(pk=institution.pk).update(street="Nowsza 2")
    typed = data(name=institution.name, town=institution.town, street="Moja 1", seen=seen)
    response = office.post(reverse("institution_edit", args=[institution.pk]), typed)
    assert response.status_code == 409
    assert response.context["form"]["street"].value() == "Moja 1"
    assert [value for _label, value in response.context["newer"]] == ["Nowsza 2"]
    again = typed | {"seen": response.context["form"]["seen"].value()}
    assert office.post(response.request["PATH_INFO"], again).status_code == 302
    institution.refresh_from_db()
    assert institution.street == "Moja 1"


def test_custodian_changes_contact_data_and_nothing_else(signed_in):
    institution = make_institution()
    client = signed_in(make_member(institution))
    assert client.get(reverse("institution_edit", args=[institution.pk])).status_code == 403
    response = client.post(
        reverse("institution_contact", args=[institution.pk]),
        {"street": "Nowa 3", "email": "sekretariat@example.org", "name": "Inna", "nip": OTHER_NIP},
    )
    assert response.status_code == 302
    changed = Institution.objects.get(pk=institution.pk)
    assert (changed.street, changed.email) == ("Nowa 3", "sekretariat@example.org")
    assert (changed.name, changed.nip) == (institution.name, "")


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.READER])
def test_other_members_change_no_contact_data(role, signed_in):
    institution = make_institution()
    client = signed_in(make_member(institution, role))
    response = client.post(reverse("institution_contact", args=[institution.pk]), {"street": "X"})
    assert response.status_code == 403


def test_contact_of_a_foreign_institution_does_not_exist(signed_in):
    client = signed_in(make_member(make_institution()))
    address = reverse("institution_contact", args=[make_institution().pk])
    assert client.get(address).status_code == 404


def test_bad_contact_data_come_back(signed_in):
    institution = make_institution()
    client = signed_in(make_member(institution))
    response = client.post(
        reverse("institution_contact", args=[institution.pk]), {"email": "x", "street": "Nowa 3"}
    )
    assert response.status_code == 422
    assert response.context["form"]["street"].value() == "Nowa 3"


# --- what the database refuses -----------------------------------------------------------------


@pytest.mark.parametrize(
    "same", [{"nip": NIP}, {"regon": REGON}, {"name": "Ta Sama", "town": "Tu"}]
)
def test_database_refuses_duplicates(same):
    make_institution(**same)
    with pytest.raises(IntegrityError):
        make_institution(**same)


def test_database_refuses_an_institution_as_its_own_unit():
    institution = make_institution()
    with pytest.raises(IntegrityError):
        Institution.objects.filter(pk=institution.pk).update(parent=institution)


def test_parent_that_is_no_number_is_no_parent(office):
    for nonsense in ("²", "9" * 5000, "-1", "\0"):
        response = office.get(reverse("institution_create"), {"jednostka": nonsense})
        assert response.status_code == 200
        assert response.context["parent"] is None
