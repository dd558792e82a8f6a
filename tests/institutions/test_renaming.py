"""Another name: a correction leaves no trace, a new name leaves the former one in the history."""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo, Stale
from institutions.models import Institution
from institutions.services.renaming import rename_institution
from institutions.states import MemberRole, Role, Verb
from tests.factories import confirm_names, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

MOPS = "Miejski Ośrodek Pomocy Społecznej w Mławie"
CUS = "Centrum Usług Społecznych w Mławie"
SINCE = date(2026, 3, 1)


@pytest.fixture
def institution():
    named = make_institution(
        name=MOPS, town="Mława", town_genitive="Mławy", town_locative="Mławie", gender="m"
    )
    confirm_names(named)
    return named


@pytest.fixture
def clerk():
    return make_user(Role.OFFICE)


@pytest.fixture
def office(signed_in, clerk):
    return signed_in(clerk)


def page(institution):
    return reverse("institution_rename", args=[institution.pk])


def typed(**changed):
    return {"reason": "new", "name": CUS, "since": "2026-03-01", "basis": "", "seen": ""} | changed


def forms_of(institution):
    return {(one.variant, one.case): one.text for one in institution.name_forms.all()}


# --- the verb ---------------------------------------------------------------------------------


def test_new_name_keeps_the_former_one_with_its_last_day(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, basis="uchwała nr 7/2026", by=clerk)
    institution.refresh_from_db()
    assert institution.name == CUS
    former = institution.former_names.get()
    assert (former.name, former.used_until) == (MOPS, date(2026, 2, 28))
    assert (former.basis, former.recorded_by) == ("uchwała nr 7/2026", clerk)
    assert Event.objects.get(verb=Verb.RENAME_INSTITUTION).facts == {"since": "2026-03-01"}


def test_new_name_keeps_none_of_the_former_forms(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    institution.refresh_from_db()
    forms = forms_of(institution)
    assert forms["full", "gen"] == "Centrum Usług Społecznych w Mławie"
    assert (forms["acronym", "nom"], forms["short", "nom"]) == ("CUS", "CUS w Mławie")
    assert not institution.name_forms.confirmed().exists()
    assert institution.gender == "n"
    assert institution.town_confirmed_at is not None  # the town is the same


def test_correction_leaves_no_former_name_and_what_was_typed_beside_it(institution, clerk):
    rename_institution(institution, name=f"{MOPS} nr 1", by=clerk)
    institution.refresh_from_db()
    assert not institution.former_names.exists()
    forms = forms_of(institution)
    assert forms["full", "dat"] == "Miejskiemu Ośrodkowi Pomocy Społecznej w Mławie nr 1"
    assert forms["short", "nom"] == "<short:nom>"
    assert not institution.name_forms.confirmed().exists()
    assert Event.objects.get(verb=Verb.RENAME_INSTITUTION).facts == {"correction": True}


def test_unknown_new_name_leaves_its_forms_and_gender_to_be_asked(institution, clerk):
    rename_institution(institution, name="Zagadka", since=SINCE, by=clerk)
    institution.refresh_from_db()
    assert forms_of(institution) == {("full", "nom"): "Zagadka"}
    assert institution.gender == ""


def test_names_follow_one_another(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    for early in (SINCE, SINCE - timedelta(days=1)):
        with pytest.raises(CannotDo):
            rename_institution(institution, name="Klub", since=early, by=clerk)
    rename_institution(institution, name="Klub", since=SINCE + timedelta(days=1), by=clerk)
    assert [one.name for one in institution.former_names.all()] == [CUS, MOPS]


@pytest.mark.parametrize("name", [MOPS, f"  {MOPS} ", ""])
def test_the_same_name_is_no_change(name, institution, clerk):
    with pytest.raises(CannotDo):
        rename_institution(institution, name=name, since=SINCE, by=clerk)
    assert not institution.former_names.exists()


def test_name_that_does_not_hold_yet_waits(institution, clerk):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(CannotDo):
        rename_institution(institution, name=CUS, since=tomorrow, by=clerk)


def test_namesake_in_the_town_is_refused_and_nothing_stays(institution, clerk):
    make_institution(name=CUS, town="Mława")
    with pytest.raises(CannotDo):
        rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    assert Institution.objects.get(pk=institution.pk).name == MOPS
    assert not institution.former_names.exists()


def test_two_clerks_the_second_is_told(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk, seen=MOPS)
    with pytest.raises(Stale):
        rename_institution(institution, name="Klub", by=clerk, seen=MOPS)


def test_institution_is_found_by_its_former_name(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    for words in ("miejski osrodek mlawa", "uslug spolecznych"):
        assert list(Institution.objects.matching(words)) == [institution]


def test_former_name_is_the_name_on_a_day_before(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    named = {day: institution.name_on(day) for day in ("2015", "2026-02-28", "2026-03-01", "")}
    institution.refresh_from_db()
    assert institution.name_on("2026-03") == CUS
    assert (named["2015"], named["2026-02-28"]) == (MOPS, MOPS)


def test_institution_with_former_names_is_not_deleted(institution, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    with pytest.raises(ProtectedError):
        institution.delete()


# --- the page ---------------------------------------------------------------------------------


def test_office_gives_a_new_name_and_goes_on_to_its_forms(institution, office):
    response = office.post(page(institution), typed(basis="uchwała nr 7/2026"))
    assert response.url == reverse("name_forms", args=[institution.pk])
    content = office.get(institution.get_absolute_url()).content.decode()
    assert MOPS in content
    assert "do 28 lutego 2026 · " in " ".join(content.replace('<span lang="pl">', "").split())
    assert "uchwała nr 7/2026" in content


def test_correction_needs_no_day_and_ignores_one(institution, office):
    response = office.post(page(institution), typed(reason="correction"))
    assert response.status_code == 302
    assert not institution.former_names.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"name": ""}, "name"),
        ({"name": MOPS}, "since"),
        ({"since": ""}, "since"),
        ({"since": "wczoraj"}, "since"),
        ({"since": "2999-01-01"}, "since"),
        ({"reason": "correction", "name": MOPS}, "name"),
    ],
)
def test_bad_input_comes_back_beside_its_field(wrong, field, institution, office):
    response = office.post(page(institution), typed(basis="uchwała", **wrong))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert len(response.context["form"].errors[field]) == 1
    assert response.context["form"]["basis"].value() == "uchwała"


def test_namesake_is_said_beside_the_name(institution, office):
    make_institution(name=CUS, town="Mława")
    response = office.post(page(institution), typed())
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])


def test_stale_tab_answers_409_and_can_then_replace(institution, office, clerk):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    old = typed(reason="correction", name="Klub", seen=MOPS)
    response = office.post(page(institution), old)
    assert response.status_code == 409
    assert response.context["newer"] == [("Pełna nazwa", CUS)]
    assert response.context["form"]["name"].value() == "Klub"
    again = old | {"seen": response.context["form"]["seen"].value()}
    assert office.post(page(institution), again).status_code == 302


def test_custodian_reads_the_history_and_renames_nothing(institution, clerk, signed_in):
    rename_institution(institution, name=CUS, since=SINCE, by=clerk)
    custodian = signed_in(make_member(institution))
    assert MOPS in custodian.get(institution.get_absolute_url()).content.decode()
    assert custodian.post(page(institution), typed(name="Klub")).status_code == 403


def test_others_may_not(institution, signed_in):
    for role in (MemberRole.EDITOR, MemberRole.READER):
        client = signed_in(make_member(institution, role))
        assert client.post(page(institution), typed()).status_code == 403
    outsider = signed_in(make_member(make_institution()))
    assert outsider.post(page(institution), typed()).status_code == 404
    assert Institution.objects.get(pk=institution.pk).name == MOPS
