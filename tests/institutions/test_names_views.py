"""The page of the forms of a name."""

import pytest
from django.urls import reverse

from institutions.declension.sentences import sentence
from institutions.grammar import Case, Variant
from institutions.models import Institution
from institutions.services.names import names_version, suggest_name_forms
from institutions.states import MemberRole, Role
from tests.factories import confirm_names, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mops():
    return make_institution(
        name="Miejski Ośrodek Pomocy Społecznej w Próbie", town="Próba", town_locative="Próbie"
    )


def typed(institution, **changed):
    fresh = Institution.objects.get(pk=institution.pk)
    stored = {f"{one.variant}-{one.case}": one.text for one in institution.name_forms.all()}
    grammar = {
        name: getattr(fresh, name)
        for name in ("gender", "town_genitive", "town_locative", "town_preposition")
    }
    return stored | grammar | {"seen": names_version(fresh)} | changed


def page(institution, name="name_forms"):
    return reverse(name, args=[institution.pk])


def test_page_asks_for_each_form_and_shows_it_in_a_sentence(mops, office):
    suggest_name_forms(mops, by=None)
    content = office.get(page(mops)).content.decode()
    for variant in Variant:
        for case in Case:
            assert f'name="{variant}-{case}"' in content
    assert "Z radością gratulujemy " in content
    assert "<strong data-form>Miejskiemu Ośrodkowi Pomocy Społecznej w Próbie</strong>" in content


def test_page_costs_the_same_with_all_forms(mops, office, django_assert_num_queries):
    confirm_names(mops)
    with django_assert_num_queries(8):
        office.get(page(mops))


@pytest.mark.parametrize(
    ("case", "form", "before"),
    [
        (Case.INST, "Miejskim Ośrodkiem", "Projekt powstał we współpracy z "),
        (Case.INST, "Stowarzyszeniem", "Projekt powstał we współpracy ze "),
        (Case.INST, "Samorządowym Domem", "Projekt powstał we współpracy z "),
        (Case.DAT, "ośrodkowi", "Z radością gratulujemy "),
    ],
)
def test_sentence_takes_the_right_preposition(case, form, before):
    assert sentence(case, form).before == before


def test_save_stores_without_confirming(mops, office):
    response = office.post(page(mops), typed(mops, **{"full-gen": "Ośrodka", "gender": "m"}))
    assert response.url == page(mops)
    assert mops.name_forms.get(variant="full", case="gen").text == "Ośrodka"
    assert not mops.name_forms.confirmed().exists()


def test_confirm_stores_and_confirms_what_is_shown(mops, office):
    suggest_name_forms(mops, by=None)
    response = office.post(
        page(mops, "name_forms_confirm"), typed(mops, **{"acronym-nom": "M.O.P.S."})
    )
    assert response.url == mops.get_absolute_url()
    assert mops.name_forms.confirmed().count() == 28
    assert mops.name_forms.get(variant="acronym", case="nom").text == "M.O.P.S."


def test_confirm_with_missing_forms_comes_back_to_the_page(mops, office):
    response = office.post(page(mops, "name_forms_confirm"), typed(mops, **{"full-gen": "Ośrodka"}))
    assert response.url == page(mops)
    assert mops.name_forms.confirmed().count() == 2


def test_town_is_shown_in_sentences_and_confirmed_with_the_rest(office):
    wroclaw = make_institution(
        name="Dom Kultury", town="Wrocław", town_genitive="", town_locative=""
    )

    def states():
        return [row.state for row in office.get(page(wroclaw)).context["form"].town_rows()]

    assert states() == ["missing", "missing"]
    office.post(page(wroclaw, "name_forms_suggest"))
    assert states() == ["suggested", "suggested"]
    content = office.get(page(wroclaw)).content.decode()
    assert "mieszkańcy </span><strong data-form>Wrocławia</strong>" in content
    assert "odbędzie się </span><strong data-form>we Wrocławiu</strong>" in content
    office.post(page(wroclaw), typed(wroclaw, town_genitive="Wrocka"))
    assert states() == ["typed", "suggested"]
    office.post(page(wroclaw, "name_forms_confirm"), typed(wroclaw))
    assert states() == ["confirmed", "confirmed"]


def test_abbreviation_that_does_not_decline_is_shown_once(mops, office):
    suggest_name_forms(mops, by=None)
    groups = {group.variant: group for group in office.get(page(mops)).context["form"].groups()}
    assert {variant: group.same for variant, group in groups.items()} == {
        Variant.FULL: "",
        Variant.SHORT: "MOPS w Próbie",
        Variant.ACRONYM: "MOPS",
        Variant.GENERIC: "",
    }
    office.post(page(mops), typed(mops, **{"acronym-gen": "MOPS-u"}))
    groups = {group.variant: group for group in office.get(page(mops)).context["form"].groups()}
    assert groups[Variant.ACRONYM].same == ""


def test_suggest_fills_the_gaps(mops, office):
    assert office.get(page(mops)).context["can_be_suggested"] == 28
    assert office.post(page(mops, "name_forms_suggest")).url == page(mops)
    assert office.get(page(mops)).context["can_be_suggested"] == 0
    assert office.post(page(mops, "name_forms_suggest")).url == page(mops)


@pytest.mark.parametrize("name", ["name_forms", "name_forms_confirm"])
@pytest.mark.parametrize("wrong", [{"full-gen": "x" * 301}, {"gender": "nijaki"}])
def test_bad_input_keeps_everything_typed(name, wrong, mops, office):
    sent = typed(mops, **{"full-dat": "Moja forma"} | wrong)
    response = office.post(page(mops, name), sent)
    assert response.status_code == 422
    assert "Moja forma" in response.content.decode()
    assert not mops.name_forms.exists()


def test_confirm_without_gender_says_so_and_keeps_everything(mops, office):
    response = office.post(
        page(mops, "name_forms_confirm"), typed(mops, **{"full-dat": "Moja forma", "gender": ""})
    )
    assert response.status_code == 422
    assert "Moja forma" in response.content.decode()
    assert not mops.name_forms.exists()


@pytest.mark.parametrize("name", ["name_forms", "name_forms_confirm"])
def test_stale_tab_answers_409_and_can_then_replace(name, mops, office):
    old = typed(mops, **{"full-dat": "Moja forma"})
    confirm_names(mops, full={"dat": "Ich forma"})
    response = office.post(page(mops, name), old)
    assert response.status_code == 409
    assert [value for _label, value in response.context["newer"]] == ["Ich forma"]
    assert response.context["form"]["full-dat"].value() == "Moja forma"
    again = old | {"seen": response.context["form"]["seen"].value()}
    assert office.post(page(mops, name), again).status_code == 302
    assert mops.name_forms.get(variant="full", case="dat").text == "Moja forma"


def test_custodian_works_on_their_own_names(mops, signed_in):
    client = signed_in(make_member(mops))
    assert client.get(page(mops)).status_code == 200
    suggest_name_forms(mops, by=None)
    assert client.post(page(mops, "name_forms_confirm"), typed(mops)).status_code == 302
    assert mops.name_forms.confirmed().count() == 28


@pytest.mark.parametrize("name", ["name_forms", "name_forms_confirm", "name_forms_suggest"])
def test_others_may_not(name, mops, signed_in):
    for member_role in (MemberRole.EDITOR, MemberRole.READER):
        client = signed_in(make_member(mops, member_role))
        assert client.post(page(mops, name), typed(mops)).status_code == 403
    for role in (Role.ADMINISTRATOR, Role.BOARD_MEMBER):
        assert signed_in(make_user(role)).post(page(mops, name)).status_code == 403
    for outsider in (make_user(Role.ASSESSOR), make_member(make_institution())):
        assert signed_in(outsider).post(page(mops, name)).status_code == 404
    assert not mops.name_forms.exists()
