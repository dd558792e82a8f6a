"""The verbs of names: suggested, typed, confirmed, and confirmed again after a change."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo, Stale
from institutions.grammar import Case, Variant
from institutions.models import Institution, MissingNameForms, NameForm
from institutions.models.name_form import Names
from institutions.services.institution import create_institution
from institutions.services.names import (
    confirm_name_forms,
    names_version,
    save_name_forms,
    suggest_name_forms,
)
from institutions.states import Origin, Role, Verb
from tests.factories import confirm_names, make_institution, make_kind, make_user

pytestmark = pytest.mark.django_db
STALOWA_WOLA = "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli"


@pytest.fixture
def mops():
    return make_institution(
        name=STALOWA_WOLA,
        gender="",
        town="Stalowa Wola",
        town_genitive="Stalowej Woli",
        town_locative="Stalowej Woli",
    )


@pytest.fixture
def clerk():
    return make_user(Role.OFFICE)


def forms_of(institution):
    return {(one.variant, one.case): one.text for one in institution.name_forms.all()}


def test_suggestions_fill_every_variant_and_the_gender(mops, clerk):
    assert suggest_name_forms(mops, by=clerk) == 28
    forms = forms_of(mops)
    assert forms["full", "voc"] == "Miejski Ośrodku Pomocy Społecznej w Stalowej Woli"
    assert forms["short", "dat"] == "MOPS w Stalowej Woli"
    assert forms["acronym", "inst"] == "MOPS"
    assert forms["generic", "gen"] == "ośrodka"
    mops.refresh_from_db()
    assert mops.gender == "m"
    assert {one.origin for one in mops.name_forms.all()} == {Origin.SUGGESTED}
    assert not mops.name_forms.confirmed().exists()
    assert Event.objects.get(verb=Verb.CHANGE_NAME_FORMS).facts == {"suggested": 28}


def test_suggestions_replace_nothing(mops, clerk):
    save_name_forms(mops, forms={("full", "voc"): "Moja forma"}, by=clerk)
    assert suggest_name_forms(mops, by=clerk) == 26
    assert forms_of(mops)["full", "voc"] == "Moja forma"
    assert suggest_name_forms(mops, by=clerk) == 0


def test_unknown_word_leaves_its_forms_to_be_typed(clerk):
    institution = make_institution(name="Zagadka Zielona w Próbie", gender="")
    suggest_name_forms(institution, by=clerk)
    assert forms_of(institution) == {("full", "nom"): "Zagadka Zielona w Próbie"}


def test_short_name_waits_for_the_town_and_follows_it(clerk):
    unknown = make_institution(
        name="Miejski Ośrodek Pomocy Społecznej w Bystrej",
        town="Bystra",
        town_genitive="",
        town_locative="",
    )
    suggest_name_forms(unknown, by=clerk)
    assert ("short", "nom") not in forms_of(unknown)
    save_name_forms(unknown, forms={}, by=clerk, town_locative="Bystrej")
    assert forms_of(unknown)["short", "nom"] == "MOPS w Bystrej"


def test_typed_form_is_tidied_and_not_confirmed(mops, clerk):
    assert save_name_forms(mops, forms={("acronym", "nom"): "  MOPS \n SW "}, by=clerk) == 2
    form = mops.name_forms.get(variant="acronym")
    assert (form.text, form.origin, form.is_confirmed) == ("MOPS SW", Origin.TYPED, False)


def test_change_takes_the_confirmation_of_that_form_only(mops, clerk):
    confirm_names(mops, by=clerk)
    changed = save_name_forms(
        mops, forms={("full", "gen"): "Inaczej", ("full", "dat"): "<full:dat>"}, by=clerk
    )
    assert changed == 1
    unconfirmed = mops.name_forms.filter(confirmed_at=None)
    assert [(one.variant, one.case) for one in unconfirmed] == [("full", "gen")]


def test_empty_text_removes_the_form(mops, clerk):
    confirm_names(mops, by=clerk)
    save_name_forms(mops, forms={("generic", "voc"): " "}, by=clerk)
    assert ("generic", "voc") not in forms_of(mops)


def test_nominative_is_the_name_whatever_is_sent(mops, clerk):
    save_name_forms(mops, forms={("full", "nom"): "Podstawiona"}, by=clerk)
    assert forms_of(mops) == {("full", "nom"): STALOWA_WOLA}


def test_saving_the_same_forms_leaves_no_event(mops, clerk):
    confirm_names(mops, by=clerk)
    assert save_name_forms(mops, forms=forms_of(mops), by=clerk) == 0
    assert not Event.objects.filter(verb=Verb.CHANGE_NAME_FORMS).exists()


def test_old_version_is_refused_and_changes_nothing(mops, clerk):
    seen = names_version(mops)
    save_name_forms(mops, forms={("acronym", "nom"): "MOPS"}, by=clerk)
    with pytest.raises(Stale):
        save_name_forms(mops, forms={("acronym", "nom"): "OPS"}, by=clerk, seen=seen)
    assert forms_of(mops)["acronym", "nom"] == "MOPS"


def test_confirmation_is_signed_and_opens_the_names_to_documents(mops, clerk):
    suggest_name_forms(mops, by=None)
    assert Names(mops).missing([("full", "dat")]) == [("full", "dat")]
    assert confirm_name_forms(mops, by=clerk) == 28
    form = mops.name_forms.get(variant="full", case="dat")
    assert form.confirmed_by == clerk
    assert form.confirmed_at is not None
    assert Names(mops)("full", "dat") == ("Miejskiemu Ośrodkowi Pomocy Społecznej w Stalowej Woli")
    assert Event.objects.get(verb=Verb.CONFIRM_NAME_FORMS).facts == {
        "confirmed": 28,
        "town": True,
    }


def test_confirming_again_keeps_who_was_first(mops, clerk):
    suggest_name_forms(mops, by=None)
    confirm_name_forms(mops, by=clerk)
    second = make_user(Role.OFFICE)
    save_name_forms(mops, forms={("full", "voc"): "Nowa forma"}, by=second)
    assert confirm_name_forms(mops, by=second) == 1
    assert mops.name_forms.get(variant="full", case="gen").confirmed_by == clerk
    assert mops.name_forms.get(variant="full", case="voc").confirmed_by == second


def test_confirmation_needs_a_gender(clerk):
    institution = make_institution(name="Zagadka Zielona", gender="")
    with pytest.raises(CannotDo):
        confirm_name_forms(institution, by=clerk, forms={("full", "gen"): "Zagadki Zielonej"})
    assert forms_of(institution) == {}


@pytest.mark.parametrize("broken", [{"text": ""}, {"confirmed_at": None}])
def test_database_refuses_half_confirmed_and_empty_forms(broken, mops, clerk):
    confirm_names(mops, by=clerk)
    with pytest.raises(IntegrityError):
        NameForm.objects.filter(institution=mops, variant="full", case="gen").update(**broken)


def test_database_refuses_a_second_form_of_one_case(mops):
    pair = {"institution": mops, "variant": Variant.FULL, "case": Case.GEN, "origin": Origin.TYPED}
    NameForm.objects.create(text="raz", **pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        NameForm.objects.create(text="dwa", **pair)


def test_failed_event_takes_the_forms_back(mops, clerk, monkeypatch):
    def fails(*args, **options):
        raise RuntimeError

    monkeypatch.setattr("institutions.services.names.record", fails)
    with pytest.raises(RuntimeError), clock.set_to(clock.now()):
        save_name_forms(mops, forms={("acronym", "nom"): "MOPS"}, by=clerk)
    assert forms_of(mops) == {}


# --- the town -----------------------------------------------------------------------------------


def town_of(institution):
    institution.refresh_from_db()
    return institution.town_genitive, institution.in_town, institution.town_confirmed_at


def test_new_institution_gets_its_town_suggested(clerk):
    created = create_institution(
        by=clerk, name="Dom Kultury", town="Wrocław", voivodeship="02", kind=make_kind()
    )
    assert town_of(created) == ("Wrocławia", "we Wrocławiu", None)


def test_unknown_town_is_asked(clerk):
    created = create_institution(
        by=clerk, name="Dom Kultury", town="Bystra", voivodeship="24", kind=make_kind()
    )
    assert town_of(created) == ("", "", None)
    suggest_name_forms(created, by=clerk)
    confirm_name_forms(created, by=clerk)
    assert town_of(created) == ("", "", None)
    with pytest.raises(MissingNameForms):
        Names(created)("town", "loc")


def test_town_is_confirmed_with_the_name_and_opens_to_documents(mops, clerk):
    suggest_name_forms(mops, by=None)
    assert Names(mops).missing([("town", "gen"), ("town", "loc")]) == [
        ("town", "gen"),
        ("town", "loc"),
    ]
    confirm_name_forms(mops, by=clerk)
    mops.refresh_from_db()
    assert mops.town_confirmed_by == clerk
    assert Names(mops)("town", "gen") == "Stalowej Woli"
    assert Names(mops)("town", "loc") == "w Stalowej Woli"


@pytest.mark.parametrize(
    "changed",
    [{"town_genitive": "Stalowa Wola"}, {"town_locative": "Woli"}, {"town_preposition": "we"}],
)
def test_changed_form_of_the_town_is_no_longer_confirmed(changed, mops, clerk):
    confirm_names(mops, by=clerk)
    save_name_forms(mops, forms={}, by=clerk, **changed)
    assert town_of(mops)[2] is None


def test_confirming_again_keeps_who_confirmed_the_town_first(mops, clerk):
    suggest_name_forms(mops, by=None)
    confirm_name_forms(mops, by=clerk)
    save_name_forms(mops, forms={("full", "voc"): "Inaczej"}, by=clerk)
    confirm_name_forms(mops, by=make_user(Role.OFFICE))
    mops.refresh_from_db()
    assert mops.town_confirmed_by == clerk


def test_short_name_that_followed_the_town_waits_to_be_seen(mops, clerk):
    suggest_name_forms(mops, by=None)
    sent = forms_of(mops)
    confirm_name_forms(mops, by=clerk, forms=sent, town_locative="Stalowej-Woli")
    short = mops.name_forms.filter(variant="short")
    assert {form.text for form in short} == {"MOPS w Stalowej-Woli"}
    assert not short.confirmed().exists()
    assert mops.name_forms.confirmed().count() == 21


def test_typed_short_name_with_the_former_locative_needs_another_look(mops, clerk):
    suggest_name_forms(mops, by=None)
    typed = {("short", "nom"): "Ośrodek w Stalowej Woli", ("short", "gen"): "Ośrodka"}
    confirm_name_forms(mops, by=clerk, forms=typed)
    save_name_forms(mops, forms={}, by=clerk, town_locative="Woli")
    unconfirmed = mops.name_forms.filter(confirmed_at=None, origin=Origin.TYPED)
    assert [(form.variant, form.case) for form in unconfirmed] == [("short", "nom")]


def test_what_is_typed_can_be_found(mops, clerk):
    save_name_forms(mops, forms={("acronym", "nom"): "ŚCK"}, by=clerk)
    assert list(Institution.objects.matching("sck stalowa")) == [mops]


def test_database_refuses_a_half_confirmed_town(mops):
    with pytest.raises(IntegrityError):
        Institution.objects.filter(pk=mops.pk).update(town_confirmed_at=clock.now())


# --- institutions of before -----------------------------------------------------------------------


def test_migration_fills_what_is_searched_and_keeps_confirmed_towns(mops, clerk):
    migration = import_module("institutions.migrations.0006_institutions_found_and_towns_confirmed")
    confirm_names(mops, by=clerk, full={"gen": "Ośrodka"})
    half = make_institution(town_genitive="")
    confirm_names(half, by=clerk, full={"gen": "Ośrodka"})
    fresh = make_institution()
    Institution.objects.update(search_text="", town_confirmed_by=None, town_confirmed_at=None)

    migration.fill(apps, None)

    mops.refresh_from_db()
    assert mops.town_confirmed_by == clerk
    assert mops.town_confirmed_at == mops.name_forms.get().confirmed_at
    assert list(Institution.objects.matching("osrodka stalowa")) == [mops]
    for other in (half, fresh):
        other.refresh_from_db()
        assert other.town_confirmed_at is None
        assert other.search_text
